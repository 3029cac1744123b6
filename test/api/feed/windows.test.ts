/** The lengths of the windows in which a backlog is read, by what the windows before them had. */
import { Windows, type Settled } from '../../../api/feed/windows';
import { SECOND } from '../support/fake-log';

const HORIZON = 1_000_000;
const ROOM = 10_000;
const page = (total: number | undefined) => ({ entries: [], total, token: 't' });

/** The windows from a start to the horizon, 1,000 seconds after 1970. */
const windowsOf = (more: Partial<Settled> = {}, start = 0) =>
	new Windows(
		start,
		{
			horizon: HORIZON,
			page: page(1),
			reachesBack: false,
			unsettled: 0,
			expected: undefined,
			maxEvents: ROOM,
			maxCalls: 30,
			customHeaders: [],
			...more,
		},
		ROOM,
	);
const window = (from: number, to: number, most = ROOM) => ({ from, to, most });

describe('the first window', () => {
	test.each<[string, Partial<Settled>, number, number]>([
		['is everything, if nothing says how much that is', {}, HORIZON, ROOM],
		['is everything that fits', { expected: ROOM }, HORIZON, ROOM],
		['is what fills most of the room', { expected: 20_000 }, 445_000, ROOM],
		['is whole seconds', { expected: 30_000 }, 296_000, ROOM],
		['is at least a second', { expected: 1e9 }, SECOND, ROOM],
		['has one page, if the first one states no number', { page: page(undefined) }, HORIZON, 1000],
		['has all there is room for, if the first one was none', { page: undefined }, HORIZON, ROOM],
	])('%s', (_what, settled, to, most) => {
		expect(windowsOf(settled).next(ROOM)).toEqual(window(0, to, most));
	});

	test('begins where the read begins', () => {
		expect(windowsOf({ expected: 20_000 }, 600_000).next(ROOM)).toEqual(window(600_000, 778_000));
	});

	test('has as many entries as there is room for, but a second may have 10,000', () => {
		const windows = windowsOf({ expected: 1e9 });
		expect([windows.next(1000).most, windows.next(20_000).most]).toEqual([10_000, 20_000]);
		windows.pass({ from: 0, to: SECOND }, 1, 1000);
		expect(windows.next(1000)).toEqual(window(SECOND, 9 * SECOND, 1000));
	});

	test('has one page, if the log is not to be trusted', () => {
		const windows = windowsOf({ expected: 5000, reachesBack: true });
		windows.distrust();
		windows.pass({ from: 0, to: 10_000 }, 890, ROOM);
		expect(windows.next(ROOM)).toEqual(window(10_000, 20_000, 1000));
	});
});

