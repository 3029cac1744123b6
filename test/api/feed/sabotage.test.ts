import {
	readCursor,
	readReceivedSms,
	startCursor,
	type FeedCursor,
	type FeedOptions,
	type JsonObject,
} from '../../../api';
import { cursorAt } from '../../../api/feed/cursor';
import { readLogEntry } from '../../../api/feed/log-entry';
import { data, FakeHost, parsed } from '../support/fake-host';
import { DAY, evenly, FakeLog, HOUR, MINUTE, NOW, SECOND } from '../support/fake-log';
import { failed, Follower, idsOf, read } from '../support/follower';

type Rows = (JsonObject | null)[];
const rowsOf = (found: JsonObject) => found['events'] as JsonObject[];
const wholeSecond = (row: JsonObject) => Math.floor(Date.parse(String(row['date'])) / SECOND) * SECOND;
/** Changes every row of each page. */
const rewrite = (log: FakeLog, change: (row: JsonObject) => JsonObject | null) => {
	log.change = (found) => ({ ...found, events: rowsOf(found).map(change) as Rows as [] });
};

/** Reads every five minutes for two hours. */
async function follow(follower: Follower, log: FakeLog): Promise<void> {
	for (let minute = 0; minute < 120; minute += 5) {
		await follower.catchUp();
		log.host.wall += 5 * MINUTE;
	}
}

describe('the dates of the log', () => {
	test.each<[string, (iso: string) => string | number]>([
		['without a zone', (iso) => iso.replace('Z', '')],
		['as a database writes them', (iso) => iso.replace('T', ' ').replace('Z', '+00:00')],
		['with an offset', (iso) => new Date(Date.parse(iso) + HOUR).toISOString().replace('.000Z', '+01:00')],
		['with microseconds', (iso) => iso.replace('Z', '.000000Z')],
		['as in an email', (iso) => new Date(iso).toUTCString()],
		['in seconds since 1970', (iso) => Date.parse(iso) / SECOND],
		['in milliseconds as text', (iso) => String(Date.parse(iso))],
		['in words nobody can read', (iso) => `the second ${Date.parse(iso)}`],
	])('%s lose and repeat no event', async (_how, write) => {
		const log = new FakeLog([...evenly(1500, NOW - HOUR, HOUR), ...evenly(60, NOW + 30 * MINUTE, 40 * MINUTE)]);
		rewrite(log, (row) => ({ ...row, date: write(new Date(wholeSecond(row)).toISOString().replace('.000', '')) }));
		const follower = new Follower(log, startCursor(NOW, 3));
		await follow(follower, log);
		expect(follower.ids).toHaveLength(1560);
		expect(new Set(follower.ids).size).toBe(1560);
	});

	test.each([-13, -5, -0.5, 0.5, 8, 14])(
		'of a zone that is %d hours off are an error, because an event would be lost',
		async (hours) => {
			const log = new FakeLog([...evenly(20, NOW, 10 * MINUTE)]);
			rewrite(log, (row) => {
				const shifted = new Date(Date.parse(String(row['date'])) + hours * HOUR);
				return { ...row, date: shifted.toISOString() };
			});
			const small = new Follower(log, startCursor(NOW, 0.25));
			await expect(follow(small, log)).rejects.toMatchObject({ type: 'server' });
			expect(small.ids).toEqual([]);
			log.host.wall = NOW;
			log.add(evenly(1500, NOW - 20 * MINUTE, 10 * MINUTE));
			const follower = new Follower(log, startCursor(NOW, 1));
			await expect(follow(follower, log)).rejects.toMatchObject({ type: 'server' });
			// A part that is longer than the shift takes them all.
			expect([0, 1520]).toContain(follower.ids.length);
		},
	);

	test('that are up to ten minutes outside are the business of another part', async () => {
		const log = new FakeLog([{ at: NOW - 5 * MINUTE }]);
		const stray = (at: number) => {
			log.change = (found) => ({
				...found,
				total_events: 2,
				events: [{ date: new Date(at).toISOString(), event: 'opened', email_id: 'x' }, ...rowsOf(found)],
			});
			return read(log, startCursor(NOW, 1)).then(idsOf, ({ type }: { type: string }) => type);
		};
		expect(await stray(NOW + 10 * MINUTE - 1)).toEqual(['e0']);
		expect(await stray(NOW + 10 * MINUTE)).toBe('server');
		expect(await stray(NOW - HOUR - 10 * MINUTE)).toEqual(['e0']);
		expect(await stray(NOW - HOUR - 10 * MINUTE - 1)).toBe('server');
	});
});

