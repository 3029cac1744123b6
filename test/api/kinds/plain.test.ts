/** Readers of simple values, at their edges: what is just taken, what is just refused, and in which words. */
import {
	readBoolean,
	readChoice,
	readChoices,
	readName,
	readNumber,
	readText,
	readTextList,
	readUrl,
} from '../../../api/kinds/plain';
import type { Reader, ReaderField } from '../../../api/kinds/reader';

const X: ReaderField = { name: 'x', label: 'X' };

/** What a reader makes of a value, or the error's message. */
function read(reader: Reader, value: unknown, more: Partial<ReaderField> = {}): unknown {
	const result = reader(value, { ...X, ...more });
	return result.ok ? result.value : result.error.message;
}

describe('a text', () => {
	test.each<[unknown, unknown]>([
		['', ''],
		[' a\r\nb\t', ' a\r\nb\t'],
		[7, '7'],
		[-0.5, '-0.5'],
		[true, 'true'],
		[false, 'false'],
		['a\ud83d', 'a\ufffd'],
		[NaN, 'X must be text, not a number'],
		[-Infinity, 'X must be text, not a number'],
		[null, 'X must be text, not null'],
		[undefined, 'X must be text, not a undefined'],
		[['a'], 'X must be text, not a list'],
		[{}, 'X must be text, not an object'],
		[7n, 'X must be text, not a bigint'],
	])('%p is read as %p', (value, expected) => {
		expect(read(readText, value)).toBe(expected);
	});

	test.each<[string, unknown]>([
		['abc', 'X must have at least 4 characters, not 3'],
		['abcd', 'abcd'],
		['abcdef', 'abcdef'],
		['abcdefg', 'X must have at most 6 characters, not 7'],
	])('%s has 4 to 6 characters, or an error says how many it has', (value, expected) => {
		expect(read(readText, value, { min: 4, max: 6 })).toBe(expected);
	});

	test('that goes into a header is on one line, with tabs', () => {
		expect(read(readText, 'a\tb', { line: true })).toBe('a\tb');
		expect(read(readText, 'a\r\nBcc: x@example.com', { line: true })).toBe(
			'X must be on one line, but contains a line end (U+000D)',
		);
		expect(read(readText, 'a\u0000', { line: true })).toBe(
			'X must be on one line, but contains a control character (U+0000)',
		);
		expect(read(readText, 'abc', { line: true, max: 2 })).toBe('X must have at most 2 characters, not 3');
	});

	test('that is an ID is read as a name', () => {
		expect(read(readText, ' id ', { id: true })).toBe('id');
		expect(read(readText, ' id ')).toBe(' id ');
		expect(read(readText, ' ', { id: true })).toBeUndefined();
	});
});

describe('a name', () => {
	test.each<[unknown, unknown]>([
		[' shop\u200b', 'shop'],
		['two words', 'two words'],
		[7, '7'],
		['', undefined],
		[' \u200b', undefined],
		['a\u200bb', 'X: "a<U+200B>b" contains an invisible character (U+200B). Remove it'],
		['a\nb', 'X: "a<U+000A>b" contains a line end (U+000A). Remove it'],
		[{}, 'X must be text, not an object'],
		['n'.repeat(1000), 'n'.repeat(1000)],
		[` ${'n'.repeat(1000)} `, 'n'.repeat(1000)],
		['n'.repeat(1001), 'X must have at most 1000 characters, not 1001'],
	])('%p is read as %p', (value, expected) => {
		expect(read(readName, value)).toBe(expected);
	});

	test.each<[string, unknown]>([
		['abcd', 'X must have at least 5 characters, not 4'],
		[' abcd ', 'X must have at least 5 characters, not 4'],
		['abcde', 'abcde'],
		['abcdef', 'X must have at most 5 characters, not 6'],
	])('%p is counted without what surrounds it', (value, expected) => {
		expect(read(readName, value, { min: 5, max: 5 })).toBe(expected);
	});
});

