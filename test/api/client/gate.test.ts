/** The limits of concurrent calls, of calls per minute, and the pauses that SMTP2GO asks for. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { CallLog, Gate, runPool, type CallLimits } from '../../../api';
import { stopwatch } from '../support/processor-time';

/** A clock that a test moves; pauses end in their order. */
class Clock {
	time = 0;
	readonly slept: number[] = [];
	private readonly sleepers: { at: number; wake: () => void }[] = [];

	private looks = 0;

	/** A gate that looks at the clock without end is stuck: it fails, instead of the whole test run. */
	monotonic = () => {
		if (++this.looks > 100_000) throw new Error('The gate does not come to rest');
		return this.time;
	};

	sleep = (milliseconds: number, signal?: AbortSignal) =>
		new Promise<void>((resolve) => {
			this.slept.push(milliseconds);
			this.sleepers.push({ at: this.time + milliseconds, wake: resolve });
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});

	/** Goes on so long, waking whoever's time comes. */
	async pass(milliseconds: number): Promise<void> {
		const until = this.time + milliseconds;
		for (;;) {
			await new Promise((resolve) => {
				setImmediate(resolve);
			});
			const next = this.sleepers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
			if (next === undefined) break;
			this.sleepers.splice(this.sleepers.indexOf(next), 1);
			this.time = Math.max(this.time, next.at);
			next.wake();
		}
		this.time = until;
	}
}

/** Calls that each take so long, and when they started. */
function calls(flow: CallLimits, takes = 0, departures?: CallLog) {
	const clock = new Clock();
	const gate = new Gate(clock, flow, departures);
	const starts: [string, number][] = [];
	const waits: [number, string][] = [];
	const ask = (name: string, more: object = {}) =>
		gate.pass({ path: name, onWait: (milliseconds, why) => waits.push([milliseconds, why]), ...more }, async () => {
			starts.push([name, clock.time]);
			if (takes > 0) await clock.sleep(takes);
			return name;
		});
	return { clock, gate, starts, waits, ask };
}

const names = Array.from({ length: 10 }, (_, index) => String(index));

test.each<[string, CallLimits, number, number[]]>([
	['no limit', {}, 100, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
	['three in flight', { concurrency: 3 }, 100, [0, 0, 0, 100, 100, 100, 200, 200, 200, 300]],
	['one in flight', { concurrency: 1 }, 10, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]],
	['a wait between', { minInterval: 50 }, 10, [0, 50, 100, 150, 200, 250, 300, 350, 400, 450]],
	['both', { concurrency: 1, minInterval: 50 }, 70, [0, 70, 140, 210, 280, 350, 420, 490, 560, 630]],
	['four a minute', { callsPerMinute: 4 }, 10, [0, 0, 0, 0, 60_500, 60_500, 60_500, 60_500, 121_000, 121_000]],
])('with %s calls start at these times, in order', async (_, flow, takes, times) => {
	const { clock, starts, ask } = calls(flow, takes);
	const all = Promise.all(names.map((name) => ask(name)));
	await clock.pass(200_000);
	expect(await all).toEqual(names);
	expect(starts).toEqual(names.map((name, index) => [name, times[index]]));
});

test("an endpoint's own limit is kept, reported once per wait, and does not hold up other calls", async () => {
	const { clock, starts, waits, ask } = calls({});
	const rate = { calls: 2, seconds: 60 };
	const all = Promise.all([...['a', 'a', 'a', 'a', 'a'].map((name) => ask(name, { rate })), ask('b')]);
	await clock.pass(200_000);
	await all;
	expect(starts).toEqual([
		['a', 0],
		['a', 0],
		['b', 0],
		['a', 60_500],
		['a', 60_500],
		['a', 121_000],
	]);
	expect(waits).toEqual([
		[60_500, 'SMTP2GO accepts a at most 2 times per minute'],
		[60_500, 'SMTP2GO accepts a at most 2 times per minute'],
	]);
});

test('gates that share their departures share the limit', async () => {
	const departures = new CallLog();
	const rate = { calls: 1, seconds: 60 };
	const one = calls({}, 0, departures);
	await one.ask('a', { rate });
	const other = calls({}, 0, departures);
	const second = other.ask('a', { rate });
	await other.clock.pass(61_000);
	await second;
	expect(other.starts).toEqual([['a', 60_500]]);
});

