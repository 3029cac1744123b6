/** Shows a request before it is sent. */
import { FileContent } from '../files/content';
import type { Wire } from '../files/wire';
import type { BuiltRequest } from '../request/build';
import { unitsShown } from '../request/sms';
import type { Json, JsonObject } from '../core/json';
import { HEADERS } from './call';

/** The maximum length of Base64, in characters, that is shown in full. */
const SHORT = 200;
/** The number of characters shown of longer Base64. */
const BEGINNING = 40;

/** Returns a value that can be shown. A large file is shown by its beginning and size. */
function visible(value: Wire): Json {
	if (value instanceof FileContent) return value.preview(SHORT, BEGINNING);
	if (Array.isArray(value)) return value.map(visible);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, visible(part)]));
}

/**
 * Returns everything that a call would send, without the key: `{ method, url, headers, body, bytes }`. Large files are
 * shortened, with their length; `bytes` is the true length of the body. A text message also has its units. Nothing is
 * sent or read for it.
 * @param baseUrl of the region, as a connection has it
 */
export function preview(baseUrl: string, request: BuiltRequest): JsonObject {
	const { operation, fields, bytes } = request;
	return {
		method: operation.method,
		url: `${baseUrl}${operation.path}`,
		headers: { ...HEADERS },
		body: visible(fields),
		bytes,
		...unitsShown(request),
	};
}
