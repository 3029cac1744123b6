/** Reads the body of a delivery, whether or not the editor's parser has read it before. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isRecord, isTooDeep, parseBody } from '../../../api';

/**
 * The body of a delivery: empty, a record, or unreadable with the HTTP status that says why.
 */
export type Body =
	| { readonly is: 'empty' }
	| { readonly is: 'unreadable'; readonly status: 400 | 413 | 415 }
	| { readonly is: 'record'; readonly record: Record<string, unknown> };

/** Compressions of a body, as Node-RED's own parser reads them. */
const unpackers = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress } as const;

/** The decompressed body; undefined if the encoding is unknown. */
function unpacked(request: IncomingMessage): Readable | undefined {
	const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
	if (encoding === 'identity' || encoding === '') return request;
	const create = Object.hasOwn(unpackers, encoding) ? unpackers[encoding as keyof typeof unpackers] : undefined;
	return create && request.pipe(create());
}

/** The text of a body, or the HTTP status that says why it cannot be read. */
function readText(request: IncomingMessage, maxBytes: number): Promise<string | 400 | 413 | 415> {
	const source = unpacked(request);
	if (source === undefined) return Promise.resolve(415);
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		source.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length <= maxBytes) return void chunks.push(chunk);
			resolve(413);
			// The rest is read and dropped without decompression, so that the sender gets the response.
			if (source !== request) source.destroy();
			request.resume();
		});
		source.once('end', () => resolve(new TextDecoder().decode(Buffer.concat(chunks))));
		source.once('error', () => resolve(400));
		// The connection was closed: nobody waits for a response.
		request.once('close', () => {
			if (!request.complete) resolve(400);
		});
	});
}

/** The body in a value. The editor's parser turns an empty body into an empty object. */
function bodyIn(body: unknown): Body {
	if (!isRecord(body) || isTooDeep(body)) return { is: 'unreadable', status: 400 };
	return Object.keys(body).length === 0 ? { is: 'empty' } : { is: 'record', record: body };
}

/**
 * Reads the body in both of Node-RED's layouts: with `httpAdminRoot` "/" the editor's parser has consumed it already
 * (`_body` is true and the stream never ends), with any other root it is still raw.
 * @param maxBytes maximum length that is read, in bytes
 */
export async function readBody(
	request: IncomingMessage & { readonly _body?: boolean; readonly body?: unknown },
	maxBytes: number,
): Promise<Body> {
	if (request._body) return bodyIn(request.body);
	const text = await readText(request, maxBytes);
	if (typeof text === 'number') return { is: 'unreadable', status: text };
	return text.trim() === '' ? { is: 'empty' } : bodyIn(parseBody(text, request.headers['content-type']));
}
