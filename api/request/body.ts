/** The body of a call before it is JSON: its size, and how it is written in one pass. */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import type { Wire, WireObject } from '../files/wire';
import { messageOf } from '../core/bytes';
import { FileContent } from '../files/content';

/** A body to send: text, or UTF-8 bytes if it contains files. */
export type Body = string | Uint8Array;

/** True if a value contains a file. */
function hasContent(value: Wire): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return value instanceof FileContent || Object.values(value).some(hasContent);
}

/**
 * Returns the JSON in pieces of text with the files between them. Without files it is one piece, as `JSON.stringify`
 * writes it.
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

/** Returns the bytes that a value takes in the body, without encoding anything. */
export function sizeOf(value: Wire): number {
	return lengthOf(piecesOf(value));
}

/** Writes pieces into a buffer. Returns false if a file does not match its stated size. */
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
 * Writes the body: as text if it contains no file, otherwise once into memory of exactly its size, with the files as
 * Base64.
 * @returns an `invalid` error if a file cannot be read or does not match its stated size. Then nothing was sent
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
