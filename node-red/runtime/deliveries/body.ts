/** Reads the body of a delivery, whether or not the editor's parser has read it before. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isRecord, isTooDeep, parseBody } from '../../../api';

/**
 * A delivery's body: nothing at all, a record, or something that cannot be read, with the HTTP status that says why.
 */
export type Body =
	| { readonly is: 'empty' }
	| { readonly is: 'unreadable'; readonly status: 400 | 413 | 415 }
	| { readonly is: 'record'; readonly record: Record<string, unknown> };

/** How a body may be packed, as Node-RED's own parser reads it. */
const unpackers = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress } as const;

/** The decompressed body; undefined if the encoding is unknown. */
function unpacked(request: IncomingMessage): Readable | undefined {
	const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
	if (encoding === 'identity' || encoding === '') return request;
	const create = Object.hasOwn(unpackers, encoding) ? unpackers[encoding as keyof typeof unpackers] : undefined;
	return create && request.pipe(create());
}

/** The text of a body, or the status that says why it cannot be had. */
function readText(request: IncomingMessage, most: number): Promise<string | 400 | 413 | 415> {
	const source = unpacked(request);
	if (source === undefined) return Promise.resolve(415);
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		source.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length <= most) return void chunks.push(chunk);
			resolve(413);
			// The rest of what is too long is read and dropped, so that the sender gets its answer; it is not unpacked.
			if (source !== request) source.destroy();
			request.resume();
		});
		source.once('end', () => resolve(new TextDecoder().decode(Buffer.concat(chunks))));
		source.once('error', () => resolve(400));
		// Broken off: nobody waits for an answer any more.
		request.once('close', () => {
			if (!request.complete) resolve(400);
		});
	});
}

/** An object without anything in it is what the editor's parser makes of an empty body. */
function found(body: unknown): Body {
	if (!isRecord(body) || isTooDeep(body)) return { is: 'unreadable', status: 400 };
	return Object.keys(body).length === 0 ? { is: 'empty' } : { is: 'record', record: body };
}

/**
 * Reads the body in both of Node-RED's layouts: with `httpAdminRoot` "/" the editor's parser has consumed it already
 * (`_body` is true and the stream never ends), with any other root it is still raw.
 * @param most the greatest length that is read, in bytes
 */
export async function readBody(
	request: IncomingMessage & { readonly _body?: boolean; readonly body?: unknown },
	most: number,
): Promise<Body> {
	if (request._body) return found(request.body);
	const text = await readText(request, most);
	if (typeof text === 'number') return { is: 'unreadable', status: text };
	return text.trim() === '' ? { is: 'empty' } : found(parseBody(text, request.headers['content-type']));
}
