/** The queue that all nodes of an account share, and what happens after too many calls. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { hooks } from '@node-red/util';
import { CallQueue } from '../../../node-red/runtime/connection/call-queue';
import type { Simulator } from '../../../simulator';
import { actionFlow } from '../support/flows';
import { Meter } from '../support/meter';
import { account, delivered, deploy, inbox, key, load, logged, node, until } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let meter: Meter;
useNodeRed((started) => {
	({ simulator } = started);
});
beforeAll(async () => {
	meter = await Meter.start(simulator.port, 30);
});
afterEach(() => {
	hooks.remove('onComplete.test');
	meter.reset();
});
afterAll(() => meter.stop());

const mail = { from: 'Shop <shop@example.com>', to: 'ann@example.org', payload: 'Thank you' };
const subjects = () => simulator.state.emails.map(({ subject }) => subject);
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `Order ${index}`);

/** The flow of one email node, its account in front of the meter. */
const flowWith = (more: object = {}, def: object = {}) => [
	...actionFlow(simulator, 'smtp2go-email', { operation: 'send', ...def }).filter(({ id }) => id !== 'account'),
	account(simulator, { baseUrl: meter.url, ...more }),
];

/** Counts how often `done` was called, and with how many errors, through Node-RED's own hook. */
function countDone() {
	const counts = { all: 0, failed: 0, codes: new Set<string>() };
	hooks.add('onComplete.test', ({ error, node: { id } }: { error?: { code: string }; node: { id: string } }) => {
		if (!['n', 'second'].includes(id)) return;
		counts.all++;
		if (error) {
			counts.failed++;
			counts.codes.add(error.code);
		}
	});
	return counts;
}

async function send(count: number, id = 'n'): Promise<void> {
	for (const topic of numbered(count)) node(id).receive({ ...mail, topic });
	await delivered();
}

describe('the queue of an account', () => {
	it.each([
		[undefined, 5],
		['', 5],
		[2, 2],
		['3', 3],
	])('with %p calls at a time has %i', async (inFlight, expected) => {
		await load(flowWith({ inFlight }), key());
		const out = inbox('out');
		await send(30);
		await out.next(30);
		expect(meter.most).toBe(expected);
		expect(subjects().sort()).toEqual(numbered(30).sort());
	});

	it('lets the messages of a node start in the order in which they came', async () => {
		await load(
			flowWith({ inFlight: 1 }, { fields: { text_body: { type: 'jsonata', value: '$uppercase(payload)' } } }),
			key(),
		);
		const out = inbox('out');
		await send(20);
		await out.next(20);
		expect(subjects()).toEqual(numbered(20));
		expect(out.messages.map(({ topic }) => topic)).toEqual(numbered(20));
	});

	it('is one for all accounts with the same key and address, with the lower of their limits', async () => {
		await load(
			[
				...flowWith({ inFlight: 9 }),
				{ ...account(simulator, { baseUrl: meter.url, inFlight: 2 }), id: 'other' },
				{
					id: 'second',
					z: 'tab',
					type: 'smtp2go-email',
					name: '',
					account: 'other',
					operation: 'send',
					fields: {},
					output: 'result',
					version: 2,
					wires: [['out']],
				},
			],
			{ ...key(), other: key().account },
		);
		const out = inbox('out');
		await send(10);
		await send(10, 'second');
		await out.next(20);
		expect(meter.most).toBe(2);
	});

	it('is another for another key', async () => {
		await load(
			[
				...flowWith({ inFlight: 2 }),
				{ ...account(simulator, { baseUrl: meter.url, inFlight: 2 }), id: 'other' },
				{
					id: 'second',
					z: 'tab',
					type: 'smtp2go-email',
					name: '',
					account: 'other',
					operation: 'send',
					fields: {},
					output: 'result',
					version: 2,
					wires: [['out']],
				},
			],
			{ ...key(), other: { apiKey: simulator.addKey() } },
		);
		const out = inbox('out');
		await send(10);
		await send(10, 'second');
		await out.next(20);
		expect(meter.most).toBe(4);
	});

	it('lets no more calls start in a minute than the account says, and shows why it waits', async () => {
		await load(flowWith({ callsPerMinute: '3' }), { account: { apiKey: simulator.addKey() } });
		const [out, statuses] = [inbox('out'), inbox('statuses')];
		await send(5);
		await out.next(3);
		await until(() =>
			statuses.messages.some(
				({ status }) => status?.['text'] === 'status.pausing' && status['fill'] === 'yellow',
			),
		);
		await delivered();
		expect(simulator.state.emails).toHaveLength(3);
	});

	it('goes on at once when the account is deleted whose limit held it', async () => {
		const strict = { ...account(simulator, { baseUrl: meter.url, callsPerMinute: 2 }), id: 'strict' };
		const credentials = { apiKey: simulator.addKey() };
		await load([...flowWith(), strict], { account: credentials, strict: credentials });
		const [out, statuses] = [inbox('out'), inbox('statuses')];
		await send(4);
		await out.next(2);
		await until(() => statuses.messages.some(({ status }) => status?.['text'] === 'status.pausing'));
		expect(simulator.state.emails).toHaveLength(2);
		await deploy(flowWith(), 'nodes', { account: credentials });
		await out.next(4, 15_000);
	});

	it('keeps the lowest limit of its accounts, and five without one', () => {
		const queue = new CallQueue();
		const [one, other] = [{}, {}];
		expect(queue.concurrency).toBe(5);
		queue.join(one, { concurrency: 9 });
		expect(queue.concurrency).toBe(9);
		queue.join(other, { concurrency: 2 });
		queue.join({}, {});
		expect(queue.concurrency).toBe(2);
		queue.leave(other);
		expect(queue.concurrency).toBe(9);
	});

	it('tells of a pause until the watch ends', () => {
		const queue = new CallQueue();
		const told: number[] = [];
		const end = queue.watch((milliseconds) => told.push(milliseconds));
		queue.hold(10);
		end();
		queue.hold(20);
		expect(told).toEqual([10]);
	});

	it.each<[string, (queue: CallQueue, first: object) => void]>([
		[
			'an account with fewer limits takes its place',
			(queue, first) => {
				queue.join(first, {});
			},
		],
		[
			'it leaves',
			(queue, first) => {
				queue.join({}, {});
				queue.leave(first);
			},
		],
	])('looks again when a limit is lifted: %s', async (_what, lift) => {
		for (const limits of [{ concurrency: 1 }, { callsPerMinute: 1 }]) {
			const queue = new CallQueue();
			const first = {};
			queue.join(first, limits);
			let started = 0;
			let finish = () => {};
			const work = () =>
				new Promise<void>((resolve) => {
					started++;
					finish = resolve;
				});
			for (let call = 0; call < 2; call++) void queue.pass({ path: '/email/send' }, work);
			await until(() => started > 0);
			await delivered();
			expect(started).toBe(1);
			lift(queue, first);
			await until(() => started > 1);
			finish();
		}
	});

	it('shows how many wait, and in the end that it is done', async () => {
		await load(flowWith({ inFlight: 1 }), key());
		const [out, statuses] = [inbox('out'), inbox('statuses')];
		await send(20);
		await out.next(20);
		await until(() => statuses.messages.at(-1)?.status?.['text'] === 'status.sentMany');
		const texts = statuses.messages.map(({ status }) => status?.['text']);
		expect([texts[0], texts.at(-1)]).toEqual(['status.busy', 'status.sentMany']);
		expect(texts).toContain('status.queued');
		// A thousand messages must not become thousands of status messages.
		expect(texts.length).toBeLessThan(10);
	});
});

