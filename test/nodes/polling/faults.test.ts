/** What a poll does while SMTP2GO fails: nothing is lost, and a person reads of it once. */
import { PollContext } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { useClock } from '../support/clock';
import { Polling } from '../support/polling';

// The client waits between its tries; that is tested in test/api/client/client.test.ts.
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const PATH = '/activity/search';
const account = useAccount();
const pass = useClock();

const open = (key = account.credentials.apiKey, more: IDataObject = {}, budgetMs?: number) =>
	new Polling({ ...account.credentials, apiKey: key }, { events: ['bounce'], ...more } as never, undefined, budgetMs);

async function bounce(...recipients: string[]): Promise<void> {
	pass(2_000);
	await fetch(`${account.simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': account.credentials.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ sender: 'shop@example.com', to: ['x@example.com'], subject: 'A', text_body: 'A' }),
	});
	for (const recipient of recipients) account.simulator.raise('bounce', { recipient });
	pass(2_000);
}
const recipients = (polling: Polling) =>
	polling.executions.map((items) => items.map(({ recipient }) => String(recipient)));

test.each(['rate-limit', 'server-error', 'reset', 'not-json', 'truncated'] as const)(
	'a passing fault (%s) fails no execution, is logged once an hour, and loses nothing',
	async (fault) => {
		const polling = open();
		await polling.publish();
		await bounce('a@example.com');
		account.simulator.setFault({ path: PATH, fault, times: 0 });
		await polling.tick();
		await polling.tick();
		account.simulator.clearFaults();
		expect(polling.warnings).toEqual([expect.stringContaining('continues where it stopped')]);
		await polling.tick();
		expect([recipients(polling), polling.failures]).toEqual([[['a@example.com']], []]);
	},
);

test('a passing fault stops a first publication, since a person is there, but no start of n8n', async () => {
	account.simulator.setFault({ path: PATH, fault: 'server-error', times: 0 });
	const polling = open();
	await expect(polling.publish()).rejects.toThrow(/SMTP2GO/);
	await polling.publish('init');
	expect([polling.failures, polling.warnings.length]).toEqual([[], 1]);
});

test('a passing fault does not stop an edit from being published', async () => {
	const polling = open();
	await polling.publish();
	account.simulator.setFault({ path: PATH, fault: 'server-error', times: 0 });
	await polling.publish('update');
	expect(polling.failures).toEqual([]);
});

test('a missing permission stops publication with everything in the message', async () => {
	const polling = open(account.simulator.addKey({ permissions: ['/email/send'] }));
	await expect(polling.publish()).rejects.toThrow(/permission.*\/activity\/search/is);
	await expect(polling.publish()).rejects.toThrow(/\/activity\/search/);
});

test('a key that is gone fails one execution, not one a minute, and again after it was well', async () => {
	const key = account.simulator.addKey();
	const polling = open(key);
	await polling.publish();
	const remove = () =>
		account.simulator.setFault({ path: PATH, fault: 'error', message: 'No permission for this', times: 0 });
	for (let round = 1; round <= 2; round++) {
		remove();
		for (let poll = 0; poll < 3; poll++) {
			pass(60_000);
			await polling.tick();
		}
		expect(polling.failures).toHaveLength(round);
		account.simulator.clearFaults();
		await polling.tick();
	}
	expect(polling.failures[0]).toMatch(/No permission for this.*continues where it stopped/s);
	await bounce('a@example.com');
	await polling.tick();
	expect(recipients(polling)).toEqual([['a@example.com']]);
});

test('a lasting fault at the start of n8n fails an execution and leaves the trigger on', async () => {
	const polling = open();
	await polling.publish();
	account.simulator.setFault({ path: PATH, fault: 'error', message: 'Gone', times: 0 });
	pass(60_000);
	await polling.publish('init');
	expect(polling.failures).toEqual([expect.stringContaining('Gone')]);
	account.simulator.clearFaults();
	await bounce('a@example.com');
	await polling.tick();
	expect(recipients(polling)).toEqual([['a@example.com']]);
});

test('a credential that cannot be used stops publication', async () => {
	const broken = new Polling({ ...account.credentials, region: 'custom', baseUrl: 'no url' }, { events: ['bounce'] });
	await expect(broken.publish()).rejects.toThrow(/Base URL/i);
});

test('a poll that outlasts the next one hands out everything once', async () => {
	const polling = open();
	await polling.publish();
	await bounce('a@example.com');
	account.simulator.setFault({ path: PATH, fault: 'slow', ms: 300, times: 1 });
	await Promise.all([polling.tick(), polling.tick(), polling.tick()]);
	expect(recipients(polling)).toEqual([['a@example.com']]);
	await polling.tick();
	expect(recipients(polling)).toHaveLength(1);
});

test.each(['all', 'one'])(
	'an edit during a poll brings each event once, with %s of its events per execution',
	async (perExecution) => {
		const polling = open(undefined, { perExecution });
		await polling.publish();
		await bounce('a@example.com', 'b@example.com');
		account.simulator.setFault({ path: PATH, fault: 'slow', ms: 300, times: 1 });
		const underWay = polling.tick();
		await polling.publish('update');
		await underWay;
		expect(polling.executions).toEqual([]);
		await polling.tick();
		expect(recipients(polling).flat()).toEqual(['a@example.com', 'b@example.com']);
	},
);

test('n8n drops what a poll returns after an edit, so single events do not depend on it', async () => {
	const polling = open(undefined, { perExecution: 'one' });
	await polling.publish();
	await bounce('a@example.com', 'b@example.com');
	expect(await polling.found()).toBeNull();
	await polling.publish('update');
	expect(recipients(polling)).toEqual([['a@example.com'], ['b@example.com']]);
});

test('an expression that fails is one failed execution, not one a minute, and nothing is lost', async () => {
	const polling = open();
	await polling.publish();
	await bounce('a@example.com');
	const resolve = PollContext.prototype.getNodeParameter;
	const broken = jest.spyOn(PollContext.prototype, 'getNodeParameter').mockImplementation(function (
		this: PollContext,
		...[name, ...rest]: unknown[]
	) {
		if (name === 'options') throw new Error('Referenced node does not exist');
		return resolve.call(this, ...([name, ...rest] as [never])) as never;
	} as never);
	for (let poll = 0; poll < 3; poll++) await polling.tick();
	expect(polling.failures).toEqual([expect.stringContaining('Referenced node does not exist')]);
	broken.mockRestore();
	await polling.tick();
	expect(recipients(polling)).toEqual([['a@example.com']]);
});

test('two workflows, or two nodes, poll side by side', async () => {
	const [one, other] = [open(), open()];
	await Promise.all([one.publish(), other.publish()]);
	await bounce('a@example.com');
	await Promise.all([one.tick(), other.tick()]);
	expect([recipients(one), recipients(other)]).toEqual([[['a@example.com']], [['a@example.com']]]);
});

test('a poll keeps to the time that n8n gives it', async () => {
	const polling = open(undefined, { options: { hoursBack: 1 } }, 0);
	await bounce('a@example.com');
	await polling.publish();
	await polling.tick();
	expect(recipients(polling)).toEqual([['a@example.com']]);
});

test('Fetch Test Event shows the error of SMTP2GO', async () => {
	const key = account.simulator.addKey({ permissions: ['/email/send'] });
	await expect(open(key).fetchTestEvent()).rejects.toThrow(/permission/i);
});
