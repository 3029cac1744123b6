/** What a page of the log tells, and what is handed out of it: each rule by itself. */
import { logKinds, readCursor, type JsonObject } from '../../../api';
import { Batch, eventsIn } from '../../../api/feed/batch';
import { cursorAt, isAhead, seenIn, startOfCursor, wholeSecond } from '../../../api/feed/cursor';
import { newestOn, reachesBefore, settledBefore, settledOn, timesOn } from '../../../api/feed/first-page';
import { readLogEntry } from '../../../api/feed/log-entry';
import { eventKeyOf } from '../../../api/webhook/event-key';
import { HOUR, MINUTE, NOW, SECOND } from '../support/fake-log';

const iso = (moment: number) => new Date(moment).toISOString();
const entry = (id: string, at: number, more: JsonObject = {}): JsonObject => ({
	date: iso(at),
	event: 'opened',
	email_id: id,
	recipient: 'ann@example.org',
	...more,
});
const page = (entries: readonly JsonObject[], total?: number) => ({ entries, total, token: undefined });

describe('the events of a window', () => {
	const window = { from: NOW, to: NOW + MINUTE };
	const emailsIn = (entries: readonly JsonObject[]) =>
		eventsIn(window, entries, []).map(({ delivery, moment }) => [delivery.event.emailId, moment - NOW]);

	test('come oldest first, whatever the order, and those of one moment in the order of the log', () => {
		expect(
			emailsIn([
				entry('c', NOW + 2000),
				entry('b2', NOW + 1000),
				entry('b1', NOW + 1000),
				entry('d', NOW + 3000),
			]),
		).toEqual([
			['b1', 1000],
			['b2', 1000],
			['c', 2000],
			['d', 3000],
		]);
	});

	test('begin with it and end before its end', () => {
		const moments = [NOW + MINUTE, NOW + MINUTE - 1, NOW, NOW - 1];
		expect(emailsIn(moments.map((at, index) => entry(`e${index}`, at)))).toEqual([
			['e2', 0],
			['e1', MINUTE - 1],
		]);
	});

	test('are the newest if they have no time, and none if the entry is empty', () => {
		expect(emailsIn([{}, entry('a', NOW, { date: 'soon' }), entry('b', NOW)])).toEqual([
			['b', 0],
			['a', MINUTE - 1],
		]);
	});
});

describe('a batch', () => {
	const eventsAt = (...moments: number[]) =>
		eventsIn(
			{ from: NOW - HOUR, to: NOW + HOUR },
			moments.map((at, index) => entry(`e${index}`, at)),
			[],
		);
	const start = { since: iso(NOW - HOUR), seen: [] };

	test('hands out the oldest, and begins next time with the first that is left', () => {
		const batch = new Batch(start);
		batch.add(eventsAt(NOW + 500, NOW + 2500, NOW + 4700));
		expect(batch.size).toBe(3);
		const { deliveries, cursor, isCut } = batch.handOut(NOW + 30_000, 2);
		expect(deliveries.map(({ event }) => event.emailId)).toEqual(['e0', 'e1']);
		expect([cursor.since, cursor.seen, isCut]).toEqual([iso(NOW + 4000).replace('.000', ''), [], true]);
		const early = batch.handOut(NOW + 1000, 2);
		expect(early.cursor.since).toBe(iso(NOW + 1000).replace('.000', ''));
		expect(early.cursor.seen).toEqual([expect.stringContaining(deliveries[1]?.event.eventId ?? '-')]);
		expect(batch.handOut(NOW + 30_000, 3)).toMatchObject({ isCut: false });
	});

	test('knows an event that was handed out, and remembers when it was seen last', () => {
		const [event] = eventsAt(NOW + 2000);
		const id = event?.delivery.event.eventId ?? '';
		const batch = new Batch(cursorAt(NOW - HOUR, [{ id, moment: NOW - HOUR }]));
		batch.add(eventsAt(NOW + 2000));
		expect(batch.size).toBe(0);
		expect(batch.handOut(NOW, 10).cursor.seen).toEqual([`${((NOW + 2000) / SECOND).toString(36)} ${id}`]);
	});
});

