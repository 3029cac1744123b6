/** Items by a call each, in n8n's own engine: concurrency, waits, and where a failure stops the run. */
import { useAccount } from '../support/account';
import { runNode, type Run } from '../support/engine';
import { indexOf, manyItems, people } from '../support/many-items';

const account = useAccount();
const { run, recipients, idsInOrder } = manyItems(account);

/** The most calls that were under way at a time, when each takes so long. */
function overlap(milliseconds: number, beginning = '/email'): number {
	const starts = account.simulator.state.requests
		.filter(({ path }) => path.startsWith(beginning))
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
		account.simulator.setFault({ path: '/template/search', fault: 'slow', ms: 1_000, times: 0 });
		account.simulator.setFault({ path: '/template/edit', fault: 'slow', ms: 200, times: 0 });
		const most = async (parameters: Run['parameters'], path: string, milliseconds: number) => {
			await runNode({ parameters, credentials: account.credentials, items: people(5) });
			return overlap(milliseconds, path);
		};
		expect(await most({ resource: 'template', operation: 'getAll' }, '/template/search', 950)).toBeGreaterThan(1);
		const update = {
			resource: 'template',
			operation: 'update',
			templateId: { __rl: true, mode: 'id', value: 'welcome' },
			options: { subject: '={{ $json.to }}' },
		};
		expect(await most(update, '/template/edit', 150)).toBe(1);
	});

	test('with a wait between two calls, which a hint tells', async () => {
		const begun = Date.now();
		const { hints } = await run({ items: people(4) }, { sendingOptions: { waitBetween: 500 } });
		// However late a call arrives, it cannot have left before its turn.
		const arrivals = account.simulator.state.requests.map(({ at }) => Date.parse(at) - begun);
		expect(arrivals.map((after, index) => after >= index * 500)).toEqual([true, true, true, true]);
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
