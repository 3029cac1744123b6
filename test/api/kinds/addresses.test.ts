/** Addresses as people paste them: the right one leaves, or an error says what is wrong with it. */
import { buildRequest } from '../../../api';
import { readEmailAddress } from '../../../api/kinds/addresses';
import { operation } from '../support/operation';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };

/** What a field sends of a value, or the error's message. */
function read(
	field: string,
	value: unknown,
	[resource, key, others]: [string, string, object] = ['email', 'send', mail],
): unknown {
	const built = buildRequest(operation(resource, key), { ...others, [field]: value }, NOW);
	return built.ok ? built.value.fields[field] : built.error.message;
}

const suppress: [string, string, object] = ['suppression', 'add', {}];
const allow: [string, string, object] = ['allowedRecipient', 'replace', { enabled: true }];
const domain: [string, string, object] = ['senderDomain', 'create', {}];
const single: [string, string, object] = ['singleSender', 'create', {}];

describe('what nobody sees', () => {
	const signs = [
		'\u00ad',
		'\u200b',
		'\u200d',
		'\u200e',
		'\u200f',
		'\u202a',
		'\u202e',
		'\u2060',
		'\u2064',
		'\u2066',
		'\u2069',
		'\ufeff',
		'\ufe0f',
		'\u3164',
		'\u115f',
		'\uffa0',
		'\u2800',
		'\u{e0041}',
		'\u00a0',
	];

	test.each(signs.map((sign) => [JSON.stringify(sign), sign]))('%s is removed at the ends', (_, sign) => {
		for (const value of [
			`${sign}jane@example.com`,
			`jane@example.com${sign}`,
			` ${sign} jane@example.com ${sign}\n`,
		]) {
			expect(read('to', value)).toEqual(['jane@example.com']);
			expect(read('to', [value, 'joe@example.com'])).toEqual(['jane@example.com', 'joe@example.com']);
			expect(read('sender', value)).toBe('jane@example.com');
			expect(read('email_address', value, suppress)).toBe('jane@example.com');
			expect(read('email_address', value, single)).toBe('jane@example.com');
			expect(read('allowed_recipients', value, allow)).toEqual(['jane@example.com']);
		}
		expect(read('to', `Jane <${sign}jane@example.com${sign}>`)).toEqual(['Jane <jane@example.com>']);
		expect(read('domain', `${sign}example.com${sign}`, domain)).toBe('example.com');
		expect(read('to', sign)).toBe('To is required');
	});

	test.each(
		signs
			.slice(0, -1)
			.map((sign) => [`U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`, sign]),
	)('%s is refused by name inside', (name, sign) => {
		const text = `ja${sign}ne@example.com`;
		const message = expect.stringContaining(
			`"ja<${name}>ne@example.com" contains an invisible character (${name}). Remove it`,
		);
		expect(read('to', text)).toEqual(message);
		expect(read('to', `Jane <${text}>`)).toContain(`(${name})`);
		expect(read('sender', { name: 'Jane', email: text })).toEqual(message);
		expect(read('email_address', text, suppress)).toEqual(message);
		expect(read('email_address', text, single)).toEqual(message);
		expect(read('allowed_recipients', ['a@example.com', text], allow)).toEqual(message);
		expect(read('domain', `exam${sign}ple.com`, domain)).toContain(`(${name})`);
	});

	test('is allowed in a name, which can contain any emoji', () => {
		for (const name of ['👩‍💻 Jane', 'Jane 🏳️‍🌈', 'می‌خواهم', 'Jörg 👨‍👩‍👧‍👦'])
			expect(read('to', `${name} <jane@example.com>`)).toEqual([`${name} <jane@example.com>`]);
	});

	test('is removed around IDs and refused inside them', () => {
		const cancel: [string, string, object] = ['email', 'cancelScheduled', {}];
		const get: [string, string, object] = ['template', 'get', {}];
		expect(read('schedule_id', '\u200bcaa928f4-24ec ', cancel)).toBe('caa928f4-24ec');
		expect(read('schedule_id', 'caa928\u200bf4', cancel)).toBe(
			'Schedule ID: "caa928<U+200B>f4" contains an invisible character (U+200B). Remove it',
		);
		expect(read('id', '\ufeffreceipt\u2060', get)).toBe('receipt');
		expect(read('template_id', ' receipt\u200e')).toBe('receipt');
		expect(read('template_id', 're\u00adceipt')).toContain('(U+00AD)');
	});
});

