/** The measuring of processor time, which other tests judge the speed of work by. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { stopwatch, tooLong, tooLongLater } from './processor-time';

/** Works for so many milliseconds of processor time. */
function workFor(milliseconds: number): void {
	const elapsed = stopwatch();
	while (elapsed() < milliseconds);
}

/** Looks at each pair of the characters of a text, as a careless pattern does. */
function pairs(text: string): number {
	let found = 0;
	for (let one = 0; one < text.length; one++)
		for (let other = 0; other < text.length; other++) if (text[one] === text[other]) found++;
	return found;
}

test('work that is fast once is not too long, whatever its first time was', async () => {
	const times = [500, 200, 2];
	expect(tooLong(() => workFor(times.shift() ?? 0), 40)).toBeUndefined();
	expect(times).toEqual([]);
	expect(await tooLongLater(async () => 1)).toBeUndefined();
});

test('work whose time grows with the square of its text is too long at the first try', () => {
	let tries = 0;
	const read = () => {
		tries++;
		return pairs('.'.repeat(8_000));
	};
	expect(tooLong(read, 1)).toBeGreaterThan(60);
	expect(tries).toBe(1);
});

test('work that is neither is measured eight times, and compared with the machine', async () => {
	// The machine is twelve times slower at first, and as fast as ever at the end.
	const usage = jest.spyOn(process, 'cpuUsage');
	let left = 4;
	const slowly = () => ({ user: left-- > 0 ? 150_000 : 12_500, system: 0 });
	usage.mockImplementation((before) => (before === undefined ? { user: 0, system: 0 } : slowly()));
	let tries = 0;
	expect(
		await tooLongLater(async () => {
			tries++;
			return 700;
		}),
	).toBe(700);
	expect(tries).toBe(8);
	left = 1;
	expect(await tooLongLater(async () => 550)).toBeUndefined();
	usage.mockRestore();
});
