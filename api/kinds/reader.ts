/** What every reader of a kind is: its type, its errors, and how it takes a list. */
import { invalid } from '../core/errors';
import { parsedList } from '../core/json';
import { failure, success, type Result } from '../core/result';
import type { Wire, WireObject } from '../files/wire';

/** A field by its names: the API's own, and the one that a person reads. */
export interface Named {
	readonly name: string;
	readonly label: string;
}

/** What readers need to know of a field; each field of the catalogue is one. */
export interface ReaderField extends Named {
	readonly choices?: readonly { readonly value: string }[];
	/** Bounds of a number, of the length of a text in characters, or of the entries of a list. */
	readonly min?: number;
	readonly max?: number;
	/** True for a text that becomes a line of the email's header. */
	readonly line?: true;
	/** True for a text that is the ID of one thing. */
	readonly id?: true;
}

/** Reads any value to what travels in the request; `undefined` means there is nothing to send. */
export type Reader = (value: unknown, field: ReaderField) => Result<Wire | undefined>;

/** What a reader may need beside the value. */
export interface ReadContext {
	/** The present, in milliseconds since 1970. */
	readonly now: number;
	/** Reads the fields of one email, as Send does. */
	readonly readEmail: (values: Readonly<Record<string, unknown>>) => Result<WireObject>;
}

/** A reader of a kind. */
export type KindReader = (value: unknown, field: ReaderField, context: ReadContext) => Result<Wire | undefined>;

/** An error that names the field by its label, as in `To is required`. Its `fieldErrors` has the API's name. */
export function wrong(field: Named, predicate: string): Result<never> {
	return failure(invalid(field.name, `${field.label} ${predicate}`));
}

/** The same with a complete sentence, as in `To: "jane" is not a valid email address`. */
export function wrongValue(field: Named, sentence: string): Result<never> {
	return failure(invalid(field.name, `${field.label}: ${sentence}`));
}

/** The list, if its length is within the field's bounds. */
export function withinCount<T extends Wire>(list: T[], field: ReaderField): Result<T[]> {
	if (field.min !== undefined && list.length < field.min)
		return wrong(field, `needs at least ${field.min} ${field.min === 1 ? 'entry' : 'entries'}`);
	if (field.max !== undefined && list.length > field.max)
		return wrong(field, `takes at most ${field.max} entries, not ${list.length}`);
	return success(list);
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
