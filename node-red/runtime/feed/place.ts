/**
 * The place of a reader: its cursor, what it has handed out since, and since when each node asks for what. It is kept
 * in memory across a deploy, and across a restart if Node-RED's default context store is persistent.
 */
import { isRecord } from '../../../api';
import type { LogTaker } from './log';

/** Moments (milliseconds since 1970) by topic, for each node: what happened earlier is not for it. */
export type Starts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A place. It is replaced as a whole, and JSON can hold it. */
export interface Place<Cursor> {
	readonly cursor: Cursor;
	/** IDs of items after the cursor that were handed out. */
	readonly handed: readonly string[];
	readonly starts: Starts;
}

/** The places of an account's readers, by the name of the log. state/process-state.ts keeps them. */
export interface FeedMemory {
	readonly places: Map<string, Place<unknown>>;
}

function readStarts(stored: unknown): Starts {
	if (!isRecord(stored)) return {};
	return Object.fromEntries(
		Object.entries(stored).flatMap(([id, topics]) =>
			isRecord(topics)
				? [[id, Object.fromEntries(Object.entries(topics).map(([topic, at]) => [topic, Number(at) || 0]))]]
				: [],
		),
	);
}

/**
 * Reads a stored place.
 * @returns undefined for anything else, and for a place that nobody asks for
 */
export function readPlace<Cursor>(
	stored: unknown,
	readCursor: (cursor: unknown) => Cursor | undefined,
): Place<Cursor> | undefined {
	if (!isRecord(stored)) return undefined;
	const cursor = readCursor(stored['cursor']);
	const handed = Array.isArray(stored['handed']) ? stored['handed'].filter((id) => typeof id === 'string') : [];
	return cursor === undefined ? undefined : { cursor, handed, starts: readStarts(stored['starts']) };
}

/** Since when each node asks for what: a node that is new, or asks for something new, starts now. */
export function startsOf(takers: readonly LogTaker[], before: Starts, now: number): Starts {
	return Object.fromEntries(
		takers.map(({ id, topics }) => [
			id,
			Object.fromEntries(topics.map((topic) => [topic, before[id]?.[topic] ?? now])),
		]),
	);
}

/** True if a node asked for this topic before the moment. Times of the log have whole seconds. */
export function hasStarted(starts: Starts, id: string, topic: string, moment: number | undefined): boolean {
	const start = starts[id]?.[topic];
	return start !== undefined && (moment === undefined || moment >= Math.floor(start / 1000) * 1000);
}
