// Readers: they check a value against the contract and return it with its type.
import { isObject, type Json, type JsonObject } from '../core/json';

/** A value that does not fit the contract; `fieldname` and `message` go into `field_validation_errors`. */
export class FieldFailure extends Error {
	constructor(
		readonly fieldname: string,
		message: string,
	) {
		super(message);
	}
}

/** Reads one value of a request or throws FieldFailure; a request schema is made of these. */
export type Reader<T> = (value: Json | undefined, field: string) => T;

/** What an object reader made of such fields returns. */
export type ReadAs<S extends Record<string, Reader<unknown>>> = { [K in keyof S]: ReturnType<S[K]> };

/** The failure in the wording the live service uses for addresses. */
export function expected(what: string, value: Json | undefined, field: string): FieldFailure {
	if (value === undefined) return new FieldFailure(field, `The field '${field}' is required but was not passed`);
	const found = typeof value === 'string' ? value : JSON.stringify(value);
	return new FieldFailure(field, `The field '${field}' was expecting ${what} but found '${found.slice(0, 200)}'`);
}

/** The same field, optional. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
	return (value, field) => (value === undefined ? undefined : reader(value, field));
}

/** The same field with a value for when it is missing. */
export function otherwise<T>(reader: Reader<T>, fallback: T): Reader<T> {
	return (value, field) => (value === undefined ? fallback : reader(value, field));
}

/** A string with a minimum and maximum length in characters. */
export function text({ min = 0, max = Infinity }: { min?: number; max?: number } = {}): Reader<string> {
	return (value, field) => {
		if (typeof value !== 'string') throw expected('a string', value, field);
		if (value.length < min || value.length > max)
			throw expected(`a string of ${min} to ${max} characters`, value, field);
		return value;
	};
}

/** A whole number in a range. */
export function wholeNumber({ min = 0, max = Infinity }: { min?: number; max?: number } = {}): Reader<number> {
	return (value, field) => {
		if (typeof value !== 'number' || !Number.isInteger(value)) throw expected('an integer', value, field);
		if (value < min || value > max) throw expected(`an integer from ${min} to ${max}`, value, field);
		return value;
	};
}

/** true or false. */
export const yesNo: Reader<boolean> = (value, field) => {
	if (typeof value !== 'boolean') throw expected('a boolean', value, field);
	return value;
};

/** One of a few words. */
export function choice<const T extends string>(...words: T[]): Reader<T> {
	return (value, field) => {
		const found = words.find((word) => word === value);
		if (found === undefined) throw expected(`one of [${words.join(', ')}]`, value, field);
		return found;
	};
}

/** A list of at least `min` and at most `max` entries. */
export function listOf<T>(
	reader: Reader<T>,
	{ min = 0, max = Infinity }: { min?: number; max?: number } = {},
): Reader<T[]> {
	return (value, field) => {
		if (!Array.isArray(value)) throw expected('a list', value, field);
		if (value.length < min)
			throw new FieldFailure(
				field,
				`The field '${field}' needs at least ${min} item(s) but found ${value.length}`,
			);
		if (value.length > max)
			throw new FieldFailure(field, `The field '${field}' takes at most ${max} items but found ${value.length}`);
		return value.map((entry, index) => reader(entry, `${field}[${index}]`));
	};
}

/** Any object, e.g. template data. */
export const anyObject: Reader<JsonObject> = (value, field) => {
	if (!isObject(value)) throw expected('an object', value, field);
	return value;
};

/** An object with these fields; others are ignored, as the live service does. */
export function object<S extends Record<string, Reader<unknown>>>(shape: S): Reader<ReadAs<S>> {
	return (value, field) => {
		if (!isObject(value)) throw expected('an object', value, field);
		const prefix = field === '' ? '' : `${field}.`;
		const entries = Object.entries(shape).map(([name, reader]) => [name, reader(value[name], prefix + name)]);
		return Object.fromEntries(entries) as ReadAs<S>;
	};
}
