/** A request as it would leave, for people who want to see it before anything is sent. */
import { FileContent } from '../files/content';
import type { Wire } from '../files/wire';
import type { BuiltRequest } from '../request/build';
import type { Json, JsonObject } from '../core/json';
import { HEADERS } from './call';

/** Characters of a file's Base64 that are shown in full. */
const SHORT = 200;
/** Characters shown of a longer one. */
const BEGINNING = 40;

/** A value as it can be shown: of a large file the beginning and the size. */
function visible(value: Wire): Json {
	if (value instanceof FileContent) return value.preview(SHORT, BEGINNING);
	if (Array.isArray(value)) return value.map(visible);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, visible(part)]));
}

/**
 * Everything that a call would send, without the key: `{ method, url, headers, body, bytes }`. The contents of large
 * files are shown shortened, with their length; `bytes` is the body's true length. Nothing is sent or read for it.
 * @param baseUrl of the region, as a connection has it
 */
export function preview(baseUrl: string, { operation, fields, bytes }: BuiltRequest): JsonObject {
	return {
		method: operation.method,
		url: `${baseUrl}${operation.path}`,
		headers: { ...HEADERS },
		body: visible(fields),
		bytes,
	};
}
