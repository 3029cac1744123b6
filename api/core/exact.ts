/** Reads JSON text without rounding its numbers: one that JavaScript cannot hold becomes the text that was written. */
import { parseJson } from './json';

/** Digits that every number of so many keeps (IEEE 754, binary64). */
const SAFE_DIGITS = 15;

/** The digits that count: without sign, exponent, point and the zeros in front. */
function digitsOf(literal: string): number {
	return literal.replace(/e.*$/i, '').replace(/[-+.]/g, '').replace(/^0+/, '').length;
}

/** True where a number of JSON would be rounded. */
function isRounded(literal: string): boolean {
	return digitsOf(literal) > SAFE_DIGITS && String(Number(literal)) !== literal;
}

/**
 * True where a number that was typed would be printed without its last zeros, as the price 19.90. Zero stays a number:
 * conditions ask for it.
 */
function losesZeros(literal: string): boolean {
	return /^-?\d+\.\d*0$/.test(literal) && Number(literal) !== 0;
}

/**
 * A number that somebody wrote.
 * @returns the number, or the text where the number would be printed otherwise: an ID of 20 digits, the price 19.90,
 * the zip code 01234
 */
export function exactNumber(literal: string): number | string {
	const text = literal.trim();
	const isCode = /^0\d+$/.test(text) && Number(text) !== 0;
	return isCode || isRounded(text) || losesZeros(text) ? text : Number(text);
}

/**
 * Texts of JSON, which are passed as they are, and its numbers. A text of many escapes is taken in pieces: as a whole
 * it would need a stack as long.
 */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*){0,1000}"?|(?:\\.[^"\\]*){1,1000}"?|-?\d[\d.eE+-]*/gs;

/** JSON text with its numbers replaced, but not the digits of its texts. */
function withNumbers(json: string, replace: (number: string) => string): string {
	return json.replace(TOKENS, (token) => (token.startsWith('"') || token.startsWith('\\') ? token : replace(token)));
}

/**
 * The value of a JSON text, or undefined where it is none.
 * @returns as `JSON.parse`, but with numbers of more digits than JavaScript keeps as texts
 */
export function parseExactJson(text: string): unknown {
	const plain = parseJson(text);
	// Only a long run of digits can be rounded; all other texts are read once.
	if (plain === undefined || !/[\d.]{16}/.test(text)) return plain;
	return parseJson(withNumbers(text, (number) => (isRounded(number) ? `"${number}"` : number)));
}

/** The first number of a JSON text that JavaScript would round; undefined where there is none. */
export function firstRounded(text: string): string | undefined {
	let found: string | undefined;
	withNumbers(text, (number) => {
		if (isRounded(number)) found ??= number;
		return number;
	});
	return found;
}
