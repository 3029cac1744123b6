/** Reads the counts of a saved node. */

/** A whole number above 0; undefined for anything else, as in a node that was saved by an earlier version. */
export function readCount(value: unknown): number | undefined {
	const number = Number(value);
	return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