describe('a cursor', () => {
	const seen = (count: number, from = NOW) =>
		Array.from({ length: count }, (_, index) => ({ id: `e${index}`, moment: from + index * SECOND }));

	test('remembers what happened at its moment or later, in order', () => {
		const [first, second, third] = [NOW - 1, NOW, NOW + 2500].map((moment) => ({
			id: `at${moment - NOW}`,
			moment,
		}));
		const { since, seen: kept } = cursorAt(
			NOW,
			[third, first, second].filter((one) => one !== undefined),
		);
		expect(since).toBe('2026-11-22T12:00:00Z');
		expect(kept.map((one) => one.split(' ')[1])).toEqual(['at0', 'at2500']);
		expect(seenIn({ since, seen: kept })).toEqual([
			{ id: 'at0', moment: NOW },
			{ id: 'at2500', moment: NOW + 2000 },
		]);
	});

	test('remembers 10,000 events, and is after those that it cannot remember', () => {
		expect(cursorAt(NOW, seen(10_000))).toMatchObject({ since: '2026-11-22T12:00:00Z' });
		const more = cursorAt(NOW, seen(10_003));
		expect(more.since).toBe('2026-11-22T12:00:03Z');
		expect(more.seen).toHaveLength(10_000);
		const stored = { since: more.since, seen: ['x', ...more.seen] };
		expect(readCursor(stored)?.seen).toEqual(more.seen);
	});

	test('is read from a hand that edited it, as far as it can be', () => {
		expect(seenIn({ since: '', seen: ['rs', '! id'] })).toEqual([
			{ id: '', moment: Number.parseInt('rs', 36) * SECOND },
			{ id: 'id', moment: 0 },
		]);
		expect(startOfCursor({ since: 'soon', seen: [] })).toBe(0);
		expect(startOfCursor({ since: '2026-11-22T12:00:00.900Z', seen: [] })).toBe(NOW);
	});

	test('is ahead if it is more than a minute later than the clock', () => {
		const cursor = { since: iso(NOW + MINUTE), seen: [] };
		expect([isAhead(cursor, NOW), isAhead(cursor, NOW - 1)]).toEqual([false, true]);
	});
});

describe('the first page', () => {
	test('has the times of its entries, and none of those without content', () => {
		expect(timesOn(page([entry('a', NOW + 5), {}, entry('b', NOW, { date: 'soon' })]))).toStrictEqual([
			NOW + 5,
			undefined,
		]);
	});

	test.each<[(number | undefined)[], number | undefined]>([
		[[5, 9, undefined, 7], 9],
		[[10, 9], 9],
		[[11, 10], undefined],
		[[undefined], undefined],
		[[], undefined],
	])('of the times %j before 10, the newest is %j', (times, newest) => {
		expect(newestOn(times, 10)).toBe(newest);
	});

	test.each<[(number | undefined)[], boolean]>([
		[[9, 5, 3], true],
		[[9, 5, 5, 3], true],
		[[9, 4], false],
		[[9, 5], false],
		[[5, 9, 3], false],
		[[3, 9, 3], false],
		[[9, undefined, 3], false],
		[[undefined, 3], false],
		[[3, undefined], false],
		[[], false],
	])('with the times %j reaches to before 4: %j', (times, expected) => {
		expect(reachesBefore(4, times)).toBe(expected);
	});

	test.each([
		[
			'behind the newest entry, in whole seconds',
			NOW - 300,
			NOW,
			10 * MINUTE,
			wholeSecond(NOW - 300 - 10 * MINUTE),
		],
		[
			'behind the clock, if the log has been silent for long',
			NOW - 25 * MINUTE,
			NOW,
			10 * MINUTE,
			NOW - 30 * MINUTE,
		],
		['to the newest entry, if it is older than that', NOW - HOUR, NOW, 10 * MINUTE, NOW - HOUR + SECOND],
		['behind the newest entry, if the clock is behind', NOW, NOW - HOUR, 10 * MINUTE, NOW - 10 * MINUTE],
	])('has settled %s', (_how, newest, now, settle, expected) => {
		expect(settledBefore(newest, now, settle)).toBe(expected);
	});

	test.each<[string, JsonObject[], (number | undefined)[], number | undefined, number | undefined]>([
		['nothing says', [], [10_000], undefined, undefined],
		['all but those after the horizon', [], [60_000, 50_000, undefined, 49_999], 7, 5],
		['none, if all are fresh', [], [60_000, 10_000], 1, 0],
		['none, if there is no more', [], [60_000, 50_000, 10_000], 1, 0],
		// Three entries in 20 s: as many fresh ones as there are in the 50 s after the horizon.
		['what would be left if it went on like this', [{}, {}, {}], [90_000, 80_000], 10, 10 - 3 * 2.5],
		['the same up to the horizon itself', [{}, {}, {}], [70_000, undefined, 50_000], 10, 10 - 3],
		['an entry a second, if none has a time', [{}], [undefined], 60, 10],
	])('counts %s', (_what, entries, times, total, expected) => {
		expect(settledOn(page(entries, total), times, 50_000, 100_000)).toBe(expected);
	});
});

