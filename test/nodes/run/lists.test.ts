import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount({ pageSize: 3 });

const run = (parameters: object, items = [{ json: {} }]) =>
	runNode({ parameters: { ...parameters } as never, credentials: account.credentials, items });

async function suppress(count: number) {
	for (let index = 0; index < count; index++)
		await run({ resource: 'suppression', operation: 'add', emailAddress: `a${index}@example.com` });
}

test('"Return All" reads every page, each entry one item', async () => {
	await suppress(7);
	const { items } = await run({ resource: 'suppression', operation: 'getAll', returnAll: true });
	expect(items.map(({ json }) => json['email_address']).sort()).toEqual(
		Array.from({ length: 7 }, (_, index) => `a${index}@example.com`),
	);
	expect(account.bodies('/suppression/view')).toHaveLength(3);
});

test('"Limit" stops where it is reached', async () => {
	await suppress(7);
	const { items } = await run({ resource: 'suppression', operation: 'getAll', limit: 4 });
	expect(items).toHaveLength(4);
	expect(account.bodies('/suppression/view')).toHaveLength(2);
});

test.each([0, -1, 1.5, 'many'])('a limit of %p is refused', async (limit) => {
	const { error } = await run({
		resource: 'suppression',
		operation: 'getAll',
		limit: `={{ ${JSON.stringify(limit)} }}`,
	});
	expect(error?.message).toBe('Limit must be a whole number of at least 1');
});

test('lists of several items are read for each and paired with it', async () => {
	await suppress(2);
	const { items } = await run(
		{
			resource: 'suppression',
			operation: 'getAll',
			returnAll: true,
			options: { emailAddress: '={{ $json.address }}' },
		},
		[{ json: { address: 'a0@example.com' } }, { json: { address: 'a1@example.com' } }],
	);
	expect(items.map(({ json, pairedItem }) => [json['email_address'], pairedItem])).toEqual([
		['a0@example.com', { item: 0 }],
		['a1@example.com', { item: 1 }],
	]);
});

test('an empty list gives no item', async () => {
	expect((await run({ resource: 'suppression', operation: 'getAll' })).items).toEqual([]);
});

test('what is deleted is reported as n8n wants it, and the raw data is there without "Simplify"', async () => {
	const parameters = {
		resource: 'template',
		operation: 'delete',
		templateId: { __rl: true, mode: 'id', value: 'welcome' },
	};
	expect((await run(parameters)).items).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);
	account.simulator.reset();
	expect((await run({ ...parameters, simplify: false })).items[0]?.json).toEqual({
		value: expect.stringContaining('welcome'),
	});
});

test('without "Simplify" a list comes as one item with its totals and all its entries', async () => {
	await suppress(5);
	const { items } = await run({ resource: 'suppression', operation: 'getAll', returnAll: true, simplify: false });
	expect(items).toHaveLength(1);
	expect(items[0]?.json['results']).toHaveLength(5);
	expect(items[0]?.json['total_results']).toBe(5);
});

test('an optional number or choice is sent only when it was added', async () => {
	await run({ resource: 'template', operation: 'getAll', options: { sortDirection: 'desc', fuzzySearch: false } });
	expect(account.bodies('/template/search')).toEqual([
		{ sort_direction: 'desc', fuzzy_search: false, page_size: 50 },
	]);
});

test('a text option that was added and left empty is sent as empty, so that a value can be cleared', async () => {
	await run({
		resource: 'template',
		operation: 'update',
		templateId: { __rl: true, mode: 'id', value: 'welcome' },
		options: { subject: '' },
	});
	expect(account.bodies('/template/edit')).toEqual([{ id: 'welcome', subject: '' }]);
});
