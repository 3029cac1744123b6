/** How a list is read to its end: which pages are asked for, when it is whole, and what is said if it may not be. */
import type { Operation, Smtp2goError } from '../../../api';
import { readList, type List } from '../../../api/client/pages';
import { FileContent } from '../../../api/files/content';
import { data, FakeHost, json, parsed } from '../support/fake-host';

type Paging = Operation['paging'];
type Shape = Partial<Operation['result']> & { total?: string; cap?: number };

/** A read of a list under `entries`, unless said otherwise. */
const list = (paging?: Paging, shape: Shape = {}) =>
	({
		key: 'getAll',
		label: 'Get Many',
		method: 'POST',
		path: '/x/list',
		effect: 'reads',
		fields: [],
		result: { is: 'list', at: 'entries', ...shape },
		...(paging ? { paging } : {}),
	}) as unknown as Operation;
const token: Paging = { by: 'token' };
const numbered: Paging = { by: 'page', size: { name: 'limit', max: 2 } };

interface How {
	readonly body?: Parameters<typeof readList>[2];
	readonly limit?: number;
	readonly whole?: boolean;
}

/** Reads a list whose pages are scripted; the last one comes again and again. */
async function read(
	operation: Operation,
	pages: readonly unknown[],
	{ body = {}, limit, whole }: How = {},
): Promise<Partial<List> & { error?: Smtp2goError; bodies: Record<string, unknown>[] }> {
	const host = new FakeHost((_request, count) => data(pages[Math.min(count, pages.length) - 1]));
	const outcome = await readList(host.connection, operation, body, limit ?? Infinity, whole);
	const bodies = host.sent.map((request) => parsed(request.body));
	if (!outcome.ok) return { error: outcome.error, bodies };
	return { ...outcome.value, bodies };
}
const notWhole = {
	type: 'server',
	message: 'SMTP2GO did not return the whole list',
	details: { endpoint: '/x/list' },
};
const page = (entries: readonly unknown[], next?: unknown, more: object = {}) => ({
	entries,
	...(next === undefined ? {} : { continue_token: next }),
	...more,
});

describe('the list in a response', () => {
	test.each<[string, unknown, readonly unknown[]]>([
		['is at its path', { entries: [1], id: 5 }, [1]],
		['is the data itself', [1, 2], [1, 2]],
		['is empty if there is no data', null, []],
		['is empty if the data is no text', '', []],
		['is empty if the record is', {}, []],
		['is empty if nothing is at its path', { entries: null, id: 5 }, []],
		['is a record with an ID', { id: 7, name: 'a' }, [{ id: 7, name: 'a' }]],
	])('%s', async (_what, given, entries) => {
		expect(await read(list(), [given], { whole: true })).toMatchObject({ entries });
	});

	test.each<[string, unknown]>([
		['text', 'Nothing found'],
		['a record without an ID', { name: 'a' }],
		['a record with something else at the path', { id: 7, entries: 'none' }],
	])('is not there: %s', async (_what, given) => {
		const { error, bodies } = await read(list(), [given], { whole: true });
		expect(error).toMatchObject(notWhole);
		expect(bodies).toHaveLength(1);
		expect((await read(list(), [given])).entries).toEqual([]);
	});

	test('is the whole data if the operation names no path', async () => {
		const plain = list(undefined, { at: undefined as never });
		expect((await read(plain, [{ id: 7 }], { whole: true })).entries).toEqual([{ id: 7 }]);
		expect((await read(plain, [null], { whole: true })).entries).toEqual([]);
		expect((await read(plain, [{ name: 'a' }], { whole: true })).error).toMatchObject(notWhole);
	});
});

