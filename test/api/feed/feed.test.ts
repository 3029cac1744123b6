import { readCursor, startCursor, type FeedOptions } from '../../../api';
import { DAY, evenly, FakeLog, HOUR, MINUTE, NOW, SECOND } from '../support/fake-log';
import { failed, Follower, idsOf, read } from '../support/follower';
import { json } from '../support/fake-host';

describe('a read of the activity log', () => {
	test('hands out what happened since, oldest first, in one call, and nothing again', async () => {
		const log = new FakeLog([{ at: NOW - 10_000 }, { at: NOW - 2 * HOUR }, { at: NOW - HOUR }]);
		const first = await read(log, startCursor(NOW, 1.5));
		expect(idsOf(first)).toEqual(['e2', 'e0']);
		expect(first.more).toBe(false);
		expect(first.stopped).toBeUndefined();
		expect(log.searches).toEqual([
			{ start_date: '2026-11-22T10:30:00Z', end_date: '2026-11-22T12:00:00Z', limit: 1000 },
		]);
		expect(idsOf(await read(log, first.cursor))).toEqual([]);
	});

	test('of an empty log is one call, and leaves the cursor unchanged', async () => {
		const log = new FakeLog();
		const cursor = startCursor(NOW, 48);
		log.host.wall += 30 * DAY;
		expect(await read(log, cursor)).toEqual({ deliveries: [], cursor, more: false });
		expect(log.searches).toHaveLength(1);
	});

	test('takes null for an empty list', async () => {
		const log = new FakeLog();
		log.change = () => ({ events: null, total_events: 0, continue_token: null });
		expect(await read(log, startCursor(NOW, 1))).toMatchObject({ deliveries: [], more: false });
	});

	test('makes no call before a second has passed since the cursor', async () => {
		const log = new FakeLog();
		log.host.wall += 999;
		expect(await read(log, startCursor(NOW))).toMatchObject({ deliveries: [], cursor: startCursor(NOW) });
		expect(log.searches).toEqual([]);
	});

	test('hands out an event that the log shows late, and each of the others once', async () => {
		const log = new FakeLog([{ at: NOW - 5 * MINUTE, shownAt: NOW + SECOND }, { at: NOW - 4 * MINUTE }]);
		const follower = new Follower(log, startCursor(NOW, 1));
		expect(await follower.read()).toEqual(['e1']);
		log.host.wall += MINUTE;
		expect(await follower.read()).toEqual(['e0']);
		log.host.wall += MINUTE;
		expect(await follower.read()).toEqual([]);
	});

	test('misses an event that the log shows later than it may, once a newer one has settled', async () => {
		const log = new FakeLog([{ at: NOW - 20 * MINUTE, shownAt: NOW + SECOND }, { at: NOW - 9 * MINUTE }]);
		const follower = new Follower(log, startCursor(NOW, 1), { settleMs: 10 * MINUTE });
		await follower.read();
		log.host.wall += MINUTE;
		expect(await follower.read()).toEqual([]);
	});

	test('hands out two emails of the same second once each, and two opens of one recipient in it', async () => {
		const at = NOW - MINUTE;
		const opened = { event: 'opened', email_id: 'm', recipient: 'Ann@Example.org' };
		const log = new FakeLog([{ at }, { at }, { at, entry: opened }, { at, entry: opened }]);
		const follower = new Follower(log, startCursor(NOW, 1));
		expect((await follower.read()).sort()).toEqual(['e0', 'e1', 'm', 'm']);
		const [one, other] = follower.events.filter(({ emailId }) => emailId === 'm');
		expect(other?.eventKey).toBe(one?.eventKey);
		expect([one?.eventId, other?.eventId].sort()).toEqual([one?.eventKey, `${one?.eventKey}#2`]);
		log.add([{ at, entry: opened }]);
		expect(await follower.read()).toEqual(['m']);
		expect(await follower.read()).toEqual([]);
	});

	test('hands out an event again that the log forgets and shows again only once', async () => {
		const log = new FakeLog([{ at: NOW - MINUTE }, { at: NOW - 2 * MINUTE }]);
		const follower = new Follower(log, startCursor(NOW, 1));
		await follower.read();
		log.change = () => ({ events: [], total_events: 0, continue_token: null });
		expect(await follower.read()).toEqual([]);
		log.change = (found) => ({ ...found, events: (found['events'] as []).slice(1), total_events: 1 });
		expect(await follower.read()).toEqual([]);
		log.change = (found) => found;
		expect(await follower.read()).toEqual([]);
	});

	test('asks for kinds, users, subaccounts and headers', async () => {
		const log = new FakeLog([{ at: NOW - MINUTE, entry: { custom_headers: { 'x-order': '7', other: '8' } } }]);
		const options: FeedOptions = {
			kinds: ['delivered', 'hard-bounced'],
			usernames: ['shop'],
			subaccounts: ['s1'],
			customHeaders: ['X-Order'],
		};
		const { deliveries } = await read(log, startCursor(NOW, 1), options);
		expect(log.searches[0]).toMatchObject({
			event_types: ['delivered', 'hard-bounced'],
			search_usernames: ['shop'],
			subaccounts: ['s1'],
			custom_headers: ['X-Order'],
		});
		expect(deliveries.map(({ event }) => event.headers)).toEqual([{ 'X-Order': '7' }]);
		expect(log.searches).toHaveLength(1);
	});

	test('rejects a kind that the log does not know, before any call', async () => {
		const log = new FakeLog();
		expect(await failed(log, startCursor(NOW, 1), { kinds: ['exploded'] })).toMatchObject({ type: 'invalid' });
		expect(log.searches).toEqual([]);
	});

	test('finds everything that a plan with five days of history still has', async () => {
		const log = new FakeLog(Array.from({ length: 14 }, (_, day) => ({ at: NOW - day * DAY - HOUR })));
		log.history = 5 * DAY;
		const { deliveries, cursor } = await read(log, startCursor(NOW, 14 * 24));
		expect(deliveries).toHaveLength(5);
		expect(idsOf(await read(log, cursor))).toEqual([]);
	});

	test('keeps an entry without a time, once', async () => {
		const log = new FakeLog([{ at: NOW - MINUTE, entry: { date: 'soon' } }, { at: NOW - 2 * MINUTE }]);
		const follower = new Follower(log, startCursor(NOW, 1));
		expect(await follower.read()).toEqual(['e1', 'e0']);
		for (let minute = 0; minute < 60; minute++) {
			log.host.wall += MINUTE;
			expect(await follower.read()).toEqual([]);
		}
	});

	test('ignores entries outside of what it asked for', async () => {
		const log = new FakeLog();
		const entry = (date: string) => ({ date, event: 'opened', email_id: date, recipient: 'a@x.org' });
		log.change = () => ({
			events: [
				'2026-11-22T12:00:00Z',
				'2026-11-22T11:59:59Z',
				'2026-11-22T11:00:00Z',
				'2026-11-22T10:59:59Z',
			].map(entry),
			total_events: 4,
			continue_token: null,
		});
		expect(idsOf(await read(log, startCursor(NOW, 1)))).toEqual(['2026-11-22T11:00:00Z', '2026-11-22T11:59:59Z']);
	});
});

