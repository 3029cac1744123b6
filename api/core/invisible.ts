/**
 * Invisible characters: removed at either end of a value; inside an address, domain, number or ID, refused with an
 * error that names them.
 */

/**
 * Characters without a look of their own: format characters, bidirectional marks, variation selectors, Hangul fillers,
 * the blank Braille pattern.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Control characters and the two line ends of Unicode (RFC 5322 section 2.2 takes none of them in a header). */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const SURROGATE = /\p{Cs}/u;
/** Nothing to look for: printable ASCII only. */
const PRINTABLE = /^[ -~]*$/;
const EVERY_HIDDEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\p{Cc}\u2028\u2029\p{Cs}]/gu;

/** True for a blank or an invisible character. */
function isBlankLike(character: string): boolean {
	return character.trim() === '' || INVISIBLE.test(character);
}

/** How many invisible characters are removed at an end: what is pasted along has a few. */
const MAX_REMOVED = 500;

/** The text without blanks and invisible characters at its ends. */
export function trimmed(given: string): string {
	const text = given.trim();
	let from = 0;
	let to = text.length;
	const isPair = (at: number) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at, at + 2));
	while (from < to && from < MAX_REMOVED) {
		const length = isPair(from) ? 2 : 1;
		if (!isBlankLike(text.slice(from, from + length))) break;
		from += length;
	}
	while (to > from && to > text.length - MAX_REMOVED) {
		const length = to - from > 1 && isPair(to - 2) ? 2 : 1;
		if (!isBlankLike(text.slice(to - length, to))) break;
		to -= length;
	}
	return text.slice(from, to).trim();
}

/** A character by its number, as in `U+200B`. */
export function codePoint(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * What a text must not hold as part of an address or ID, in words after `"…"`; undefined where it holds no such
 * character.
 */
export function hiddenProblem(text: string): string | undefined {
	if (PRINTABLE.test(text)) return undefined;
	const control = CONTROL.exec(text)?.[0];
	if (control !== undefined)
		return /[\r\n\u2028\u2029]/.test(control)
			? `contains a line end (${codePoint(control)})`
			: `contains a control character (${codePoint(control)})`;
	const invisible = INVISIBLE.exec(text)?.[0];
	if (invisible !== undefined) return `contains an invisible character (${codePoint(invisible)})`;
	return SURROGATE.test(text) ? 'contains half of a character' : undefined;
}

/** True if an email header can contain the text: it has no line end and no other control character. */
export function isHeaderSafe(text: string): boolean {
	return !CONTROL.test(text);
}

/** The same check for text that may contain tabs: the flaw in words, or undefined if there is none. */
export function lineProblem(text: string): string | undefined {
	if (PRINTABLE.test(text)) return undefined;
	const found = /(?!\t)[\p{Cc}\u2028\u2029]/u.exec(text)?.[0];
	if (found === undefined) return undefined;
	return `${/[\r\n\u2028\u2029]/.test(found) ? 'a line end' : 'a control character'} (${codePoint(found)})`;
}

/** Longest value that an error message repeats. */
const MAX_SHOWN = 80;

/** A value as an error message repeats it: in quotes, shortened, with what nobody sees written out. */
export function shown(text: string): string {
	const beginning = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
	return `"${beginning.replace(EVERY_HIDDEN, (character) => `<${codePoint(character)}>`)}"`;
}

/**
 * A text without halves of characters, each replaced by U+FFFD as browsers and Buffers do: JSON readers refuse or break
 * them.
 */
export function wellFormed(text: string): string {
	return SURROGATE.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}