describe('too many calls (429)', () => {
	it('pauses the whole queue, is shown, and in the end everything is sent once', async () => {
		await load(flowWith({ inFlight: 2 }), key());
		const [out, statuses] = [inbox('out'), inbox('statuses')];
		simulator.setFault({ path: '*', fault: 'rate-limit', retryAfter: 1 });
		await send(8);
		await out.next(8);
		expect(subjects().sort()).toEqual(numbered(8).sort());
		const [first = 0] = meter.starts;
		const later = meter.starts.filter((at) => at - first > 500);
		// Two were under way; nothing else left before the second was over.
		expect([meter.starts.length - later.length, later.length]).toEqual([2, 7]);
		expect(statuses.messages.some(({ status }) => status?.['text'] === 'status.pausing')).toBe(true);
	});
});

describe('a deploy', () => {
	it('finishes what has left and cancels what waits: done once for each of hundreds', async () => {
		await load(flowWith({ inFlight: 3 }), key());
		const counts = countDone();
		await send(300);
		await until(() => simulator.state.emails.length >= 6);
		await deploy([]);
		await until(() => counts.all >= 300);
		await delivered();
		expect(counts.all).toBe(300);
		expect(300 - counts.failed).toBe(simulator.state.emails.length);
		expect([...counts.codes]).toEqual(['SMTP2GO_CANCELLED']);
		expect(logged(30).filter((line) => line.includes('errors.cancelledAll'))).toHaveLength(1);
		expect(new Set(subjects()).size).toBe(subjects().length);
	});

	it('of the node alone tells the Catch node of each that was cancelled', async () => {
		const flow = flowWith({ inFlight: 3 });
		await load(flow, key());
		const caught = inbox('caught');
		await send(50);
		await until(() => simulator.state.emails.length >= 3);
		await deploy(
			flow.map((one) => (one.id === 'n' ? { ...one, name: 'changed' } : one)),
			'nodes',
			key(),
		);
		await until(() => caught.messages.length + simulator.state.emails.length >= 50);
		await delivered();
		expect(caught.messages.length).toBe(50 - simulator.state.emails.length);
		expect(caught.messages[0]).toMatchObject({ payload: 'Thank you', error: { code: 'SMTP2GO_CANCELLED' } });
	});

	it('ends a pause at once', async () => {
		await load(flowWith(), key());
		const counts = countDone();
		const statuses = inbox('statuses');
		simulator.setFault({ path: '*', fault: 'rate-limit', retryAfter: 60, times: 0 });
		await send(20);
		await until(() => statuses.messages.some(({ status }) => status?.['text'] === 'status.pausing'));
		await deploy([]);
		await until(() => counts.all >= 20);
		expect(counts.all).toBe(20);
		expect(simulator.state.emails).toEqual([]);
	});
});
