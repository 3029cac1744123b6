/** How many open questions an account keeps: all of them are written at each change. */
import type { OpenQuestion } from './open-question';

/** Maximum number of open questions of an account. */
export const MAX_OPEN = 1000;

/** Maximum length of the messages that wait with them, in characters of JSON. */
export const MAX_KEPT_TOTAL = 25_000_000;

/** The lengths of messages, which do not change. */
const lengths = new WeakMap<object, number>();

function lengthOf(kept: NonNullable<OpenQuestion['kept']>): number {
	const length = lengths.get(kept) ?? JSON.stringify(kept).length;
	lengths.set(kept, length);
	return length;
}

/** True if one more question fits beside the open ones. */
export function hasRoom(open: readonly OpenQuestion[], kept: NonNullable<OpenQuestion['kept']>): boolean {
	if (open.length >= MAX_OPEN) return false;
	const total = open.reduce((sum, entry) => sum + (entry.kept === undefined ? 0 : lengthOf(entry.kept)), 0);
	return total + lengthOf(kept) <= MAX_KEPT_TOTAL;
}
