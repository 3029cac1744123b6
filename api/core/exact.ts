/**
 * Reads JSON without rounding its numbers. A number that JavaScript cannot represent becomes text, as it was written.
 */
import { parseJson } from './json';

/** The number of digits that any number keeps (IEEE 754, binary64). */
const SAFE_DIGITS = 15;

/** Returns the significant digits: without sign, exponent, decimal point, and leading zeros. */
function digitsOf(literal: string): number {
	return literal.replace(/e.*$/i, '').replace(/[-+.]/g, '').replace(/^0+/, '').length;
}

/** True if JavaScript would round a number of JSON. */
function isRounded(literal: string): boolean {
	return digitsOf(literal) > SAFE_DIGITS && String(Number(literal)) !== literal;
}

/**
 * True for a number that would lose its trailing zeros, such as the price 19.90. Zero stays a number, because
 * conditions test for it.
 */
function losesZeros(literal: string): boolean {
	return /^-?\d+\.\d*0$/.test(literal) && Number(literal) !== 0;
}

/**
 * Reads a number that a person wrote.
 * @returns the number, or the text if the number would be printed differently: an ID of 20 digits, the price 19.90, the
 * zip code 01234
 */
export function exactNumber(literal: string): number | string {
	const text = literal.trim();
	const isCode = /^0\d+$/.test(text) && Number(text) !== 0;
	return isCode || isRounded(text) || losesZeros(text) ? text : Number(text);
}

/**
 * Matches the strings of JSON, which are kept, and its numbers. A string with many escapes is matched in pieces,
 * because as a whole it could overflow the stack.
 */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*){0,1000}"?|(?:\\.[^"\\]*){1,1000}"?|-?\d[\d.eE+-]*/gs;

/** Replaces the numbers of JSON, but not the digits in its strings. */
function withNumbers(json: string, replace: (number: string) => string): string {
	return json.replace(TOKENS, (token) => (token.startsWith('"') || token.startsWith('\\') ? token : replace(token)));
}

/**
 * Parses JSON. Returns undefined if it is invalid.
 * @returns as `JSON.parse`, but numbers with more digits than JavaScript keeps become text
 */
export function parseExactJson(text: string): unknown {
	const plain = parseJson(text);
	// Only a long run of digits can be rounded. Any other JSON is parsed once.
	if (plain === undefined || !/[\d.]{16}/.test(text)) return plain;
	return parseJson(withNumbers(text, (number) => (isRounded(number) ? `"${number}"` : number)));
}

/** Returns the first number of JSON that JavaScript would round, or undefined. */
export function firstRounded(text: string): string | undefined {
	let found: string | undefined;
	withNumbers(text, (number) => {
		if (isRounded(number)) found ??= number;
		return number;
	});
	return found;
}
