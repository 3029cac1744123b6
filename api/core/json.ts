/** JSON: its types, what a value is, and text that may be JSON. */
import { isBytes } from './bytes';

/** A JSON value, as it travels in a request or an answer. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
	[key: string]: Json;
}

/** A JSON value that a record of the catalogue holds. */
export type FixedJson = string | number | boolean | null | readonly FixedJson[] | { readonly [key: string]: FixedJson };

/** A text; nothing for anything else. */
export function stringOrEmpty(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** A count, as number or text; 0 for anything else. */
export function numberOrZero(value: unknown): number {
	return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
}

/** What a value is, for an error message; never the value itself, which may be large or private. */
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
 * True for a text that may be JSON of a list or an object. No list here holds lists of lists: a text that starts so is
 * none, and its depth is not looked into.
 */
export function mayBeJson(text: string): boolean {
	return /^\s*(?:\{|\[(?!\s*\[\s*\[))/.test(text);
}

/** The list or object that a text holds as JSON; undefined where it holds none. */
export function parsedList(text: string): unknown {
	return mayBeJson(text) ? parseJson(text) : undefined;
}

/** The JSON value of a text, or undefined when it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
