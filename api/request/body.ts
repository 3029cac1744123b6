/** The body of a call: what travels before it is JSON, how long it will be, and how it is written in one go. */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import type { Wire, WireObject } from '../files/wire';
import { messageOf } from '../core/bytes';
import { FileContent } from '../files/content';

/** A body ready to be sent: text, or bytes of UTF-8 where it carries files. */
export type Body = string | Uint8Array;

/** True where a value holds a file. */
function hasContent(value: Wire): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return value instanceof FileContent || Object.values(value).some(hasContent);
}

/**
 * The JSON in pieces of text, with the files between them. Without any, one piece, written as `JSON.stringify` does.
 */
function piecesOf(value: Wire): (string | FileContent)[] {
	if (value instanceof FileContent) return ['"', value, '"'];
	if (typeof value !== 'object' || value === null || !hasContent(value)) return [JSON.stringify(value)];
	const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
	const entries = Array.isArray(value)
		? value.map((part) => ['', part] as const)
		: Object.entries(value).map(([name, part]) => [`${JSON.stringify(name)}:`, part] as const);
	return [
		open,
		...entries.flatMap(([name, part], index) => [`${index > 0 ? ',' : ''}${name}`, ...piecesOf(part)]),
		close,
	];
}

function lengthOf(pieces: readonly (string | FileContent)[]): number {
	return pieces.reduce(
		(sum, piece) => sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length),
		0,
	);
}

/** Bytes that a value takes in the body. Nothing is encoded for it. */
export function sizeOf(value: Wire): number {
	return lengthOf(piecesOf(value));
}

/** Writes pieces into a buffer; false where a file is not what it said. */
async function write(pieces: readonly (string | FileContent)[], target: Buffer): Promise<boolean> {
	let position = 0;
	for (const piece of pieces) {
		if (typeof piece === 'string') position += target.write(piece, position);
		else {
			if (!(await piece.writeTo(target, position))) return false;
			position += piece.length;
		}
	}
	return true;
}

/**
 * Writes the body: as text where it carries no file, else once into memory of exactly its length, the files in Base64
 * straight into it.
 * @returns an `invalid` error where a file cannot be read, or changed since its size was told; nothing was sent then
 */
export async function encode(fields: WireObject): Promise<Result<Body>> {
	const pieces = piecesOf(fields);
	if (pieces.every((piece) => typeof piece === 'string')) return success(pieces.join(''));
	try {
		const body = Buffer.alloc(lengthOf(pieces));
		if (await write(pieces, body)) return success(body);
	} catch (thrown) {
		return unreadable(messageOf(thrown));
	}
	return unreadable('its length does not match the stated length');
}

function unreadable(why: string): Result<never> {
	return failure(new Smtp2goError('invalid', `A file could not be read: ${why}`, { hint: 'Nothing was sent' }));
}
