/** How many messages an account keeps while they wait: all of them are written at each change. */

/** Maximum length of the messages that wait for the same kind of thing, in characters of JSON. */
export const MAX_KEPT_TOTAL = 25_000_000;

/** Maximum length of one of them. */
export const MAX_KEPT = 5_000_000;

/** The lengths of messages, which do not change. */
const lengths = new WeakMap<object, number>();

/** The length of a kept message, in characters of JSON. */
export function lengthOf(kept: object): number {
	const length = lengths.get(kept) ?? JSON.stringify(kept).length;
	lengths.set(kept, length);
	return length;
}

/**
 * True if one more message fits beside the others.
 * @param most maximum number of messages
 */
export function hasRoom(
	waiting: readonly { readonly kept?: object | undefined }[],
	kept: object,
	most: number,
): boolean {
	if (waiting.length >= most) return false;
	const total = waiting.reduce((sum, entry) => sum + (entry.kept === undefined ? 0 : lengthOf(entry.kept)), 0);
	return total + lengthOf(kept) <= MAX_KEPT_TOTAL;
}
