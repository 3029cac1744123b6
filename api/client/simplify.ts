/**
 * Cleans up a response: numbers that came as text, dates and times in one format, and no secrets that the request does
 * not ask for.
 */
import { toDate } from '../formats/moments';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import type { Operation, ResponseShape } from '../catalogue/types';

function asNumber(value: Json): Json {
	return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

/** A time as ISO 8601 in UTC, with milliseconds if it has any. Text that is not a time is returned unchanged. */
function asMoment(value: Json): Json {
	const date = typeof value === 'string' && value !== '' ? toDate(value) : undefined;
	return date ? date.toISOString().replace('.000Z', 'Z') : value;
}

/** One record with its numbers as numbers and its times in ISO 8601. Any other value is returned unchanged. */
export function simplified(value: Json, { numbers = [], dates = [] }: ResponseShape): Json {
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => {
			if (numbers.includes(name)) return [name, asNumber(part)];
			return [name, dates.includes(name) ? asMoment(part) : part];
		}),
	);
}

/** Returns the value without these fields, at any depth. */
function without(value: Json, names: readonly string[]): Json {
	if (Array.isArray(value)) return value.map((part) => without(part, names));
	if (!isJsonObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !names.includes(name))
			.map(([name, part]) => [name, without(part, names)]),
	);
}

/**
 * Returns the whole response as the user may see it.
 * @param values of the call, which may ask for fields that are otherwise removed
 */
export function withoutSecrets(
	raw: JsonObject,
	{ result: { secret } }: Operation,
	responseOptions: Readonly<Record<string, unknown>>,
): JsonObject {
	if (secret === undefined) return raw;
	return responseOptions[secret.wantedBy] === true ? raw : (without(raw, secret.fields) as JsonObject);
}

/** Returns the value at a path such as `domain.fulldomain`. */
export function valueAt(value: Json, path: string): Json | undefined {
	return path
		.split('.')
		.reduce<
			Json | undefined
		>((found, name) => (isJsonObject(found) && Object.hasOwn(found, name) ? found[name] : undefined), value);
}
