/** Readers of plain values: they take a typed value or its text form, and say in words what does not fit. */
import { failure, success, type Result } from '../core/result';
import { invalid } from '../core/errors';
import type { Field, Json, JsonObject } from '../catalogue/types';
import type { Wire } from '../request/body';
import { isBytes } from '../core/bytes';
import { hiddenFlaw, lineFlaw, shown, trimmed, wellFormed } from '../core/invisible';

/** A kind's reader: any value to what travels in the request; `undefined` means there is nothing to send. */
export type Reader = (value: unknown, field: Field) => Result<Wire | undefined>;

/** An error that names the field by its label, as in `To is required`. Its `fieldErrors` has the API's name. */
export function wrong(field: Pick<Field, 'name' | 'label'>, predicate: string): Result<never> {
	return failure(invalid(field.name, `${field.label} ${predicate}`));
}

/** The same with a complete sentence, as in `To: "jane" is not a valid email address`. */
export function wrongValue(field: Pick<Field, 'name' | 'label'>, sentence: string): Result<never> {
	return failure(invalid(field.name, `${field.label}: ${sentence}`));
}

/** A text; nothing for anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** A count, as number or text; 0 for anything else. */
export function countOf(value: unknown): number {
	return typeof value === 'number' || typeof value === 'string' ? Number(value) || 0 : 0;
}

