/**
 * Values that become a line of an email's header: none can add a line, and none can reach people behind the form's
 * back.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports -- values of another realm are made with node:vm */
import vm from 'node:vm';
import { buildRequest, operationOf } from '../../../api';

const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };

function read(values: object): unknown {
	const built = buildRequest(operationOf('email', 'send'), { ...mail, ...values }, 0);
	return built.ok ? built.value.fields : built.error.message;
}

/** The same of an email in a batch. */
function readInBatch(values: object): unknown {
	const built = buildRequest(operationOf('email', 'sendBatch'), { emails: [mail, { ...mail, ...values }] }, 0);
	return built.ok ? built.value.fields : built.error.message;
}

test.each(['Your order\n', 'Your order\r\nBcc: x@example.com', '\rX', 'a\u2028b', 'a\u0085b', 'a\u0000b'])(
	'a subject %j is refused by name',
	(subject) => {
		const message = expect.stringMatching(
			/Subject must be on one line, but contains a (line end|control character) \(U\+[0-9A-F]{4}\)$/,
		);
		expect(read({ subject })).toEqual(message);
		expect(readInBatch({ subject })).toEqual(
			expect.stringMatching(/^Emails: entry 2: Subject must be on one line/),
		);
		expect(
			buildRequest(
				operationOf('template', 'create'),
				{ template_name: 'T', id: 'abcde', subject, html_body: 'h', text_body: 't' },
				0,
			),
		).toMatchObject({ ok: false, error: { message } });
	},
);

test.each<[string, string]>([
	['To', 'Use the field To'],
	['CC', 'Use the field CC'],
	['bcc', 'Use the field BCC'],
	['From', 'Use the field From'],
	['SUBJECT', 'Use the field Subject'],
	...[
		'Sender',
		'Return-Path',
		'Resent-To',
		'Resent-Bcc',
		'Content-Type',
		'Content-Disposition',
		'MIME-Version',
		'DKIM-Signature',
		'ARC-Seal',
		'Received',
		'Apparently-To',
		'Delivered-To',
		'X-Envelope-To',
	].map((name): [string, string] => [name, 'SMTP2GO sets itself']),
])('the header %s is refused', (name, why) => {
	for (const custom_headers of [
		{ [name]: 'x@example.com' },
		[{ header: ` ${name}`, value: 'x@example.com' }],
		JSON.stringify({ [name]: 'x' }),
	]) {
		expect(read({ custom_headers })).toEqual(
			expect.stringMatching(new RegExp(`^Custom Headers contains ${name}.*${why}`)),
		);
		expect(readInBatch({ custom_headers })).toEqual(expect.stringContaining(why));
	}
});

test.each(['Reply-To', 'In-Reply-To', 'References', 'Message-ID', 'Date'])(
	'the header %s is refused where it is given twice',
	(name) => {
		expect(
			read({
				custom_headers: [
					{ header: name, value: 'a' },
					{ header: name.toLowerCase(), value: 'b' },
				],
			}),
		).toBe(`Custom Headers contains ${name.toLowerCase()} twice`);
		expect(read({ custom_headers: { [name]: 'a@example.com' } })).toMatchObject({
			custom_headers: [{ header: name, value: 'a@example.com' }],
		});
	},
);

test('reply-to is set in one place only', () => {
	expect(read({ reply_to: 'a@example.com', custom_headers: { 'REPLY-TO': 'b@example.com' } })).toBe(
		'Reply To is set twice, as a field and as a custom header. Remove one of them',
	);
});

test('a row that was left empty is none; a value without a name is an error', () => {
	expect(
		read({ custom_headers: [{ header: '', value: '' }, { header: ' ' }, { header: 'X-A', value: 'b' }] }),
	).toMatchObject({ custom_headers: [{ header: 'X-A', value: 'b' }] });
	expect(read({ custom_headers: [{ header: '', value: 'x' }] })).toBe(
		'Custom Headers contains a header without a name',
	);
	expect(read({ custom_headers: { 'X A': 'b' } })).toBe(
		'Custom Headers contains the invalid header name "X A". ' +
			'A name must not contain a space, colon, line end or non-ASCII letter',
	);
	expect(read({ custom_headers: { 'X-A': 'b\r\nBcc: x@example.com' } })).toBe(
		'Custom Headers: the value of X-A contains a line end (U+000D). It must be on one line',
	);
});

test.each<[string, string]>([
	['Help <help@example.com>', 'Help <help@example.com>'],
	['Jörg <j@example.com>', '=?UTF-8?B?SsO2cmc=?= <j@example.com>'],
	['Sales: Jane <j@example.com>', '"Sales: Jane" <j@example.com>'],
	['Jane [Sales] <j@example.com>', '"Jane [Sales]" <j@example.com>'],
	['"Sales: Jane" <j@example.com>', '"Sales: Jane" <j@example.com>'],
	[
		'"Jörg \\"X\\", Dr." <j@example.com>, Help <h@example.com>',
		`=?UTF-8?B?${Buffer.from('Jörg "X", Dr.').toString('base64')}?= <j@example.com>, Help <h@example.com>`,
	],
])('a reply-to %s travels in ASCII', (reply_to, value) => {
	expect(read({ reply_to })).toMatchObject({ custom_headers: [{ header: 'Reply-To', value }] });
});

test('a long name of a reply-to is cut between characters', () => {
	const name = '👩‍💻ü'.repeat(20);
	const {
		custom_headers: [{ value }],
	} = read({ reply_to: `${name} <j@example.com>` }) as { custom_headers: [{ value: string }] };
	const words = value.replace(' <j@example.com>', '').split(' ');
	expect(words.every((word) => word.length <= 75 && /^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/.test(word))).toBe(true);
	expect(words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8')).join('')).toBe(name);
});

describe('what JSON cannot carry', () => {
	const data = (template_data: unknown) => read({ template_id: 'receipt', template_data });

	test('an object with inner cycles is what its toJSON says', () => {
		const error = Object.assign(new Error('no'), { toJSON: () => ({ message: 'no', at: new Date(0) }) });
		Object.assign(error, { request: error });
		expect(data({ error })).toMatchObject({
			template_data: { error: { message: 'no', at: '1970-01-01T00:00:00.000Z' } },
		});
		expect(data(vm.runInNewContext('({ at: new Date(0), n: 1 })'))).toMatchObject({
			template_data: { at: '1970-01-01T00:00:00.000Z', n: 1 },
		});
	});

	test('parts that are repeated over and over come to an end', () => {
		let many: unknown = { a: 1 };
		for (let level = 0; level < 60; level++) many = { a: many, b: many };
		expect(data({ many })).toBe('Template Data contains too many values, which JSON cannot represent');
	});

	test('half of a character becomes U+FFFD, in keys too', () => {
		expect(data({ 'a\ud83d': ['x\udc00y', '👩‍💻'] })).toMatchObject({
			template_data: { 'a\ufffd': ['x\ufffdy', '👩‍💻'] },
		});
		expect(read({ subject: 'cut \ud83d', text_body: '\ud83d' })).toMatchObject({
			subject: 'cut \ufffd',
			text_body: '\ufffd',
		});
		expect(read({ custom_headers: { 'X-A': '\ud83d' } })).toMatchObject({ custom_headers: [{ value: '\ufffd' }] });
	});

	test('what was given is not touched later', () => {
		const given = { a: { b: 1 } };
		const fields = data(given);
		given.a.b = 2;
		expect(fields).toMatchObject({ template_data: { a: { b: 1 } } });
	});
});
