/** What counts as a page of the log, and when the pages of a window are the whole window. */
import type { JsonObject } from '../../../api';
import { crowdedSecond, failedWindow, isWhole, LogReader, type Page } from '../../../api/feed/log-reader';
import { data, FakeHost, json, parsed } from '../support/fake-host';
import { HOUR, MINUTE, NOW } from '../support/fake-log';

const window = { from: NOW - HOUR, to: NOW };
const at = (moment: number): JsonObject => ({ date: new Date(moment).toISOString(), email_id: String(moment) });
const many = (count: number) => Array.from({ length: count }, () => ({ email_id: 'm' }));

/** A log whose answers are scripted; the last one comes again and again. */
function logOf(answers: readonly unknown[], deadline?: number) {
	const host = new FakeHost((_request, count) => data(answers[Math.min(count, answers.length) - 1]));
	return { host, reader: new LogReader(host.connection, { search_subject: 'Hi' }, deadline) };
}

describe('a page', () => {
	const read = async (answer: unknown) => {
		const result = await logOf([answer]).reader.page(window);
		if (!result.ok) throw result.error;
		return result.value;
	};

	test('is asked for with the fields of the search, the window and the place', async () => {
		const { host, reader } = logOf([{ events: [], total_events: 0 }]);
		await reader.page(window);
		await reader.page(window, 't', 5);
		const dates = { start_date: '2026-11-22T11:00:00Z', end_date: '2026-11-22T12:00:00Z' };
		expect(host.sent.map(({ body }) => parsed(body))).toEqual([
			{ search_subject: 'Hi', ...dates, limit: 1000 },
			{ search_subject: 'Hi', ...dates, limit: 5, continue_token: 't' },
		]);
		expect(reader.calls).toBe(2);
	});

	test.each<[string, unknown, Page]>([
		['entries', { events: [at(NOW)], total_events: 1 }, { entries: [at(NOW)], total: 1, token: undefined }],
		['a place to go on', { events: [], continue_token: 't' }, { entries: [], total: undefined, token: 't' }],
		['no place to go on', { events: [], continue_token: '' }, { entries: [], total: undefined, token: undefined }],
		['a number as text', { events: [], total_events: '2' }, { entries: [], total: 2, token: undefined }],
		['an empty number', { events: [], total_events: ' ' }, { entries: [], total: undefined, token: undefined }],
		['a number in words', { events: [], total_events: 'two' }, { entries: [], total: undefined, token: undefined }],
		['no number', { events: [], total_events: true }, { entries: [], total: undefined, token: undefined }],
		['null for no entries', { events: null, total_events: 0 }, { entries: [], total: 0, token: undefined }],
		[
			'a number that is too small',
			{ events: [at(NOW)], total_events: 0 },
			{ entries: [at(NOW)], total: 0, token: undefined },
		],
		['null for an entry', { events: [null] }, { entries: [{}], total: undefined, token: undefined }],
	])('may have %s', async (_what, answer, expected) => {
		expect(await read(answer)).toStrictEqual(expected);
	});

	test.each<[string, unknown]>([
		['text', 'none'],
		['a list', [at(NOW)]],
		['a record without a list', { total_events: 1 }],
		['a record without a list and a number', {}],
		['null for some entries', { events: null, total_events: 1 }],
		['null for no entries, and more', { events: null, total_events: 0, continue_token: 't' }],
		['a list of numbers', { events: [at(NOW), 1] }],
		['a reference that is no text', { events: [], continue_token: 7 }],
	])('is not %s', async (_what, answer) => {
		expect(await read(answer)).toBeUndefined();
	});

	test.each<[string, JsonObject[], boolean]>([
		['ten minutes before it', [at(NOW), at(window.from - 10 * MINUTE)], true],
		['earlier than that', [at(NOW), at(window.from - 10 * MINUTE - 1)], false],
		['earlier than that, whatever comes before', [at(NOW), at(NOW - 1), at(window.from - 10 * MINUTE - 1)], false],
		['nearly ten minutes after it', [at(NOW + 10 * MINUTE - 1), at(NOW)], true],
		['later than that', [at(NOW + 10 * MINUTE), at(NOW)], false],
		['at no known time', [{ date: 'soon' }, {}], true],
	])('of a window may have entries from %s: %j', async (_what, events, isPage) => {
		expect((await read({ events })) !== undefined).toBe(isPage);
	});

	test.each<[string, Page, boolean]>([
		['it is the last and names no number', { entries: many(3), total: undefined, token: undefined }, true],
		['it is the last and has all', { entries: many(3), total: 3, token: undefined }, true],
		['it is the last, but there are more', { entries: many(3), total: 4, token: undefined }, false],
		['it has all, although it names a next one', { entries: many(3), total: 3, token: 't' }, true],
		['it is full and names a next one', { entries: many(1000), total: 1000, token: 't' }, false],
		['it names a next one and no number', { entries: many(3), total: undefined, token: 't' }, false],
	])('is whole or not: %s', (_what, page, expected) => {
		expect(isWhole(page)).toBe(expected);
	});
});

