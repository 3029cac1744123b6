/** Rows that should not be sent. */
import fc from 'fast-check';
import { failure, judgeRows, listOfProblems, Smtp2goError, success, summaryOfProblems } from '../../../api';
import type { AddressVerdict } from '../../../api/merge/problems';

const place = (index: number) => `item ${index}`;
const problems = async (recipients: unknown[], more = {}) =>
	(await judgeRows(recipients, { place, ...more })).verdicts.map(({ problem }) => problem);

test('each kind of problem is found', async () => {
	expect(
		await problems([
			'ann@example.com',
			undefined,
			'',
			'x',
			' ANN@EXAMPLE.com ',
			'Ann <ann@example.com>',
			{ email: 'b@example.com' },
		]),
	).toEqual([null, 'noAddress', 'noAddress', 'invalidAddress', 'duplicate', 'duplicate', null]);
});

test('a row with several recipients is a duplicate only if all of them are', async () => {
	expect(await problems(['a@example.com', 'a@example.com, b@example.com', 'b@example.com; A@example.com'])).toEqual([
		null,
		null,
		'duplicate',
	]);
});

test('duplicates are allowed if each row is a separate email', async () => {
	expect(await problems(['a@example.com', 'a@example.com'], { allowDuplicates: true })).toEqual([null, null]);
});

test('each address is looked up once, and the account has the last word', async () => {
	const asked: string[][] = [];
	const lookUp = async (addresses: string[]) => {
		asked.push(addresses);
		return success({
			verdicts: addresses.map((address) => ({
				address,
				ok: !address.startsWith('s'),
				problem: address.startsWith('s') ? ('suppressed' as const) : null,
				message: 'It is on the list',
				reason: 'bounce',
				since: '2026-01-01T00:00:00Z',
			})),
			unchecked: ['One thing'],
		});
	};
	const judged = await judgeRows(['s@example.com', 'S@example.com', 'b@example.com', 'no'], { place, lookUp });
	expect(asked.map((one) => one.length)).toEqual([2]);
	expect(judged.unchecked).toEqual(['One thing']);
	expect(judged.verdicts.map(({ problem, reason }) => [problem, reason])).toEqual([
		['suppressed', 'bounce'],
		['suppressed', 'bounce'],
		[null, null],
		['invalidAddress', null],
	]);
});

test('a summary counts the rows by problem, and a list names the first ten', async () => {
	const { verdicts } = await judgeRows(['a@example.com', ...Array.from({ length: 12 }, () => 'A@example.com')], {
		place,
	});
	expect(summaryOfProblems(verdicts, { one: 'item', many: 'items', from: 0 })).toBe('duplicate 12 (items 1-12)');
	expect(listOfProblems(verdicts, place)).toMatch(/^Item 1: The same address as item 0\. .*\. And 2 more$/);
});

test('a row without an address says what it lacks, and so does an invalid one', async () => {
	const messages = async (column?: string) =>
		(await judgeRows([undefined, null, '', 'To: x', 'ann@example.com'], { place, column })).verdicts.map(
			({ message }) => message,
		);
	const [missing, none, blank, invalid, fine] = await messages();
	expect([missing, none, blank]).toEqual(Array(3).fill('No column with a name such as Email has an address'));
	expect(invalid).toMatch(/^"To: x" is not a valid/);
	expect(fine).toBeNull();
	expect((await messages('Kontakt'))[0]).toBe('The column "Kontakt" is missing or empty');
});

test('a row with a problem has no recipients to send to', async () => {
	const { verdicts } = await judgeRows(['x', undefined, 'Ann <ann@example.com>, bo@example.com'], { place });
	expect(verdicts.map(({ to }) => to)).toEqual([[], [], ['ann@example.com', 'bo@example.com']]);
});

test('a duplicate names the first row with its address', async () => {
	const rows = ['a@example.com', 'b@example.com', 'A@example.com', 'a@example.com', 'B@EXAMPLE.COM, a@example.com'];
	const { verdicts } = await judgeRows(rows, { place });
	expect(verdicts.map(({ message }) => message)).toEqual([
		null,
		null,
		'The same address as item 0',
		'The same address as item 0',
		'The same address as item 1',
	]);
});

test('letters that are alike only in capitals make two addresses, and two ways to write an accent make one', async () => {
	expect(await problems(['stra\u00dfe@example.com', 'strasse@example.com'])).toEqual([null, null]);
	expect(await problems(['jos\u00e9@example.com', 'jose\u0301@example.com'])).toEqual([null, 'duplicate']);
});

