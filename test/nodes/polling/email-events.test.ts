/** The polling trigger watches the events of emails: from n8n's own context for polls to the activity log. */
import type { IDataObject } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { useClock } from '../support/clock';
import { Polling } from '../support/polling';

// The client waits between its tries; that is tested in test/api/client/client.test.ts.
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const account = useAccount();

const pass = useClock();

const open = (parameters: IDataObject = {}, ...more: [string?, number?]) =>
	new Polling(account.credentials, { events: ['bounce', 'spam'], ...parameters } as never, ...more);

/** Sends an email from which events can follow. */
async function send(subject = 'Hello', sender = 'shop@example.com', headers: object[] = []): Promise<string> {
	const response = await fetch(`${account.simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': account.credentials.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({
			sender,
			to: ['ann@inbox.example'],
			subject,
			text_body: 'Hello',
			custom_headers: headers,
		}),
	});
	const { data } = (await response.json()) as { data: { email_id: string } };
	return data.email_id;
}

/** Lets events happen, and two seconds pass: the log is read up to the second before now. */
function happen(name: string, recipients: readonly string[], emailId?: string): void {
	for (const recipient of recipients) account.simulator.raise(name, { recipient, ...(emailId ? { emailId } : {}) });
	pass(2_000);
}

const recipients = (items: readonly IDataObject[] = []) => items.map(({ recipient }) => recipient);
const searches = () => account.bodies('/activity/search');

beforeEach(async () => {
	await send();
	pass(60_000);
});

test('starts from now: what happened before the workflow was published starts nothing', async () => {
	happen('bounce', ['before@example.com']);
	const polling = open();
	await polling.publish();
	happen('bounce', ['after@example.com']);
	await polling.tick();
	await polling.tick();
	expect(polling.executions.map(recipients)).toEqual([['after@example.com']]);
});

test('starts so many hours back, once', async () => {
	happen('bounce', ['before@example.com']);
	const polling = open({ options: { hoursBack: 1 } });
	await polling.publish();
	await polling.tick();
	expect(polling.executions.map(recipients)).toEqual([['before@example.com']]);
});

test('hands out all events of a poll in one execution, oldest first, in the shape of a delivery', async () => {
	const polling = open();
	await polling.publish();
	happen('bounce', ['a@example.com', 'b@example.com']);
	happen('spam', ['c@example.com']);
	await polling.tick();
	expect(polling.executions.map(recipients)).toEqual([['a@example.com', 'b@example.com', 'c@example.com']]);
	expect(polling.executions[0]?.[0]).toMatchObject({
		source: 'log',
		channel: 'email',
		kind: 'hard-bounced',
		bounceType: 'hard',
		subject: 'Hello',
		eventKey: expect.stringMatching(/^[\w-]{22}$/),
	});
});

test('hands out one event per execution', async () => {
	const polling = open({ perExecution: 'one' });
	await polling.publish();
	happen('bounce', ['a@example.com', 'b@example.com', 'c@example.com']);
	await polling.tick();
	await polling.tick();
	expect(polling.executions.map(recipients)).toEqual([['a@example.com'], ['b@example.com'], ['c@example.com']]);
});

test('asks SMTP2GO only for the selected events, users and subaccounts', async () => {
	await open({
		events: ['bounce', 'spam'],
		options: { bounceType: 'hard', usernames: 'shop, crm', subaccounts: 'a1', headers: 'X-Order-ID' },
	}).publish();
	expect(searches()[0]).toMatchObject({
		event_types: ['hard-bounced', 'spam'],
		search_usernames: ['shop', 'crm'],
		subaccounts: ['a1'],
		custom_headers: ['X-Order-ID'],
	});
});

test('asks for everything if all events are selected, so that new kinds come too', async () => {
	await open({
		events: ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'],
	}).publish();
	expect(searches()[0]).not.toHaveProperty('event_types');
});

test.each([
	['sender', { filterSenders: 'example.com' }, 'shop@shop.example', 'Hello', []],
	['subject', { filterSubject: 'order' }, 'shop@example.com', 'News', []],
	[
		'header',
		{ filterHeaders: { headers: [{ header: 'X-Team', value: 'shop' }] } },
		'shop@example.com',
		'Hello',
		[{ header: 'X-Team', value: 'crm' }],
	],
])('filters by %s', async (_, options, sender, subject, headers) => {
	const polling = open({ options });
	await polling.publish();
	const fits = await send('Your order', 'shop@example.com', [{ header: 'X-Team', value: 'shop' }]);
	const other = await send(subject, sender, headers);
	happen('bounce', ['fits@example.com'], fits);
	happen('bounce', ['other@example.com'], other);
	await polling.tick();
	expect(polling.executions.map(recipients)).toEqual([['fits@example.com']]);
});

test('goes on after a restart where it stopped, and hands nothing out twice', async () => {
	const polling = open();
	await polling.publish();
	happen('bounce', ['a@example.com']);
	await polling.tick();
	happen('bounce', ['b@example.com']);
	await polling.publish('init');
	expect(polling.executions.map(recipients)).toEqual([['a@example.com'], ['b@example.com']]);
});

test('loses nothing if n8n is down before the first event: publishing saves the start', async () => {
	const polling = open();
	await polling.publish();
	await polling.tick();
	happen('bounce', ['while-down@example.com']);
	await polling.publish('init');
	expect(polling.executions.map(recipients)).toEqual([['while-down@example.com']]);
});

test('keeps little: cursor and selection, without what it handed out', async () => {
	const polling = open();
	await polling.publish();
	happen(
		'bounce',
		Array.from({ length: 300 }, (_, index) => `p${index}@example.com`),
	);
	await polling.tick();
	expect(polling.executions[0]).toHaveLength(300);
	expect(JSON.stringify(polling.saved)).not.toContain('p7@');
	expect(JSON.stringify(polling.saved).length).toBeLessThan(300 * 40 + 1_000);
});

test('a cut-off read goes on at the next poll, and the log says so', async () => {
	const polling = open({ options: { maxItems: 2 } });
	await polling.publish();
	happen('bounce', ['a@example.com', 'b@example.com', 'c@example.com']);
	await polling.tick();
	expect(polling.warnings).toEqual([expect.stringMatching(/^The node "Polling".*The next poll continues there/)]);
	await polling.tick();
	expect(polling.executions.map(recipients)).toEqual([['a@example.com', 'b@example.com'], ['c@example.com']]);
	expect(polling.warnings).toHaveLength(1);
});

describe('a change of the form', () => {
	test('starts added events with the change, and loses none of the others', async () => {
		const polling = open({ events: ['bounce'] });
		await polling.publish();
		happen('spam', ['spam-before@example.com']);
		happen('bounce', ['bounced-before@example.com']);
		polling.parameters = { ...polling.parameters, events: ['bounce', 'spam'] };
		await polling.publish('update');
		happen('spam', ['spam-after@example.com']);
		await polling.tick();
		expect(polling.executions.map(recipients)).toEqual([
			['bounced-before@example.com'],
			['spam-after@example.com'],
		]);
	});

	test('starts what a filter no longer stops with the change', async () => {
		const polling = open({ options: { filterSubject: 'order' } });
		await polling.publish();
		happen('bounce', ['before@example.com']);
		polling.parameters = { events: ['bounce'], options: {} };
		await polling.publish('update');
		await polling.publish('init');
		happen('bounce', ['after@example.com']);
		await polling.tick();
		expect(polling.executions.map(recipients)).toEqual([['after@example.com']]);
	});

	test('to another thing to watch, and back, starts over', async () => {
		const polling = open();
		await polling.publish();
		happen('bounce', ['before@example.com']);
		polling.parameters = { watch: 'accountHealth', checks: ['quotaUsed'] };
		await polling.publish('update');
		polling.parameters = { events: ['bounce'] };
		await polling.publish('update');
		await polling.tick();
		expect(polling.executions).toEqual([]);
	});
});

describe('Fetch Test Event', () => {
	test('shows the newest events that are selected, and touches no state', async () => {
		happen('bounce', ['a@example.com', 'b@example.com']);
		happen('unsubscribe', ['c@example.com']);
		const polling = open();
		expect(recipients(await polling.fetchTestEvent())).toEqual(['a@example.com', 'b@example.com']);
		expect(polling.saved).toEqual({});
		polling.parameters = { ...polling.parameters, perExecution: 'one' };
		expect(recipients(await polling.fetchTestEvent())).toEqual(['b@example.com']);
	});

	test('says what to do if there is none', async () => {
		await expect(open({ events: ['unsubscribe'] }).fetchTestEvent()).rejects.toMatchObject({
			message: 'There is nothing to show yet',
			description: expect.stringContaining('Send an email from your SMTP2GO account'),
		});
	});
});

test.each([
	[{ events: [] }, 'Select at least one event'],
	[{ events: ['bounces'] }, '"bounces" is not an SMTP2GO event'],
	[{ options: { bounceType: 'medium' } }, 'Use "hard" or "soft"'],
	[{ options: { filterHeaders: { headers: [{ header: 'X-Team', value: '' }] } } }, '"X-Team" has no value'],
	[{ watch: 'mail' }, 'must be Email Events, Incoming SMS or Account Health'],
])('rejects %j when the workflow is published', async (parameters, message) => {
	await expect(open(parameters as never).publish()).rejects.toThrow(message);
	expect(searches()).toEqual([]);
});
