/** The type of a reader, its errors, and how it reads a list. */
import { invalid } from '../core/errors';
import { parsedList } from '../core/json';
import { failure, success, type Result } from '../core/result';
import type { Wire, WireObject } from '../files/wire';

/** The names of a field: its API name and its label. */
export interface Named {
	readonly name: string;
	readonly label: string;
}

/** What a reader needs to know about a field. Each field of the catalog provides it. */
export interface ReaderField extends Named {
	readonly choices?: readonly { readonly value: string }[];
	/** The bounds of a number, of the length of text in characters, or of the entries of a list. */
	readonly min?: number;
	readonly max?: number;
	/** True for text that becomes a header line of the email. */
	readonly line?: true;
	/** True for text that is an ID. */
	readonly id?: true;
}

/** Reads any value to what travels in the request; `undefined` means there is nothing to send. */
export type Reader = (value: unknown, field: ReaderField) => Result<Wire | undefined>;

/** What a reader may need beside the value. */
export interface ReadContext {
	/** The present, in milliseconds since 1970. */
	readonly now: number;
	/** The code of ISO 3166-1 of the country of phone numbers that have no country code. */
	readonly country?: string | undefined;
	/** Reads the fields of one email, as Send does. */
	readonly readEmail: (values: Readonly<Record<string, unknown>>) => Result<WireObject>;
}

/** A reader of a kind. */
export type KindReader = (value: unknown, field: ReaderField, context: ReadContext) => Result<Wire | undefined>;

/** The error with the label of the field, as in `To is required`. Its `fieldErrors` has the API name. */
export function wrong(field: Named, predicate: string): Result<never> {
	return failure(invalid(field.name, `${field.label} ${predicate}`));
}

/** The same with a complete sentence, as in `To: "jane" is not a valid email address`. */
export function wrongValue(field: Named, sentence: string): Result<never> {
	return failure(invalid(field.name, `${field.label}: ${sentence}`));
}

/** Returns the list if its length is within the bounds of the field. */
export function withinCount<T extends Wire>(list: T[], field: ReaderField): Result<T[]> {
	if (field.min !== undefined && list.length < field.min)
		return wrong(field, `must have at least ${field.min} ${field.min === 1 ? 'entry' : 'entries'}`);
	if (field.max !== undefined && list.length > field.max)
		return wrong(field, `must have at most ${field.max} entries, not ${list.length}`);
	return success(list);
}

/** Returns the entries of a list, a JSON list, or text split by `split`. Any other value is a list of one. */
export function toList(value: unknown, split: (text: string) => string[]): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	const parsed = parsedList(value);
	return Array.isArray(parsed) ? parsed : split(value);
}
