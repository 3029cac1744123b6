/**
 * Recognizes bytes, dates and errors by what they are, not by their constructor: values of a Function node come from
 * another realm, where `instanceof` is false.
 */

const bufferLength = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get;

/** True for an ArrayBuffer of any realm. */
function isBuffer(value: unknown): value is ArrayBuffer {
	if (Object.prototype.toString.call(value) !== '[object ArrayBuffer]') return false;
	try {
		return typeof bufferLength?.call(value) === 'number';
	} catch {
		return false;
	}
}

/** True for binary data: a Buffer, typed array, DataView, or ArrayBuffer of any realm. */
export function isBytes(value: unknown): value is ArrayBufferView | ArrayBuffer {
	return ArrayBuffer.isView(value) || isBuffer(value);
}

/** True for the JSON form of a Buffer. */
function isBufferJson(value: unknown): value is { data: number[] } {
	if (
		typeof value !== 'object' ||
		value === null ||
		!('type' in value) ||
		value.type !== 'Buffer' ||
		!('data' in value)
	)
		return false;
	const { data } = value;
	return Array.isArray(data) && data.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
}

/**
 * Returns binary data as a Buffer over the same memory.
 * @returns undefined for anything else. `{ type: 'Buffer', data: [...] }`, the JSON form of a Buffer, counts as binary
 * data
 */
export function toBytes(value: unknown): Buffer | undefined {
	try {
		if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		if (isBuffer(value)) return Buffer.from(value);
	} catch {
		// Memory that was transferred to another thread is no longer accessible.
		return undefined;
	}
	return isBufferJson(value) ? Buffer.from(value.data) : undefined;
}

/** Returns the milliseconds of a Date of any realm, or undefined for anything else. */
export function timeOfDate(value: unknown): number | undefined {
	try {
		return Object.prototype.toString.call(value) === '[object Date]'
			? Date.prototype.getTime.call(value)
			: undefined;
	} catch {
		return undefined;
	}
}

/** Returns the message of a thrown value: the message of an error of any realm, or the value as text. */
export function messageOf(thrown: unknown): string {
	if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string')
		return thrown.message;
	return typeof thrown === 'object' ? Object.prototype.toString.call(thrown) : String(thrown);
}
