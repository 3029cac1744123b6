/** What the first page of a read tells: how far the log has settled, and how much of it. */
import { toDate } from '../formats/moments';
import { SECOND, wholeSecond } from './cursor';
import type { Page } from './log-reader';

/** The times of a page in milliseconds since 1970, in the order of its entries. */
export function timesOn({ entries }: Page): (number | undefined)[] {
	return entries.filter((entry) => Object.keys(entry).length > 0).map(({ date }) => toDate(date)?.getTime());
}

/** The newest of the times of a page before a moment. Undefined if there is none. */
export function newestOn(times: readonly (number | undefined)[], end: number): number | undefined {
	return times.reduce<number>((most, time = 0) => (time < end ? Math.max(most, time) : most), 0) || undefined;
}

/** True if entries are in order and begin before a moment: then no later entry is missing. */
export function reachesBefore(moment: number, times: readonly (number | undefined)[]): boolean {
	const isOrdered = times.every((time, index) => {
		const before = index === 0 ? Infinity : times[index - 1];
		return time !== undefined && before !== undefined && time <= before;
	});
	return isOrdered && (times.at(-1) ?? moment) < moment;
}

/**
 * Returns the moment before which the log has settled. It follows the newest entry rather than the clock, because a
 * clock that is ahead would skip entries that are still to come. Only if the log has been silent for long does the
 * clock decide, or the last events of a campaign would never settle. It is never later than the newest entry.
 */
export function settledBefore(newest: number, now: number, settle: number): number {
	return wholeSecond(Math.min(newest + SECOND, Math.max(newest - settle, now - 3 * settle)));
}

/**
 * Returns about how many entries have settled: all but those that a page shows, or would show if it went on like this.
 */
export function settledOn(
	{ total, entries }: Page,
	times: readonly (number | undefined)[],
	horizon: number,
	end: number,
): number | undefined {
	if (total === undefined) return undefined;
	const oldest = times.reduce<number>((least, time = end) => Math.min(least, time), end - SECOND);
	const unsettled =
		oldest < horizon
			? times.filter((time) => time !== undefined && time >= horizon).length
			: (entries.length * (end - horizon)) / (end - oldest);
	return Math.max(0, total - unsettled);
}