describe('the clock', () => {
	test('that goes back or forward repeats nothing and loses nothing', async () => {
		const log = new FakeLog(evenly(60, NOW + HOUR, HOUR));
		const follower = new Follower(log, startCursor(NOW, 1));
		// The log knows the true time; the clock of the host is off by so much at each read.
		for (const [minute, off] of [0, -30, 2, 0, -600, -600, 15, 0, -1, 18, 0, 0].entries()) {
			log.host.wall = NOW + (minute + 1) * 5 * MINUTE + off * MINUTE;
			log.lead = off * MINUTE;
			await follower.read();
		}
		expect(follower.ids.sort()).toEqual(Array.from({ length: 60 }, (_, index) => `e${index}`).sort());
	});

	test.each([1, 30, 24 * 60, 400 * 24 * 60])(
		'that is ahead by %i minutes for good loses no entry that comes late',
		async (minutes) => {
			const all = evenly(300, NOW + HOUR, HOUR).map(({ at }, index) => ({
				at,
				shownAt: at + (index % 3) * 2 * MINUTE,
			}));
			const log = new FakeLog(all);
			log.lead = minutes * MINUTE;
			const follower = new Follower(log, startCursor(NOW));
			for (let minute = 0; minute < 70; minute++) {
				log.host.wall = NOW + minute * MINUTE + log.lead;
				await follower.read();
			}
			expect(new Set(follower.ids).size).toBe(300);
			expect(follower.ids).toHaveLength(300);
		},
	);

	test('that was ahead at the start and is right now starts from now', async () => {
		const log = new FakeLog([{ at: NOW - HOUR }, { at: NOW + MINUTE }]);
		const follower = new Follower(log, startCursor(NOW + 24 * HOUR));
		expect(await follower.read()).toEqual([]);
		expect(follower.cursor.since).toBe('2026-11-22T12:00:00Z');
		log.host.wall += 2 * MINUTE;
		expect(await follower.read()).toEqual(['e1']);
	});

	test('that is a minute behind at most makes no call', async () => {
		const log = new FakeLog();
		const cursor = startCursor(NOW + MINUTE);
		expect(await read(log, cursor)).toEqual({ deliveries: [], cursor, more: false });
		expect(log.searches).toEqual([]);
	});

	test('of a zone with daylight saving time changes nothing, because every time is UTC', async () => {
		const night = Date.parse('2026-10-25T00:30:00Z');
		const log = new FakeLog([{ at: night }, { at: night + HOUR }, { at: night + 2 * HOUR }]);
		log.host.wall = night + 3 * HOUR;
		const { deliveries, cursor } = await read(log, startCursor(night));
		expect(deliveries.map(({ event }) => event.time)).toEqual([
			'2026-10-25T00:30:00.000Z',
			'2026-10-25T01:30:00.000Z',
			'2026-10-25T02:30:00.000Z',
		]);
		expect(cursor.since).toMatch(/Z$/);
		expect(log.searches[0]).toMatchObject({ start_date: '2026-10-25T00:30:00Z', end_date: '2026-10-25T03:30:00Z' });
	});
});

