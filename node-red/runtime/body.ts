/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage } from 'node:http';
import { parseBody } from '../../api';

/** A delivery's body: nothing at all, a record, or something that cannot be read. */
export type Body = { readonly is: 'empty' } | { readonly is: 'unreadable' } | { readonly is: 'tooLong' } | { readonly is: 'record'; readonly record: Record<string, unknown> };

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The raw text of a request; undefined when it is longer than `most` bytes or broke off. */
function readText(request: IncomingMessage, most: number): Promise<string | undefined> {
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		request.on('data', (chunk: Buffer) => {
			length += chunk.length;
			// The rest of what is too long is read and dropped, so that the sender gets its answer.
			if (length <= most) chunks.push(chunk);
			else resolve(undefined);
		});
		request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
		// Nobody waits for an answer any more.
		for (const end of ['error', 'close']) request.once(end, () => resolve(undefined));
	});
}

/** An object without anything in it is what the editor's parser makes of an empty body. */
function found(body: unknown): Body {
	if (!isRecord(body)) return { is: 'unreadable' };
	return Object.keys(body).length === 0 ? { is: 'empty' } : { is: 'record', record: body };
}

/**
 * Reads the body in both of Node-RED's layouts: with `httpAdminRoot` "/" the editor's parser has consumed it already
 * (`_body` is true and the stream never ends), with any other root it is still raw.
 * @param most the greatest length that is read, in bytes
 */
export async function readBody(request: IncomingMessage & { readonly _body?: boolean; readonly body?: unknown }, most: number): Promise<Body> {
	if (request._body) return found(request.body);
	const text = await readText(request, most);
	if (text === undefined) return { is: 'tooLong' };
	return text.trim() === '' ? { is: 'empty' } : found(parseBody(text, request.headers['content-type']));
}