describe('pages with a token', () => {
	test('are read to the last one, with the same fields each time', async () => {
		const { entries, bodies, ...rest } = await read(list(token), [page([1], 'a'), page([1], 'b'), page([3], '')], {
			body: { from: 'x' },
		});
		expect(entries).toEqual([1, 1, 3]);
		expect(bodies).toEqual([{ from: 'x' }, { from: 'x', continue_token: 'a' }, { from: 'x', continue_token: 'b' }]);
		expect(Object.keys(rest)).toEqual(['response']);
		expect(rest.response?.data).toEqual(page([3], ''));
	});

	test.each([[null], [5], ['']])('end with the token %j', async (last) => {
		const { entries, bodies } = await read(list(token), [page([1], last)]);
		expect([entries, bodies.length]).toEqual([[1], 1]);
	});

	test('end where the operation has no pages, whatever the response names', async () => {
		const { bodies } = await read(list(), [page([1], 'a')]);
		expect(bodies).toEqual([{}]);
	});

	test('end if the data is the list itself', async () => {
		expect((await read(list(token), [[1]])).entries).toEqual([1]);
	});

	test('end with an empty one, unless the list must be whole', async () => {
		const pages = [page([], 'a'), page([1])];
		expect(await read(list(token), pages)).toMatchObject({ entries: [], bodies: [{}] });
		expect(await read(list(token), pages, { whole: true })).toMatchObject({ entries: [1] });
	});

	test('can be empty ten times in a row', async () => {
		const empty = (count: number, from = 0) => Array.from({ length: count }, (_, at) => page([], `t${from + at}`));
		const last = page([9]);
		expect((await read(list(token), [...empty(10), last], { whole: true })).entries).toEqual([9]);
		expect((await read(list(token), [...empty(11), last], { whole: true })).error).toMatchObject(notWhole);
		const twice = [...empty(6), page([1], 'middle'), ...empty(6, 6), last];
		expect((await read(list(token), twice, { whole: true })).entries).toEqual([1, 9]);
	});

	test.each([
		['a circle of two', [page([1], 'a'), page([2], 'b'), page([3], 'a')], {}, [1, 2, 3]],
		['the token that was sent', [page([1], 'z')], { continue_token: 'z' }, [1]],
	])('end in %s, and are then not whole', async (_what, pages, body, expected) => {
		const { entries, bodies } = await read(list(token), pages, { body });
		expect([entries, bodies.length]).toEqual([expected, expected.length]);
		expect((await read(list(token), pages, { body, whole: true })).error).toMatchObject(notWhole);
	});
});

describe('numbered pages', () => {
	test('are read until one is not full', async () => {
		const { entries, bodies } = await read(list(numbered), [page([1, 2]), page([3, 4]), page([5])]);
		expect(entries).toEqual([1, 2, 3, 4, 5]);
		expect(bodies).toEqual([{ limit: 2 }, { limit: 2, page: 2 }, { limit: 2, page: 3 }]);
	});

	test('go on from the page that was asked for', async () => {
		const { bodies } = await read(list(numbered), [page([1, 2]), page([])], { body: { page: 4 } });
		expect(bodies.map((body) => body['page'])).toEqual([4, 5]);
	});

	test('end if the server ignores the number', async () => {
		const { entries, bodies } = await read(list(numbered), [page([1, 2])]);
		expect([entries, bodies.length]).toEqual([[1, 2], 2]);
	});

	test('without a size, end with an empty one', async () => {
		const { entries } = await read(list({ by: 'page' }), [page([1]), page([2]), page([])]);
		expect(entries).toEqual([1, 2]);
	});
});

describe('a list that must be whole', () => {
	test.each<[string, unknown, Shape]>([
		['the list is not at its path', [1], {}],
		['there is a record instead', { id: 7 }, {}],
		['the reference to the next page is a number', page([1], 5), {}],
		['there is no list at all', 'none', {}],
		['SMTP2GO counts more entries', page([1], undefined, { total: 2 }), { total: 'total' }],
	])('is refused if %s', async (_what, given, shape) => {
		expect((await read(list(token, shape), [given], { whole: true })).error).toMatchObject(notWhole);
	});

	test.each<[string, unknown, Shape]>([
		['there is no next page', page([1]), {}],
		['the next page is null', page([1], null), {}],
		['the operation names no path', [1], { at: undefined as never }],
		['SMTP2GO counts as many entries', page([1], undefined, { total: 1 }), { total: 'total' }],
		['the count is not a number', page([1], undefined, { total: 'many' }), { total: 'total' }],
	])('is accepted if %s', async (_what, given, shape) => {
		expect((await read(list(token, shape), [given], { whole: true })).entries).toEqual([1]);
	});
});

