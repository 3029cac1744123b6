/** How a body is read: what is too long, packed or broken off, and what a parser before us has read. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { readBody } from '../../../node-red/runtime/deliveries/body';
import { delivered } from '../support/node-red';

/** A request that has arrived whole, in these pieces. */
function request(pieces: readonly (string | Uint8Array)[], headers: Record<string, string> = {}) {
	const stream = Readable.from(
		pieces.map((piece) => Buffer.from(piece)),
		{ objectMode: false },
	);
	return Object.assign(stream, { headers, complete: true }) as unknown as IncomingMessage;
}
const json = '{"event":"bounce"}';
const record = { is: 'record', record: { event: 'bounce' } };
const MAX = 100;
const read = (pieces: readonly (string | Uint8Array)[], headers: Record<string, string> = {}) =>
	readBody(request(pieces, headers), MAX);

describe('a body', () => {
	it('is read whole, even if a letter is in two pieces', async () => {
		const bytes = Buffer.from('{"event":"ä"}');
		const cut = bytes.indexOf('ä') + 1;
		expect(await read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual({
			is: 'record',
			record: { event: 'ä' },
		});
	});

	it('is a form or JSON, as its header says', async () => {
		const form = { 'content-type': 'application/x-www-form-urlencoded' };
		expect(await read(['event=bounce'], form)).toEqual(record);
		expect(await read([json])).toEqual(record);
	});

	it.each([
		['nothing', []],
		['white space', [' \r\n']],
		['an empty object', ['{}']],
	])('is empty if it is %s', async (_what, pieces) => {
		expect(await read(pieces)).toEqual({ is: 'empty' });
	});

	it.each([
		['a list', '[1]'],
		['null', 'null'],
		['text', '"bounce"'],
		['broken', '{"event"'],
		['nested too deeply', `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`],
	])('is unreadable if it is %s', async (_what, text) => {
		expect(await readBody(request([text]), 100_000)).toEqual({ is: 'unreadable', status: 400 });
	});
});

describe('a body that a parser before us has read', () => {
	const parsed = (body: unknown) =>
		readBody(Object.assign(request(['not this']), { _body: true, body }) as never, MAX);

	it.each([
		['a record', { event: 'bounce' }, record],
		['nothing', {}, { is: 'empty' }],
		['a list', [{ event: 'bounce' }], { is: 'unreadable', status: 400 }],
		['undefined', undefined, { is: 'unreadable', status: 400 }],
	])('is taken unchanged: %s', async (_what, body, expected) => {
		expect(await parsed(body)).toEqual(expected);
	});

	it('is unreadable if it is nested too deeply', async () => {
		let body: unknown = {};
		for (let depth = 0; depth < 2000; depth++) body = { a: body };
		expect(await parsed(body)).toEqual({ is: 'unreadable', status: 400 });
	});

	it('is read from the request if the parser left it', async () => {
		const left = Object.assign(request([json]), { _body: false, body: { event: 'other' } });
		expect(await readBody(left, MAX)).toEqual(record);
	});
});

describe('a packed body', () => {
	it.each([
		['gzip', gzipSync(json)],
		[' GZip ', gzipSync(json)],
		['deflate', deflateSync(json)],
		['br', brotliCompressSync(json)],
		['identity', Buffer.from(json)],
		['', Buffer.from(json)],
	])('is read if its encoding is "%s"', async (encoding, bytes) => {
		expect(await read([bytes], { 'content-encoding': encoding })).toEqual(record);
	});

	it.each(['zstd', 'toString', 'gzip, gzip'])('has an unknown encoding: %s', async (encoding) => {
		expect(await read([json], { 'content-encoding': encoding })).toEqual({ is: 'unreadable', status: 415 });
	});

	it('is unreadable if it is broken', async () => {
		expect(await read([json], { 'content-encoding': 'gzip' })).toEqual({ is: 'unreadable', status: 400 });
	});
});

describe('a body that is too long', () => {
	const spaces = (count: number) => ' '.repeat(count - json.length) + json;
	/** Bytes that take many pieces even when they are packed. */
	const noise = Array.from({ length: 200_000 }, (_, index) => String((index * 7919) % 99_991)).join('');

	it('has more bytes than the limit, in whatever pieces', async () => {
		expect(await read([spaces(MAX)])).toEqual(record);
		expect(await read([spaces(MAX + 1)])).toEqual({ is: 'unreadable', status: 413 });
		expect(await read([' '.repeat(MAX), json])).toEqual({ is: 'unreadable', status: 413 });
		expect(await read(['ä'.repeat(MAX / 2), ' '])).toEqual({ is: 'unreadable', status: 413 });
	});

	it('has more bytes than the limit when it is unpacked', async () => {
		const packed = gzipSync(spaces(10_000));
		expect(packed.length).toBeLessThan(MAX);
		expect(await read([packed], { 'content-encoding': 'gzip' })).toEqual({ is: 'unreadable', status: 413 });
	});

	it.each([
		['plain', '', [noise, noise]],
		['packed', 'gzip', [gzipSync(noise)]],
	])(
		'is read to its end, but no longer unpacked, so that the sender gets the response: %s',
		async (_w, type, all) => {
			const pieces = all
				.map((one) => Buffer.from(one))
				.flatMap((one) => [one.subarray(0, 30_000), one.subarray(30_000)]);
			const sent = request(pieces, { 'content-encoding': type });
			expect(await readBody(sent, MAX)).toEqual({ is: 'unreadable', status: 413 });
			if (type !== '') expect(sent.listenerCount('data')).toBe(0);
			await delivered();
			expect(sent.readableEnded).toBe(true);
			expect(sent.errored).toBeNull();
		},
	);
});

it('a request that breaks off is unreadable', async () => {
	const sent = Object.assign(new PassThrough(), { headers: {}, complete: false });
	const body = readBody(sent as unknown as IncomingMessage, MAX);
	sent.write('{"event":');
	sent.destroy();
	expect(await body).toEqual({ is: 'unreadable', status: 400 });
});
