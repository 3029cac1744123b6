/** What the email node reads of the properties of Node-RED's own email node. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { runInNewContext } from 'node:vm';
import { unsetSource, readUnset } from '../../../../node-red/shared/unset';
import { tooLong } from '../../../api/support/processor-time';

const read = (name: string, msg: object, whole?: Record<string, unknown>) =>
	readUnset('email', { name }, { _msgid: '1', ...msg }, whole);
const png = Buffer.from('89504e470d0a1a0a', 'hex');

describe("an email with untouched fields reads what Node-RED's own e-mail node reads", () => {
	it.each<[string, object, string, unknown]>([
		['the sender', { from: 'a@example.com' }, 'sender', 'a@example.com'],
		['the recipients', { to: 'a@example.com, b@example.com' }, 'to', 'a@example.com, b@example.com'],
		['a list of recipients', { to: ['a@example.com'] }, 'to', ['a@example.com']],
		['copies', { cc: 'a@example.com' }, 'cc', 'a@example.com'],
		['hidden copies', { bcc: 'a@example.com' }, 'bcc', 'a@example.com'],
		['the reply address', { replyTo: 'a@example.com' }, 'reply_to', 'a@example.com'],
		['the subject', { topic: 'Hello' }, 'subject', 'Hello'],
		['an empty subject', { topic: '' }, 'subject', ''],
		['a payload without tags as text', { payload: 'Hello' }, 'text_body', 'Hello'],
		['a payload without tags not as HTML', { payload: 'Hello' }, 'html_body', undefined],
		['a payload with tags as HTML', { payload: '<p>Hello</p>' }, 'html_body', '<p>Hello</p>'],
		[
			'a payload with tags also as text, where there are no better words',
			{ payload: '<p>Hello</p>' },
			'text_body',
			'<p>Hello</p>',
		],
		['the title where there is no topic', { title: 'News' }, 'subject', 'News'],
		['the topic before the title', { topic: 'Hello', title: 'News' }, 'subject', 'Hello'],
		[
			'an address in angle brackets not as a tag',
			{ payload: 'Reported by Jane <jane@example.com> at 9:00' },
			'html_body',
			undefined,
		],
		[
			'a name in angle brackets not as a tag',
			{ payload: 'From <Jane Doe> and <https://example.com/>' },
			'html_body',
			undefined,
		],
		[
			'an address beside tags stays readable',
			{ payload: '<b>Alert</b> of <jane@example.com>' },
			'text_body',
			'<b>Alert</b> of <jane@example.com>',
		],
		[
			'a tag with attributes, in capitals',
			{ payload: 'x <IMG\nsrc="a.png">' },
			'html_body',
			'x <IMG\nsrc="a.png">',
		],
		['an object not as text', { payload: { text: 'Hello' } }, 'text_body', undefined],
		['the text beside the HTML', { payload: '<p>Hello</p>', plaintext: 'Hello' }, 'text_body', 'Hello'],
		['a comparison not as a tag', { payload: '1 < 2' }, 'text_body', '1 < 2'],
		['a tag that is never closed as text', { payload: '> 1 <a' }, 'text_body', '> 1 <a'],
		['an empty tag not as HTML', { payload: '<>' }, 'html_body', undefined],
		['an empty text', { payload: '' }, 'text_body', ''],
		['a number as text', { payload: 42 }, 'text_body', '42'],
		['yes or no as text', { payload: false }, 'text_body', 'false'],
		[
			'a buffer as an attachment with its name',
			{ payload: png, filename: '/tmp/logo.png' },
			'attachments',
			[{ filename: 'logo.png', content: png }],
		],
		[
			'a Windows path as a name',
			{ payload: png, filename: 'C:\\tmp\\logo.png' },
			'attachments',
			[{ filename: 'logo.png', content: png }],
		],
		[
			'an image without a name by its first bytes',
			{ payload: png },
			'attachments',
			[{ filename: 'attachment.png', content: png }],
		],
		[
			'a PDF without a name by its first bytes',
			{ payload: Buffer.from('%PDF-1.7') },
			'attachments',
			[{ filename: 'attachment.pdf', content: Buffer.from('%PDF-1.7') }],
		],
		[
			'a buffer without a name',
			{ payload: Buffer.from('x') },
			'attachments',
			[{ filename: 'attachment.bin', content: Buffer.from('x') }],
		],
		['the description of a buffer as text', { payload: png, description: 'Our logo' }, 'text_body', 'Our logo'],
		['the name of a buffer as text', { payload: png }, 'text_body', 'attachment.png'],
		[
			'attachments',
			{ attachments: [{ filename: 'a.txt', content: 'A' }] },
			'attachments',
			[{ filename: 'a.txt', content: 'A' }],
		],
		[
			'one attachment',
			{ attachments: { filename: 'a.txt', content: 'A' } },
			'attachments',
			[{ filename: 'a.txt', content: 'A' }],
		],
		[
			'a buffer beside attachments',
			{ payload: png, attachments: [{ filename: 'a.txt', content: 'A' }] },
			'attachments',
			[
				{ filename: 'attachment.png', content: png },
				{ filename: 'a.txt', content: 'A' },
			],
		],
		[
			'an attachment with a Content-ID as an inline image',
			{ attachments: [{ cid: 'logo', content: png }] },
			'inlines',
			[{ cid: 'logo', content: png }],
		],
		[
			'a report with a Content-ID as an attachment, as a mail program names all its files',
			{
				attachments: [
					{ cid: 'f_abc', filename: 'Report', contentType: 'application/pdf', content: 'x' },
					{ cid: 'f_def', filename: 'Prices.CSV', content: 'x' },
				],
			},
			'attachments',
			[
				{ cid: 'f_abc', filename: 'Report', contentType: 'application/pdf', content: 'x' },
				{ cid: 'f_def', filename: 'Prices.CSV', content: 'x' },
			],
		],
		[
			'an image that is called bytes as an inline image',
			{ attachments: [{ cid: 'logo', filename: 'logo.png', contentType: 'binary/octet-stream', content: png }] },
			'inlines',
			[{ cid: 'logo', filename: 'logo.png', contentType: 'binary/octet-stream', content: png }],
		],
		[
			'an inline image not as an attachment',
			{ attachments: [{ cid: 'logo', content: png }] },
			'attachments',
			undefined,
		],
		['headers', { headers: { 'X-Order': '1' } }, 'custom_headers', { 'X-Order': '1' }],
		['no headers of a web request', { headers: { cookie: 'secret' }, req: {} }, 'custom_headers', undefined],
		[
			'no headers of the answer to a web request',
			{ headers: { 'content-type': 'text/html', 'x-node-red-request-node': 'abc' } },
			'custom_headers',
			undefined,
		],
		[
			'the email that is answered',
			{ inReplyTo: '<1@example.com>', references: ['<0@example.com>', '<1@example.com>'] },
			'custom_headers',
			{ 'In-Reply-To': '<1@example.com>', References: '<0@example.com> <1@example.com>' },
		],
		[
			'priority',
			{ priority: 'high', headers: { 'X-Order': '1' } },
			'custom_headers',
			{ 'X-Priority': '1 (Highest)', 'X-Order': '1' },
		],
		['priority in any case', { priority: 'High' }, 'custom_headers', { 'X-Priority': '1 (Highest)' }],
		['priority as the number of the header', { priority: 4 }, 'custom_headers', { 'X-Priority': '4 (Low)' }],
		['no priority', { priority: '' }, 'custom_headers', undefined],
		[
			'the type of a buffer from its headers',
			{ payload: Buffer.from('x'), filename: 'a.bin', headers: { 'Content-Type': 'application/pdf' } },
			'attachments',
			[{ filename: 'a.bin', content: Buffer.from('x'), contentType: 'application/pdf' }],
		],
		[
			'the headers of a buffer not as those of the mail',
			{
				payload: Buffer.from('x'),
				headers: { 'content-type': 'application/pdf', 'Content-Length': '1', 'X-Order': '1' },
			},
			'custom_headers',
			{ 'X-Order': '1' },
		],
		[
			'only headers of a buffer as none',
			{ payload: Buffer.from('x'), headers: { 'content-type': 'application/pdf' } },
			'custom_headers',
			undefined,
		],
		[
			'JSON that looks like a buffer not as a file',
			{ payload: { type: 'Buffer', data: [1] } },
			'attachments',
			undefined,
		],
	])('%s', (_what, msg, field, expected) => expect(read(field, msg)).toEqual(expected));

	it("and nothing that a payload holds under the API's names", () => {
		const payload = { to: 'a@example.com', text_body: 'Hello', template_id: 'welcome' };
		for (const name of Object.keys(payload)) expect(read(name, { payload })).toBeUndefined();
	});

	it('but the API\'s names of the object that "All Fields From" names, after the message\'s own property', () => {
		const whole = { to: 'b@example.com', text_body: 'Hello', template_id: 'welcome' };
		for (const [name, value] of Object.entries(whole)) expect(read(name, {}, whole)).toBe(value);
		expect(read('to', { to: 'a@example.com' }, whole)).toBe('a@example.com');
	});
});

describe('every other node', () => {
	const field = { name: 'to', required: true } as const;
	it.each([
		['a required field of the payload', { payload: { to: 'a' } }, 'a'],
		['nothing of the message itself', { to: 'a' }, undefined],
		['nothing of a text', { payload: 'to' }, undefined],
		['nothing of a list', { payload: ['to'] }, undefined],
		['nothing that an object inherits', { payload: Object.create({ to: 'a' }) as object }, undefined],
	])('reads %s', (_what, msg, expected) => expect(readUnset('webhook', field, msg, undefined)).toBe(expected));

	it('reads no field that is not required, and says so', () => {
		expect(readUnset('webhook', { name: 'to' }, { _msgid: '1', payload: { to: 'a' } }, undefined)).toBeUndefined();
		expect(unsetSource('webhook', { name: 'to' })).toBeUndefined();
		expect(unsetSource('suppression', { name: 'email_address', required: true })?.shows).toBe(
			'msg.payload.email_address',
		);
		expect(unsetSource('email', { name: 'subject' })?.shows).toBe('msg.topic, msg.title');
	});

	it('reads the object that "All Fields From" names, and then nothing else of the payload', () => {
		const reasons = { name: 'reasons', required: true, alias: 'reason' } as const;
		const msg = { _msgid: '1', payload: { reasons: ['spam'], reason: 'spam' } };
		expect(readUnset('suppression', reasons, msg, { reason: 'bounce' })).toBe('bounce');
		expect(readUnset('suppression', reasons, msg, { reason: 'bounce', reasons: ['manual'] })).toEqual(['manual']);
		expect(
			readUnset(
				'suppression',
				reasons,
				msg,
				Object.create({ reason: 'bounce' }) as object as Record<string, unknown>,
			),
		).toBeUndefined();
	});
});

it.each(['urgent', 'constructor', 0, {}])('an unknown priority is an error: %j', (priority) => {
	expect(() => read('custom_headers', { priority })).toThrow(/msg\.priority.*high, normal, or low/);
});

describe('bytes of another realm, as a Function node makes them', () => {
	const bytes = runInNewContext('new Uint8Array([37, 80, 68, 70, 45])') as Uint8Array;
	it.each([
		['a Uint8Array', bytes],
		['a part of one', bytes.subarray(0, 5)],
		['an ArrayBuffer', bytes.buffer],
		['a DataView', runInNewContext('new DataView(new Uint8Array([37, 80, 68, 70, 45]).buffer)')],
	])('%s is a file', (_what, payload) => {
		expect(read('attachments', { payload })).toEqual([
			{ filename: 'attachment.pdf', content: Buffer.from('%PDF-') },
		]);
		expect(read('text_body', { payload })).toBe('attachment.pdf');
		expect(read('html_body', { payload })).toBeUndefined();
	});
});

it.each(['<a', '<', '<a ', '<aa>'])('reads a megabyte of %j at once', (part) => {
	const payload = part.repeat(1_000_000 / part.length);
	// Time that grows with the square would take minutes.
	const work = () => ['text_body', 'html_body'].map((field) => read(field, { payload }));
	expect(tooLong(work, 100)).toBeUndefined();
});
