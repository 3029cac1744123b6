import { buildRequest } from '../../../api';
import { textOf } from '../support/fake-host';
import { operation } from '../support/operation';

const NOW = Date.parse('2026-11-22T12:00:00Z');

const send = operation('email', 'send');
const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };

async function bodyOf(values: Record<string, unknown>, of = send): Promise<Record<string, unknown>> {
	const built = buildRequest(of, values, NOW);
	if (!built.ok) throw built.error;
	return JSON.parse(await textOf(built.value)) as Record<string, unknown>;
}

function errorOf(values: Record<string, unknown>, of = send) {
	const built = buildRequest(of, values, NOW);
	if (built.ok) throw new Error(`accepted: ${built.value.bytes} bytes`);
	return built.error;
}

describe('an email is built', () => {
	test("with the fields in the catalogue's order, so that equal values give equal bytes", async () => {
		const forward = buildRequest(send, mail, NOW);
		const backward = buildRequest(send, Object.fromEntries(Object.entries(mail).reverse()), NOW);
		const body = '{"sender":"shop@example.com","to":["jane@example.com"],"subject":"Hi","text_body":"Hello"}';
		for (const built of [forward, backward]) {
			expect(built).toMatchObject({ ok: true, value: { operation: send, bytes: 90 } });
			expect(built.ok && (await textOf(built.value))).toBe(body);
		}
	});

	test.each<[string, unknown, string[]]>([
		['one address', 'jane@example.com', ['jane@example.com']],
		['a line with commas', 'jane@example.com, joe@example.com', ['jane@example.com', 'joe@example.com']],
		['a line with semicolons and a trailing one', 'a@x.org; b@x.org;', ['a@x.org', 'b@x.org']],
		[
			'a comma inside a quoted name',
			'"Doe, Jane" <jane@example.com>, joe@example.com',
			['"Doe, Jane" <jane@example.com>', 'joe@example.com'],
		],
		['a list', ['a@x.org', 'Bea <b@x.org>'], ['a@x.org', 'Bea <b@x.org>']],
		['a JSON list as text', '["a@x.org","b@x.org"]', ['a@x.org', 'b@x.org']],
		[
			'objects with name and email',
			[{ name: 'Doe, Jane', email: 'jane@example.com' }],
			['"Doe, Jane" <jane@example.com>'],
		],
		['objects with address only', [{ address: 'jane@example.com' }], ['jane@example.com']],
		['lines', 'a@x.org\nb@x.org', ['a@x.org', 'b@x.org']],
	])('with recipients given as %s', async (_, to, expected) => {
		expect((await bodyOf({ ...mail, to }))['to']).toEqual(expected);
	});

	test.each<[string, Record<string, unknown>, string, unknown]>([
		[
			'reply-to as a header',
			{ reply_to: 'Help <help@x.org>' },
			'custom_headers',
			[{ header: 'Reply-To', value: 'Help <help@x.org>' }],
		],
		[
			'headers from an object',
			{ custom_headers: { 'X-Order': 7 } },
			'custom_headers',
			[{ header: 'X-Order', value: '7' }],
		],
		[
			'headers from a JSON text',
			{ custom_headers: '[{"header":"X-A","value":"b"}]' },
			'custom_headers',
			[{ header: 'X-A', value: 'b' }],
		],
		[
			'reply-to before other headers',
			{ reply_to: 'a@x.org', custom_headers: { 'X-A': 'b' } },
			'custom_headers',
			[
				{ header: 'Reply-To', value: 'a@x.org' },
				{ header: 'X-A', value: 'b' },
			],
		],
		['yes as text', { fastaccept: 'true' }, 'fastaccept', true],
		['a time in another zone', { schedule: '2026-11-23T09:00:00+02:00' }, 'schedule', '2026-11-23 07:00:00 +0000'],
		['a time in milliseconds', { schedule: NOW + 3_600_000 }, 'schedule', '2026-11-22 13:00:00 +0000'],
		['a date object', { schedule: new Date(NOW + 60_000) }, 'schedule', '2026-11-22 12:01:00 +0000'],
		['a time without zone, as UTC', { schedule: '2026-11-22 18:30' }, 'schedule', '2026-11-22 18:30:00 +0000'],
		[
			'a file of bytes',
			{ attachments: [{ filename: 'a.txt', content: Buffer.from('hi') }] },
			'attachments',
			[{ filename: 'a.txt', fileblob: 'aGk=' }],
		],
		[
			'a file by URL',
			{ attachments: [{ filename: 'a.pdf', url: 'https://x.org/a.pdf' }] },
			'attachments',
			[{ filename: 'a.pdf', url: 'https://x.org/a.pdf' }],
		],
		[
			'a file with text content',
			{ attachments: { filename: 'a.txt', content: 'hé', contentType: 'text/plain' } },
			'attachments',
			[{ filename: 'a.txt', fileblob: 'aMOp', mimetype: 'text/plain' }],
		],
		[
			'an empty file',
			{ attachments: [{ filename: 'a.txt', fileblob: '' }] },
			'attachments',
			[{ filename: 'a.txt', fileblob: '' }],
		],
		[
			'an inline image by its Content-ID',
			{ inlines: [{ filename: 'logo-final.png', cid: 'logo', fileblob: 'aGk=' }] },
			'inlines',
			[{ filename: 'logo', fileblob: 'aGk=', mimetype: 'image/png' }],
		],
		['template data as an object', { template_id: 'receipt', template_data: '{"n":1}' }, 'template_data', { n: 1 }],
	])('with %s', async (_, extra, name, expected) => {
		expect((await bodyOf({ ...mail, ...extra }))[name]).toEqual(expected);
	});

	test('with hostile but lawful text exactly as given', async () => {
		const subject = 'a\tb </script> {{ x }} \u202e';
		const text = `${subject}\u0000\r\n`;
		expect(await bodyOf({ ...mail, subject, text_body: text })).toMatchObject({ subject, text_body: text });
	});

	test('with a __proto__ key in template data still in it', async () => {
		const built = buildRequest(
			send,
			{ ...mail, template_id: 'receipt', template_data: JSON.parse('{"__proto__": {"a": 1}}') as object },
			NOW,
		);
		expect(built.ok && (await textOf(built.value))).toContain('"template_data":{"__proto__":{"a":1}}');
	});

	test('with an empty list of copies left out, and null as not given', async () => {
		expect(await bodyOf({ ...mail, cc: '', bcc: [], reply_to: null, attachments: [] })).toEqual({
			...mail,
			to: ['jane@example.com'],
		});
	});
});

