import type { JsonObject } from '../../../api';
import { startCursor } from '../../../api';
import { fault, json } from '../support/fake-host';
import { DAY, evenly, FakeLog, HOUR, MINUTE, NOW, SECOND, type Happening } from '../support/fake-log';
import { failed, Follower, idsOf, read } from '../support/follower';

/** Every event once, and each read in order. */
function expectAll(follower: Follower, count: number): void {
	expect(follower.ids).toHaveLength(count);
	expect(new Set(follower.ids).size).toBe(count);
	for (const { deliveries } of follower.reads) {
		const times = deliveries.map(({ event }) => event.time ?? '');
		expect(times.every((time, index) => time >= (times[index - 1] ?? ''))).toBe(true);
	}
}

/** A campaign: many events that begin suddenly, and become fewer. */
function campaign(count: number, start: number, span: number): Happening[] {
	return Array.from({ length: count }, (_, index) => ({ at: Math.floor(start + span * (index / count) ** 4) }));
}

const withoutTotal = (found: JsonObject): JsonObject => {
	const rest = { ...found };
	delete rest['total_events'];
	return rest;
};

describe('a backlog', () => {
	test('of 10,000 settled events takes the fewest calls', async () => {
		const log = new FakeLog(evenly(10_000, NOW - 20 * MINUTE, 10 * HOUR));
		const follower = new Follower(log, startCursor(NOW, 24));
		await follower.catchUp();
		expectAll(follower, 10_000);
		expect(log.searches).toHaveLength(10);
		expect(await follower.read()).toEqual([]);
	});

	test.each<[string, number, Happening[]]>([
		['with fresh ones behind them', 12, [...evenly(10_000, NOW - 20 * MINUTE, HOUR), ...evenly(500, NOW, MINUTE)]],
		['within a campaign', 12, [...evenly(10_000, NOW - 11 * MINUTE, HOUR), ...evenly(5000, NOW, 10 * MINUTE)]],
	])('of 10,000 settled events %s takes at most %i calls', async (_where, calls, happenings) => {
		const log = new FakeLog(happenings);
		const follower = new Follower(log, startCursor(NOW, 2));
		await follower.catchUp();
		expect(follower.ids.length).toBeGreaterThanOrEqual(10_000);
		expect(log.searches.length).toBeLessThanOrEqual(calls);
	});

	test.each<[string, number, Happening[]]>([
		['evenly over ten hours', 32, evenly(20_000, NOW - 30 * MINUTE, 10 * HOUR)],
		['as a campaign, four weeks ago', 25, campaign(12_000, NOW - 28 * DAY, 2 * DAY)],
	])(
		'of many events, spread %s, takes %i calls, and at most 10,000 events at a time',
		async (_how, calls, happenings) => {
			const log = new FakeLog(happenings);
			const follower = new Follower(log, startCursor(NOW, 5 * 7 * 24));
			await follower.catchUp();
			expectAll(follower, happenings.length);
			for (const { deliveries, stopped } of follower.reads) {
				expect(deliveries.length).toBeLessThanOrEqual(10_000);
				expect(stopped === undefined || stopped === 'events' || stopped === 'calls').toBe(true);
			}
			expect(log.searches.length).toBeLessThanOrEqual(calls);
			expect(follower.cursor.seen.length).toBeLessThanOrEqual(1000);
		},
	);

	test('of many thousand events within one second comes too', async () => {
		const log = new FakeLog([
			...evenly(100, NOW - DAY, HOUR),
			...Array.from({ length: 4500 }, (_, index) => ({ at: NOW - 3 * HOUR + (index % 1000) })),
			...evenly(2000, NOW - HOUR, HOUR),
		]);
		const follower = new Follower(log, startCursor(NOW, 48), { maxEvents: 2000 });
		await follower.catchUp();
		expectAll(follower, 6600);
		for (const { deliveries } of follower.reads) expect(deliveries.length).toBeLessThanOrEqual(2000);
	});

	test('comes in small parts, if a host takes few events at a time', async () => {
		const log = new FakeLog([...evenly(700, NOW, 5 * HOUR), ...evenly(50, NOW - HOUR, 2 * SECOND)]);
		const follower = new Follower(log, startCursor(NOW, 6), { maxEvents: 40 });
		await follower.catchUp();
		expectAll(follower, 750);
		expect(follower.reads.map(({ deliveries }) => deliveries.length)).toEqual([
			...Array.from({ length: 18 }, () => 40),
			30,
		]);
		expect(follower.reads[0]).toMatchObject({ more: true, stopped: 'events' });
	});

	test.each([1, 2, 3])('stops after %i calls, and still gets to the end', async (maxCalls) => {
		const log = new FakeLog(evenly(4000, NOW - HOUR, 10 * HOUR));
		const follower = new Follower(log, startCursor(NOW, 24), { maxCalls });
		for (let more = true; more; ) {
			const before = log.searches.length;
			await follower.read();
			more = follower.reads.at(-1)?.more === true;
			// The first part of a backlog may take more, since its size is not known before.
			expect(log.searches.length - before).toBeLessThanOrEqual(maxCalls + 4);
		}
		expectAll(follower, 4000);
		expect(follower.reads[0]).toMatchObject({ more: true });
	});

	test('begins no page after the deadline, and hands out what was read whole', async () => {
		const log = new FakeLog(evenly(9000, NOW - HOUR, 10 * HOUR));
		// A call takes a second.
		log.answer = () => {
			log.host.wall += SECOND;
			return undefined;
		};
		const cursor = startCursor(NOW, 24);
		const late = await read(log, cursor, { deadline: NOW });
		expect(late).toMatchObject({ deliveries: [], cursor, more: true, stopped: 'time' });
		expect(log.searches).toHaveLength(1);
		const follower = new Follower(log, cursor);
		const part = await read(log, cursor, { deadline: log.host.now() + 9.5 * SECOND, maxEvents: 5000 });
		expect(part.more).toBe(true);
		follower.cursor = part.cursor;
		await follower.catchUp();
		expect(new Set([...idsOf(part), ...follower.ids]).size).toBe(9000);
		expect(part.deliveries.length + follower.ids.length).toBe(9000);
	});

	test('waits, if more than a page is so fresh that entries may be missing', async () => {
		const all = evenly(3000, NOW, 5 * MINUTE).map(({ at }, index) => ({ at, shownAt: at + (index % 5) * MINUTE }));
		const log = new FakeLog(all);
		const follower = new Follower(log, startCursor(NOW, 0.5));
		await follower.catchUp();
		expect(follower.reads.at(-1)).toMatchObject({ deliveries: [], more: false });
		expect(log.searches).toHaveLength(2);
		// Nothing happens any more. The log is silent, and the clock settles the rest.
		for (let minute = 0; minute < 40; minute++) {
			log.host.wall += MINUTE;
			await follower.catchUp();
		}
		expectAll(follower, 3000);
	});

	test('of a campaign that goes on is read while it goes on', async () => {
		const all = evenly(6000, NOW + HOUR / 2, HOUR / 2).map(({ at }, index) => ({
			at,
			shownAt: at + (index % 7) * 42 * SECOND,
		}));
		const log = new FakeLog(all);
		const follower = new Follower(log, startCursor(NOW));
		for (let minute = 0; minute < 70; minute += 2) {
			log.host.wall = NOW + minute * MINUTE;
			await follower.catchUp();
			expect(follower.cursor.seen.length).toBeLessThanOrEqual(1000);
		}
		expectAll(follower, 6000);
	});
});