describe('what the account says', () => {
	const verdict = (more: Partial<AddressVerdict>): AddressVerdict => ({
		address: 'ann@example.com',
		ok: false,
		problem: 'suppressed',
		message: 'It is on the list',
		reason: 'bounce',
		since: '2026-01-01T00:00:00Z',
		...more,
	});
	const judge = (recipients: unknown[], more: Partial<AddressVerdict> = {}) =>
		judgeRows(recipients, { place, lookUp: async () => success({ verdicts: [verdict(more)], unchecked: [] }) });

	test('is part of the verdict', async () => {
		expect((await judge(['ann@example.com'])).verdicts).toEqual([
			{
				to: ['ann@example.com'],
				problem: 'suppressed',
				message: 'It is on the list',
				reason: 'bounce',
				since: '2026-01-01T00:00:00Z',
			},
		]);
		expect((await judge(['ann@example.com'], { message: null })).verdicts).toMatchObject([{ message: '' }]);
	});

	test.each([{ ok: true }, { problem: null }, { ok: true, problem: null }])(
		'keeps no row back if it is %j',
		async (more) => {
			expect((await judge(['ann@example.com'], more)).verdicts).toMatchObject([{ problem: null, message: null }]);
		},
	);

	test('keeps a row back only if it is so for all its recipients: the others get their email', async () => {
		const { verdicts } = await judge(['ann@example.com, bo@example.com', 'Ann@example.com']);
		expect(verdicts.map(({ problem }) => problem)).toEqual([null, 'suppressed']);
	});

	test('is not asked if no row has an address', async () => {
		const lookUp = jest.fn();
		expect(await judgeRows(['x', undefined], { place, lookUp })).toMatchObject({ unchecked: [], error: undefined });
		expect(lookUp).not.toHaveBeenCalled();
	});

	test('is an error if it cannot be asked, and the form of the addresses is checked nevertheless', async () => {
		const error = new Smtp2goError('server', 'Not now');
		const lookUp = async () => failure(error);
		const judged = await judgeRows(['ann@example.com', 'x'], { place, lookUp });
		expect(judged.verdicts.map(({ problem }) => problem)).toEqual([null, 'invalidAddress']);
		expect(judged.error).toBe(error);
		expect(judged.unchecked).toEqual([]);
	});

	test('is nothing if it is not asked, and no error if it was', async () => {
		expect(await judgeRows(['ann@example.com'], { place })).toMatchObject({ unchecked: [], error: undefined });
		expect((await judge(['ann@example.com'])).error).toBeUndefined();
	});
});

test('a summary names rows from the number that it is told, each problem by itself', async () => {
	const rows = ['a@example.com', '', 'a@example.com', 'a@example.com', 'x'];
	const { verdicts } = await judgeRows(rows, { place });
	expect(summaryOfProblems(verdicts, { one: 'row', many: 'rows', from: 2 })).toBe(
		'no address 1 (row 3), invalid address 1 (row 6), duplicate 2 (rows 4-5)',
	);
	expect(summaryOfProblems([], { one: 'row', many: 'rows', from: 2 })).toBe('');
});

test.each([
	[0, 0, ''],
	[1, 1, ''],
	[10, 10, ''],
	[11, 10, 'And 1 more'],
])('of %i rows with a problem, a list names %i', async (count, named, more) => {
	const { verdicts } = await judgeRows(['a@example.com', ...Array(count).fill('A@example.com')], { place });
	const sentences = listOfProblems(verdicts, place)
		.split('. ')
		.filter((sentence) => sentence !== '');
	expect(sentences).toEqual([
		...Array.from({ length: named }, (_, index) => `Item ${index + 1}: The same address as item 0`),
		...(more === '' ? [] : [more]),
	]);
});

test('for any list, the rows without a problem have different addresses', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.oneof(fc.constantFrom('a@example.com', 'A@example.com ', 'b@example.com'), fc.jsonValue())),
			async (recipients) => {
				const { verdicts } = await judgeRows(recipients, { place });
				expect(verdicts).toHaveLength(recipients.length);
				const sent = verdicts
					.filter(({ problem }) => problem === null)
					.map(({ to }) => to.join().toLowerCase());
				expect(new Set(sent).size).toBe(sent.length);
			},
		),
	);
});
