/**
 * n8n's Retry On Fail runs the whole node again: what was sent in an earlier try is not sent again. In n8n's own
 * engine.
 */
import type { INodeExecutionData } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { runNode, type Run } from '../support/engine';

const account = useAccount();

const mail = {
	resource: 'email',
	operation: 'send',
	sender: '={{ $json.from || "shop@example.com" }}',
	to: '={{ $json.to }}',
	subject: 'Hi',
	textBody: 'Hello',
};
const person = (name: string, more: object = {}): INodeExecutionData => ({
	json: { to: `${name}@example.com`, ...more },
});
const bad = (name: string) => person(name, { from: 'x@unverified.test' });
const run = (over: Partial<Run>, parameters: object = {}) =>
	runNode({ parameters: { ...mail, ...parameters }, credentials: account.credentials, maxTries: 3, ...over });
const recipients = () =>
	account.simulator.state.emails
		.flatMap(({ to }) => to.map(({ address }) => address.replace('@example.com', '')))
		.sort();
const calls = (path: string) => account.bodies(path).length;

describe('items that were sent in an earlier try are not sent again', () => {
	test('where one item stops the run', async () => {
		const { error } = await run({ items: [person('a'), bad('b'), person('c')] });
		expect(error?.description).toMatch(
			/^2 of 3 items were sent: 0, 2\. Not sent: 1\. Retry On Fail sends only the remaining items\. /,
		);
		expect(recipients()).toEqual(['a', 'c']);
		expect(calls('/email/send')).toBe(2 + 3);
	});

	test('where the failure passes: the rest is sent, and all come out in order', async () => {
		// So long a pause is not waited for: the call fails, and n8n tries again.
		account.simulator.setFault({ path: '/email/send', fault: 'rate-limit', retryAfter: 3600 });
		const { items, error } = await run({ items: [person('a'), person('b'), person('c')] });
		expect(error).toBeUndefined();
		expect(items.map(({ json, pairedItem }) => [json['emailId'], pairedItem])).toEqual(
			[0, 1, 2].map((item) => [
				account.simulator.state.emails.find(({ to }) => to[0]?.address === `${'abc'[item]}@example.com`)
					?.emailId,
				{ item },
			]),
		);
		expect(recipients()).toEqual(['a', 'b', 'c']);
	});

	test('where n8n takes the error of the first item for a failure of the node', async () => {
		const { items } = await run({ items: [bad('a'), person('b'), person('c')], onError: 'continueRegularOutput' });
		expect(items.map(({ json }) => typeof json['error'])).toEqual(['string', 'undefined', 'undefined']);
		expect(recipients()).toEqual(['b', 'c']);
		expect(calls('/email/send')).toBe(2 + 3);
	});

	test('also with an error output', async () => {
		const { items, failed } = await run({ items: [bad('a'), person('b')], onError: 'continueErrorOutput' });
		expect([items.length, failed.length]).toEqual([1, 1]);
		expect(recipients()).toEqual(['b']);
	});

	test('in batches: of the calls only those that were refused', async () => {
		const { error } = await run(
			{ items: [person('a'), person('b'), bad('c'), person('d')] },
			{ sendMode: 'batch', sendingOptions: { batchSize: 2, inFlight: 1 } },
		);
		expect(error?.description).toMatch(/^3 of 4 items were sent: 0-1, 3\. Not sent: 2\. /);
		expect(recipients()).toEqual(['a', 'b', 'd']);
		expect(account.bodies('/email/batch').map(({ emails }) => (emails as object[]).length)).toEqual([2, 2, 1, 1]);
	});

	test('and rows that were skipped count neither as sent nor as not sent', async () => {
		account.simulator.setFault({ path: '/email/send', fault: 'error', message: 'No', times: 0 });
		const { error } = await run(
			{ items: [person('a'), { json: { to: '' } }, person('c')] },
			{ dataMode: 'autoMapInputData', sender: 'shop@example.com', sendingOptions: { inFlight: 1 } },
		);
		expect(error?.description).toMatch(/^0 of 3 items were sent\. Skipped: 1\. Not sent: 0, 2\. /);
		const none = await run({ items: [person('a'), person('b')] });
		expect(none.error?.description).toMatch(/^0 of 2 items were sent\. Not sent: 0-1\. /);
	});

	test('nor is a list of emails of which a part was taken', async () => {
		const list = ['a', 'b'].map((name) => ({
			sender: name === 'a' ? 'shop@example.com' : 'x@unverified.test',
			to: `${name}@example.com`,
			subject: 'Hi',
			text_body: 'Hello',
		}));
		const { error } = await runNode({
			parameters: { resource: 'email', operation: 'sendBatch', emails: JSON.stringify(list) },
			credentials: account.credentials,
			maxTries: 3,
		});
		expect(error?.message).toMatch(/^1 of 2 emails failed or have an unknown outcome/);
		expect(recipients()).toEqual(['a']);
		expect(calls('/email/batch')).toBe(1);
	});
});