describe('the rest of a window', () => {
	const first = (more: Partial<Page> = {}): Page => ({ entries: [{ n: 0 }], total: undefined, token: 'a', ...more });
	const rows = (...numbers: number[]) => numbers.map((n) => ({ n }));
	const rest = async (start: Page, answers: readonly unknown[], most = 1000, deadline?: number) => {
		const { host, reader } = logOf(answers, deadline);
		const result = await reader.rest(window, start, most);
		if (!result.ok) throw result.error;
		return [result.value, ...host.sent.map(({ body }) => parsed(body)['continue_token'])];
	};

	test('is read to the page that names no next one', async () => {
		const answers = [{ events: rows(1, 2), continue_token: 'b' }, { events: rows(3) }];
		expect(await rest(first(), answers)).toEqual([rows(0, 1, 2, 3), 'a', 'b']);
		expect(await rest(first({ token: undefined }), answers)).toEqual([rows(0)]);
	});

	test('is read to the page that completes the number, whichever page states it', async () => {
		const page = { events: rows(1), continue_token: 'b' };
		for (const more of [{}, { total_events: 0 }, { total_events: 2 }])
			expect(await rest(first({ total: 2 }), [{ ...page, ...more }])).toEqual([rows(0, 1), 'a']);
		expect(await rest(first({ total: 0 }), [{ ...page, total_events: 2 }])).toEqual([rows(0, 1), 'a']);
	});

	test.each<[string, Page, unknown[], unknown[]]>([
		['a reference that was there before', first(), [{ events: rows(1), continue_token: 'a' }], ['a']],
		['another number', first({ total: 3 }), [{ events: rows(1), total_events: 4, continue_token: 'b' }], ['a']],
		['something that is no page', first(), ['none'], ['a']],
		['fewer entries than it counts', first({ total: 3 }), [{ events: rows(1), total_events: 3 }], ['a']],
	])('is broken with %s', async (_what, start, answers, tokens) => {
		expect(await rest(start, answers)).toEqual(['broken', ...tokens]);
	});

	test('is broken after four empty pages in a row', async () => {
		const empty = (from: number, count: number) =>
			Array.from({ length: count }, (_, index) => ({ events: [], continue_token: `t${from + index}` }));
		const end = { events: rows(9) };
		const [whole] = await rest(first(), [...empty(0, 3), end], 9000);
		expect(whole).toEqual(rows(0, 9));
		const [broken, ...tokens] = await rest(first(), [...empty(0, 4), end], 9000);
		expect([broken, tokens]).toEqual(['broken', ['a', 't0', 't1', 't2']]);
		const twice = [...empty(0, 3), { events: rows(1), continue_token: 'x' }, ...empty(3, 3), end];
		expect((await rest(first(), twice, 9000))[0]).toEqual(rows(0, 1, 9));
	});

	test('is broken after three pages more than it may need', async () => {
		const few = (count: number) =>
			Array.from({ length: count }, (_, index) => ({ events: rows(index), continue_token: `t${index}` }));
		expect((await rest(first(), [...few(4), { events: [] }], 1000))[0]).toHaveLength(5);
		const [broken, ...tokens] = await rest(first(), [...few(5), { events: [] }], 1000);
		expect([broken, tokens.length]).toEqual(['broken', 5]);
		expect((await rest(first(), [...few(5), { events: [] }], 2000))[0]).toHaveLength(6);
	});

	test('is too large with more entries than there is room for', async () => {
		expect((await rest(first(), [{ events: rows(1, 2) }], 3))[0]).toEqual(rows(0, 1, 2));
		expect((await rest(first(), [{ events: rows(1, 2, 3) }], 3))[0]).toBe('large');
	});

	test('is not read after the deadline', async () => {
		expect(await rest(first(), [{ events: rows(1) }], 1000, NOW)).toEqual(['time']);
		expect(await rest(first(), [{ events: rows(1) }], 1000, NOW + 1)).toEqual([rows(0, 1), 'a']);
	});

	test('fails with its page', async () => {
		const host = new FakeHost(() => json(401, { data: { error: 'The API Key passed was not found' } }));
		const reader = new LogReader(host.connection, {});
		expect(await reader.rest(window, first(), 1000)).toMatchObject({ ok: false, error: { type: 'auth' } });
		expect([reader.isLate, reader.calls]).toEqual([false, 1]);
	});
});

test('a window that fails is an error that says that nothing was skipped', () => {
	expect(failedWindow(window)).toMatchObject({
		ok: false,
		error: {
			type: 'server',
			message: 'SMTP2GO did not return all entries of the activity log at 2026-11-22T11:00:00Z',
			details: { endpoint: '/activity/search', hint: expect.stringContaining('No event was skipped') },
		},
	});
	expect(crowdedSecond({ ...window, most: 10_000 })).toMatchObject({
		ok: false,
		error: {
			type: 'invalid',
			message: expect.stringContaining('more than 10,000 events at 2026-11-22T11:00:00Z'),
			details: { endpoint: '/activity/search', hint: expect.stringContaining('No event was skipped') },
		},
	});
});
