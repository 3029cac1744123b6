import fc from 'fast-check';
import { startCursor, type FeedCursor } from '../../../api';
import { json } from '../support/fake-host';
import { FakeLog, MINUTE, NOW, SECOND, type Happening } from '../support/fake-log';
import { Follower } from '../support/follower';

const SETTLE = 10 * MINUTE;
const LATEST = SETTLE - SECOND;

/** Some events at about the same time, each as late as it likes, some of them the same in every word. */
const burst = fc.record({
	at: fc.integer({ min: 0, max: 60 * MINUTE }),
	count: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.integer({ min: 900, max: 2500 })),
	spread: fc.constantFrom(0, SECOND, MINUTE, 20 * MINUTE),
	late: fc.constantFrom(0, SECOND, MINUTE, 5 * MINUTE, LATEST),
	isSame: fc.boolean(),
});

type ValueOf<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * What the reader does next: waits, and then reads, perhaps with a fault, perhaps killed before the cursor is stored.
 */
const step = fc.record({
	wait: fc.constantFrom(0, 500, SECOND, MINUTE, 3 * MINUTE, 25 * MINUTE),
	faultAt: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 4 }),
	isKilled: fc.boolean(),
	maxEvents: fc.constantFrom(7, 1000, 1500, 10_000),
});

function happeningsOf(bursts: readonly ValueOf<typeof burst>[]): Happening[] {
	return bursts.flatMap(({ at, count, spread, late, isSame }, number) =>
		Array.from({ length: count }, (_, index) => {
			const time = NOW + at + Math.floor((spread * index) / count);
			// The order in which they appear has nothing to do with the order in which they happened.
			const shownAt = time + (((late * ((index * 7) % 11)) / 10) | 0);
			return {
				at: time,
				shownAt: Math.min(shownAt, time + LATEST),
				...(isSame ? { entry: { event: 'opened', email_id: `same${number}`, recipient: 'a@x.org' } } : {}),
			};
		}),
	);
}

/** The ID of an event: its email, and its number among those of the same second. */
function counts(ids: readonly string[]): Map<string, number> {
	const found = new Map<string, number>();
	for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1);
	return found;
}

/** Follows a log through the steps, and then until everything has settled. */
async function follow(
	log: FakeLog,
	steps: readonly ValueOf<typeof step>[],
	mayForget: boolean,
): Promise<{ follower: Follower; read: string[] }> {
	const follower = new Follower(log, startCursor(NOW));
	for (const { wait, faultAt, isKilled, maxEvents } of steps) {
		log.host.wall += wait;
		const begun = log.searches.length;
		log.answer = (_search, count) => (count - begun === faultAt ? json(400, { data: { error: 'No' } }) : undefined);
		const before: FeedCursor = follower.cursor;
		follower.options = { maxEvents, settleMs: SETTLE };
		const result = await follower.read().catch(() => undefined);
		if (result === undefined || (mayForget && isKilled)) follower.cursor = before;
	}
	log.answer = () => undefined;
	follower.options = { settleMs: SETTLE };
	for (let more = 0; more < 12; more++) {
		log.host.wall += SETTLE;
		await follower.catchUp();
	}
	return { follower, read: follower.ids };
}

function expected(log: FakeLog): Map<string, number> {
	return counts(log.emails);
}

const runs = { numRuns: 40, seed: 13 };
const schedule = [fc.array(burst, { minLength: 1, maxLength: 8 }), fc.array(step, { maxLength: 30 })] as const;

test('hands out each event exactly once, if the cursor is stored with it, whatever arrives when', async () => {
	await fc.assert(
		fc.asyncProperty(...schedule, async (bursts, steps) => {
			const log = new FakeLog(happeningsOf(bursts));
			const { follower, read } = await follow(log, steps, false);
			expect(counts(read)).toEqual(expected(log));
			for (const { deliveries } of follower.reads) {
				const times = deliveries.map(({ event }) => event.time ?? '');
				expect(times).toEqual([...times].sort());
			}
		}),
		runs,
	);
}, 120_000);

test('hands out each event at least once, if the reader is killed before the cursor is stored', async () => {
	await fc.assert(
		fc.asyncProperty(...schedule, async (bursts, steps) => {
			const log = new FakeLog(happeningsOf(bursts));
			const { read } = await follow(log, steps, true);
			const found = counts(read);
			for (const [id, count] of expected(log)) expect(found.get(id)).toBeGreaterThanOrEqual(count);
		}),
		runs,
	);
}, 120_000);