/** What a value is, for an error message; never the value itself, which may be large or private. */
export function nameOf(value: unknown): string {
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

function withinLength(text: string, field: Field): Result<string> {
	if (field.min !== undefined && text.length < field.min)
		return wrong(field, `needs at least ${field.min} characters, not ${text.length}`);
	if (field.max !== undefined && text.length > field.max)
		return wrong(field, `takes at most ${field.max} characters, not ${text.length}`);
	return success(text);
}

/** The text of a value: a number or yes/no becomes its text. */
function readAnyText(value: unknown, field: Field): Result<string> {
	if (typeof value === 'string') return success(value);
	if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
		return success(String(value));
	return wrong(field, `must be text, not ${nameOf(value)}`);
}

/**
 * Text, unchanged. If it becomes an email header line, a line end is refused: it would start another header. An ID is
 * read as a name.
 */
export const readText: Reader = (value, field) => {
	if (field.id) return readName(value, field);
	const text = readAnyText(value, field);
	if (!text.ok) return text;
	const flaw = field.line ? lineFlaw(text.value) : undefined;
	return flaw === undefined
		? withinLength(wellFormed(text.value), field)
		: wrong(field, `must be on one line, but contains ${flaw}`);
};

/** Longest name or ID that is looked at, in characters. */
const LONGEST_NAME = 1000;

/**
 * The name or ID of a thing that is there; an empty one means none. What nobody sees is removed at its ends and refused
 * inside.
 */
export const readName: Reader = (value, field) => {
	const text = readAnyText(value, field);
	if (!text.ok) return text;
	const name = trimmed(text.value);
	if (name === '') return success(undefined);
	if (name.length > LONGEST_NAME) return wrong(field, `takes at most ${LONGEST_NAME} characters, not ${name.length}`);
	const flaw = hiddenFlaw(name);
	return flaw === undefined ? withinLength(name, field) : wrongValue(field, `${shown(name)} ${flaw}. Remove it`);
};

/** A whole number, also as text; bounds from the field. */
export const readNumber: Reader = (value, field) => {
	const text = typeof value === 'string' ? trimmed(value) : value;
	if (text === '') return success(undefined);
	const number = typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : text;
	if (typeof number !== 'number' || !Number.isSafeInteger(number)) return wrong(field, 'must be a whole number');
	if (field.min !== undefined && number < field.min)
		return wrong(field, `must be at least ${field.min}, not ${number}`);
	if (field.max !== undefined && number > field.max)
		return wrong(field, `must be at most ${field.max}, not ${number}`);
	return success(number);
};

/** Yes or no, also as the text `true` or `false`; undefined for an empty text. */
export function readBoolean(value: unknown, field: Pick<Field, 'name' | 'label'>): Result<boolean | undefined> {
	const text = typeof value === 'string' && value.length < 100 ? trimmed(value).toLowerCase() : value;
	if (text === '') return success(undefined);
	if (text === true || text === 'true') return success(true);
	if (text === false || text === 'false') return success(false);
	return wrong(field, 'must be true or false');
}

/** One of the field's choices, by its API value. */
export const readChoice: Reader = (value, field) => {
	const choices = field.choices ?? [];
	if (typeof value === 'string' && choices.some((choice) => choice.value === value)) return success(value);
	if (value === '') return success(undefined);
	return wrong(field, `must be one of ${choices.map((choice) => choice.value || '(empty)').join(', ')}`);
};

/** Most entries of a list of texts. */
const MOST_TEXTS = 10_000;

/**
 * A list of texts: a list, a JSON list as text, or texts separated by commas. Empty parts of a comma list fall away.
 */
export const readTextList: Reader = (value, field) => {
	const parts = toList(value, splitCommas);
	if (parts.length > MOST_TEXTS) return wrong(field, `takes at most ${MOST_TEXTS} entries, not ${parts.length}`);
	const texts: string[] = [];
	for (const part of parts) {
		const text = readAnyText(part, field);
		if (!text.ok) return wrong(field, `must be a list of texts, but contains ${nameOf(part)}`);
		texts.push(wellFormed(text.value));
	}
	return withinCount(texts, field);
};

/** Several of the field's choices. */
export const readChoices: Reader = (value, field) => {
	const list = readTextList(value, field);
	if (!list.ok) return list;
	for (const part of list.value as string[]) {
		const choice = readChoice(part, field);
		if (!choice.ok) return choice;
	}
	return list;
};

/** Longest URL that servers take, with room to spare. */
const LONGEST_URL = 10_000;

/** An http or https URL. */
export const readUrl: Reader = (value, field) => {
	const text = typeof value === 'string' ? trimmed(value) : undefined;
	if (text === '') return success(undefined);
	if (text !== undefined && text.length > LONGEST_URL)
		return wrong(field, `takes at most ${LONGEST_URL} characters, not ${text.length}`);
	const flaw = text === undefined ? undefined : hiddenFlaw(text);
	if (text !== undefined && flaw !== undefined) return wrongValue(field, `${shown(text)} ${flaw}. Remove it`);
	return text !== undefined && isHttpUrl(text)
		? success(text)
		: wrong(field, 'must be a full URL that starts with http:// or https://');
};

/** True for an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
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

/**
 * The parts of a list value: the list itself, a JSON list as text, or text cut by `split`. A single other value is a
 * list of one.
 */
export function toList(value: unknown, split: (text: string) => string[]): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	const parsed = parsedList(value);
	return Array.isArray(parsed) ? parsed : split(value);
}

/** Cuts text at commas and line ends; empty parts fall away. */
function splitCommas(text: string): string[] {
	const parts: string[] = [];
	let start = 0;
	for (let at = 0; at <= text.length; at++) {
		if (at < text.length && text[at] !== ',' && text[at] !== '\n') continue;
		const part = at > start ? text.slice(start, at).trim() : '';
		if (part !== '') parts.push(part);
		start = at + 1;
	}
	return parts;
}

/** The list, if its length is within the field's bounds. */
export function withinCount<T extends Wire>(list: T[], field: Field): Result<T[]> {
	if (field.min !== undefined && list.length < field.min)
		return wrong(field, `needs at least ${field.min} ${field.min === 1 ? 'entry' : 'entries'}`);
	if (field.max !== undefined && list.length > field.max)
		return wrong(field, `takes at most ${field.max} entries, not ${list.length}`);
	return success(list);
}

/** The JSON value of a text, or undefined when it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