describe('a log whose pages mislead', () => {
	const changes: [string, (found: JsonObject, page: number) => JsonObject][] = [
		['has no total', withoutTotal],
		[
			'has a total that is too small',
			(found) => ({ ...found, total_events: Math.min(1, Number(found['total_events'])) }),
		],
		[
			'counts to 2,000 at most',
			(found) => ({ ...found, total_events: Math.min(2000, Number(found['total_events'])) }),
		],
		['has a total on the first page only', (found, page) => (page === 0 ? found : { ...found, total_events: 0 })],
		['counts what is left', (found, page) => ({ ...found, total_events: Number(found['total_events']) - page })],
		['repeats its token', (found, page) => (page > 0 ? { ...found, continue_token: '1000' } : found)],
		['has no token', (found) => ({ ...found, continue_token: null })],
		['ends with a token', (found) => ({ ...found, continue_token: found['continue_token'] ?? '1000000' })],
		['breaks on its third page', (found, page) => (page === 2000 ? { events: 'none' } : found)],
		['puts its oldest entry first', (found) => ({ ...found, events: [...(found['events'] as [])].reverse() })],
	];

	test.each(changes)('and %s is read to its end', async (_what, change) => {
		const log = new FakeLog([...campaign(3500, NOW - 5 * DAY, DAY), ...evenly(300, NOW - MINUTE, 2 * HOUR)]);
		log.change = (found, { continue_token: token }) => change(found, Number(token ?? 0));
		const follower = new Follower(log, startCursor(NOW, 6 * 24));
		await follower.catchUp();
		for (let minute = 0; minute < 40; minute += 5) {
			log.host.wall += 5 * MINUTE;
			await follower.catchUp();
		}
		expectAll(follower, 3800);
		expect(follower.reads.length).toBeLessThan(25);
	});

	test('is not trusted, if entries appear between two pages', async () => {
		const log = new FakeLog([...evenly(2500, NOW - HOUR, HOUR), ...evenly(100, NOW, MINUTE)]);
		const late = evenly(3, NOW - SECOND, SECOND);
		log.answer = (_search, count) => {
			if (count > 1 && count < 5) log.add(late.slice(count - 2, count - 1));
			return undefined;
		};
		const follower = new Follower(log, startCursor(NOW, 3));
		await follower.catchUp();
		await follower.catchUp();
		expectAll(follower, 2603);
	});

	test.each<[string, (found: JsonObject) => JsonObject]>([
		[
			'shows fewer entries than it counts',
			(found) => ({ ...found, total_events: 1 + Number(found['total_events']) }),
		],
		['shows empty pages without end', (found) => ({ ...found, events: [], continue_token: String(Math.random()) })],
	])('and %s is an error that skips nothing', async (_what, change) => {
		const log = new FakeLog(evenly(50, NOW - HOUR, HOUR));
		log.change = change;
		const follower = new Follower(log, startCursor(NOW, 3));
		const error: unknown = await follower.catchUp().catch((thrown: unknown) => thrown);
		expect(follower.ids).toEqual([]);
		expect(error).toMatchObject({ type: 'server', details: { endpoint: '/activity/search' } });
		expect(String(error)).toContain('SMTP2GO did not return all entries of the activity log at 2026-11-22T');
	});
});

