/**
 * What n8n's helper gives out for a call, read as it comes: no more than an answer may hold, and no longer than its
 * signal lets it.
 */
import type { IN8nHttpFullResponse } from 'n8n-workflow';
import {
	grouped,
	LONGEST_ANSWER,
	outcomeOfFault,
	type FileOutcome,
	type HttpOutcome,
	type NoAnswer,
} from '../../../api';

/** A body that comes in pieces, already unpacked. */
interface Pieces extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): unknown;
}

function isPieces(body: unknown): body is Pieces {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/** The body as a whole; undefined where it is longer than it may be. To leave the loop closes the connection. */
async function bytesOf(body: unknown, most: number, signal: AbortSignal): Promise<Buffer | undefined> {
	// Not from n8n's helper itself, but from a substitute for it.
	if (!isPieces(body)) return Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '');
	const stop = () => {
		body.destroy(new Error('Stopped'));
	};
	signal.addEventListener('abort', stop, { once: true });
	try {
		const pieces: Uint8Array[] = [];
		let length = 0;
		for await (const piece of body) {
			length += piece.byteLength;
			if (length > most) return undefined;
			pieces.push(piece);
		}
		return Buffer.concat(pieces);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/** The call has arrived by the time that its answer is read: a fault then never means that it did not. */
async function read(body: unknown, most: number, signal: AbortSignal): Promise<Buffer | NoAnswer> {
	try {
		return (
			(await bytesOf(body, most, signal)) ?? {
				answered: false,
				arrived: 'unknown',
				code: 'EMSGSIZE',
				message: `The answer is longer than ${grouped(most)} bytes`,
			}
		);
	} catch (thrown) {
		return { ...outcomeOfFault(thrown), arrived: 'unknown' };
	}
}

/** Reads the answer to a call. */
export async function readAnswer(
	{ statusCode: status, headers, body }: IN8nHttpFullResponse,
	signal: AbortSignal,
): Promise<Extract<HttpOutcome, { answered: true }> | NoAnswer> {
	const bytes = await read(body, LONGEST_ANSWER, signal);
	if (!Buffer.isBuffer(bytes)) return bytes;
	const named = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	return { answered: true, status, headers: named, text: new TextDecoder().decode(bytes) };
}

/** Reads a file. */
export async function readFile(
	{ statusCode: status, body }: IN8nHttpFullResponse,
	most: number,
	signal: AbortSignal,
): Promise<Extract<FileOutcome, { answered: true }> | NoAnswer> {
	const bytes = await read(body, most, signal);
	return Buffer.isBuffer(bytes) ? { answered: true, status, bytes } : bytes;
}