describe('the rows of the log', () => {
	test('may be null or empty, which is no event, and stops no other', async () => {
		const log = new FakeLog(evenly(1500, NOW - 20 * MINUTE, HOUR));
		log.add(evenly(30, NOW, 5 * MINUTE));
		let count = 0;
		rewrite(log, (row) => (String(row['email_id']).endsWith('7') ? (++count % 2 === 0 ? null : {}) : row));
		const follower = new Follower(log, startCursor(NOW, 3));
		await follow(follower, log);
		expect(follower.ids).toHaveLength(1530 - 153);
		expect(new Set(follower.ids).size).toBe(1530 - 153);
	});

	test.each(['text', 7, true, []])('such as %j are an error', async (row) => {
		const log = new FakeLog(evenly(3, NOW, MINUTE));
		log.change = (found) => ({ ...found, events: [...rowsOf(found), row as never], total_events: 4 });
		expect(await failed(log, startCursor(NOW, 1))).toMatchObject({ type: 'server' });
	});

	test('without an email come once, even if headers are asked for or shown later', async () => {
		const log = new FakeLog([
			{ at: NOW - MINUTE, entry: { email_id: null, subject: 'one' } },
			{ at: NOW - MINUTE, entry: { email_id: null, subject: 'other' } },
		]);
		const follower = new Follower(log, startCursor(NOW, 1));
		await follower.read();
		expect(follower.events.map(({ subject }) => subject).sort()).toEqual(['one', 'other']);
		rewrite(log, (row) => ({ ...row, custom_headers: { 'X-Order': '7' }, headers: 'X-Order: 7' }));
		expect(await follower.read()).toEqual([]);
	});

	test('without a readable time come once, even if something else about them changes', () => {
		const key = (more: JsonObject) =>
			readLogEntry({ date: 'soon', email_id: 'm', event: 'opened', recipient: 'a@x.org', ...more }, []).delivery
				.event.eventKey;
		expect(key({ opens: 2 })).toBe(key({ opens: 3 }));
		expect(key({ date: 'later' })).not.toBe(key({}));
		expect(key({ date: null, opens: 2 })).not.toBe(key({ date: null, opens: 3 }));
		expect(key({ date: null, headers: 'x' })).toBe(key({ date: null }));
	});

	test('of one second may be 10,000', async () => {
		const log = new FakeLog(Array.from({ length: 10_000 }, () => ({ at: NOW - HOUR })));
		const follower = new Follower(log, startCursor(NOW, 2), { maxEvents: 9000 });
		await follower.catchUp();
		expect(follower.ids).toHaveLength(10_000);
		expect(new Set(follower.ids).size).toBe(10_000);
	});

	test('with more than 10,000 is an error that says what to do, after everything before it', async () => {
		const log = new FakeLog([
			...evenly(3, NOW - 2 * HOUR, HOUR),
			...Array.from({ length: 10_001 }, (_, index) => ({
				at: NOW - HOUR,
				entry: { event: index === 0 ? 'spam' : 'delivered' },
			})),
		]);
		const follower = new Follower(log, startCursor(NOW, 4));
		await expect(follower.catchUp()).rejects.toMatchObject({
			type: 'invalid',
			message: 'SMTP2GO reports more than 10,000 events at 2026-11-22T11:00:00Z, which is too many for one read',
			details: { hint: expect.stringContaining('Select fewer events') },
		});
		expect(follower.ids).toHaveLength(3);
		follower.options = { kinds: ['delivered'] };
		await follower.catchUp();
		expect(follower.ids).toHaveLength(10_003);
	});
});

