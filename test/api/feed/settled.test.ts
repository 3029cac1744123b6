/** How a backlog is read window by window: when it stops, and what a window that cannot be read whole leads to. */
import { Smtp2goError, type JsonObject, type Result } from '../../../api';
import { Batch } from '../../../api/feed/batch';
import { PAGE, type LogReader, type NotWhole, type Page, type Window } from '../../../api/feed/log-reader';
import { readSettled } from '../../../api/feed/settled';
import type { Settled } from '../../../api/feed/windows';
import { NOW, SECOND } from '../support/fake-log';

const SPAN = 1000 * SECOND;
const all = { from: NOW - SPAN, to: NOW };
const broken = (type: 'server' | 'cancelled' = 'server') => ({
	ok: false as const,
	error: new Smtp2goError(type, 'Oops'),
});

/** So many entries, evenly over the thousand seconds. */
const rowsOf = (count: number): JsonObject[] =>
	Array.from({ length: count }, (_, index) => ({
		date: new Date(all.from + Math.floor((SPAN * index) / count)).toISOString(),
		event: 'opened',
		email_id: `e${index}`,
	})).reverse();
const page = (more: Partial<Page> = {}): Page => ({ entries: [], total: undefined, token: undefined, ...more });

/** A reader of a log with these rows; `change` replaces what a window has. */
class FakeReader {
	calls = 1;
	isLate = false;
	readonly windows: Window[] = [];
	readonly rests: (Window & { most: number })[] = [];
	change: (count: number, window: Window) => Result<Page | undefined> | undefined = () => undefined;
	ending: (count: number) => Result<JsonObject[] | NotWhole> | undefined = () => undefined;

	constructor(private readonly rows: readonly JsonObject[]) {}

	private within({ from, to }: Window): JsonObject[] {
		return this.rows.filter(({ date }) => Date.parse(String(date)) >= from && Date.parse(String(date)) < to);
	}

	async page(window: Window): Promise<Result<Page | undefined>> {
		this.calls++;
		this.windows.push(window);
		const entries = this.within(window);
		const changed = this.change(this.windows.length, window);
		const token = entries.length > PAGE ? 't' : undefined;
		return changed ?? { ok: true, value: { entries: entries.slice(0, PAGE), total: entries.length, token } };
	}

	async rest(window: Window, _first: Page, most: number): Promise<Result<JsonObject[] | NotWhole>> {
		this.rests.push({ ...window, most });
		return this.ending(this.rests.length) ?? { ok: true, value: this.within(window) };
	}
}

/** Reads a log; without `reachesBack`, in windows from the start. */
async function read(reader: FakeReader, more: Partial<Settled> = {}) {
	const batch = new Batch({ since: new Date(all.from).toISOString(), seen: [] });
	const outcome = await readSettled(reader as unknown as LogReader, all, batch, {
		horizon: all.to,
		page: page({ total: 100 }),
		reachesBack: false,
		unsettled: 0,
		expected: undefined,
		maxEvents: 10_000,
		maxCalls: 30,
		customHeaders: [],
		...more,
	});
	return { outcome, size: batch.size };
}
const reached = (seconds: number, stopped?: string) => ({
	ok: true,
	value: { since: all.from + seconds * SECOND, ...(stopped === undefined ? {} : { stopped }) },
});
const lengths = ({ windows }: FakeReader) => windows.map(({ from, to }) => (to - from) / SECOND);

