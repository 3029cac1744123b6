/** The polling trigger watches the text messages that the account receives. */
import type { IDataObject } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { useClock } from '../support/clock';
import { Polling } from '../support/polling';

const account = useAccount({ demo: false });
const pass = useClock();

const open = (parameters: IDataObject = {}) =>
	new Polling(account.credentials, { watch: 'incomingSms', matchReplies: false, ...parameters } as never);

function receive(content: string, from = '+14155550100'): void {
	account.simulator.receiveSms({ from, content });
	pass(60_000);
}

const texts = ({ executions }: Polling) => executions.map((items) => items.map(({ text }) => text));
const paths = () => account.simulator.state.requests.map(({ path }) => path);

test('hands out new messages once, in one call a poll', async () => {
	receive('Before');
	const polling = open();
	await polling.publish();
	receive('Hello', '+447700900123');
	await polling.tick();
	await polling.tick();
	expect(polling.executions).toEqual([
		[
			expect.objectContaining({
				from: '+447700900123',
				to: expect.stringMatching(/^\+\d+$/),
				text: 'Hello',
				time: expect.stringMatching(/^2026-11-27T12:0/),
				reply: null,
			}),
		],
	]);
	expect(paths()).toEqual(Array(3).fill('/sms/view-received'));
});

test('goes on after a restart, and starts so many hours back', async () => {
	receive('Before');
	const polling = open({ smsOptions: { hoursBack: 1 } });
	await polling.publish();
	receive('While n8n was down');
	await polling.publish('init');
	expect(texts(polling)).toEqual([['Before'], ['While n8n was down']]);
});

test('adds the message that one may reply to', async () => {
	const polling = open({ matchReplies: true });
	await polling.publish();
	await fetch(`${account.simulator.apiUrl}/sms/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': account.credentials.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ destination: ['+14155550100'], content: 'Do you come? YES or NO' }),
	});
	pass(60_000);
	receive('yes');
	await polling.tick();
	expect(polling.executions[0]?.[0]).toMatchObject({
		text: 'yes',
		reply: { text: 'Do you come? YES or NO', messageId: expect.any(String) },
	});
});

test.each([
	[{ textFilter: 'keywords', keywords: 'STOP, YES' }, ['Stop!', 'yes please']],
	[{ textFilter: 'pattern', pattern: '\\d{4}$' }, ['Code 1234']],
])('filters by text: %j', async (filter, expected) => {
	const polling = open(filter);
	await polling.publish();
	for (const text of ['Stop!', "Don't stop", 'yes please', 'Code 1234']) receive(text);
	await polling.tick();
	expect(texts(polling)).toEqual([expected]);
});

test('hands out one message per execution', async () => {
	const polling = open({ perExecution: 'one' });
	await polling.publish();
	receive('One');
	receive('Two');
	await polling.tick();
	expect(texts(polling)).toEqual([['One'], ['Two']]);
});

test('a wider filter starts with the change', async () => {
	const polling = open({ textFilter: 'keywords', keywords: 'STOP' });
	await polling.publish();
	receive('Yes, before');
	receive('Stop');
	polling.parameters = { watch: 'incomingSms', matchReplies: false };
	await polling.publish('update');
	receive('Yes, after');
	await polling.tick();
	expect(texts(polling)).toEqual([['Stop'], ['Yes, after']]);
});

test.each([
	['user', { username: 'crm' }, {}],
	['subaccount', {}, { subaccountId: 'abc123' }],
])('another %s starts with the change', async (_, before, after) => {
	account.simulator.state.account.subaccounts.push({
		id: 'abc123',
		name: 'Shop',
		email: 'shop@example.com',
		limit: 1_000,
		state: 'Active',
		dedicatedIp: false,
		archiving: false,
		enforce2fa: false,
		smsEnabled: true,
		smsLimit: 1_000,
	});
	const polling = open({ smsOptions: before });
	await polling.publish();
	account.simulator.receiveSms({ from: '+14155550100', content: 'Before', username: 'shop', ...after });
	pass(60_000);
	polling.parameters = { watch: 'incomingSms', matchReplies: false, smsOptions: after };
	await polling.publish('update');
	account.simulator.receiveSms({ from: '+14155550100', content: 'After', username: 'shop', ...after });
	pass(60_000);
	await polling.tick();
	expect(texts(polling)).toEqual([['After']]);
});

test.each([
	[{ textFilter: 'keywords' }, 'Enter at least one keyword'],
	[{ textFilter: 'pattern', pattern: '(' }, 'not a valid regular expression'],
])('rejects %j', async (parameters, message) => {
	await expect(open(parameters).publish()).rejects.toThrow(message);
});

test('Fetch Test Event shows the newest messages, or says how to get one', async () => {
	await expect(open().fetchTestEvent()).rejects.toMatchObject({
		description: expect.stringContaining('Send one to your SMTP2GO number'),
	});
	for (const text of ['One', 'Two']) receive(text);
	const polling = open({ perExecution: 'one' });
	expect((await polling.fetchTestEvent()).map(({ text }) => text)).toEqual(['Two']);
	expect(polling.saved).toEqual({});
});