describe('a response', () => {
	test.each<[string, JsonObject | null]>([
		['is empty', {}],
		['is null', null],
		['has another number than its null list', { events: null, total_events: 3 }],
		['has a null list and a next page', { events: null, total_events: 0, continue_token: 'x' }],
		['has a number of another type', { events: null, total_events: [] }],
		['has an object for a list', { events: {}, total_events: 0 }],
	])('that %s is no empty log', async (_how, answer) => {
		const log = new FakeLog(evenly(1500, NOW - HOUR, HOUR));
		// One part of a backlog, and what is fresh.
		let odd = 2;
		log.answer = (_search, count) => (count === odd ? data(answer) : undefined);
		const follower = new Follower(log, startCursor(NOW, 3));
		await follower.catchUp();
		expect(follower.ids).toHaveLength(1500);
		odd = log.searches.length + 1;
		log.add([{ at: NOW - SECOND }]);
		await follower.catchUp().catch(() => undefined);
		await follower.catchUp();
		expect(follower.ids).toHaveLength(1501);
	});

	test('may have its number as text', async () => {
		const log = new FakeLog(evenly(3000, NOW - HOUR, HOUR));
		log.change = (found) => ({ ...found, total_events: String(found['total_events']) });
		const follower = new Follower(log, startCursor(NOW, 3));
		await follower.catchUp();
		expect(follower.ids).toHaveLength(3000);
		expect(log.searches).toHaveLength(3);
	});

	test.each([-5, 1e308, 0.5, '', ' ', 'many', true, {}])(
		'with the number %j loses nothing, or is an error',
		async (total) => {
			const log = new FakeLog(evenly(1500, NOW - HOUR, HOUR));
			log.change = (found) => ({ ...found, total_events: total as never });
			const follower = new Follower(log, startCursor(NOW, 3));
			const error = await follower.catchUp().catch((thrown: unknown) => thrown);
			if (error === undefined) expect(new Set(follower.ids).size).toBe(1500);
			else expect(error).toMatchObject({ type: total === 1e308 ? 'invalid' : 'server' });
			expect(log.searches.length).toBeLessThan(60);
		},
	);

	test.each([7, true, {}, ['x']])('with the token %j on a later page loses nothing', async (token) => {
		const log = new FakeLog(evenly(3000, NOW - HOUR, HOUR));
		log.change = (found, search) =>
			search.continue_token === undefined ? found : { ...found, continue_token: token as never };
		const follower = new Follower(log, startCursor(NOW, 3));
		await follower.catchUp();
		expect(follower.ids).toHaveLength(3000);
		expect(new Set(follower.ids).size).toBe(3000);
	});

	test('with one row a page and tokens without end is an error after a few calls', async () => {
		const log = new FakeLog();
		log.answer = ({ start_date }, count) =>
			data({
				events: [{ date: start_date, email_id: `x${count}`, event: 'opened' }],
				continue_token: `${count}`,
			});
		expect(await failed(log, startCursor(NOW, 24))).toMatchObject({ type: 'server' });
		expect(log.searches.length).toBeLessThan(80);
	});

	test('may have smaller pages than asked for', async () => {
		const log = new FakeLog(evenly(1200, NOW - HOUR, HOUR));
		log.change = (found, { continue_token: token }) => {
			const skip = Number(token ?? 0);
			const next = skip + 100 < Number(found['total_events']) ? String(skip + 100) : null;
			return { ...found, events: rowsOf(found).slice(0, 100), continue_token: next };
		};
		const follower = new Follower(log, startCursor(NOW, 3));
		await follower.catchUp();
		expect(follower.ids).toHaveLength(1200);
		expect(new Set(follower.ids).size).toBe(1200);
	});
});

