/** Readers of JSON objects: the values of a template, and the body of a custom call. */
import { success, type Result } from '../core/result';
import { isJsonObject, isRecord, parseJson, typeNameOf, type JsonObject } from '../core/json';
import { copiedJson } from '../core/json-copy';
import { firstRounded, parseExactJson } from '../core/exact';
import { wrong, type Reader, type ReaderField } from './reader';

/**
 * Reads a JSON object, also as text. A copy is sent: a key such as `__proto__` stays a key, and `toJSON` is called.
 * @param parse parses JSON
 */
function objectFrom(
	value: unknown,
	field: ReaderField,
	parse: (text: string) => unknown,
): Result<JsonObject | undefined> {
	if (value === '') return success(undefined);
	const parsed = typeof value === 'string' ? (/^\s*\{/.test(value) ? parse(value) : undefined) : value;
	if (!isRecord(parsed))
		return wrong(field, `must be a JSON object${typeof value === 'string' ? '' : `, not ${typeNameOf(value)}`}`);
	const copied = copiedJson(parsed);
	if ('problem' in copied) return wrong(field, `contains ${copied.problem}, which JSON cannot represent`);
	return isJsonObject(copied.json)
		? success(copied.json)
		: wrong(field, `must be a JSON object, not ${typeNameOf(copied.json)}`);
}

/** Reads the values of template variables, also as text. Numbers with many digits are printed as they were written. */
export const readTemplateData: Reader = (value, field) => objectFrom(value, field, parseExactJson);

/**
 * Reads a JSON object, also as text. A number that would be rounded is rejected, because text may not be accepted
 * instead.
 */
export const readObject: Reader = (value, field) => {
	const isLong =
		typeof value === 'string' && /^\s*\{/.test(value) && /[\d.]{16}/.test(value) && parseJson(value) !== undefined;
	const rounded = isLong ? firstRounded(value) : undefined;
	return rounded === undefined
		? objectFrom(value, field, parseJson)
		: wrong(
				field,
				`contains the number ${rounded.slice(0, 40)}, which has more digits than a number can keep. ` +
					'Put it in quotes',
			);
};