test('a call that is told to slow down holds all up, and goes first afterwards', async () => {
	const { clock, gate, starts, ask } = calls({ concurrency: 1 }, 10);
	const first = ask('first').then(() => {
		gate.hold(5000);
		return ask('again', { again: true });
	});
	const others = Promise.all([ask('second'), ask('third')]);
	await clock.pass(20_000);
	await Promise.all([first, others]);
	// The second had started when the first came to its end.
	expect(starts).toEqual([
		['first', 0],
		['second', 10],
		['again', 5010],
		['third', 5020],
	]);
});

test('whoever is stopped leaves at once, and nothing of theirs is started', async () => {
	const { clock, gate, starts, ask } = calls({ minInterval: 1000 });
	const stop = new AbortController();
	const all = Promise.all([
		ask('a', { signal: stop.signal }),
		ask('b', { signal: stop.signal }),
		ask('c'),
		ask('d', { signal: stop.signal }),
	]);
	await clock.pass(500);
	expect(gate.waiting).toBe(3);
	stop.abort();
	await clock.pass(0);
	expect(gate.waiting).toBe(1);
	await clock.pass(5000);
	expect(await all).toEqual(['a', undefined, 'c', undefined]);
	expect(starts).toEqual([
		['a', 0],
		['c', 1000],
	]);
	expect(await ask('late', { signal: stop.signal })).toBeUndefined();
});

test('a thousand calls at the gate take no time of their own', async () => {
	const { clock, ask } = calls({ concurrency: 5 }, 1);
	const elapsed = stopwatch();
	const all = Promise.all(
		Array.from({ length: 1000 }, (_, index) => ask(String(index), { rate: { calls: 2000, seconds: 60 } })),
	);
	await clock.pass(10_000);
	await all;
	expect(elapsed()).toBeLessThan(3000);
});

describe('a pool', () => {
	test.each([
		[1, 10],
		[3, 10],
		[50, 10],
		[5, 0],
		[5, 1],
	])('of %i runs %i jobs, no more at a time, and keeps their order', async (most, count) => {
		let [running, peak] = [0, 0];
		const results = await runPool(
			Array.from({ length: count }, (_, index) => index),
			most,
			async (job) => {
				peak = Math.max(peak, ++running);
				await new Promise((resolve) => {
					setTimeout(resolve, (count - job) % 4);
				});
				running--;
				return job * 2;
			},
		);
		expect(results).toEqual(Array.from({ length: count }, (_, index) => index * 2));
		expect(peak).toBe(Math.min(most, count));
	});

	test('starts nothing more when it is over, and says which were not started', async () => {
		let over = false;
		const results = await runPool(
			[1, 2, 3, 4, 5],
			2,
			async (job) => {
				over = job >= 2;
				return job;
			},
			() => over,
		);
		expect(results.slice(2)).toEqual([undefined, undefined, undefined]);
		expect(results.slice(0, 2)).toEqual([1, 2]);
		expect(
			await runPool(
				[1, 2],
				2,
				async (job) => job,
				() => true,
			),
		).toStrictEqual([undefined, undefined]);
	});
});

test('a shorter pause does not end a longer one', async () => {
	const { clock, gate, starts, ask } = calls({});
	gate.hold(60_000);
	gate.hold(1_000);
	const one = ask('a');
	await clock.pass(59_999);
	expect(starts).toEqual([]);
	await clock.pass(1);
	await one;
	expect(starts).toEqual([['a', 60_000]]);
});

