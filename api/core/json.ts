/** The types of JSON, checks of values, and parsing. */
import { isBytes } from './bytes';

/** A JSON value, as in a request or a response. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
	[key: string]: Json;
}

/** A JSON value in a record of the catalog. */
export type FixedJson = string | number | boolean | null | readonly FixedJson[] | { readonly [key: string]: FixedJson };

/** Returns text, or an empty text for anything else. */
export function stringOrEmpty(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** Returns a number, also from text, or 0 for anything else. */
export function numberOrZero(value: unknown): number {
	return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
}

/** Names the type of a value for an error message. The value itself may be large or private. */
export function typeNameOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (isBytes(value)) return 'binary data';
	if (typeof value !== 'object') return `a ${typeof value}`;
	return isRecord(value) ? 'an object' : `an object of type ${Object.prototype.toString.call(value).slice(8, -1)}`;
}

/**
 * True for a value that JSON writes as an object: not a list, date, bytes, map or error. Checks its tag, since objects
 * of a Function node come from another realm.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return Object.prototype.toString.call(value) === '[object Object]';
}

/** The same for a value that came from JSON. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
	return isRecord(value);
}

/**
 * True for text that may be a JSON list or object. No list here contains lists of lists, so such text counts as plain
 * text and is not parsed.
 */
export function mayBeJson(text: string): boolean {
	return /^\s*(?:\{|\[(?!\s*\[\s*\[))/.test(text);
}

/** Parses a JSON list or object. Returns undefined for other text. */
export function parsedList(text: string): unknown {
	return mayBeJson(text) ? parseJson(text) : undefined;
}

/** Parses JSON. Returns undefined if it is invalid. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
