/** Reads JSON objects: values of a template, the body of a custom call. */
import { success, type Result } from '../core/result';
import { isJsonObject, isRecord, parseJson, typeNameOf, type JsonObject } from '../core/json';
import { copiedJson } from '../core/json-copy';
import { firstRounded, parseExactJson } from '../core/exact';
import { wrong, type Reader, type ReaderField } from './reader';

/**
 * A JSON object, also as text. What is sent is a copy: a key such as `__proto__` arrives, and what an object says of
 * itself (`toJSON`) is what counts.
 * @param parse the JSON of a text
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
	if ('problem' in copied) return wrong(field, `contains ${copied.problem}, which JSON cannot carry`);
	return isJsonObject(copied.json)
		? success(copied.json)
		: wrong(field, `must be a JSON object, not ${typeNameOf(copied.json)}`);
}

/** Values for the variables of a template, also as text: there a number of many digits is printed as it was written. */
export const readTemplateData: Reader = (value, field) => objectFrom(value, field, parseExactJson);

/** A JSON object, also as text. A number that would be rounded is refused: it is not known whether text would do. */
export const readObject: Reader = (value, field) => {
	const isLong =
		typeof value === 'string' && /^\s*\{/.test(value) && /[\d.]{16}/.test(value) && parseJson(value) !== undefined;
	const rounded = isLong ? firstRounded(value) : undefined;
	return rounded === undefined
		? objectFrom(value, field, parseJson)
		: wrong(
				field,
				`holds the number ${rounded.slice(0, 40)}, which has more digits than a number keeps. Put it in quotes`,
			);
};