describe('an item whose outcome is unknown is not sent again either', () => {
	test.each([
		['reset', 'after', 1],
		['reset', 'before', 0],
		['server-error', 'after', 1],
		['server-error', 'before', 0],
		['truncated', 'after', 1],
		['not-json', 'after', 1],
	] as const)('%s, %s it took effect', async (fault, when, sent) => {
		account.simulator.setFault({ path: '/email/send', fault, when, times: 0 });
		const { error } = await run({ items: [person('a')] });
		expect(error?.message).toMatch(/^Outcome unknown/);
		expect(recipients()).toHaveLength(sent);
		expect(calls('/email/send')).toBe(1);
	});

	test('and ends the further tries before the others are sent, which the error says', async () => {
		account.simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 1 });
		const { error } = await run(
			{ items: [person('a'), person('b'), person('c')] },
			{ sendingOptions: { inFlight: 1 } },
		);
		expect(error?.description).toMatch(
			/^0 of 3 items were sent\. Partly sent or outcome unknown: 0\. Not sent: 1-2\. Retry On Fail does not send the remaining items\. It may have/,
		);
		expect(recipients()).toEqual(['a']);
		expect(calls('/email/send')).toBe(1);
	});

	test('and the error names no items that were not sent if there are none', async () => {
		account.simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 2 });
		const { error } = await run({ items: [person('a'), person('b')] }, { sendingOptions: { inFlight: 2 } });
		expect(error?.description).toMatch(
			/^0 of 2 items were sent\. Partly sent or outcome unknown: 0-1\. Retry On Fail does not send/,
		);
	});

	test('and what changes the account is not done twice', async () => {
		account.simulator.setFault({ path: '/suppression/add', fault: 'reset', when: 'after', times: 0 });
		await runNode({
			parameters: { resource: 'suppression', operation: 'add', emailAddress: 'jane@example.com' },
			credentials: account.credentials,
			maxTries: 3,
		});
		expect(calls('/suppression/add')).toBe(1);
	});
});

test('a read is made again', async () => {
	account.simulator.setFault({ path: '/template/view', fault: 'error', times: 1 });
	const { items } = await runNode({
		parameters: {
			resource: 'template',
			operation: 'get',
			templateId: { __rl: true, mode: 'id', value: 'welcome' },
		},
		credentials: account.credentials,
		maxTries: 2,
	});
	expect(items).toHaveLength(1);
	expect(calls('/template/view')).toBe(2);
});

test('a read is made again for every item, also for those that were read', async () => {
	const { error } = await runNode({
		parameters: {
			resource: 'template',
			operation: 'get',
			templateId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		},
		credentials: account.credentials,
		items: ['welcome', 'no-such-template'].map((id) => ({ json: { id } })),
		maxTries: 2,
	});
	expect(error?.context['itemIndex']).toBe(1);
	expect(
		account
			.bodies('/template/view')
			.map(({ id }) => id)
			.sort(),
	).toEqual(['no-such-template', 'no-such-template', 'welcome', 'welcome']);
});

test('an error of what changes the account does not speak of items that were sent', async () => {
	account.simulator.setFault({ path: '/suppression/add', fault: 'error', message: 'Not now', times: 0 });
	const { error } = await runNode({
		parameters: { resource: 'suppression', operation: 'add', emailAddress: '={{ $json.to }}' },
		credentials: account.credentials,
		items: [person('a'), person('b')],
	});
	expect(error?.message).toBe('Not now');
	expect(error?.description).not.toMatch(/items were sent|Retry On Fail/);
});

describe('in a loop', () => {
	const rounds = [
		[person('a'), person('b')],
		[person('a'), person('b')],
		[person('a'), person('b')],
	];

	test('each round sends its own items, though they are equal', async () => {
		const { runs } = await run({ rounds });
		expect(runs.map((items) => items.length)).toEqual([2, 2, 2]);
		expect(recipients()).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
	});

	test("a failure in each round repeats only that round's open items", async () => {
		for (const [index, round] of rounds.entries()) {
			// Identified by their position among all calls: the first of each round fails once.
			account.simulator.setFault({
				path: '/email/send',
				fault: 'rate-limit',
				retryAfter: 3600 + index,
				times: 1,
			});
			expect(round).toHaveLength(2);
		}
		const { runs } = await run({ rounds, maxTries: 5 }, { sendingOptions: { inFlight: 1 } });
		expect(runs.map((items) => items.map(({ json }) => typeof json['emailId']))).toEqual([
			['string', 'string'],
			['string', 'string'],
			['string', 'string'],
		]);
		expect(recipients()).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
	});
});
