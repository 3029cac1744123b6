/** Many items at once, in n8n's own engine: side by side, in batches, stopped on the way. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
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
const sms = {
	resource: 'sms',
	operation: 'send',
	destination: '={{ $json.to }}',
	content: '={{ $json.text || "Hi" }}',
};
const people = (count: number, more: (index: number) => object = () => ({})): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { to: `p${index}@example.com`, ...more(index) } }));
const run = (over: Partial<Run>, parameters: object = {}) =>
	runNode({ parameters: { ...mail, ...parameters }, credentials: account.credentials, ...over });
const recipients = () => account.simulator.state.emails.flatMap(({ to }) => to.map(({ address }) => address));
const indexOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
/** What each item became, by its email. */
const idsInOrder = (count: number) =>
	Array.from(
		{ length: count },
		(_, index) =>
			account.simulator.state.emails.find(({ to }) => to[0]?.address === `p${index}@example.com`)?.emailId,
	);

/** The most calls that were under way at a time, when each takes so long. */
function overlap(milliseconds: number): number {
	const starts = account.simulator.state.requests
		.filter(({ path }) => path.startsWith('/email'))
		.map(({ at }) => Date.parse(at));
	return Math.max(
		0,
		...starts.map((at) => starts.filter((other) => other <= at && other > at - milliseconds).length),
	);
}

describe('one call for each item', () => {
	test.each([
		[undefined, 5],
		[1, 1],
		[3, 3],
	])('with %s calls in flight: no more at a time, each item its own answer, in order', async (inFlight, most) => {
		account.simulator.setFault({ path: '/email/send', fault: 'slow', ms: 150, times: 0 });
		const { items } = await run({ items: people(9) }, { sendingOptions: { ...(inFlight ? { inFlight } : {}) } });
		expect(items.map(indexOf)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
		expect(items.map(({ json }) => json['emailId'])).toEqual(idsInOrder(9));
		// A call takes 150 ms at least; those that started within 120 ms of each other were under way together.
		expect(overlap(120)).toBeLessThanOrEqual(most);
		expect(recipients()).toHaveLength(9);
		if (most === 1) expect(recipients()).toEqual(people(9).map(({ json }) => json['to']));
	});

	test('lists are read side by side too, what changes the account goes one after the other', async () => {
		account.simulator.setFault({ path: '/template/*', fault: 'slow', ms: 200, times: 0 });
		const took = async (parameters: Run['parameters']) => {
			const started = Date.now();
			await runNode({ parameters, credentials: account.credentials, items: people(5) });
			return Date.now() - started;
		};
		expect(await took({ resource: 'template', operation: 'getAll' })).toBeLessThan(800);
		expect(
			await took({
				resource: 'template',
				operation: 'update',
				templateId: { __rl: true, mode: 'id', value: 'welcome' },
				options: { subject: '={{ $json.to }}' },
			}),
		).toBeGreaterThanOrEqual(1000);
	});

	test('with a wait between two calls, which a hint tells', async () => {
		const { hints } = await run({ items: people(4) }, { sendingOptions: { waitBetween: 500 } });
		const starts = account.simulator.state.requests.map(({ at }) => Date.parse(at));
		expect(Math.min(...starts.slice(1).map((at, index) => at - (starts[index] ?? 0)))).toBeGreaterThan(400);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Waited [12] s: the minimum time between calls$/),
		]);
	});

	test('when SMTP2GO asks for fewer calls all pause, and each is made once', async () => {
		account.simulator.setFault({ path: '/email/send', fault: 'rate-limit', retryAfter: 2, times: 3 });
		const { items, hints } = await run({ items: people(8) });
		expect(items.map(({ json }) => json['emailId'])).toEqual(idsInOrder(8));
		expect(recipients().sort()).toEqual(
			people(8)
				.map(({ json }) => json['to'])
				.sort(),
		);
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^Waited \d s: SMTP2GO asks for fewer calls$/),
		]);
	});

	test('that fails stops the run, and the error tells which were sent', async () => {
		const { error } = await run(
			{ items: people(4, (index) => (index === 2 ? { from: 'x@unverified.test' } : {})) },
			{ sendingOptions: { inFlight: 1 } },
		);
		expect(error?.message).toMatch(/not verified/);
		expect(error?.description).toMatch(
			/^2 of 4 items were sent: 0-1\. Not sent: 2-3\. Retry On Fail sends only the remaining items\. /,
		);
		expect(error?.context['itemIndex']).toBe(2);
		expect(recipients()).toEqual(['p0@example.com', 'p1@example.com']);
	});

	test.each([
		['inFlight', 0, 'Concurrent Calls'],
		['inFlight', 'many', 'Concurrent Calls'],
		['waitBetween', -1, 'Wait Between Calls (Ms)'],
		['batchSize', 1001, 'Emails per Call'],
		['callsPerMinute', 0.5, 'Calls per Minute'],
	])('not with %s = %s, and nothing is sent', async (option, value, label) => {
		const { error } = await run({ items: people(2) }, { sendMode: 'batch', sendingOptions: { [option]: value } });
		expect(error?.message.startsWith(`${label} must be`)).toBe(true);
		expect(account.simulator.state.requests).toEqual([]);
	});
});