describe('an entry of the log', () => {
	const keyOf = (change: JsonObject) => readLogEntry(entry('a', NOW, change), []).delivery.event.eventKey;

	test('without a readable time is known by its email and what it says for a time, whatever else it says', () => {
		expect(keyOf({ date: 'soon', subject: 'A' })).toBe(keyOf({ date: 'soon', subject: 'B' }));
		expect(keyOf({ date: 'soon' })).not.toBe(keyOf({ date: 'later' }));
	});

	test.each([
		['email', { email_id: null }],
		['time', { date: null }],
	])('without an %s is known by all that it says but the headers', (_what, change) => {
		const key = keyOf({ ...change, subject: 'A' });
		expect(keyOf({ ...change, subject: 'A', headers: { a: 'b' } })).toBe(key);
		expect(keyOf({ ...change, subject: 'A', custom_headers: { a: 'b' } })).toBe(key);
		expect(keyOf({ ...change, subject: 'B' })).not.toBe(key);
	});

	test.each([
		[{ sender: 'a@example.com', from: 'b@example.com' }, 'a@example.com'],
		[{ from: 'b@example.com', sender_full: 'C <c@example.com>' }, 'b@example.com'],
		[{ sender_full: 'C <c@example.com>' }, 'c@example.com'],
	])('names its sender: %j', (change, sender) => {
		expect(readLogEntry(entry('a', NOW, change), []).delivery.event.sender).toBe(sender);
	});

	test.each([
		[{ reason: 'A', error: 'B', smtp_response: 'C' }, 'A'],
		[{ error: 'B', smtp_response: 'C' }, 'B'],
		[{ smtp_response: 'C' }, 'C'],
	])('of a rejection says why: %j', (change, reason) => {
		expect(readLogEntry(entry('a', NOW, { event: 'rejected', ...change }), []).delivery.event.reason).toBe(reason);
	});

	test('without a name has no subscription', () => {
		expect(readLogEntry({}, []).delivery.subscription).toBe('');
	});
});

test.each([
	['bounce', ['hard-bounced', 'soft-bounced']],
	['click', ['clicked']],
	['delivered', ['delivered']],
	['open', ['opened']],
	['processed', ['processed']],
	['reject', ['rejected']],
	['spam', ['spam']],
	['unsubscribe', ['unsubscribed']],
])('the log searches for the event %s as %j', (event, kinds) => {
	expect(logKinds([event])).toEqual(kinds);
});

describe('the key of an event never changes, because stores hold it', () => {
	const identity = {
		eventId: 'e',
		channel: 'email',
		kind: 'opened',
		recipient: 'Ann@Example.org',
		time: '2026-11-22T12:00:00.500Z',
		emailId: 'm',
		messageId: null,
	} as const;

	test.each([
		['an email', {}, 'm-Ez5vr8HRpLTB7VJFmtTv'],
		[
			'a text message',
			{ channel: 'sms', kind: 'sms-delivered', emailId: null, messageId: 's' },
			'Si7RaHVGFrkF0Mpl0bMo_6',
		],
		['an email that is processed', { kind: 'processed' }, '-I_IqbEq0WuAFa7JM0hPGy'],
		['an event without a recipient', { recipient: null }, 'IYMlf81a-KThr8xXQsSCfq'],
		['an event without a time', { time: null }, 'O34boMUpiLr54b7nwdGvKB'],
		['an event of no known email', { emailId: null }, 'G350zteN7sg94MofwuBuR8'],
	] as const)('%s', (_what, change, key) => {
		expect(eventKeyOf({ ...identity, ...change })).toBe(key);
	});
});
