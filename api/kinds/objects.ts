/** Reads JSON objects: values of a template, the body of a custom call. */
import { success, type Result } from '../core/result';
import type { Field, JsonObject } from '../catalogue/types';
import { copiedJson } from '../core/json-copy';
import { isJsonObject, isRecord, nameOf, wrong } from './plain';

/**
 * A JSON object, also as text. What is sent is a copy: a key such as `__proto__` arrives, and what an object says of
 * itself (`toJSON`) is what counts.
 * @param parse the JSON of a text
 */
export function objectFrom(
	value: unknown,
	field: Field,
	parse: (text: string) => unknown,
): Result<JsonObject | undefined> {
	if (value === '') return success(undefined);
	const parsed = typeof value === 'string' ? (/^\s*\{/.test(value) ? parse(value) : undefined) : value;
	if (!isRecord(parsed))
		return wrong(field, `must be a JSON object${typeof value === 'string' ? '' : `, not ${nameOf(value)}`}`);
	const copied = copiedJson(parsed);
	if ('flaw' in copied) return wrong(field, `contains ${copied.flaw}, which JSON cannot carry`);
	return isJsonObject(copied.json)
		? success(copied.json)
		: wrong(field, `must be a JSON object, not ${nameOf(copied.json)}`);
}
