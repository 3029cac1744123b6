/** Reader of JSON objects: values of a template, the body of a custom call. */
import { success } from '../result';
import { copiedJson } from './json';
import { isRecord, nameOf, parseJson, wrong, type Reader } from './values';

/** A JSON object, also as text. What is sent is a copy: a key such as `__proto__` arrives, and what an object says of itself (`toJSON`) is what counts. */
export const readObject: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const parsed = typeof value === 'string' ? (/^\s*\{/.test(value) ? parseJson(value) : undefined) : value;
	if (!isRecord(parsed)) return wrong(field, `must be a JSON object${typeof value === 'string' ? '' : `, not ${nameOf(value)}`}`);
	const copied = copiedJson(parsed);
	if ('flaw' in copied) return wrong(field, `contains ${copied.flaw}, which JSON cannot carry`);
	return isRecord(copied.json) ? success(copied.json) : wrong(field, `must be a JSON object, not ${nameOf(copied.json)}`);
};