describe('all items in batches', () => {
	const batch = { sendMode: 'batch' };

	test.each([
		[250, undefined, [100, 100, 50]],
		[5, 2, [2, 2, 1]],
		[1, undefined, [1]],
	])('%i items by %s: each its own answer, in order', async (count, batchSize, lengths) => {
		const { items } = await run(
			{ items: people(count) },
			{ ...batch, sendingOptions: batchSize ? { batchSize } : {} },
		);
		expect(account.bodies('/email/batch').map(({ emails }) => (emails as object[]).length)).toEqual(lengths);
		expect(items.map(indexOf)).toEqual(Array.from({ length: count }, (_, index) => index));
		expect(items.map(({ json }) => json['emailId'])).toEqual(idsInOrder(count));
	});

	test('a refused email goes to the error output with its reason, the good ones go on', async () => {
		const { items, failed } = await run(
			{
				items: people(5, (index) =>
					index === 1 ? { from: 'x@unverified.test' } : index === 3 ? { to: 'nobody' } : {},
				),
				onError: 'continueErrorOutput',
			},
			batch,
		);
		expect(items.map(indexOf)).toEqual([0, 2, 4]);
		expect(failed.map(({ json }) => [json['to'], (json['details'] as { code: string }).code])).toEqual([
			['p1@example.com', 'SMTP2GO_REJECTED'],
			['nobody', 'SMTP2GO_INVALID'],
		]);
		expect(recipients()).toEqual(['p0@example.com', 'p2@example.com', 'p4@example.com']);
	});

	test('a flaw in one item means that nothing is sent, where the workflow stops at errors', async () => {
		const { error } = await run({ items: people(5, (index) => (index === 3 ? { to: 'nobody' } : {})) }, batch);
		expect(error?.message).toContain('nobody');
		expect(error?.description).toMatch(/^0 of 5 items were sent\. Not sent: 0-4/);
		expect(account.simulator.state.requests).toEqual([]);
	});

	test('a refused email stops the calls that have not started, and the error tells which were sent', async () => {
		const { error } = await run(
			{ items: people(6, (index) => (index === 1 ? { from: 'x@unverified.test' } : {})) },
			{ ...batch, sendingOptions: { batchSize: 2, inFlight: 1 } },
		);
		expect(error?.description).toMatch(/^1 of 6 items were sent: 0\. Not sent: 1-5\. /);
		expect(recipients()).toEqual(['p0@example.com']);
	});

	test('a lost answer leaves the emails of its call unknown and no others, and none is sent again', async () => {
		account.simulator.setFault({ path: '/email/batch', fault: 'reset', when: 'after' });
		const { items, failed } = await run(
			{ items: people(6), onError: 'continueErrorOutput' },
			{ ...batch, sendingOptions: { batchSize: 2, inFlight: 1 } },
		);
		expect(items.map(indexOf)).toEqual([2, 3, 4, 5]);
		expect(failed.map(({ json }) => [json['to'], (json['details'] as { code: string }).code])).toEqual([
			['p0@example.com', 'SMTP2GO_OUTCOME_UNKNOWN'],
			['p1@example.com', 'SMTP2GO_OUTCOME_UNKNOWN'],
		]);
		expect(recipients()).toHaveLength(6);
	});

	test('items of different keys share no call', async () => {
		const other = account.simulator.addKey();
		const { items } = await run(
			{
				items: people(6),
				credentials: (index) => ({ ...account.credentials, ...(index % 2 === 1 ? { apiKey: other } : {}) }),
			},
			batch,
		);
		expect(
			account.bodies('/email/batch').map(({ emails }) => (emails as { to: string[] }[]).map(({ to }) => to[0])),
		).toEqual([
			['p0@example.com', 'p2@example.com', 'p4@example.com'],
			['p1@example.com', 'p3@example.com', 'p5@example.com'],
		]);
		expect(items.map(({ json }) => json['emailId'])).toEqual(idsInOrder(6));
	});

	test('equal text messages go together, and each item gets its own numbers', async () => {
		const numbers = Array.from(
			{ length: 120 },
			(_, index): INodeExecutionData => ({
				json: { to: `+1415555${String(index).padStart(4, '0')}`, ...(index === 7 ? { text: 'Other' } : {}) },
			}),
		);
		const { items } = await runNode({
			parameters: { ...sms, sendMode: 'batch' },
			credentials: account.credentials,
			items: numbers,
		});
		expect(account.bodies('/sms/send').map(({ destination }) => (destination as string[]).length)).toEqual([
			100, 1, 19,
		]);
		expect(
			items.map(({ json }) =>
				(json['messages'] as { destination: string }[]).map(({ destination }) => destination),
			),
		).toEqual(numbers.map(({ json }) => [json['to']]));
	});
});