describe('a fault within a backlog', () => {
	const happenings = evenly(12_000, NOW - HOUR, 10 * HOUR);

	test('in its first part is an error', async () => {
		const log = new FakeLog(happenings);
		log.answer = (_search, count) => (count > 4 ? json(500, { data: { error: 'Oops' } }) : undefined);
		expect(await failed(log, startCursor(NOW, 11))).toMatchObject({ type: 'server' });
	});

	test('after a part that was read whole hands out that part, and is the error of the next read', async () => {
		const log = new FakeLog(happenings);
		log.answer = (_search, count) => (count > 9 ? json(500, { data: { error: 'Oops' } }) : undefined);
		const cursor = startCursor(NOW, 24);
		const part = await read(log, cursor, { maxEvents: 9000, maxCalls: 7 });
		expect(part.deliveries.length).toBeGreaterThan(4000);
		const next = await read(log, part.cursor).catch((error: unknown) => error);
		expect(next).toMatchObject({ type: 'server' });
		log.answer = () => undefined;
		const follower = new Follower(log, part.cursor);
		await follower.catchUp();
		expect(new Set([...idsOf(part), ...follower.ids]).size).toBe(12_000);
		expect(part.deliveries.length + follower.ids.length).toBe(12_000);
	});

	test.each([
		['a 429', json(429, {})],
		['a lost response', fault('unknown', 'ECONNRESET')],
		['a server error', json(503, { data: { error: 'Busy' } })],
	])('such as %s at every third call is retried', async (_what, outcome) => {
		const log = new FakeLog(evenly(4000, NOW - HOUR, 10 * HOUR));
		log.answer = (_search, count) => (count % 3 === 0 ? outcome : undefined);
		const follower = new Follower(log, startCursor(NOW, 24));
		await follower.catchUp();
		expectAll(follower, 4000);
	});
});