describe('a fault', () => {
	test.each([
		[
			'a missing permission',
			json(400, {
				data: {
					error: 'You do not have permission to access this API endpoint',
					error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
				},
			}),
			'permission',
		],
		['a server that keeps failing', json(500, { data: { error: 'Oops' } }), 'server'],
		['a response that is not a page', json(200, { data: { events: 'none' } }), 'server'],
		['a page with something else than entries', json(200, { data: { events: [1] } }), 'server'],
		['a token that is not text', json(200, { data: { events: [], continue_token: 7 } }), 'server'],
	])('such as %s is an error', async (_what, outcome, type) => {
		const log = new FakeLog([{ at: NOW - 1000 }]);
		log.answer = () => outcome;
		expect(await failed(log, startCursor(NOW, 0.1))).toMatchObject({ type });
		expect(await failed(log, startCursor(NOW, 24))).toMatchObject({ type });
	});

	test('of one moment is retried', async () => {
		const log = new FakeLog([{ at: NOW - MINUTE }]);
		log.answer = (_search, count) => (count === 1 ? json(429, {}, { 'retry-after': '2' }) : undefined);
		expect(idsOf(await read(log, startCursor(NOW, 1)))).toEqual(['e0']);
		expect(log.host.waits).toContain(2000);
	});
});

