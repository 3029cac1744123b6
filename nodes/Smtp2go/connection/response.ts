/** Reads the response of a call: no longer than the limit, and no later than the deadline. */
import type { IN8nHttpFullResponse } from 'n8n-workflow';
import {
	formatNumber,
	MAX_RESPONSE_BYTES,
	outcomeOfFault,
	type FileOutcome,
	type HttpOutcome,
	type NoResponse,
} from '../../../api';

/** A body that arrives in pieces, already decompressed. */
interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): unknown;
}

function isByteStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/** The whole body, or undefined if it is too long. Leaving the loop closes the connection. */
async function readBytes(body: unknown, maxBytes: number, signal: AbortSignal): Promise<Buffer | undefined> {
	// n8n's helper always returns a stream; a substitute for it may not.
	if (!isByteStream(body)) return Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '');
	const stop = () => {
		body.destroy(new Error('Stopped'));
	};
	signal.addEventListener('abort', stop, { once: true });
	try {
		const pieces: Uint8Array[] = [];
		let length = 0;
		for await (const piece of body) {
			length += piece.byteLength;
			if (length > maxBytes) return undefined;
			pieces.push(piece);
		}
		return Buffer.concat(pieces);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}

/** By the time a response is read, the call has arrived. So a failure here never means that it did not. */
async function readBody(body: unknown, maxBytes: number, signal: AbortSignal): Promise<Buffer | NoResponse> {
	try {
		return (
			(await readBytes(body, maxBytes, signal)) ?? {
				answered: false,
				arrived: 'unknown',
				code: 'EMSGSIZE',
				message: `The response is longer than ${formatNumber(maxBytes)} bytes`,
			}
		);
	} catch (thrown) {
		return { ...outcomeOfFault(thrown), arrived: 'unknown' };
	}
}

/** Reads the response to a call. */
export async function readResponse(
	{ statusCode: status, headers, body }: IN8nHttpFullResponse,
	signal: AbortSignal,
): Promise<Extract<HttpOutcome, { answered: true }> | NoResponse> {
	const bytes = await readBody(body, MAX_RESPONSE_BYTES, signal);
	if (!Buffer.isBuffer(bytes)) return bytes;
	const byName = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	return { answered: true, status, headers: byName, text: new TextDecoder().decode(bytes) };
}

/** Reads a file. */
export async function readFileResponse(
	{ statusCode: status, body }: IN8nHttpFullResponse,
	maxBytes: number,
	signal: AbortSignal,
): Promise<Extract<FileOutcome, { answered: true }> | NoResponse> {
	const bytes = await readBody(body, maxBytes, signal);
	return Buffer.isBuffer(bytes) ? { answered: true, status, bytes } : bytes;
}