describe('a limit', () => {
	test('ends the read when it is reached, and cuts the last page', async () => {
		const pages = [page([1, 2], 'a'), page([3, 4], 'b'), page([5, 6])];
		expect(await read(list(token), pages, { limit: 4 })).toMatchObject({ entries: [1, 2, 3, 4], bodies: [{}, {}] });
		const { entries, bodies } = await read(list(token), pages, { limit: 3 });
		expect([entries, bodies.length]).toEqual([[1, 2, 3], 2]);
	});

	test.each<[number, object, number]>([
		[5, {}, 5],
		[1000, {}, 100],
		[Infinity, {}, 100],
		[0, {}, 1],
		[5, { size: 50 }, 50],
	])('of %d with the fields %j asks for pages of %d', async (limit, body, size) => {
		const sized: Paging = { by: 'token', size: { name: 'size', max: 100 } };
		const { bodies } = await read(list(sized), [page([])], { limit, body: body as never });
		expect(bodies).toEqual([{ size }]);
	});
});

describe('what is said of a list that ended too early', () => {
	const counted: Shape = { total: 'total' };
	const many = (count: number) => Array.from({ length: count }, (_, index) => index);

	test.each<[string, Operation, unknown, How, string | undefined]>([
		[
			'SMTP2GO counts more',
			list(token, counted),
			page(many(3), undefined, { total: 7312 }),
			{},
			'SMTP2GO returned 3 of 7,312 entries. To see the rest, narrow the search, for example by date',
		],
		['it counts as many', list(token, counted), page([1], undefined, { total: 1 }), {}, undefined],
		[
			'it counts more, but the read began in the middle',
			list(token, counted),
			page([1], undefined, { total: 5 }),
			{ body: { continue_token: 'a' } },
			undefined,
		],
		['the limit was reached', list(token, counted), page([1, 2], undefined, { total: 5 }), { limit: 2 }, undefined],
		['the limit was exceeded', list(token, counted), page([1, 2, 3], 'a', { total: 5 }), { limit: 2 }, undefined],
		[
			'the limit was reached before the end',
			list(token, counted),
			page([1], 'a', { total: 5 }),
			{ limit: 1 },
			undefined,
		],
		[
			'the only page is as full as can be',
			list(undefined, { cap: 2 }),
			page([1, 2]),
			{},
			'SMTP2GO returned 2 entries, its maximum, so there may be more. To see the rest, narrow the search, for example by date',
		],
		[
			'a maximum of one',
			list(undefined, { cap: 1 }),
			page([1]),
			{},
			'SMTP2GO returned 1 entry, its maximum, so there may be more. To see the rest, narrow the search, for example by date',
		],
		['the page is not full', list(undefined, { cap: 2 }), page([1]), {}, undefined],
		['there is no maximum', list(), page(many(100)), {}, undefined],
		['the list has none and is not a record', list(undefined, counted), null, {}, undefined],
	])('%s', async (_what, operation, given, how, hint) => {
		const outcome = await read(operation, [given], how);
		expect(outcome.error).toBeUndefined();
		expect(outcome.hint).toBe(hint);
		expect(Object.keys(outcome).includes('hint')).toBe(hint !== undefined);
	});

	test('the size of a page that the user chose is its maximum', async () => {
		const sized = list({ by: 'token', size: { name: 'size', max: 100 } }, { cap: 50 });
		const hintOf = async (count: number, body: object) =>
			(await read(sized, [page(many(count))], { body: body as never })).hint;
		expect(await hintOf(2, { size: 2 })).toMatch(/returned 2 entries/);
		expect(await hintOf(1, { size: 2 })).toBeUndefined();
		expect(await hintOf(50, {})).toMatch(/returned 50 entries/);
		expect(await hintOf(49, {})).toBeUndefined();
	});
});

describe('a failure', () => {
	test('of a later page is the outcome', async () => {
		const host = new FakeHost((_request, count) =>
			count === 1 ? data(page([1], 'a')) : json(400, { data: { error: 'Not now' } }),
		);
		expect(await readList(host.connection, list(token), {}, Infinity)).toMatchObject({
			ok: false,
			error: { type: 'refused', message: 'Not now' },
		});
	});

	test('of the body is the outcome, without a call', async () => {
		const short = Buffer.from('1');
		const file = new FileContent({
			size: 3,
			read: async function* () {
				yield short;
			},
		});
		const { error, bodies } = await read(list(), [page([])], { body: { file } as never });
		expect(error).toMatchObject({ type: 'invalid' });
		expect(bodies).toEqual([]);
	});
});