describe('a dry run', () => {
	test('shows each request and sends none', async () => {
		const { items } = await run({ items: people(2) }, { sendingOptions: { dryRun: true } });
		expect(items).toEqual(
			[0, 1].map((item) => ({
				json: expect.objectContaining({
					dryRun: true,
					method: 'POST',
					url: `${account.credentials.baseUrl}/email/send`,
					body: {
						sender: 'shop@example.com',
						to: [`p${item}@example.com`],
						subject: 'Hi',
						text_body: 'Hello',
					},
				}) as unknown,
				pairedItem: { item },
			})),
		);
		expect(JSON.stringify(items)).not.toContain(account.credentials.apiKey);
		expect(account.simulator.state.requests).toEqual([]);
	});

	test('shows each call of a batch, paired with all its items', async () => {
		const { items } = await run(
			{ items: people(3) },
			{ sendMode: 'batch', sendingOptions: { dryRun: true, batchSize: 2 } },
		);
		expect(
			items.map(({ json, pairedItem }) => [(json['body'] as { emails: object[] }).emails.length, pairedItem]),
		).toEqual([
			[2, [{ item: 0 }, { item: 1 }]],
			[1, { item: 2 }],
		]);
		expect(account.simulator.state.requests).toEqual([]);
	});

	test.each([
		['each', ['p0@example.com', 'p3@example.com']],
		['batch', ['p0@example.com', 'p3@example.com']],
	])('by an expression counts for each item (%s)', async (sendMode, sent) => {
		const { items } = await run(
			{ items: people(4, (index) => ({ test: index === 1 || index === 2 })) },
			{ sendMode, sendingOptions: { dryRun: '={{ $json.test }}' } },
		);
		expect(recipients().sort()).toEqual(sent);
		expect(items.filter(({ json }) => json['dryRun'] === true).flatMap(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 1 },
			{ item: 2 },
		]);
		expect(items.filter(({ json }) => typeof json['emailId'] === 'string').map(indexOf)).toEqual([0, 3]);
	});

	test.each([
		'={{ $json.test.toBoolean() }}',
		'={{ $json.test.deep.down }}',
		'={{ $json.test }}',
		'={{ $json.test ?? null }}',
		"={{ $json.test ?? '' }}",
	])('whose expression %s gives nothing sends nothing of its item', async (dryRun) => {
		const { items, failed } = await run(
			{
				items: people(3, (index) =>
					index === 1 ? {} : { test: dryRun.includes('deep') ? { deep: { down: false } } : 'false' },
				),
				onError: 'continueErrorOutput',
			},
			{ sendingOptions: { dryRun } },
		);
		expect(items.map(indexOf)).toEqual([0, 2]);
		expect(failed.map(({ json }) => json['to'])).toEqual(['p1@example.com']);
		expect(recipients().sort()).toEqual(['p0@example.com', 'p2@example.com']);
	});

	test('is not counted as sent', async () => {
		const { error } = await run(
			{
				items: people(3, (index) => ({
					test: index === 0,
					...(index === 2 ? { from: 'x@unverified.test' } : {}),
				})),
			},
			{ sendingOptions: { inFlight: 1, dryRun: '={{ $json.test }}' } },
		);
		expect(error?.description).toMatch(/^1 of 3 items were sent: 1\. Dry run: 0\. Not sent: 2\. /);
	});

	test('finds what a real one would refuse', async () => {
		const { error } = await run({ items: [{ json: { to: 'nobody' } }] }, { sendingOptions: { dryRun: true } });
		expect(error?.message).toContain('nobody');
	});
});

