import { buildRequest, findOperation, type BuiltRequest, type FileSource, type Operation } from '../../../api';
import { textOf } from '../support/fake-host';
import { tooLong } from '../support/processor-time';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const send = findOperation('email', 'send') as Operation;
const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Ünï €', text_body: 'Hello' };
const bytes = (length: number) => Buffer.from(Array.from({ length }, (_, index) => (index * 7) % 256));

function built(values: Record<string, unknown>, of = send): BuiltRequest {
	const request = buildRequest(of, values, NOW);
	if (!request.ok) throw request.error;
	return request.value;
}

/** A file that is read in pieces of so many bytes. */
function source(content: Buffer, piece: number, size = content.length): FileSource {
	return {
		size,
		head: content.subarray(0, 16),
		async *read() {
			for (let from = 0; from < content.length; from += piece) yield content.subarray(from, from + piece);
		},
	};
}

describe('a body with files', () => {
	const pieces = [1, 2, 3, 4, 1000, 49_152];
	test.each([0, 1, 2, 3, 100, 49_151, 49_152, 49_153, 100_000])(
		'of %i bytes is what JSON.stringify makes of it, however its files come',
		async (length) => {
			const content = bytes(length);
			const fileblob = content.toString('base64');
			const expected = JSON.stringify({
				...mail,
				to: [mail.to],
				attachments: [
					{ filename: 'a.bin', fileblob },
					{ filename: 'ü.bin', fileblob: 'AAAA' },
				],
			});
			const files: unknown[] = [
				content,
				new Uint8Array(content),
				fileblob,
				...pieces.filter((piece) => length / piece < 1000).map((piece) => source(content, piece)),
			];
			for (const file of files) {
				const request = built({
					...mail,
					attachments: [
						{ filename: 'a.bin', fileblob: file },
						{ filename: 'ü.bin', fileblob: 'AAAA' },
					],
				});
				const text = await textOf(request);
				expect(text === expected).toBe(true);
				expect(request.bytes).toBe(Buffer.byteLength(expected));
			}
		},
	);

	test('of a MIME message is the message in Base64', async () => {
		const request = built(
			{ mime_email: source(Buffer.from('From: a@example.com\r\n\r\nHi'), 5) },
			findOperation('email', 'sendMime'),
		);
		expect(JSON.parse(await textOf(request))).toEqual({
			mime_email: Buffer.from('From: a@example.com\r\n\r\nHi').toString('base64'),
		});
	});

	test('is read only when it is written', () => {
		const read = jest.fn();
		expect(
			built({ ...mail, attachments: [{ filename: 'a.bin', fileblob: { size: 30_000_000, read } }] }).bytes,
		).toBeGreaterThan(40_000_000);
		expect(read).not.toHaveBeenCalled();
	});

	test('that is too large is refused before a byte of it is read', () => {
		const read = jest.fn();
		const attachments = [{ filename: 'big.zip', fileblob: { size: 51_000_000, read } }];
		const request = () => buildRequest(send, { ...mail, attachments }, NOW);
		expect(request()).toMatchObject({
			ok: false,
			error: {
				type: 'invalid',
				message: expect.stringMatching(/68,000,\d{3} bytes.*50,000,000.*Attachments/) as string,
			},
		});
		expect(tooLong(request)).toBeUndefined();
		expect(read).not.toHaveBeenCalled();
	});

	test.each<[string, FileSource]>([
		['longer', source(bytes(10), 3, 9)],
		['shorter', source(bytes(10), 3, 11)],
		[
			'gone',
			{
				size: 10,
				read: () => {
					throw new Error('ENOENT: no such file');
				},
			},
		],
	])('is not sent when a file is %s than it was', async (_, file) => {
		expect(await built({ ...mail, attachments: [{ filename: 'a.bin', fileblob: file }] }).encode()).toMatchObject({
			ok: false,
			error: { type: 'invalid', message: expect.stringContaining('could not be read') as string },
		});
	});
});

describe('the type of a file', () => {
	const pdf = Buffer.from('%PDF-1.7 and so on');
	const png = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
	test.each<[string, object, string | undefined]>([
		[
			'is recognized by its content where the name says nothing',
			{ filename: 'receipt', fileblob: pdf },
			'application/pdf',
		],
		['also in Base64', { filename: 'logo', fileblob: png.toString('base64') }, 'image/png'],
		['also of a file that is read later', { filename: 'logo', fileblob: source(png, 4) }, 'image/png'],
		[
			'and where its origin only says that it is bytes',
			{ filename: 'logo', fileblob: png, mimetype: 'application/octet-stream' },
			'image/png',
		],
		['but not where the name says it', { filename: 'receipt.txt', fileblob: pdf }, undefined],
		['nor against what was given', { filename: 'receipt', fileblob: pdf, mimetype: 'text/plain' }, 'text/plain'],
		['nor where the content says nothing', { filename: 'receipt', fileblob: Buffer.from('hello') }, undefined],
		[
			'nor of a URL, which is never fetched',
			{ filename: 'receipt', url: 'https://example.com/receipt' },
			undefined,
		],
	])('%s', async (_, file, mimetype) => {
		const { attachments } = JSON.parse(await textOf(built({ ...mail, attachments: [file] }))) as {
			attachments: { mimetype?: string }[];
		};
		expect(attachments[0]?.mimetype).toBe(mimetype);
	});
});
