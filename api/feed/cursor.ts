/** The place of a reader in the activity log, small enough for any store. */
import { isRecord } from '../core/json';
import { toDate } from '../formats/moments';
import { isoUtc } from '../kinds/dates';

/**
 * A place in the activity log. Events before `since` were handed out. Of the later ones, those in `seen` were. Store it
 * as JSON, and do not read anything else into it.
 */
export interface FeedCursor {
	/** ISO 8601 in UTC, in whole seconds. */
	readonly since: string;
	/** Usually at most 1,000 entries of 30 characters. */
	readonly seen: readonly string[];
}

/** An event that was handed out: its ID, and when it happened, in milliseconds since 1970. */
export interface Seen {
	readonly id: string;
	readonly moment: number;
}

/** Milliseconds of a second, the unit of time of the log. */
export const SECOND = 1000;

const HOUR = 3_600_000;

/** The maximum number of events that a cursor remembers: more than SMTP2GO can log in a second. */
const MAX_SEEN = 10_000;

/**
 * A cursor so far ahead of the clock, in milliseconds, comes from a clock that was wrong, or the clock is wrong now.
 */
export const AHEAD = 60_000;

/** Returns a moment without its fraction of a second. */
export function wholeSecond(moment: number): number {
	return Math.floor(moment / SECOND) * SECOND;
}

/** Returns the first cursor of a reader: from now, or so many hours back. */
export function startCursor(now: number, hoursBack = 0): FeedCursor {
	return { since: isoUtc(new Date(wholeSecond(now - Math.max(0, hoursBack) * HOUR))), seen: [] };
}

/** Reads a cursor from a store. Returns undefined for anything else. */
export function readCursor(value: unknown): FeedCursor | undefined {
	if (!isRecord(value)) return undefined;
	const { since, seen } = value;
	const moment = typeof since === 'string' ? toDate(since) : undefined;
	if (moment === undefined || !Array.isArray(seen)) return undefined;
	const entries = seen.filter((entry) => typeof entry === 'string');
	if (entries.length !== seen.length) return undefined;
	return { since: isoUtc(moment), seen: entries.slice(-MAX_SEEN) };
}

/** Returns the start of a cursor in milliseconds since 1970. */
export function startOfCursor({ since }: FeedCursor): number {
	return wholeSecond(toDate(since)?.getTime() ?? 0);
}

/** True for a cursor that a clock of this time cannot have made. */
export function isAhead(cursor: FeedCursor, now: number): boolean {
	return startOfCursor(cursor) > now + AHEAD;
}

/** Returns the events that a cursor remembers. */
export function seenIn({ seen }: FeedCursor): Seen[] {
	return seen.map((entry) => {
		const [second = '', id = ''] = entry.split(' ');
		return { id, moment: (Number.parseInt(second, 36) || 0) * SECOND };
	});
}

/**
 * Returns a cursor at a moment. It remembers the events that happened then or later. If these are too many, it is after
 * those that it cannot remember.
 */
export function cursorAt(since: number, seen: readonly Seen[]): FeedCursor {
	const kept = new Map(
		seen.filter(({ moment }) => moment >= since).map(({ id, moment }) => [id, wholeSecond(moment) / SECOND]),
	);
	const inOrder = [...kept].sort(([, one], [, other]) => one - other);
	const [, last] = inOrder.at(-MAX_SEEN - 1) ?? [];
	if (last !== undefined) return cursorAt((last + 1) * SECOND, seen);
	return {
		since: isoUtc(new Date(since)),
		seen: inOrder.map(([id, second]) => `${second.toString(36)} ${id}`),
	};
}
