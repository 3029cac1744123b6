/**
 * Values to read, for each kind: right ones, right ones that were spoiled in one or two places, and anything at all.
 */
import fc from 'fast-check';
import type { Kind } from '../../../api';

/** Moment that all readers take for the present. */
export const NOW = Date.parse('2026-11-22T12:00:00Z');

/** Signs that mean something to some reader. */
const SIGNS = [
	'"',
	'\\',
	'\\"',
	'<',
	'>',
	'@',
	',',
	';',
	'\n',
	'\r',
	'\r\n',
	'\t',
	' ',
	'\u00a0',
	'(',
	')',
	'[',
	']',
	'{',
	'}',
	':',
	'.',
	'..',
	'-',
	'+',
	'/',
	'=',
	'%',
	'%41',
	'&',
	'#',
	'|',
	'0',
	'1',
	'9',
	'e',
	'x',
	'Z',
	'a@b.co',
	'\u0000',
	'\u0085',
	'\u00ad',
	'\u061c',
	'\u115f',
	'\u200b',
	'\u200d',
	'\u200e',
	'\u2011',
	'\u2028',
	'\u202e',
	'\u2060',
	'\u2066',
	'\u2800',
	'\u3164',
	'\ufe0f',
	'\ufeff',
	'\uff0c',
	'\uff1b',
	'\uff20',
	'\uff11',
	'\u0661',
	'\ud83d',
	'\ude00',
	'😀',
	'👩‍💻',
	'é',
	'ß',
	'null',
	'true',
	'__proto__',
	'{{x}}',
	'data:;base64,',
	'mailto:',
	'tel:',
];

const sign = fc.oneof(
	fc.constantFrom(...SIGNS),
	fc.string({ maxLength: 2, unit: 'binary' }),
	fc.string({ maxLength: 2, unit: 'grapheme' }),
);
/** Text of any signs. */
export const junk = fc.oneof(
	fc.array(sign, { maxLength: 12 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary', maxLength: 30 }),
	fc.string({ maxLength: 200 }),
);

/** A right text, spoiled up to three times: a sign put in, put over another, or taken out. */
function spoiled(right: fc.Arbitrary<string>): fc.Arbitrary<string> {
	const change = fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		put: sign,
		over: fc.integer({ min: 0, max: 2 }),
	});
	return fc.tuple(right, fc.array(change, { maxLength: 3 })).map(([text, changes]) =>
		changes.reduce((sum, { at, put, over }) => {
			const place = Math.floor(at * (sum.length + 1));
			return `${sum.slice(0, place)}${over === 2 ? '' : put}${sum.slice(place + over)}`;
		}, text),
	);
}

/** Any value that a workflow or a Function node may hold. */
const anything = fc.anything({
	withBigInt: true,
	withBoxedValues: true,
	withDate: true,
	withMap: true,
	withSet: true,
	withNullPrototype: true,
	withTypedArray: true,
	withSparseArray: true,
	withObjectString: true,
	stringUnit: 'binary',
});

/** Texts of a kind, spoiled or not, beside any text and any value. */
function texts(...right: string[]): fc.Arbitrary<unknown> {
	return fc.oneof(
		{ weight: 6, arbitrary: spoiled(fc.constantFrom(...right)) },
		{ weight: 1, arbitrary: fc.constantFrom(...right) },
		{ weight: 2, arbitrary: junk },
		{ weight: 2, arbitrary: anything },
	);
}

/** The same in every form of a list. */
function lists(one: fc.Arbitrary<unknown>, separator = ','): fc.Arbitrary<unknown> {
	const list = fc.array(one, { maxLength: 4 });
	const text = (value: unknown): string =>
		typeof value === 'string'
			? value
			: String(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)));
	return fc.oneof(
		one,
		list,
		list.map((parts) => parts.map(text).join(separator)),
		list.map(text),
	);
}

