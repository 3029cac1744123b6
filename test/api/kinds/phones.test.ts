/** Telephone numbers: a number that is not certainly one is refused, since a text message to a stranger costs money. */
import { buildRequest, findOperation, type Operation } from '../../../api';

const send = findOperation('sms', 'send') as Operation;

/** What a text message's recipients become, or the error's message. */
function read(destination: unknown): unknown {
	const built = buildRequest(send, { destination, content: 'Hi' }, 0);
	return built.ok ? built.value.fields['destination'] : built.error.message;
}

test.each<[unknown, string]>([
	['+14155550123', '+14155550123'],
	['14155550123', '14155550123'],
	[14_155_550_123, '14155550123'],
	['+1 415 555 0123', '+14155550123'],
	['+1 (415) 555-0123', '+14155550123'],
	['+1(415)5550123', '+14155550123'],
	['1-415-555-0123', '14155550123'],
	['1.415.555.0123', '14155550123'],
	['+1.4155550123', '+14155550123'],
	['+33 6 12 34 56 78', '+33612345678'],
	['+61 (2) 9876 5432', '+61298765432'],
	['+44 1632 960123', '+441632960123'],
	['+441632 960123', '+441632960123'],
	['tel:+1-415-555-0123', '+14155550123'],
	['\u202a+14155550123\u202c', '+14155550123'],
	['+1\u2011415\u2011555\u20110123', '+14155550123'],
	['+1\ufe0d-415-555-0123', '+14155550123'],
	['\u2068+1\u00a0415\u202f555\u20090123\u2069', '+14155550123'],
	['+1 (415)\u200e 555\u20130123\ufeff', '+14155550123'],
	[' +14155550123\n', '+14155550123'],
	['+1 (415) 555 - 0123', '+14155550123'],
	['+1 - 415 - 555 - 0123', '+14155550123'],
	['+55 (11) 98765 \u2013 4321', '+5511987654321'],
])('%j is %s', (given, number) => {
	expect(read(given)).toEqual([number]);
	expect(read([given])).toEqual([number]);
	// What was read is read as itself.
	expect(read(number)).toEqual([number]);
});

test.each<[unknown, RegExp]>([
	['14155550123.0', /decimal/],
	['14155550123.00', /decimal/],
	['14155550123.5', /decimal/],
	['1.4155550123', /decimal/],
	[14_155_550_123.5, /decimal/],
	['+14155550123.0', /two numbers|separators/],
	['+14155550123.00', /two numbers/],
	['1.4155550123e10', /scientific/],
	['1.4155550123E+10', /scientific/],
	[1.5e21, /scientific/],
	['+14155550123 (12)', /separators/],
	['+1415555012-13', /extension/],
	['4155550 1234567', /two numbers/],
	['+4155550 1234567', /two numbers/],
	['14155550123 14155550124', /digits/],
	['+1 415 555 0123 +1 415 555 0124', /digits/],
	['+1 4155550123 12', /extension/],
	['+1 415 555 0123 4', /separators/],
	['+1 415--555-0123', /separators/],
	['+1 415  555 0123', /separators/],
	['-14155550123', /separators/],
	['+14155550123-', /separators/],
	['(14155550123)', /separators/],
	['+1 (415) (555) 0123', /separators/],
	['++14155550123', /separators/],
	['+14155550123 ()', /separators/],
	['+1 415 555 0123 ext. 5', /extension/],
	['+14155550123x5', /extension/],
	['+14155550123#5', /extension/],
	['+44 (0) 20 7946 0000', /0 in parentheses/],
	['+44 (020) 7946 0000', /0 in parentheses/],
	['0064215550123', /starts with 00/],
	['021 555 012', /country code is missing/],
	['+1', /7 to 15 digits/],
	['+1234567890123456', /16 digits/],
	['Jane', /no digits/],
	['+1/415/555/0123', /"\/"/],
	['\u0661\u0664\u0661\u0665\u0665\u0665\u0665\u0660\u0661\u0662\u0663', /U\+0661/],
	['\uff0b14155550123', /U\+FF0B/],
	['+1415\u200b5550123', /invisible character between two digits \(U\+200B\)/],
	['+14155\u202a550123', /U\+202A/],
	['+1415555O123', /"O"/],
	['0\u202814155550123', /"<U\+2028>" \(U\+2028\)/],
	[-14_155_550_123, /separators/],
	[NaN, /no digits/],
	['(415) 555-0123', /country code is missing/],
	['+1 415 555 0123-12', /country code 1 has 11/],
	['+1 (415) 555-0123 12', /country code 1 has 11/],
	['1 415 555 01234', /country code 1 has 11/],
	['+14155550123 - 12', /separators/],
	['+44 20 7946 0958 - 60', /separators/],
	['+14155550123 - 14155550124', /digits/],
	['+1415555\ud83d0123', /U\+D83D/],
])('%j is refused: %s', (given, why) => {
	expect(read(given)).toMatch(/^To: ".*" is not a valid phone number: it .+\. Example: \+14155550123$/);
	expect(read(given)).toMatch(why);
	expect(read([given, '+14155550124'])).toMatch(why);
});

test('the same number is sent once, with and without its plus sign; empty entries are none', () => {
	expect(read(['+14155550123', '14155550123', null, '', '+1 (415) 555-0123', 6_421_555_012])).toEqual([
		'+14155550123',
		'6421555012',
	]);
	expect(read('+14155550123; +6421555012\n,')).toEqual(['+14155550123', '+6421555012']);
	expect(read([['+14155550123']])).toBe('To must be a phone number as text, not a list');
});

describe('a list of numbers', () => {
	const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1415555${1000 + index}`);

	test('has at most 100,000 characters as text', () => {
		const spaces = (length: number) => '+14155550123'.padEnd(length);
		expect(read(spaces(100_000))).toEqual(['+14155550123']);
		expect(read(spaces(100_001))).toBe('To must have at most 100,000 characters, not 100,001');
		expect(read([spaces(100_001)])).toEqual(['+14155550123']);
		expect(read(Array.from({ length: 100_001 }, () => '+14155550123'))).toEqual(['+14155550123']);
	});

	test('ends at the first number too many, and the error counts those that were given', () => {
		expect(read(numbers(100))).toEqual(numbers(100));
		expect(read([...numbers(101), 'not read'])).toBe('To must have at most 100 entries, not 102');
		expect(read([...numbers(100), numbers(1)[0]?.replace('+', '')])).toEqual(numbers(100));
	});

	test.each([[[]], [''], [' ; ,\n'], [[null, undefined, '', ' ']], ['[]']])('%j has none', (given) => {
		expect(read(given)).toBe('To is required');
	});

	test.each<[unknown, string]>([
		[[true], 'a boolean'],
		[[{}], 'an object'],
		[{ number: '+14155550123' }, 'an object'],
		[true, 'a boolean'],
	])('%j is not a number, but %s', (given, what) => {
		expect(read(given)).toBe(`To must be a phone number as text, not ${what}`);
	});

	test('is read from a JSON list, and at commas, semicolons and line ends', () => {
		expect(read('["+14155550123", 6421555012]')).toEqual(['+14155550123', '6421555012']);
		expect(read('+14155550123,+14155550124;+14155550125\n+14155550126')).toHaveLength(4);
	});
});