describe('a log that goes on behind its first page', () => {
	const onward = { reachesBack: true, page: page({ total: 2000, token: 't' }) };

	test('is read on from there, if it fits', async () => {
		const reader = new FakeReader(rowsOf(2000));
		expect(await read(reader, { ...onward, horizon: all.from + 500 * SECOND })).toEqual({
			outcome: reached(500),
			size: 1000,
		});
		expect(reader.rests).toEqual([{ ...all, most: 10_000 }]);
		expect(reader.windows).toEqual([]);
	});

	test.each<[string, Partial<Settled>, boolean]>([
		['it has as many as one may take', { maxEvents: 2000 }, true],
		['it has more', { maxEvents: 1999 }, false],
		['it takes as many calls as one may make', { maxCalls: 2 }, true],
		['it takes more', { maxCalls: 1 }, false],
		['its first page does not show all that has not settled', { reachesBack: false }, false],
		['its first page states no number', { page: page({ token: 't' }) }, false],
		['its first page was none', { page: undefined }, false],
	])('is read on or in windows: %s', async (_what, more, isOnward) => {
		const reader = new FakeReader(rowsOf(2000));
		await read(reader, { ...onward, ...more });
		expect([reader.rests[0]?.from === all.from && reader.windows.length === 0, reader.windows.length > 0]).toEqual([
			isOnward,
			!isOnward,
		]);
	});

	test('is read in windows of one page, if its pages mislead', async () => {
		const reader = new FakeReader(rowsOf(2000));
		reader.ending = (count) => (count === 1 ? { ok: true, value: 'broken' } : undefined);
		expect(await read(reader, onward)).toEqual({ outcome: reached(1000), size: 2000 });
		expect(lengths(reader)).toEqual([1000, 445, 445, 110]);
	});

	test('stops at the deadline, and fails with its page', async () => {
		const reader = new FakeReader(rowsOf(2000));
		reader.ending = (count) => (count === 1 ? { ok: true, value: 'time' } : undefined);
		expect(await read(reader, onward)).toEqual({ outcome: reached(0, 'time'), size: 0 });
		const failing = new FakeReader(rowsOf(2000));
		failing.ending = (count) => (count === 1 ? broken() : undefined);
		expect((await read(failing, onward)).outcome).toEqual(broken());
	});
});

describe('a window', () => {
	test('has one page at least, and as many as events and calls allow', async () => {
		const most = async (more: Partial<Settled>) => {
			const reader = new FakeReader(rowsOf(10));
			await read(reader, more);
			return reader.rests[0]?.most;
		};
		expect(await most({})).toBe(10_000);
		expect(await most({ maxEvents: 5000, unsettled: 1000 })).toBe(4000);
		expect(await most({ maxCalls: 5 })).toBe(4000);
		expect(await most({ maxEvents: 1 })).toBe(1000);
	});

	test.each<[string, Page, number[]]>([
		['it counts more than fit', page({ total: 2000, entries: rowsOf(1) }), [1000, 445]],
		['it is full, and there are more', page({ entries: rowsOf(1000), token: 't' }), [1000, 250]],
	])('is read in shorter ones, if %s', async (_what, first, expected) => {
		const reader = new FakeReader(rowsOf(1000));
		reader.change = (count) => (count === 1 ? { ok: true, value: first } : undefined);
		expect((await read(reader, { maxEvents: 1000 })).outcome.ok).toBe(true);
		expect(lengths(reader).slice(0, 2)).toEqual(expected);
	});

	test.each<[string, Page]>([
		['that is full to the last entry', page({ entries: rowsOf(1000), total: 1000 })],
		['that is not full', page({ entries: rowsOf(999), token: 't' })],
	])('%s is read whole', async (_what, first) => {
		const reader = new FakeReader(rowsOf(1000));
		reader.change = () => ({ ok: true, value: first });
		expect((await read(reader, { maxEvents: 1000 })).size).toBe(1000);
		expect(lengths(reader)).toEqual([1000]);
	});

	test('is read in quarters, if its response is no page', async () => {
		const reader = new FakeReader(rowsOf(100));
		reader.change = (count) => (count === 1 ? { ok: true, value: undefined } : undefined);
		expect(await read(reader)).toEqual({ outcome: reached(1000), size: 100 });
		expect(lengths(reader)).toEqual([1000, 250, 750]);
	});

	test.each<[string, Page | undefined, object]>([
		[
			'too many entries',
			page({ total: 20_000 }),
			{ type: 'invalid', message: expect.stringContaining('10,000 events') },
		],
		['no page', undefined, { type: 'server' }],
	])('of a second is an error with %s', async (_what, value, error) => {
		const reader = new FakeReader([]);
		reader.change = () => ({ ok: true, value });
		const { outcome } = await read(reader);
		expect(outcome).toMatchObject({ ok: false, error });
		expect(lengths(reader).at(-1)).toBe(1);
	});
});