const person = texts(
	'jane@example.com',
	'Jane <jane@example.com>',
	'"Doe, Jane" <jane@example.com>',
	'"a\\"b\\\\" <a@b.co>',
	'<jane@example.com>',
	'Jörg <jörg@bücher.example>',
	'"a b"@example.com',
	'jane@example.com <jane@example.com>',
);
const record = fc.record(
	{ name: fc.oneof(junk, anything), email: texts('jane@example.com'), address: texts('joe@example.com') },
	{ requiredKeys: [] },
);
const people = lists(fc.oneof({ weight: 4, arbitrary: person }, { weight: 1, arbitrary: record }));
const domain = texts('example.com', 'mail-1.example.co.uk', 'bücher.example', 'xn--bcher-kva.example');
const phone = fc.oneof(
	{
		weight: 8,
		arbitrary: texts(
			'+14155550123',
			'+1 (415) 555-0123',
			'1-415-555-0123',
			'+33 6 12 34 56 78',
			'+1\u2011415\u2011555\u20110123',
			'tel:+1.415.555.0123',
		),
	},
	{ weight: 1, arbitrary: fc.double() },
	{ weight: 1, arbitrary: fc.maxSafeInteger() },
);
const moment = fc.oneof(
	{
		weight: 8,
		arbitrary: texts(
			'2026-11-23T09:00:00Z',
			'2026-11-23 09:00',
			'2026-11-23T09:00:00.123+05:30',
			'2026-11-23 09:00:00+00',
			'23 Nov 2026 09:00:00',
			'Mon, 23 Nov 2026 09:00:00 +0100 (CET)',
			'2026-11-23',
			'1795426200',
			'1795426200000',
		),
	},
	{ weight: 1, arbitrary: fc.date({ noInvalidDate: false }) },
	{ weight: 1, arbitrary: fc.double() },
	{
		weight: 1,
		arbitrary: fc
			.date({ min: new Date(NOW), max: new Date(NOW + 3e8), noInvalidDate: true })
			.map((date) => date.toISOString()),
	},
);
const blob = fc.oneof(
	texts('aGVsbG8=', 'aGVsbG8', '-_-_', 'data:image/png;base64,aGk=', '68656c6c6f', 'From: a@b.co\r\n\r\nHi'),
	fc.uint8Array({ maxLength: 40 }),
	fc.uint8Array({ maxLength: 9 }).map((bytes) => JSON.parse(JSON.stringify(Buffer.from(bytes))) as unknown),
);
const file = fc.oneof(
	{
		weight: 5,
		arbitrary: fc.record(
			{
				filename: texts('a.txt', 'Invoice no.5', 'logo.png'),
				cid: texts('logo', 'unique@shop.com'),
				fileblob: blob,
				content: blob,
				url: texts('https://example.com/a%20b.pdf'),
				encoding: texts('base64', 'hex', 'latin1', 'utf8'),
				mimetype: texts('image/png', 'application/octet-stream'),
				contentType: texts('message/rfc822'),
			},
			{ requiredKeys: [] },
		),
	},
	{ weight: 1, arbitrary: anything },
);
const header = fc.record(
	{ header: texts('X-Order', 'Reply-To', 'Bcc', 'Content-Type', 'References'), value: texts('a value', 'ü') },
	{ requiredKeys: [] },
);
const headers = fc.oneof(
	lists(header),
	fc.dictionary(fc.oneof(junk, fc.constantFrom('X-Order', 'X-A')), texts('a value')),
	anything,
);
const id = texts('receipt', 'caa928f4-24ec-4a68-bcfc-1fd2596342f0');
const words = texts('some text', 'a, b\nc', '["a","b"]');
const number = fc.oneof(texts('7', '+12', '-3', '007'), fc.integer(), fc.double());
const object = fc.oneof(
	fc.object({ maxDepth: 3, stringUnit: 'binary' }),
	fc.json().map((json) => `{"a":${json}}`),
	texts('{"a":1}', '{"__proto__":{"a":[1]}}'),
	anything,
);
const choice = texts('bounce', 'click', 'asc', 'manual', '');
const mail = fc.record(
	{
		sender: fc.oneof({ weight: 5, arbitrary: fc.constant('shop@example.com') }, { weight: 1, arbitrary: person }),
		to: fc.oneof({ weight: 3, arbitrary: fc.constant('jane@example.com') }, { weight: 1, arbitrary: people }),
		subject: words,
		text_body: words,
		reply_to: fc.constantFrom('a@b.co', 'Jörg <j@example.com>', ''),
		custom_headers: fc.oneof(fc.constant({ 'X-A': 'b' }), headers),
		attachments: fc.oneof(fc.constant([]), file),
		template_data: object,
		schedule: moment,
	},
	{ requiredKeys: ['sender', 'to', 'subject', 'text_body'] },
);

/** What is tried on each kind. A new kind does not compile without its own. */
export const generators: Readonly<Record<Kind, fc.Arbitrary<unknown>>> = {
	addressList: lists(person),
	addressesOrDomains: lists(fc.oneof(person, domain)),
	addressOrDomain: fc.oneof(person, domain),
	apiKey: id,
	attachments: lists(file),
	boolean: texts('true', 'FALSE', ' true '),
	choice,
	choices: lists(choice),
	dateTime: moment,
	domain,
	emailAddress: person,
	emails: lists(mail),
	headers,
	html: words,
	inlines: lists(file),
	ipAddress: texts('192.0.2.1', '192.0.2.0/24', '2001:db8::1', '::ffff:192.0.2.1/120'),
	ipPool: number,
	longText: words,
	mime: blob,
	number,
	object,
	phoneNumber: phone,
	phoneNumbers: lists(phone),
	recipients: people,
	replyTo: people,
	schedule: moment,
	secret: words,
	sender: fc.oneof(person, record),
	senderDomain: domain,
	singleSender: person,
	smtpUser: id,
	smtpUsers: lists(id),
	subaccount: id,
	subaccounts: lists(id),
	template: id,
	templateData: object,
	text: words,
	textList: lists(words),
	url: texts('https://example.com/a?b=c#d', 'http://user:pass@example.com:8080/ü'),
	webhook: number,
};