describe('a number', () => {
	test.each<[unknown, unknown]>([
		[7, 7],
		[0, 0],
		['7', 7],
		['007', 7],
		['+7', 7],
		['-7', -7],
		[' 7\u200b', 7],
		['', undefined],
		[' ', undefined],
		[Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
		...[
			...['7.0', '7 8', 'x7', '7x', '--7', '1e3', '0x7', '+', '9007199254740993'],
			...[7.5, NaN, Infinity, 2 ** 53, null, undefined, true, [7], {}, 7n],
		].map((value): [unknown, unknown] => [value, 'X must be a whole number']),
	])('%p is read as %p', (value, expected) => {
		expect(read(readNumber, value)).toBe(expected);
	});

	test.each<[unknown, unknown]>([
		[0, 'X must be at least 1, not 0'],
		['-3', 'X must be at least 1, not -3'],
		[1, 1],
		[9, 9],
		['10', 'X must be at most 9, not 10'],
	])('%p is within 1 and 9, or an error says which bound it breaks', (value, expected) => {
		expect(read(readNumber, value, { min: 1, max: 9 })).toBe(expected);
	});
});

test.each<[unknown, unknown]>([
	[true, true],
	[false, false],
	['true', true],
	['FALSE', false],
	[' True\u200b', true],
	['', undefined],
	['  ', undefined],
	...['yes', 'no', '1', '0', 1, 0, null, undefined, [], {}, [true], 'truefalse', 'x'.repeat(5000)].map(
		(value): [unknown, unknown] => [value, 'X must be true or false'],
	),
	// A long text is not worth reading.
	[`true${' '.repeat(95)}`, true],
	[`true${' '.repeat(96)}`, 'X must be true or false'],
	[' '.repeat(100), 'X must be true or false'],
])('%p is yes, no, or an error: %p', (value, expected) => {
	expect(read(readBoolean, value)).toBe(expected);
});

describe('a choice', () => {
	const choices = [{ value: 'asc' }, { value: 'desc' }];
	const orNone = [{ value: '' }, ...choices];

	test('is exactly one of the choices of the field', () => {
		expect(read(readChoice, 'asc', { choices })).toBe('asc');
		expect(read(readChoice, 'desc', { choices })).toBe('desc');
		for (const value of ['ASC', ' asc', 'as', 7, null, undefined, ['asc'], {}])
			expect(read(readChoice, value, { choices })).toBe('X must be one of asc, desc');
	});

	test('that is empty is sent only if the field offers it', () => {
		expect(read(readChoice, '', { choices })).toBeUndefined();
		expect(read(readChoice, '', { choices: orNone })).toBe('');
		expect(read(readChoice, 'x', { choices: orNone })).toBe('X must be one of (empty), asc, desc');
	});

	test('is none where the field has no choices', () => {
		expect(read(readChoice, 'asc')).toBe('X must be one of ');
	});
});

describe('a list of texts', () => {
	test.each<[unknown, unknown]>([
		['a, b,,\n c \n', ['a', 'b', 'c']],
		['a', ['a']],
		[',a', ['a']],
		['a\r\nb', ['a', 'b']],
		['a;b', ['a;b']],
		['', []],
		[' , \n', []],
		['["a","b,c"]', ['a', 'b,c']],
		[
			['a', 7, true, 'b,c', ''],
			['a', '7', 'true', 'b,c', ''],
		],
		[['\ud83d'], ['\ufffd']],
		[7, ['7']],
		[['a', null], 'X must be a list of text values, but contains null'],
		['[[["a"]]]', ['[[["a"]]]']],
		['[["a"],["b"]]', 'X must be a list of text values, but contains a list'],
		['["a",{"b":1}]', 'X must be a list of text values, but contains an object'],
		[{ a: 1 }, 'X must be a list of text values, but contains an object'],
	])('%j is read as %j', (value, expected) => {
		expect(read(readTextList, value)).toEqual(expected);
	});

	test('has at most 10,000 entries, and as many as the field takes', () => {
		const many = (count: number) => Array.from({ length: count }, () => 'a');
		expect(read(readTextList, many(10_000))).toHaveLength(10_000);
		expect(read(readTextList, many(10_001).join())).toBe('X must have at most 10000 entries, not 10001');
		expect(read(readTextList, many(3), { max: 3 })).toHaveLength(3);
		expect(read(readTextList, many(4), { max: 3 })).toBe('X must have at most 3 entries, not 4');
		expect(read(readTextList, [], { min: 1 })).toBe('X must have at least 1 entry');
		expect(read(readTextList, ['a'], { min: 2 })).toBe('X must have at least 2 entries');
		expect(read(readTextList, many(2), { min: 2 })).toHaveLength(2);
	});
});

describe('several choices', () => {
	const field = { choices: [{ value: 'open' }, { value: 'spam' }], min: 1 };

	test('are all choices of the field', () => {
		expect(read(readChoices, 'open, spam', field)).toEqual(['open', 'spam']);
		expect(read(readChoices, ['spam'], field)).toEqual(['spam']);
		expect(read(readChoices, ['spam', 'opened'], field)).toBe('X must be one of open, spam');
		expect(read(readChoices, [{}], field)).toBe('X must be a list of text values, but contains an object');
		expect(read(readChoices, [], field)).toBe('X must have at least 1 entry');
	});
});

describe('a URL', () => {
	const NONE = 'X must be a full URL that starts with http:// or https://';
	const long = (length: number) => 'https://example.com/'.padEnd(length, 'a');
	test.each<[unknown, unknown]>([
		['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
		[' http://example.com\u200b', 'http://example.com'],
		['', undefined],
		[' ', undefined],
		[long(10_000), long(10_000)],
		[long(10_001), 'X must have at most 10000 characters, not 10001'],
		[
			'https://exam\u200bple.com',
			'X: "https://exam<U+200B>ple.com" contains an invisible character (U+200B). Remove it',
		],
		...['example.com', 'ftp://example.com', 'https://', 'javascript:alert(1)', 7, null, undefined, {}, []].map(
			(value): [unknown, unknown] => [value, NONE],
		),
	])('%p is read as %p', (value, expected) => {
		expect(read(readUrl, value)).toBe(expected);
	});
});
