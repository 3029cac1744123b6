/** Reads text on one line, and the labels of answers. A host that shows the answers reads them the same way. */
import { trimmed, wellFormed } from '../core/invisible';
import { parsedList } from '../core/json';

/** Every control character and line end, which no line can contain. */
const LINE_ENDS = /[\p{Cc}\u2028\u2029]+/gu;

/** Returns the text of a text, number, or boolean; undefined if not set, null for anything else. */
export function textOf(value: unknown): string | undefined | null {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string') return wellFormed(value);
	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Returns text on one line. Line ends become spaces, since text that another node made may end with one. */
export function oneLine(text: string): string {
	return trimmed(text.replace(LINE_ENDS, ' '));
}

/**
 * Returns the entries of choices.
 * @param value a list, a JSON list, or text with an entry per line
 * @returns undefined if it is anything else
 */
export function choiceEntries(value: unknown): readonly unknown[] | undefined {
	const entries = typeof value === 'string' ? (parsedList(value) ?? value.split(/\r\n?|\n/)) : (value ?? []);
	return Array.isArray(entries) ? (entries as readonly unknown[]) : undefined;
}

/**
 * Returns the labels of choices in the order of the answers that `readQuestion` makes of them: answer `1` has the first
 * label. Empty entries are left out. Nothing is checked: `readQuestion` rejects choices that are not valid.
 * @param value a list, a JSON list, or text with an entry per line
 */
export function choiceLabels(value: unknown): readonly string[] {
	return (choiceEntries(value) ?? []).map((entry) => oneLine(textOf(entry) ?? '')).filter((label) => label !== '');
}