describe('a read that ends before the log does', () => {
	test('says why, and goes on where it ended', async () => {
		const log = new FakeLog(evenly(3, NOW - 20 * MINUTE, MINUTE));
		const first = await read(log, startCursor(NOW, 1), { maxEvents: 2 });
		expect([idsOf(first), first.more, first.stopped]).toEqual([['e0', 'e1'], true, 'events']);
		const next = await read(log, first.cursor);
		expect([idsOf(next), next.more, Object.keys(next)]).toEqual([['e2'], false, ['deliveries', 'cursor', 'more']]);
	});

	test('hands out no fresh event before older ones, and asks no more often than it must', async () => {
		const log = new FakeLog([...evenly(1500, NOW - MINUTE, HOUR - MINUTE), ...evenly(10, NOW, MINUTE)]);
		const follower = new Follower(log, startCursor(NOW, 1), { maxEvents: 1000 });
		await follower.read();
		expect(log.searches).toHaveLength(2);
		await follower.catchUp();
		expect(follower.ids).toEqual(Array.from({ length: 1510 }, (_, index) => `e${index}`));
	});

	test('goes on behind a first page that is none, and waits for what is too fresh', async () => {
		const log = new FakeLog(evenly(20, NOW - HOUR, MINUTE));
		log.answer = (_search, count) => (count === 1 ? json(200, { data: { events: 'none' } }) : undefined);
		expect(idsOf(await read(log, startCursor(NOW, 2)))).toHaveLength(20);
		const burst = new FakeLog(evenly(1500, NOW, MINUTE));
		expect(await read(burst, startCursor(NOW, 1 / 30))).toMatchObject({ deliveries: [], more: false });
	});

	test.each<[string, number, number, number]>([
		['so few events that may have others behind them', 200, 10 * MINUTE + SECOND, 35],
		['more of them', 201, 10 * MINUTE + SECOND, 30],
		['more of them, counted to the second', 200, 10 * MINUTE, 30],
	])('moves the cursor of a log that is silent since 25 minutes by %s', async (_what, count, edge, minutes) => {
		const newest = NOW - 25 * MINUTE;
		const fresh = Array.from({ length: count }, (_, index) => ({ at: newest - index * SECOND }));
		const log = new FakeLog([...fresh, { at: newest - edge }, ...evenly(100, newest - HOUR, MINUTE)]);
		const { cursor } = await read(log, startCursor(NOW, 3));
		expect(Date.parse(cursor.since)).toBe(NOW - minutes * MINUTE);
	});

	test('because the clock could not be compared is the error of that call', async () => {
		const log = new FakeLog();
		log.answer = () => json(401, { data: { error: 'The API Key passed was not found' } });
		expect(await failed(log, startCursor(NOW + HOUR))).toMatchObject({ type: 'auth' });
	});
});

describe('a cursor', () => {
	test('survives a store as JSON', async () => {
		const log = new FakeLog(evenly(900, NOW, 5 * MINUTE));
		const { cursor, deliveries } = await read(log, startCursor(NOW, 1));
		expect(deliveries).toHaveLength(900);
		const text = JSON.stringify(cursor);
		expect(readCursor(JSON.parse(text))).toEqual(cursor);
		expect(text.length).toBeLessThan(32_000);
	});

	test.each([
		[undefined],
		[null],
		['2026-11-22T12:00:00Z'],
		[{}],
		[{ since: '2026-11-22T12:00:00Z' }],
		[{ since: 'soon', seen: [] }],
		[{ since: 1_700_000_000, seen: [] }],
		[{ since: '2026-11-22T12:00:00Z', seen: [1] }],
		[{ since: '2026-11-22T12:00:00Z', seen: 'x' }],
	])('is not read from %j', (value) => {
		expect(readCursor(value)).toBeUndefined();
	});

	test('starts at a whole second, not in the future', () => {
		expect(startCursor(NOW + 999)).toEqual({ since: '2026-11-22T12:00:00Z', seen: [] });
		expect(startCursor(NOW, -5)).toEqual(startCursor(NOW));
		expect(startCursor(NOW, 0.5).since).toBe('2026-11-22T11:30:00Z');
	});
});
