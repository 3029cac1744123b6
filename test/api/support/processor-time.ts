/**
 * Says whether work takes too long, on a machine that may be slow or busy. Two things make that possible: processor
 * time, because a clock counts what other processes do, and a yardstick, because other processes take a part of the
 * processor's caches and keep the engine from compiling what it runs. Work that is not linear takes seconds.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Work that takes less than this is fast, however slow the machine is. */
const FAST_MS = 50;
/** Work that takes this many times what is fast is slow, however busy the machine is. */
const SLOW = 60;
/** How often work is measured: another process or a garbage collection may get into one of the times. */
const TRIES = 4;

/**
 * Starts to measure the processor time of this process.
 * @returns a function that returns the milliseconds since the start
 */
export function stopwatch(): () => number {
	const before = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000;
	};
}

function timeOf(work: () => unknown): number {
	const elapsed = stopwatch();
	work();
	return elapsed();
}

const objects = `[${'{},'.repeat(300_000)}0]`;
/** How long the yardstick takes on a quiet machine, in milliseconds: parsing a list of 300,000 objects. */
const YARDSTICK_MS = 12.5;

/** How many times slower the machine is at this moment. */
const slowness = (): number => timeOf(() => JSON.parse(objects) as unknown) / YARDSTICK_MS;

/**
 * Judges work by the least of a few times. If that is neither fast nor slow, the machine is measured beside the work.
 * Takes the milliseconds of each try, and returns the least of them if the work takes too long.
 */
function* judge(fastMs: number): Generator<undefined, number | undefined, number> {
	let least = Infinity;
	for (let tried = 0; tried < TRIES; tried++) {
		least = Math.min(least, yield);
		if (least < fastMs) return undefined;
		if (least > SLOW * fastMs) return least;
	}
	for (let tried = 0; tried < TRIES; tried++) {
		const limit = fastMs * Math.max(3, slowness());
		least = Math.min(least, yield);
		if (least < limit) return undefined;
	}
	return least;
}

/**
 * The processor time that work takes, in milliseconds, if it takes too long. The work is done up to eight times.
 * @param fastMs several times what the work takes on a quiet machine, in milliseconds
 */
export function tooLong(work: () => unknown, fastMs = FAST_MS): number | undefined {
	const judged = judge(fastMs);
	let next = judged.next();
	while (next.done !== true) next = judged.next(timeOf(work));
	return next.value;
}

/**
 * As `tooLong`, for work that ends later or that measures a part of itself.
 * @param measured does the work and returns its milliseconds of processor time
 */
export async function tooLongLater(measured: () => Promise<number>, fastMs = FAST_MS): Promise<number | undefined> {
	const judged = judge(fastMs);
	let next = judged.next();
	while (next.done !== true) next = judged.next(await measured());
	return next.value;
}
