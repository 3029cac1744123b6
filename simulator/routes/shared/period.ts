// Periods of time, as reports ask for them.
const DAY = 86_400_000;

/** From `start` (inclusive) to `end` (exclusive; undefined is now). */
export interface Period {
	start: Date;
	end: Date | undefined;
}

/** Midnight in UTC, this many days ago: where the API's periods start. */
export function midnight(daysAgo: number): Date {
	return new Date(new Date().setUTCHours(0, 0, 0, 0) - daysAgo * DAY);
}

/** Whether an ISO time lies in a period. What happens this very moment counts as before now. */
export function isIn({ start, end }: Period, iso: string): boolean {
	const at = Date.parse(iso);
	return at >= start.getTime() && at < (end?.getTime() ?? Infinity);
}