describe('the next window', () => {
	test.each<[string, number, number, number]>([
		['grows eight times at most', 10, 80_000, ROOM],
		['grows eight times after an empty one', 0, 80_000, ROOM],
		['is as long after one that filled most of the room', 8900, 10_000, ROOM],
		['is shorter after one that filled more', 17_800, 5_000, ROOM],
		['follows the room', 890, 10_000, 1000],
	])('%s', (_what, count, length, room) => {
		const windows = windowsOf();
		windows.pass({ from: 0, to: 10_000 }, count, room);
		expect(windows.next(ROOM)).toEqual(window(10_000, 10_000 + length));
	});

	test('can begin anywhere', () => {
		const windows = windowsOf();
		windows.pass({ from: 0, to: 10_000 }, 8900, ROOM);
		windows.pass({ from: 10_000, to: 20_000 }, 8900, ROOM);
		expect(windows.next(ROOM)).toEqual(window(20_000, 30_000));
		windows.pass({ from: 20_000, to: 30_000 }, 89_000, ROOM);
		expect(windows.next(1000)).toEqual(window(30_000, 31_000));
	});

	test.each([
		[10_000, HORIZON],
		[9_999, 841_000],
		[25_000, HORIZON],
	])('is the rest, if the rest is known to fit: after %i of 20,000', (count, to) => {
		const windows = windowsOf({ expected: 20_000, reachesBack: true });
		windows.pass({ from: 0, to: 445_000 }, count, ROOM);
		expect(windows.next(ROOM).to).toBe(to);
	});

	test('is not the rest, if the first page did not show all that has not settled', () => {
		const windows = windowsOf({ expected: 20_000 });
		windows.pass({ from: 0, to: 445_000 }, 12_000, ROOM);
		expect(windows.next(ROOM).to).toBe(775_000);
	});

	test('after an empty one ends half way to what had too many', () => {
		const windows = windowsOf({ expected: 20_000 });
		windows.pass({ from: 0, to: 10_000 }, 0, ROOM);
		expect(windows.next(ROOM)).toEqual(window(10_000, 505_000));
		const others = windowsOf();
		others.shorten(window(0, 500_000), { entries: 'broken' });
		others.pass({ from: 0, to: 250_000 }, 500, ROOM);
		others.pass({ from: 250_000, to: 500_000 }, 0, ROOM);
		expect(others.next(ROOM).to).toBe(HORIZON);
	});

	test('is there until the horizon is reached', () => {
		const windows = windowsOf();
		expect([windows.isDone, windows.hasMoved]).toEqual([false, false]);
		windows.pass({ from: 0, to: HORIZON - SECOND }, 1, ROOM);
		expect([windows.isDone, windows.hasMoved]).toEqual([false, true]);
		expect(windows.next(ROOM)).toEqual(window(HORIZON - SECOND, HORIZON));
		windows.pass({ from: HORIZON - SECOND, to: HORIZON }, 1, ROOM);
		expect([windows.isDone, windows.from]).toEqual([true, HORIZON]);
	});
});

describe('a window that could not be read whole', () => {
	test('has no shorter part if it is a second', () => {
		const windows = windowsOf();
		expect(windows.shorten(window(0, SECOND), { entries: 'large', total: 20_000 })).toBe(false);
		expect(windows.next(ROOM)).toEqual(window(0, HORIZON));
		expect(windows.shorten(window(0, 2 * SECOND), { entries: 'large', total: 20_000 })).toBe(true);
		expect(windows.next(ROOM).to).toBe(SECOND);
		expect(windows.shorten(window(9 * SECOND, 10 * SECOND), { entries: 'large', total: 20_000 })).toBe(false);
	});

	test.each<[string, 'large' | 'broken', number | undefined, number, number]>([
		['by its number of entries', 'large', 40_000, 222_000, ROOM],
		['to half at least', 'large', ROOM + 1, 500_000, ROOM],
		['to a quarter of one page each, if the number is one that fits', 'large', ROOM, 250_000, 1000],
		['to a quarter of one page each, if there is no number', 'large', undefined, 250_000, 1000],
		['to a quarter of one page each, if it was broken', 'broken', 40_000, 250_000, 1000],
	])('is shortened %s', (_how, entries, total, to, most) => {
		const windows = windowsOf();
		expect(windows.shorten(window(0, HORIZON), { entries, total })).toBe(true);
		expect(windows.next(ROOM)).toEqual(window(0, to, most));
	});

	test.each([
		[HORIZON, HORIZON],
		[HORIZON - SECOND, 278_000],
	])('tells how much is left, if it is the rest: up to %i', (end, to) => {
		const windows = windowsOf();
		windows.shorten(window(0, end), { entries: 'large', total: 40_000 });
		windows.pass({ from: 0, to: 222_000 }, 35_000, ROOM);
		expect(windows.next(ROOM).to).toBe(to);
	});

	test('is halved after an empty one, because a burst has begun', () => {
		const windows = windowsOf();
		windows.pass({ from: 0, to: 100_000 }, 0, ROOM);
		windows.shorten(window(100_000, 900_000), { entries: 'large', total: 40_000 });
		expect(windows.next(ROOM)).toEqual(window(100_000, 500_000));
		windows.pass({ from: 100_000, to: 500_000 }, 0, ROOM);
		expect(windows.next(ROOM)).toEqual(window(500_000, 700_000));
	});
});