describe('an email is refused before anything is sent, naming the field', () => {
	const people = Array.from({ length: 101 }, (_, index) => `p${index}@example.com`);
	const circular: Record<string, unknown> = {};
	circular['self'] = circular;
	test.each<[string, Record<string, unknown>, string, RegExp]>([
		['no sender', { sender: undefined }, 'sender', /^From is required$/],
		['an empty sender', { sender: '' }, 'sender', /required/],
		['no recipient', { to: [] }, 'to', /required/],
		['no recipient in a line', { to: ' , ' }, 'to', /required/],
		['101 recipients', { to: people }, 'to', /at most 100 entries, not 101/],
		['no address', { to: 'jane' }, 'to', /^To: "jane" is not a valid email address$/],
		['a number as recipient', { to: 5 }, 'to', /To must be an email address as text, not a number/],
		['an object without address', { to: [{ name: 'Jane' }] }, 'to', /"email" or "address"/],
		['a line end in a name', { sender: 'Shop\r\nBcc: all@example.com <shop@example.com>' }, 'sender', /one line/],
		['a line end in a recipient of a list', { to: ['jane@example.com\nBcc: x@y.org'] }, 'to', /one line/],
		[
			'a line end in a header value',
			{ custom_headers: { 'X-A': 'b\r\nBcc: x@y.org' } },
			'custom_headers',
			/line end/,
		],
		['a line end in a header name', { custom_headers: { 'X-A\r\nBcc': 'b' } }, 'custom_headers', /header name/],
		['a header that SMTP2GO sets', { custom_headers: { 'content-TYPE': 'b' } }, 'custom_headers', /sets itself/],
		['a header value that is an object', { custom_headers: { 'X-A': {} } }, 'custom_headers', /must be a list/],
		['reply-to twice', { reply_to: 'a@x.org', custom_headers: { 'Reply-to': 'b@x.org' } }, 'reply_to', /set twice/],
		['no subject', { subject: undefined }, 'subject', /At least one of these is required: Subject, Template/],
		['no body', { text_body: '' }, 'html_body', /HTML Body, Text Body, Template/],
		['an object as subject', { subject: {} }, 'subject', /must be text, not an object/],
		['a list as body', { html_body: ['a'] }, 'html_body', /not a list/],
		['a time that has passed', { schedule: '2026-11-22T11:59:00Z' }, 'schedule', /has passed/],
		[
			'a time that has passed, in the words in which it was given',
			{ schedule: '2026-11-22T05:00:00-05:00' },
			'schedule',
			/but 2026-11-22T05:00:00-05:00 has passed/,
		],
		['a time too far ahead', { schedule: '2026-11-25T12:00:01Z' }, 'schedule', /at most 3 days/],
		['a time that is none', { schedule: 'tomorrow' }, 'schedule', /date and time/],
		['maybe as yes or no', { fastaccept: 'maybe' }, 'fastaccept', /true or false/],
		['an image without name', { inlines: [{ fileblob: 'aGk=' }] }, 'inlines', /file name or cid/],
		[
			'a file with a line end in its name',
			{ attachments: [{ filename: 'a\r\n.txt', fileblob: 'aGk=' }] },
			'attachments',
			/control character/,
		],
		[
			'a file that is not Base64',
			{ attachments: [{ filename: 'a', fileblob: 'h€' }] },
			'attachments',
			/not valid Base64/,
		],
		[
			'a file with content and URL',
			{ attachments: [{ filename: 'a', fileblob: 'aGk=', url: 'https://x.org' }] },
			'attachments',
			/not both/,
		],
		[
			'a file by a local path',
			{ attachments: [{ filename: 'a', url: 'file:///etc/passwd' }] },
			'attachments',
			/http/,
		],
		['a file that is text', { attachments: 'report.pdf' }, 'attachments', /list of files/],
		[
			'template data that is a list',
			{ template_id: 'receipt', template_data: [1] },
			'template_data',
			/JSON object, not a list/,
		],
		[
			'template data that holds itself',
			{ template_id: 'receipt', template_data: circular },
			'template_data',
			/contains itself/,
		],
		[
			'template data that is not finite',
			{ template_id: 'receipt', template_data: { a: [NaN] } },
			'template_data',
			/not finite/,
		],
		[
			'template data with a function',
			{ template_id: 'receipt', template_data: { a: () => 1 } },
			'template_data',
			/function/,
		],
		['a field that does not exist', { replyTo: 'a@x.org' }, 'replyTo', /"replyTo" is not a field/],
	])('%s', (_, extra, field, message) => {
		const error = errorOf({ ...mail, ...extra });
		expect(error.type).toBe('invalid');
		expect(error.details.fieldErrors?.[0]?.field).toBe(field);
		expect(error.message).toMatch(message);
	});

	test('more than 50,000,000 bytes, with the size in the sentence', () => {
		expect(errorOf({ ...mail, text_body: 'x'.repeat(50_000_001) }).message).toMatch(
			/50,000,0\d\d bytes; SMTP2GO accepts at most 50,000,000/,
		);
	});
});