describe('one person', () => {
	test.each<[string, unknown, unknown]>([
		[
			'a name that ends in a backslash',
			'"Sales \\\\" <sales@example.com>, joe@example.com',
			['"Sales \\\\" <sales@example.com>', 'joe@example.com'],
		],
		[
			'a quote inside a name',
			'"a\\", b" <a@example.com>; c@example.com',
			['"a\\", b" <a@example.com>', 'c@example.com'],
		],
		['a copied link', 'mailto:jane@example.com', ['jane@example.com']],
		['a copied link behind a name', 'Jane <MAILTO:jane@example.com>', ['Jane <jane@example.com>']],
		['letters of other scripts', 'Jörg <jörg@bücher.example>', ['Jörg <jörg@bücher.example>']],
		['a quoted local part', '"john smith"@example.com', ['"john smith"@example.com']],
		['plus and hyphens', "a+b-c_d'e@mail-1.example.co.uk", ["a+b-c_d'e@mail-1.example.co.uk"]],
		['null and empty entries of a list', ['jane@example.com', null, '', undefined, ' '], ['jane@example.com']],
		['a name that is a number', [{ name: 7, email: 'jane@example.com' }], ['7 <jane@example.com>']],
		['half of a character in a name', 'Jane \ud83d <jane@example.com>', ['Jane \ufffd <jane@example.com>']],
	])('%s is taken', (_, to, expected) => {
		expect(read('to', to)).toEqual(expected);
	});

	test.each<[string, string]>([
		['[jane@example.com]', 'is not a valid email address'],
		["'jane@example.com'", 'is not a valid email address'],
		['jane@example.com.', 'is not a valid email address'],
		['jane@example..com', 'is not a valid email address'],
		['jane..doe@example.com', 'is not a valid email address'],
		['.jane@example.com', 'is not a valid email address'],
		['jane@example', 'is not a valid email address'],
		['jane@-example.com', 'is not a valid email address'],
		['jane@192.0.2.1', 'is not a valid email address'],
		['jane@exa_mple.com', 'is not a valid email address'],
		['jane doe@example.com', 'is not a valid email address'],
		['jane@@example.com', 'is not a valid email address'],
		['jane(x)@example.com', 'is not a valid email address'],
		['mailto:jane@example.com?subject=Hi', 'is not a valid email address'],
		['jane\ud83d@example.com', 'contains half of a character'],
		['https://example.com/jane@example.com', 'is not a valid email address'],
		['jane@example.com|joe@example.com', 'is not a valid email address'],
	])('%s is refused', (to, flaw) => {
		expect(read('to', to)).toContain(flaw);
		expect(read('to', [to])).toContain(flaw);
		expect(read('sender', to)).toContain(flaw);
		expect(read('email_address', to, suppress)).toContain(flaw);
	});

	test.each<[string, unknown]>([
		['a nested list', [['a@example.com', 'b@example.com']]],
		['an entry with two', ['a@example.com, b@example.com']],
		['an entry that is a JSON list', ['["a@example.com","b@example.com"]']],
		['a list as a name', '["a@example.com","b@example.com"] <c@example.com>'],
		['an entry with a line end', ['a@example.com\nb@example.com']],
		['an entry with a comma in front', [',"Doe, Jane" <jane@example.com>']],
		['an entry with a semicolon behind the name', ['Jane; <jane@example.com>']],
	])('%s never becomes several', (_, to) => {
		expect(typeof read('to', to)).toBe('string');
	});

	test.each<[string, unknown]>([
		['a line', 'a@example.com, b@example.com'],
		['a JSON list', '["a@example.com"]'],
		['a list', ['a@example.com']],
		['two lines', 'a@example.com\nb@example.com'],
	])('a sender is never %s', (_, value) => {
		expect(read('sender', value)).toMatch(/^From/);
		expect(read('email_address', value, single)).toMatch(/^Email Address/);
		expect(read('email_address', value, suppress)).toMatch(/^Email Address or Domain/);
	});
});