describe('a gate with limits', () => {
	test.each([
		[60, 'per minute'],
		[3600, 'per hour'],
		[10, '10 seconds'],
	])('says of %i seconds that it is %s', async (seconds, words) => {
		const { clock, waits, ask } = calls({});
		const all = [ask('/a', { rate: { calls: 1, seconds } }), ask('/a', { rate: { calls: 1, seconds } })];
		await clock.pass(seconds * 1000 + 500);
		await Promise.all(all);
		expect(waits).toEqual([[seconds * 1000 + 500, expect.stringContaining(words)]]);
	});

	test('tells how many are under way and how many wait', async () => {
		const { clock, gate, ask } = calls({ concurrency: 1 }, 10);
		const all = [ask('a'), ask('b'), ask('c')];
		expect([gate.running, gate.waiting]).toEqual([1, 2]);
		await clock.pass(30);
		await Promise.all(all);
		expect([gate.running, gate.waiting]).toEqual([0, 0]);
	});

	test('asks nobody about a wait who did not want to be told', async () => {
		const { clock, ask } = calls({ minInterval: 100 });
		const all = [ask('a'), ask('b', { onWait: undefined })];
		await clock.pass(100);
		expect(await Promise.all(all)).toEqual(['a', 'b']);
	});

	test('counts only what has a limit, and forgets what is long past', () => {
		const log = new CallLog();
		for (const at of [0, 30_000, 59_000]) log.add('/a', at);
		const rate = { calls: 2, seconds: 60 };
		expect(log.next('/a', rate, 59_000)).toBe(90_500);
		expect(log.next('/a', rate, 90_499)).toBe(90_500);
		expect(log.next('/a', rate, 90_500)).toBe(90_500);
		expect(log.next('/b', rate, 5)).toBe(5);
		log.add('/c', 0);
		expect(log.next('/c', { calls: 1, seconds: 60 }, 1)).toBe(60_500);
	});

	test('remembers no starts that no limit counts', async () => {
		const log = new CallLog();
		const added = jest.spyOn(log, 'add');
		const { clock, ask } = calls({}, 0, log);
		const all = [ask('/a'), ask('/b', { rate: { calls: 9, seconds: 60 } })];
		await clock.pass(10);
		await Promise.all(all);
		expect(added.mock.calls).toEqual([['/b', 0]]);
	});

	test('a stop takes out only those whose signal it is', async () => {
		const { clock, starts, ask } = calls({ concurrency: 1 }, 10);
		const stop = new AbortController();
		const all = [ask('a'), ask('b', { signal: stop.signal }), ask('c'), ask('d')];
		stop.abort();
		await clock.pass(40);
		expect(await Promise.all(all)).toEqual(['a', undefined, 'c', 'd']);
		expect(starts.map(([name]) => name)).toEqual(['a', 'c', 'd']);
	});

	test('does not tell of a pause again, which whoever asked for it has told of', async () => {
		const { clock, gate, starts, waits, ask } = calls({ minInterval: 1000 });
		const all = [ask('a')];
		gate.hold(1000);
		all.push(ask('b'));
		await clock.pass(1000);
		await Promise.all(all);
		expect(starts).toEqual([
			['a', 0],
			['b', 1000],
		]);
		expect(waits).toEqual([]);
	});

	test('wakes earlier for a call that may start earlier, and only once for each', async () => {
		const { clock, starts, ask } = calls({ minInterval: 100 });
		const rate = { calls: 1, seconds: 60 };
		const all = [ask('a', { rate }), ask('a', { rate }), ask('b')];
		await clock.pass(61_000);
		await Promise.all(all);
		expect(starts).toEqual([
			['a', 0],
			['b', 100],
			['a', 60_500],
		]);
		expect(clock.slept).toEqual([60_500, 100, 60_400]);
	});

	test('starts a call when its timer fires, even if the clock is not there yet', async () => {
		let time = 0;
		const slept: number[] = [];
		const sleep = async (milliseconds: number) => {
			slept.push(milliseconds);
			time += milliseconds - 2;
		};
		const gate = new Gate({ monotonic: () => time, sleep }, { minInterval: 100 });
		await Promise.all([gate.pass({ path: 'a' }, async () => 'a'), gate.pass({ path: 'b' }, async () => 'b')]);
		expect(slept).toEqual([100]);
	});

	test('looks again at whoever waits when its limits change', async () => {
		const limits: { concurrency: number; minInterval: number } = { concurrency: 1, minInterval: 1000 };
		class Changing extends Gate {
			change(more: Partial<typeof limits>) {
				Object.assign(limits, more);
				this.changed();
			}
		}
		const clock = new Clock();
		const gate = new Changing(clock, limits);
		gate.change({});
		const starts: [string, number][] = [];
		const all = ['a', 'b', 'c'].map((name) =>
			gate.pass({ path: name }, async () => {
				starts.push([name, clock.time]);
				await clock.sleep(500);
			}),
		);
		await clock.pass(100);
		gate.change({ concurrency: 2 });
		await clock.pass(100);
		gate.change({ minInterval: 200 });
		await clock.pass(2000);
		await Promise.all(all);
		expect(starts).toEqual([
			['a', 0],
			['b', 200],
			['c', 500],
		]);
	});
});
