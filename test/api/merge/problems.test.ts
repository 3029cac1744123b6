/** Rows that should not be sent. */
import fc from 'fast-check';
import { judgeRows, listOfProblems, success, summaryOfProblems } from '../../../api';

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
