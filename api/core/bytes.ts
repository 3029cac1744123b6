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

/** True for binary data: a Buffer, any typed array, a DataView or an ArrayBuffer, of whichever realm. */
export function isBytes(value: unknown): value is ArrayBufferView | ArrayBuffer {
	return ArrayBuffer.isView(value) || isBuffer(value);
}

/** True for what `JSON.stringify` makes of a Buffer. */
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
 * Binary data as a Buffer over the same memory.
 * @returns undefined for what is no binary data. `{ type: 'Buffer', data: [...] }`, a Buffer that went through JSON, is
 */
export function toBytes(value: unknown): Buffer | undefined {
	try {
		if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
		if (isBuffer(value)) return Buffer.from(value);
	} catch {
		// Memory that was handed to another thread is gone.
		return undefined;
	}
	return isBufferJson(value) ? Buffer.from(value.data) : undefined;
}

/** The milliseconds of a Date of whichever realm; undefined for what is none. */
export function timeOfDate(value: unknown): number | undefined {
	try {
		return Object.prototype.toString.call(value) === '[object Date]'
			? Date.prototype.getTime.call(value)
			: undefined;
	} catch {
		return undefined;
	}
}

/** What a thrown value says: an error's message, of whichever realm, or the value as text. */
export function messageOf(thrown: unknown): string {
	if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string')
		return thrown.message;
	return typeof thrown === 'object' ? Object.prototype.toString.call(thrown) : String(thrown);
}
