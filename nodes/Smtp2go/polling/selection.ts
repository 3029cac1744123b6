/**
 * What a node selects, also if its form was changed. What happened before a change counts only if it was selected then,
 * too. So a wider selection starts with the change, and a backlog of the narrower one is not lost.
 */
import { isRecord } from '../../../api';

/** A selection that was replaced. It is JSON. */
interface Earlier<S> {
	/** ISO 8601 in UTC. */
	readonly until: string;
	readonly selection: S;
}

/** The selection of now, and earlier ones that still matter. It is JSON. */
export interface Selections<S> {
	readonly now: S;
	readonly earlier: readonly Earlier<S>[];
}

/** More changes than a person makes while a backlog is read. */
const MAX_EARLIER = 5;

/** Reads stored selections. Undefined for anything else. */
export function readSelections<S>(value: unknown, read: (value: unknown) => S): Selections<S> | undefined {
	if (!isRecord(value)) return undefined;
	const { now, earlier } = value;
	return {
		now: read(now),
		earlier: (Array.isArray(earlier) ? earlier : [])
			.filter(isRecord)
			.map(({ until, selection }) => ({ until: String(until), selection: read(selection) }))
			.slice(-MAX_EARLIER),
	};
}

/**
 * Compares the form with the stored selections.
 * @param since the moment up to which all was read, as ISO 8601: what was selected before it no longer matters
 * @param now milliseconds since 1970
 */
export function selectNow<S>(
	known: Selections<S> | undefined,
	selection: S,
	since: string,
	now: number,
): Selections<S> {
	if (known === undefined) return { now: selection, earlier: [] };
	const isChanged = JSON.stringify(known.now) !== JSON.stringify(selection);
	const earlier = known.earlier.filter(({ until }) => Date.parse(until) > Date.parse(since));
	const replaced = { until: new Date(now).toISOString(), selection: known.now };
	return { now: selection, earlier: (isChanged ? [...earlier, replaced] : earlier).slice(-MAX_EARLIER) };
}

/**
 * True for something that is selected now, and was selected when it happened.
 * @param time ISO 8601; null if it is not known
 */
export function isSelected<S>(
	{ now, earlier }: Selections<S>,
	time: string | null,
	accepts: (selection: S) => boolean,
): boolean {
	const moment = time === null ? NaN : Date.parse(time);
	return accepts(now) && earlier.every(({ until, selection }) => !(moment < Date.parse(until)) || accepts(selection));
}