describe('the same address in one field', () => {
	test('is sent once, however the domain is written', () => {
		expect(read('to', 'Jane <jane@example.com>, jane@EXAMPLE.com, JANE@example.com, jane@example.com')).toEqual([
			'Jane <jane@example.com>',
			'JANE@example.com',
		]);
		expect(
			read('allowed_recipients', ['Example.com', 'example.com', 'a@example.com', 'a@Example.com'], allow),
		).toEqual(['Example.com', 'a@example.com']);
		expect(
			read(
				'to',
				Array.from({ length: 500 }, () => 'jane@example.com'),
			),
		).toEqual(['jane@example.com']);
	});
});

test('a list of empty entries empties no list at SMTP2GO', () => {
	for (const value of [[null], [''], ' , ', '[""]', [undefined, ' ']])
		expect(read('allowed_recipients', value, allow)).toBe('Recipients has only empty entries');
	for (const value of [[], '', '[]', ' [ ] ']) expect(read('allowed_recipients', value, allow)).toEqual([]);
});

describe('at the edges of what fits', () => {
	test('the text of a list has at most what its entries need, or half a million characters', () => {
		// 100 recipients of 998 characters, each with a comma and a blank.
		const spaces = (length: number) => `jane@example.com${' '.repeat(length - 16)}`;
		expect(read('to', spaces(100_000))).toEqual(['jane@example.com']);
		expect(read('to', spaces(100_001))).toBe('To must have at most 100,000 characters, not 100,001');
		expect(read('allowed_recipients', spaces(500_000), allow)).toEqual(['jane@example.com']);
		expect(read('allowed_recipients', spaces(500_001), allow)).toBe(
			'Recipients must have at most 500,000 characters, not 500,001',
		);
	});

	test('a list of duplicates may have any number of entries', () => {
		expect(
			read(
				'to',
				Array.from({ length: 100_001 }, () => 'jane@example.com'),
			),
		).toEqual(['jane@example.com']);
	});

	test('an invisible character behind the longest line is not looked for', () => {
		const text = (length: number) => `${'x'.repeat(length)}\u200bx`;
		expect(read('email_address', text(997), suppress)).toMatch(/contains an invisible character/);
		expect(read('email_address', text(998), suppress)).toMatch(/neither a valid email address nor a domain$/);
		expect(read('domain', text(997), domain)).toMatch(/contains an invisible character/);
		expect(read('domain', text(998), domain)).toMatch(/is not a valid domain$/);
	});

	test('a name in an object has at most 998 characters', () => {
		const named = (length: number) => [{ name: ' '.repeat(length), email: 'jane@example.com' }];
		expect(read('to', named(998))).toEqual(['jane@example.com']);
		expect(read('to', named(999))).toBe('To must have at most 998 characters in each "name"');
	});

	test('the first entry too many ends the reading, and the error counts those that were given', () => {
		const people = Array.from({ length: 101 }, (_, index) => `p${index}@example.com`);
		expect(read('to', [...people, 'not read'])).toBe('To must have at most 100 entries, not 102');
		expect(read('to', people.slice(1))).toEqual(people.slice(1));
	});
});

