/**
 * Handles invisible characters: removes them at the ends of a value, and rejects them inside an address, domain,
 * number, or ID with an error that names them.
 */

/**
 * Invisible characters: format characters, bidirectional marks, variation selectors, Hangul fillers, and the blank
 * Braille pattern.
 */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Control characters and the two line ends of Unicode (RFC 5322 section 2.2 allows none of them in a header). */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const SURROGATE = /\p{Cs}/u;
/** Printable ASCII only, which needs no check. */
const PRINTABLE = /^[ -~]*$/;
const EVERY_HIDDEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\p{Cc}\u2028\u2029\p{Cs}]/gu;

/** True for a space or an invisible character. */
function isBlankLike(character: string): boolean {
	return character.trim() === '' || INVISIBLE.test(character);
}

/** The maximum number of characters that are removed at an end. Pasted text has a few. */
const MAX_REMOVED = 500;

/** Returns the text without spaces and invisible characters at its ends. */
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

/** Returns the code point of a character, such as `U+200B`. */
export function codePoint(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Returns what an address or ID must not contain, as the rest of a sentence, or undefined. */
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

/** The same check for text that may contain tabs. Returns the problem, or undefined. */
export function lineProblem(text: string): string | undefined {
	if (PRINTABLE.test(text)) return undefined;
	const found = /(?!\t)[\p{Cc}\u2028\u2029]/u.exec(text)?.[0];
	if (found === undefined) return undefined;
	return `${/[\r\n\u2028\u2029]/.test(found) ? 'a line end' : 'a control character'} (${codePoint(found)})`;
}

/** The maximum length of a value in an error message, in characters. */
const MAX_SHOWN = 80;

/** Returns a value for an error message: quoted, shortened, and with invisible characters spelled out. */
export function shown(text: string): string {
	const beginning = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
	return `"${beginning.replace(EVERY_HIDDEN, (character) => `<${codePoint(character)}>`)}"`;
}

/** Replaces unpaired surrogates with U+FFFD, as browsers and Buffers do. JSON readers reject or corrupt them. */
export function wellFormed(text: string): string {
	return SURROGATE.test(text) ? text.replace(/\p{Cs}/gu, '\ufffd') : text;
}