describe('a cursor', () => {
	test.each<[string, FeedCursor]>([
		['of the first year', { since: '0001-01-01T00:00:00Z', seen: [] }],
		['with an offset', { since: '0001-01-01T02:00:00+01:00', seen: ['x', ' ', 'zz zz zz', '🙂 a'] }],
	])('%s, from a hand that edited it, reads everything', async (_what, value) => {
		const log = new FakeLog([...evenly(1200, NOW - HOUR, 2 * DAY), { at: NOW - MINUTE }]);
		const follower = new Follower(log, readCursor(value) ?? startCursor(NOW));
		await follower.catchUp();
		expect(new Set(follower.ids).size).toBe(1201);
		expect(follower.ids).toHaveLength(1201);
	});

	test.each([
		{ since: '9999-12-31T23:59:59Z', seen: [] },
		{ since: '9999-12-31T23:59:59Z', seen: ['abc x'] },
		{ since: '2100-01-01T00:00:00Z', seen: ['zzzzzzzzzzzz x'] },
	])('of %j starts from now, and is not silent for good', async (value) => {
		const log = new FakeLog([{ at: NOW - MINUTE }, { at: NOW + MINUTE }]);
		const follower = new Follower(log, readCursor(value) ?? startCursor(0));
		expect(await follower.read()).toEqual([]);
		log.host.wall += 2 * MINUTE;
		expect(await follower.read()).toEqual(['e1']);
		for (const { end_date: end } of log.searches) expect(end).toMatch(/^\d{4}-/);
	});

	test('ahead of the clock stays, if the log cannot tell', async () => {
		const log = new FakeLog();
		log.change = () => ({});
		expect(await failed(log, startCursor(NOW + DAY))).toMatchObject({ type: 'server' });
	});

	test('with more events than it may remember is cut, and one that is too large for a store is never made', () => {
		const seen = Array.from({ length: 20_000 }, (_, index) => ({ id: `k${index}`, moment: NOW + index * 100 }));
		const cursor = cursorAt(NOW, seen);
		expect(cursor.seen).toHaveLength(10_000);
		// What it forgot is before it, or it would come again.
		expect(Date.parse(cursor.since)).toBe(NOW + 1000 * SECOND);
		expect(cursor.seen[0]).toMatch(/ k10000$/);
		expect(cursorAt(NOW, seen.slice(0, 10_000))).toMatchObject({ since: '2026-11-22T12:00:00Z' });
		const edited = { ...cursor, seen: [...cursor.seen, ...cursor.seen] };
		expect(readCursor(edited)?.seen).toHaveLength(10_000);
	});

	test('of another account loses none of its events', async () => {
		const [mine, other] = [new FakeLog(evenly(50, NOW, 5 * MINUTE)), new FakeLog(evenly(50, NOW, 5 * MINUTE))];
		const { cursor } = await read(mine, startCursor(NOW, 1));
		rewrite(other, (row) => ({ ...row, email_id: `other-${row['email_id']}` }));
		expect(idsOf(await read(other, cursor))).toHaveLength(50);
	});

	test('of two readers gives both the same, and is not changed by them', async () => {
		const log = new FakeLog(evenly(2500, NOW, HOUR));
		const cursor = Object.freeze({ ...startCursor(NOW, 2), seen: Object.freeze([] as string[]) });
		const [one, other] = await Promise.all([read(log, cursor), read(log, cursor)]);
		expect(one).toEqual(other);
		// Whichever cursor is stored last, nothing is lost and nothing comes a third time.
		expect(idsOf(await read(log, one.cursor))).toEqual([]);
	});
});

describe('options', () => {
	test('that change between two reads repeat nothing, and begin at the cursor', async () => {
		const both = [
			{ at: NOW - 5 * DAY, entry: { event: 'delivered', email_id: 'old' } },
			{ at: NOW - 2 * MINUTE, entry: { event: 'delivered', email_id: 'fresh' } },
			{ at: NOW - MINUTE, entry: { event: 'spam', email_id: 'spam' } },
		];
		const log = new FakeLog(both);
		const follower = new Follower(log, startCursor(NOW, 6 * 24), { kinds: ['spam'] });
		expect(await follower.read()).toEqual(['spam']);
		follower.options = {};
		// The cursor stands ten minutes before the newest event, so nothing older comes.
		expect(await follower.read()).toEqual(['fresh']);
		follower.options = { kinds: ['spam'], customHeaders: ['X-Order'] };
		expect(await follower.read()).toEqual([]);
	});

	test.each<FeedOptions>([
		{ maxEvents: 0 },
		{ maxEvents: -1 },
		{ maxEvents: NaN },
		{ maxCalls: 0 },
		{ maxCalls: NaN },
		{ settleMs: NaN },
		{ settleMs: -5 },
	])('such as %j end and lose nothing', async (options) => {
		const log = new FakeLog(evenly(12, NOW, HOUR));
		const follower = new Follower(log, startCursor(NOW, 2), options);
		await follower.catchUp();
		expect(follower.ids).toHaveLength(12);
		expect(log.searches.length).toBeLessThan(20);
	});
});

test('text messages that are too many to remember come once', async () => {
	const all = Array.from({ length: 10_500 }, (_, index) => ({
		message_id: `m${index}`,
		timestamp: new Date(NOW - HOUR / 2 + index * 100).toISOString(),
	}));
	const host = new FakeHost(({ body }) => {
		const start = Date.parse(String(parsed(body)['start_date']));
		return data({ messages: all.filter(({ timestamp }) => Date.parse(timestamp) >= start) });
	});
	const read = async (cursor: FeedCursor) => {
		const result = await readReceivedSms(host.connection, cursor);
		if (!result.ok) throw result.error;
		return result.value;
	};
	const first = await read(startCursor(NOW, 2));
	expect(first.messages).toHaveLength(10_500);
	expect((await read(first.cursor)).messages).toEqual([]);
});