describe('a read', () => {
	/** The log is read in windows: the first takes the first 445 seconds. */
	const windows = { expected: 2000, maxEvents: 1000 };

	test('stops if there is no room for another page, once a window was read', async () => {
		expect(await read(new FakeReader(rowsOf(2000)), windows)).toEqual({
			outcome: reached(445, 'events'),
			size: 890,
		});
		expect((await read(new FakeReader(rowsOf(2000)), { ...windows, maxEvents: 1890 })).outcome).toEqual(
			reached(841, 'events'),
		);
	});

	test('goes on while just one more page fits, and counts what has not settled', async () => {
		const half = { expected: 4000 };
		const onward = new FakeReader(rowsOf(2000));
		await read(onward, { ...half, maxEvents: 1800 });
		expect(onward.windows.length).toBeGreaterThan(1);
		expect(await read(new FakeReader(rowsOf(2000)), { ...half, maxEvents: 1799 })).toEqual({
			outcome: reached(400, 'events'),
			size: 800,
		});
		expect(await read(new FakeReader(rowsOf(2000)), { ...half, maxEvents: 2000, unsettled: 500 })).toEqual({
			outcome: reached(333, 'events'),
			size: 666,
		});
	});

	test('takes in each window what is left of its events', async () => {
		const reader = new FakeReader(rowsOf(2000));
		await read(reader, { expected: 4000, maxEvents: 3000, unsettled: 500 });
		expect(reader.rests.map(({ most }) => most)).toEqual([2500, 2500 - 1112]);
	});

	test('does not stop for want of room while it has found nothing', async () => {
		const reader = new FakeReader([]);
		expect(await read(reader, { ...windows, maxEvents: 1 })).toEqual({ outcome: reached(1000), size: 0 });
		expect(reader.windows.length).toBeGreaterThan(1);
	});

	test('stops after its calls, once a window was read', async () => {
		const reader = new FakeReader(rowsOf(100));
		expect(await read(reader, { ...windows, maxEvents: 10_000, expected: 20_000, maxCalls: 2 })).toMatchObject({
			outcome: { ok: true, value: { stopped: 'calls' } },
		});
		expect(reader.windows).toHaveLength(1);
	});

	test('stops at the deadline, before a window and within one', async () => {
		const late = new FakeReader(rowsOf(100));
		late.isLate = true;
		expect(await read(late)).toEqual({ outcome: reached(0, 'time'), size: 0 });
		expect(late.windows).toEqual([]);
		const within = new FakeReader(rowsOf(100));
		within.ending = () => ({ ok: true, value: 'time' });
		expect(await read(within)).toEqual({ outcome: reached(0, 'time'), size: 0 });
	});

	test('hands out what it has if a later window fails, unless it was canceled', async () => {
		const outcomeOf = async (type: 'server' | 'cancelled', from: number) => {
			const reader = new FakeReader(rowsOf(2000));
			reader.change = (count) => (count >= from ? broken(type) : undefined);
			return (await read(reader, { ...windows, maxEvents: 3000, maxCalls: 2 + from, expected: 4000 })).outcome;
		};
		expect(await outcomeOf('server', 1)).toEqual(broken());
		expect(await outcomeOf('server', 2)).toMatchObject({ ok: true, value: { stopped: 'fault' } });
		expect(await outcomeOf('cancelled', 2)).toEqual(broken('cancelled'));
	});

	test('of a rest that fails is that failure', async () => {
		const reader = new FakeReader(rowsOf(10));
		reader.ending = () => broken();
		expect((await read(reader)).outcome).toEqual(broken());
	});
});
