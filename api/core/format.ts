/**
 * A text of the catalogue in the words of a host.
 * @param place whose time zone holds where a moment names none, as in `workflow`: put in for `{place}`
 */
export function inWordsOf(place: string, text: string): string {
	return text.replaceAll('{place}', place);
}

/**
 * A whole number as people read it, as in 50,000,000. Not by `toLocaleString`, whose first call takes longer than a
 * large file takes to be refused.
 */
export function formatNumber(number: number): string {
	return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Whole numbers in short, in their order, as in `0-4, 7`. */
export function formatRanges(numbers: readonly number[]): string {
	const parts: [number, number][] = [];
	for (const number of numbers) {
		const last = parts.at(-1);
		if (last !== undefined && last[1] === number - 1) last[1] = number;
		else parts.push([number, number]);
	}
	return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