describe('a workflow that is stopped', () => {
	test.each([
		['between two calls', { waitBetween: 60_000 }, undefined],
		['while all pause', {}, { path: '/email/send', fault: 'rate-limit', retryAfter: 60, times: 0 }],
		[
			'while a lost email waits to be looked up',
			{ checkFirst: true },
			{ path: '/email/send', fault: 'reset', when: 'after', times: 0 },
		],
	] as const)('%s starts nothing more, and waits no longer', async (_, options, fault) => {
		if (fault) account.simulator.setFault({ ...fault });
		const started = Date.now();
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ requests }) => requests.length > 0).then(() => setTimeout(stop, 300));
		};
		await run({ items: people(10), onStart }, { sendingOptions: options }).catch(() => undefined);
		expect(Date.now() - started).toBeLessThan(5000);
		const calls = account.simulator.state.requests.length;
		await new Promise((resolve) => {
			setTimeout(resolve, 500);
		});
		expect(account.simulator.state.requests).toHaveLength(calls);
		expect(calls).toBeLessThanOrEqual(5);
	});

	test('finishes what has left, and the log knows what became of it', async () => {
		const log: string[] = [];
		account.simulator.setFault({ path: '/email/send', fault: 'slow', ms: 1000, times: 0 });
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ requests }) => requests.length > 0).then(() => setTimeout(stop, 200));
		};
		await run({ items: people(3), log, onStart }, { sendingOptions: { inFlight: 1 } }).catch(() => undefined);
		await new Promise((resolve) => {
			setTimeout(resolve, 2000);
		});
		expect(recipients()).toEqual(['p0@example.com']);
		expect(log).toEqual(['SMTP2GO: the workflow was stopped. 1 of 3 items were sent: 0. Not sent: 1-2']);
	});

	test("says in n8n's log what was sent", async () => {
		const log: string[] = [];
		account.simulator.setFault({ path: '/email/send', fault: 'slow', ms: 100, times: 0 });
		const onStart = (stop: () => void) => {
			void account.simulator.waitFor(({ emails: mails }) => mails.length >= 3).then(stop);
		};
		await run({ items: people(40), log, onStart }, { sendingOptions: { inFlight: 2, waitBetween: 100 } }).catch(
			() => undefined,
		);
		await new Promise((resolve) => {
			setTimeout(resolve, 500);
		});
		const sent = recipients().length;
		expect(sent).toBeGreaterThan(0);
		expect(sent).toBeLessThan(40);
		expect(log).toEqual([
			expect.stringMatching(/^SMTP2GO: the workflow was stopped\. \d+ of 40 items were sent: 0/),
		]);
	});
});

test('an email that is looked up carries its key, others do not', async () => {
	await run({ items: people(2) }, { sendingOptions: { checkFirst: true } });
	await run({ items: people(1) });
	const keys = account.simulator.state.emails.map(
		({ headers }) => headers.find(({ header }) => header === 'X-Message-Key')?.value,
	);
	expect(keys).toEqual([
		expect.stringMatching(/^[0-9a-f-]{36}$/),
		expect.stringMatching(/^[0-9a-f-]{36}$/),
		undefined,
	]);
	expect(keys[0]).not.toBe(keys[1]);
});
