/**
 * Returns a text of the catalog in the terms of a host.
 * @param place whose time zone applies to a time without one, such as `workflow`; replaces `{place}`
 */
export function inWordsOf(place: string, text: string): string {
	return text.replaceAll('{place}', place);
}

/**
 * Formats a whole number with separators, as in 50,000,000. It does not use `toLocaleString`, because its first call
 * takes longer than rejecting a large file.
 */
export function formatNumber(number: number): string {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Formats whole numbers as ranges, as in `0-4, 7`. */
export function formatRanges(numbers: readonly number[]): string {
	const parts: [number, number][] = [];
	for (const number of numbers) {
		const last = parts.at(-1);
		if (last !== undefined && last[1] === number - 1) last[1] = number;
		else parts.push([number, number]);
	}
	return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