describe('other calls', () => {
	test('an empty body is the text {}', async () => {
		const built = buildRequest(operation('webhook', 'getAll'), {}, NOW);
		expect(built).toMatchObject({ ok: true, value: { bytes: 2 } });
		expect(built.ok && (await textOf(built.value))).toBe('{}');
	});

	test('at most 1,000,000 bytes where no email is sent', () => {
		expect(
			errorOf(
				{ email_address: 'a@x.org', block_description: 'x'.repeat(1_000_000) },
				operation('suppression', 'add'),
			).message,
		).toMatch(/at most 1,000,000/);
	});

	test.each([
		['raw text', 'From: a@x.org\r\n\r\nHi', Buffer.from('From: a@x.org\r\n\r\nHi').toString('base64')],
		['bytes', Buffer.from('From: a'), Buffer.from('From: a').toString('base64')],
		['Base64 with line ends', 'RnJv\r\nbTog', 'RnJvbTog'],
	])('a MIME message is taken as %s', async (_, mime, expected) => {
		expect(await bodyOf({ mime_email: mime }, operation('email', 'sendMime'))).toEqual({ mime_email: expected });
	});

	test('a batch reads every email as Send does and names the one that is wrong', async () => {
		const batch = operation('email', 'sendBatch');
		expect(await bodyOf({ emails: JSON.stringify([mail, { ...mail, reply_to: 'a@x.org' }]) }, batch)).toMatchObject(
			{ emails: [{ to: ['jane@example.com'] }, { custom_headers: [{ header: 'Reply-To' }] }] },
		);
		expect(errorOf({ emails: [mail, { ...mail, to: 'x' }] }, batch).message).toMatch(
			/^Emails: entry 2: To: "x" is not a valid email address$/,
		);
		expect(errorOf({ emails: Array.from({ length: 1001 }, () => mail) }, batch).message).toMatch(
			/at most 1000 entries, not 1001/,
		);
		expect(errorOf({ emails: 'nonsense' }, batch).message).toMatch(/list of emails/);
		expect(errorOf({ emails: [mail, 'x'] }, batch).message).toMatch(/entry 2 is a string/);
	});

	test.each([
		['jane@example.com', 'jane@example.com'],
		['Jane <jane@example.com>', 'jane@example.com'],
		['example.com', 'example.com'],
	])('a suppression takes %s', async (given, expected) => {
		expect(await bodyOf({ email_address: given }, operation('suppression', 'add'))).toEqual({
			email_address: expected,
		});
	});

	test.each(['jane', 'jane@', 'a b.com', 'x.org\nBcc'])('a suppression refuses %j', (given) => {
		expect(errorOf({ email_address: given }, operation('suppression', 'add')).details.fieldErrors?.[0]?.field).toBe(
			'email_address',
		);
	});

	test.each<[string, string, Record<string, unknown>, RegExp]>([
		[
			'template',
			'create',
			{ template_name: 'T', id: 'abcd', subject: 's', html_body: 'h', text_body: 't' },
			/^ID must have at least 5 characters, not 4/,
		],
		[
			'template',
			'create',
			{ template_name: 'x'.repeat(65), id: 'abcde', subject: 's', html_body: 'h', text_body: 't' },
			/at most 64 characters, not 65/,
		],
		['webhook', 'delete', { id: '4.5' }, /whole number/],
		['webhook', 'create', { url: 'example.com' }, /full URL/],
		['webhook', 'create', { url: 'https://x.org', events: ['opened'] }, /must be one of bounce, click/],
		['suppression', 'remove', { email_address: 'a@x.org', reasons: [] }, /must have at least 1 entry/],
		['suppression', 'getAll', { sort: 'up' }, /one of asc, desc/],
		['suppression', 'getAll', { start_date: '2026-13-01' }, /date and time/],
	])('%s %s refuses %j', (resource, key, values, message) => {
		expect(errorOf(values, operation(resource, key)).message).toMatch(message);
	});

	test('a choice may be the empty one where the catalogue offers it', async () => {
		expect(
			await bodyOf(
				{ url: 'https://x.org', auth_header_type: '', events: 'bounce,spam' },
				operation('webhook', 'create'),
			),
		).toEqual({ url: 'https://x.org', auth_header_type: '', events: ['bounce', 'spam'] });
	});
});