describe('a person in an object', () => {
	test.each<[object, unknown]>([
		[{ name: null, email: 'jane@example.com' }, ['jane@example.com']],
		[{ name: undefined, address: 'jane@example.com' }, ['jane@example.com']],
		[{ name: ' Jane\u200b ', email: 'jane@example.com' }, ['Jane <jane@example.com>']],
		[{ email: null, address: 'jane@example.com' }, ['jane@example.com']],
		[{ email: 'a@example.com', address: 'b@example.com' }, ['a@example.com']],
		[{ email: ' mailto:jane@example.com ' }, ['jane@example.com']],
		[{ email: 7 }, 'To must have "email" or "address" in each object'],
		[{ name: {}, email: 'jane@example.com' }, 'To must have text in each "name", not an object'],
		[{ name: ['Jane'], email: 'jane@example.com' }, 'To must have text in each "name", not a list'],
		[{ name: true, email: 'jane@example.com' }, 'To must have text in each "name", not a boolean'],
		[{ name: 'Jane', email: 'jane' }, 'To: "jane" is not a valid email address'],
		[{ email: 'Jane <jane@example.com>' }, 'To: "Jane <jane@example.com>" is not a valid email address'],
		[{ email: '<jane@example.com>' }, 'To: "<jane@example.com>" is not a valid email address'],
	])('%j is read as %j', (person, expected) => {
		expect(read('to', person)).toEqual(expected);
		expect(read('to', [person])).toEqual(expected);
	});

	test('is a sender too', () => {
		expect(read('sender', { name: 'Doe, Jane', email: 'jane@example.com' })).toBe('"Doe, Jane" <jane@example.com>');
		expect(read('sender', 7)).toBe('From must be an email address as text, not a number');
		expect(read('sender', ['jane@example.com'])).toBe('From must be an email address as text, not a list');
		expect(read('sender', ' \u200b')).toBe('From is required');
	});
});

describe('an address or a domain', () => {
	test.each<[unknown, unknown]>([
		[' Jane <jane@example.com> ', 'jane@example.com'],
		[' example.com\u200b', 'example.com'],
		['jane', 'Email Address or Domain: "jane" is neither a valid email address nor a domain'],
		['jane@', 'Email Address or Domain: "jane@" is not a valid email address'],
		[
			'exam\u200bple.com',
			'Email Address or Domain: "exam<U+200B>ple.com" contains an invisible character (U+200B)',
		],
		[7, 'Email Address or Domain must be text, not a number'],
		[['jane@example.com'], 'Email Address or Domain must be text, not a list'],
		[' ', 'Email Address or Domain is required'],
		['', 'Email Address or Domain is required'],
	])('%j is read as %j', (value, expected) => {
		expect(read('email_address', value, suppress)).toBe(expected);
	});

	test('in a list is not dropped beside another domain', () => {
		expect(read('allowed_recipients', ['example.com', 'example.org'], allow)).toEqual([
			'example.com',
			'example.org',
		]);
	});

	test('in a list is one of them each, a domain not the same as an address', () => {
		expect(read('allowed_recipients', 'example.com; Jane <jane@example.com>,@x', allow)).toBe(
			'Recipients: "@x" is not a valid email address',
		);
		expect(read('allowed_recipients', ['example.com', 'Jane <jane@example.com>', 'EXAMPLE.com'], allow)).toEqual([
			'example.com',
			'jane@example.com',
		]);
		expect(read('allowed_recipients', [7], allow)).toBe('Recipients must be text, not a number');
		expect(read('allowed_recipients', 7, allow)).toBe('Recipients must be text, not a number');
	});
});

describe('one address, and one domain', () => {
	test.each<[unknown, unknown]>([
		['Jane <jane@example.com>', 'jane@example.com'],
		['jane', 'Email Address: "jane" is not a valid email address'],
		[7, 'Email Address must be text, not a number'],
	])('the address %j is read as %j', (value, expected) => {
		expect(read('email_address', value, single)).toBe(expected);
	});

	test.each(['', ' \u200b'])('the address %j clears a value', (value) => {
		expect(readEmailAddress(value, { name: 'x', label: 'X' })).toEqual({ ok: true, value: '' });
	});

	test.each<[unknown, unknown]>([
		[' example.com ', 'example.com'],
		['jane@example.com', 'Domain: "jane@example.com" is not a valid domain'],
		['example', 'Domain: "example" is not a valid domain'],
		['exam\u200bple.com', 'Domain: "exam<U+200B>ple.com" contains an invisible character (U+200B)'],
		[7, 'Domain must be text, not a number'],
		[' ', 'Domain is required'],
	])('the domain %j is read as %j', (value, expected) => {
		expect(read('domain', value, domain)).toBe(expected);
	});
});
