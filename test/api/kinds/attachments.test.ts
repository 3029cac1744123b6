/** Files as they are met: bytes of any realm, texts in any encoding, names and types that are missing. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports -- values of another realm are made with node:vm */
import vm from 'node:vm';
import { buildRequest, isBytes, operationOf, toBytes } from '../../../api';
import { textOf } from '../support/fake-host';

const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const pdf = Buffer.from('%PDF-1.7 x');
const svg = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>';
const B = (text: string) => Buffer.from(text).toString('base64');

async function files(field: 'attachments' | 'inlines', value: unknown): Promise<unknown> {
	const built = buildRequest(operationOf('email', 'send'), { ...mail, [field]: value }, 0);
	if (!built.ok) return built.error.message;
	return (JSON.parse(await textOf(built.value)) as Record<string, unknown>)[field];
}

const blobOf = async (file: object): Promise<unknown> => {
	const read = await files('attachments', [{ filename: 'a.bin', ...file }]);
	return Array.isArray(read) ? (read as { fileblob: string }[])[0]?.fileblob : read;
};

describe('bytes are bytes from whichever realm', () => {
	const values = [
		'new Uint8Array([1,2,255])',
		'new Uint8Array([1,2,255]).buffer',
		'new Uint8ClampedArray([1,2,255])',
		'new DataView(new Uint8Array([1,2,255]).buffer)',
		'new Int8Array([1,2,-1])',
		'new Uint8Array([9,1,2,255,9]).subarray(1,4)',
	];
	test.each(values)('%s', async (code) => {
		for (const value of [vm.runInNewContext(code) as unknown, vm.runInThisContext(code) as unknown]) {
			expect(isBytes(value)).toBe(true);
			expect(toBytes(value)?.toString('hex')).toBe('0102ff');
			expect(await blobOf({ content: value })).toBe('AQL/');
			expect(await blobOf({ fileblob: value })).toBe('AQL/');
			const mime = buildRequest(operationOf('email', 'sendMime'), { mime_email: value }, 0);
			expect(mime.ok && (await textOf(mime.value))).toBe('{"mime_email":"AQL/"}');
		}
	});

	test('of two bytes each are their memory, and what went through JSON is read again', async () => {
		expect(await blobOf({ content: vm.runInNewContext('new Uint16Array([1])') })).toBe(
			Buffer.from(new Uint16Array([1]).buffer).toString('base64'),
		);
		expect(await blobOf({ content: JSON.parse(JSON.stringify(Buffer.from([1, 2, 255]))) as unknown })).toBe('AQL/');
	});

	test.each<[string, unknown]>([
		['an object that only says so', { [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 3 }],
		['a Buffer of JSON with what is no byte', { type: 'Buffer', data: [1, 256] }],
		['a Buffer of JSON with text', { type: 'Buffer', data: 'AQL/' }],
		['a list', [1, 2, 255]],
		['a blob', new Blob(['x'])],
		['a number', 7],
	])('%s is none', async (_, value) => {
		expect(toBytes(value)).toBeUndefined();
		expect(await blobOf({ content: value })).toMatch(
			/^Attachments must have binary data, Base64 text \(fileblob\) or a URL/,
		);
	});

	test('template data with bytes in it is refused', () => {
		const built = buildRequest(
			operationOf('email', 'send'),
			{ ...mail, template_id: 't', template_data: { a: vm.runInNewContext('new Uint8Array(2)') } },
			0,
		);
		expect(built).toMatchObject({
			ok: false,
			error: { message: 'Template Data contains binary data, which JSON cannot represent' },
		});
	});
});

describe('text is decoded as it says', () => {
	test.each<[string, object, string]>([
		['hexadecimal', { content: '68656C6c6f', encoding: 'hex' }, B('hello')],
		['hexadecimal with line ends', { content: '6865\n6c6c\r\n6f', encoding: 'HEX' }, B('hello')],
		['Base64 in capitals', { content: 'aGVsbG8=', encoding: 'BASE64' }, B('hello')],
		['binary', { content: 'h\u00e9', encoding: 'binary' }, Buffer.from([0x68, 0xe9]).toString('base64')],
		['latin1', { content: 'h\u00e9', encoding: 'Latin1' }, Buffer.from([0x68, 0xe9]).toString('base64')],
		['UTF-8', { content: 'h\u00e9', encoding: 'UTF-8' }, B('h\u00e9')],
		['UTF-16', { content: 'h', encoding: 'utf16le' }, Buffer.from([0x68, 0]).toString('base64')],
		['no encoding', { content: 'h\u00e9' }, B('h\u00e9')],
		['an empty encoding', { content: 'h\u00e9', encoding: '' }, B('h\u00e9')],
		['null as encoding', { content: 'h\u00e9', encoding: null }, B('h\u00e9')],
		['fileblob in hexadecimal', { fileblob: '68656c6c6f', encoding: 'hex' }, B('hello')],
		['Base64 without padding', { fileblob: 'aGVsbG8' }, 'aGVsbG8='],
		['Base64 with half of its padding', { fileblob: 'YQ=' }, 'YQ=='],
		['URL-safe Base64', { fileblob: '-_-_' }, '+/+/'],
		['URL-safe Base64 without padding', { content: '-_8', encoding: 'base64url' }, '+/8='],
		['Base64 in lines', { fileblob: 'aGVs\r\nbG8=\r\n' }, 'aGVsbG8='],
		['a data URL', { fileblob: 'data:image/png;base64,aGVsbG8' }, 'aGVsbG8='],
		['a data URL with a character set', { content: 'data:text/plain;charset=utf-8;base64,aGVsbG8=' }, 'aGVsbG8='],
		['a data URL as URL', { url: 'data:image/png;base64,aGVsbG8=' }, 'aGVsbG8='],
		['nothing', { content: '' }, ''],
	])('%s', async (_, file, expected) => {
		expect(await blobOf(file)).toBe(expected);
	});

	test.each<[string, object, RegExp]>([
		['an unknown encoding', { content: 'x', encoding: 'rot13' }, /unknown encoding "rot13"/],
		['an encoding of an email', { content: 'x', encoding: 'quoted-printable' }, /unknown encoding/],
		['an encoding that is a number', { content: 'x', encoding: 8 }, /encoding that is not text/],
		['hexadecimal of half a byte', { content: 'abc', encoding: 'hex' }, /hexadecimal/],
		['what is not hexadecimal', { content: 'xy', encoding: 'hex' }, /hexadecimal/],
		['a euro sign in latin1', { content: '€', encoding: 'latin1' }, /latin1 cannot represent/],
		['an accent in ASCII', { content: 'é', encoding: 'ascii' }, /ascii cannot represent/],
		['both alphabets', { fileblob: '+_+_' }, /not valid Base64/],
		['five signs', { fileblob: 'aGVsb' }, /not valid Base64/],
		['a space', { fileblob: 'aGVs bG8=' }, /not valid Base64/],
		['padding inside', { fileblob: 'YQ==YQ==' }, /not valid Base64/],
		['a data URL that is not Base64', { fileblob: 'data:text/plain,hello' }, /not valid Base64/],
	])('not %s', async (_, file, why) => {
		expect(await blobOf(file)).toMatch(why);
	});
});

describe('the type follows the file', () => {
	test.each<[string, 'attachments' | 'inlines', object, object]>([
		[
			'an image by its file name',
			'inlines',
			{ filename: 'logo192.png', cid: 'unique@shop.com', content: png },
			{ filename: 'unique@shop.com', mimetype: 'image/png' },
		],
		[
			'a drawing by its file name',
			'inlines',
			{ filename: 'logo.svg', cid: 'logo', content: 'x' },
			{ filename: 'logo', mimetype: 'image/svg+xml' },
		],
		[
			'an image by its content',
			'inlines',
			{ cid: 'unique@shop.com', content: png },
			{ filename: 'unique@shop.com', mimetype: 'image/png' },
		],
		[
			'a drawing by its content',
			'inlines',
			{ cid: 'logo.v2', content: svg },
			{ filename: 'logo.v2', mimetype: 'image/svg+xml' },
		],
		[
			'an image that is called bytes',
			'inlines',
			{ filename: 'logo.png', content: 'x', mimetype: 'application/octet-stream' },
			{ filename: 'logo.png', mimetype: 'image/png' },
		],
		[
			'an image behind a URL',
			'inlines',
			{ cid: 'logo', url: 'https://example.com/a/logo.jpg' },
			{ filename: 'logo' },
		],
		[
			'an image of another extension',
			'inlines',
			{ filename: 'photo.jpg', cid: 'photo.png', content: 'x' },
			{ filename: 'photo.png', mimetype: 'image/jpeg' },
		],
		[
			'the type that a data URL names',
			'inlines',
			{ cid: 'logo', fileblob: 'data:image/webp;base64,AAAA' },
			{ filename: 'logo', mimetype: 'image/webp' },
		],
		[
			'a number behind a dot',
			'attachments',
			{ filename: 'Invoice no.5', content: pdf },
			{ filename: 'Invoice no.5', mimetype: 'application/pdf' },
		],
		[
			'a name with dots',
			'attachments',
			{ filename: 'Report for Acme Inc.', content: pdf },
			{ filename: 'Report for Acme Inc.', mimetype: 'application/pdf' },
		],
		[
			'a version behind a dot',
			'attachments',
			{ filename: 'Offer v1.2b', content: pdf },
			{ filename: 'Offer v1.2b', mimetype: 'application/pdf' },
		],
		[
			'an image that a storage service calls bytes',
			'inlines',
			{ cid: 'logo', content: png, contentType: 'binary/octet-stream' },
			{ filename: 'logo', mimetype: 'image/png' },
		],
		[
			'an image that a mail program calls bytes by its name',
			'inlines',
			{ cid: 'logo', filename: 'l.png', content: 'x', contentType: 'Application/Octet-Stream; name="l.png"' },
			{ filename: 'logo', mimetype: 'image/png' },
		],
		[
			'an image that a page downloads',
			'inlines',
			{ cid: 'logo', content: png, contentType: 'application/x-download' },
			{ filename: 'logo', mimetype: 'image/png' },
		],
		[
			'a photo that begins as a film',
			'inlines',
			{ cid: 'photo', content: Buffer.from('0000001c6674797061766966', 'hex') },
			{ filename: 'photo', mimetype: 'image/avif' },
		],
		[
			'a photo of a phone',
			'inlines',
			{ cid: 'photo', content: Buffer.from('0000001c6674797068656963', 'hex') },
			{ filename: 'photo', mimetype: 'image/heic' },
		],
		[
			'a drawing that names the program that drew it',
			'inlines',
			{
				cid: 'logo',
				content: `<?xml version="1.0"?>\n<!-- Generator: ${'A'.repeat(90)} -->\n<svg version="1.1"/>`,
			},
			{ filename: 'logo', mimetype: 'image/svg+xml' },
		],
		[
			'a drawing of a document type',
			'inlines',
			{ cid: 'logo', content: '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b"><svg/>' },
			{ filename: 'logo', mimetype: 'image/svg+xml' },
		],
		[
			'a Content-ID as a header has it',
			'inlines',
			{ cid: '<logo@example.com>', content: png },
			{ filename: 'logo@example.com', mimetype: 'image/png' },
		],
		[
			'a Content-ID as HTML has it',
			'inlines',
			{ cid: 'cid:logo', content: png },
			{ filename: 'logo', mimetype: 'image/png' },
		],
		[
			'the type that was told',
			'inlines',
			{ cid: 'logo', filename: 'logo.svg', content: png, contentType: 'image/png' },
			{ filename: 'logo', mimetype: 'image/png' },
		],
	])('%s', async (_, field, file, expected) => {
		expect(await files(field, [file])).toEqual([expect.objectContaining(expected)]);
	});

	test.each<object>([
		{ filename: 'report.pdf', content: png },
		{ filename: 'table.xlsx', content: Buffer.from('504b0304', 'hex') },
		{ filename: 'notes.txt', content: 'BMW and others' },
		{ filename: 'bundle.whl', content: Buffer.from('504b0304', 'hex') },
		{ filename: 'note', content: 'plain words' },
	])('%j says it by its own name, or nothing does', async (file) => {
		expect(((await files('attachments', [file])) as object[])[0]).not.toHaveProperty('mimetype');
	});
});

describe('an attachment without a name is called by its type and place', () => {
	test.each<[object, string]>([
		[{ contentType: 'message/rfc822', content: Buffer.from('From: a') }, 'attachment-2.eml'],
		[{ contentType: 'image/jpeg', content: png }, 'attachment-2.jpg'],
		[{ content: pdf }, 'attachment-2.pdf'],
		[{ content: 'words' }, 'attachment-2.txt'],
		[{ content: Buffer.from([1, 2]) }, 'attachment-2.bin'],
		[{ filename: false, contentType: 'text/calendar; method=REQUEST', content: 'x' }, 'attachment-2.ics'],
		[{ filename: ' ', fileblob: 'data:text/csv;base64,AAAA' }, 'attachment-2.csv'],
		[{ filename: null, contentType: 'x/unknown', content: 'x' }, 'attachment-2.bin'],
	])('%j is %s', async (file, filename) => {
		expect(await files('attachments', [{ filename: 'a.txt', content: 'a' }, file])).toEqual([
			expect.anything(),
			expect.objectContaining({ filename }),
		]);
	});
});

test.each([
	'https://example.com/mail.eml',
	'C:\\mails\\one.eml',
	'file:///tmp/one.eml',
	'{"type":"Buffer","data":[70]}',
	'"From": "a@example.com"',
	'[]',
	'Hello',
])('%j is no MIME message', (text) => {
	expect(buildRequest(operationOf('email', 'sendMime'), { mime_email: text }, 0)).toMatchObject({
		ok: false,
		error: { message: 'MIME Message must start with a header line or be Base64' },
	});
});

test.each(['From: a@example.com\r\n\r\nHi', 'X-My.Header_1:b\n\nHi', 'subject: \\o/\n\nHi'])('%j is one', (text) => {
	expect(buildRequest(operationOf('email', 'sendMime'), { mime_email: text }, 0)).toMatchObject({ ok: true });
});
