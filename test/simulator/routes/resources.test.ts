import { type Simulator, startSimulator } from '../../../simulator';
import { call, MAIL } from '../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0, demo: false, pageSize: 2 });
});

afterEach(() => simulator.stop());

const data = async (path: string, body: object = {}): Promise<unknown> => (await call(simulator, path, body)).body.data;
const add = (id: string, more: object = {}): Promise<unknown> =>
	data('/template/add', {
		id,
		template_name: `Name of ${id}`,
		subject: `Subject of ${id}`,
		html_body: '<b>{{name}}</b>',
		text_body: '{{name}}',
		...more,
	});

describe('templates', () => {
	test('are added, viewed, edited and deleted, in the live shapes', async () => {
		const content = {
			subject: 'Subject of first',
			html_body: '<b>{{name}}</b>',
			text_body: '{{name}}',
			template_variables: { name: 'Ann' },
			tags: ['a'],
		};
		expect(await add('first', { template_variables: { name: 'Ann' }, tags: ['a'] })).toEqual({
			id: 'first',
			template_name: 'Name of first',
			...content,
		});
		expect(await data('/template/view', { id: 'first' })).toEqual({
			id: 'first',
			name: 'Name of first',
			...content,
			last_updated: expect.any(String) as string,
		});
		expect(await data('/template/edit', { id: 'first', new_id: 'second', subject: 'New' })).toEqual({
			...content,
			id: 'second',
			template_name: 'Name of first',
			subject: 'New',
		});
		expect(await data('/template/delete', { id: 'second' })).toBe("Successfully deleted template 'second'");
		for (const path of ['/template/view', '/template/edit', '/template/delete'])
			expect((await call(simulator, path, { id: 'second' })).status).toBe(400);
	});

	test('cannot take the id of another one', async () => {
		await add('first');
		await add('second');
		expect((await call(simulator, '/template/edit', { id: 'second', new_id: 'first' })).status).toBe(400);
		expect(simulator.state.templates.map(({ id }) => id)).toEqual(['first', 'second']);
	});

	test('are found by name, id, subject and tag, whole or in part', async () => {
		await add('order-a', { tags: ['shop'] });
		await add('order-b', { tags: ['news'] });
		await add('hello', { template_name: 'Welcome' });
		const ids = async (query: object): Promise<string[]> =>
			(
				(await data('/template/search', { page_size: 10, ...query })) as { templates: { id: string }[] }
			).templates.map(({ id }) => id);
		expect(await ids({})).toEqual(['order-a', 'order-b', 'hello']);
		expect(await ids({ search_terms: ['order'] })).toEqual([]);
		expect(await ids({ search_terms: ['ORDER'], fuzzy_search: true })).toEqual(['order-a', 'order-b']);
		expect(await ids({ search_terms: ['welcome', 'news'] })).toEqual(['order-b', 'hello']);
		expect(await ids({ tags: ['shop'] })).toEqual(['order-a']);
		expect(await ids({ sort_direction: 'desc' })).toEqual(['hello', 'order-b', 'order-a']);
	});

	test('come in pages', async () => {
		for (const id of ['aaaaa', 'bbbbb', 'ccccc']) await add(id);
		const first = (await data('/template/search')) as { templates: object[]; continue_token: string };
		expect(first).toMatchObject({
			total_count: 3,
			templates: [{ id: 'aaaaa', name: 'Name of aaaaa' }, { id: 'bbbbb' }],
		});
		expect(first.templates[0]).not.toHaveProperty('html_body');
		expect(await data('/template/search', { continue_token: first.continue_token })).toMatchObject({
			templates: [{ id: 'ccccc' }],
			continue_token: null,
		});
	});

	test('that cannot be read fail the send and send nothing', async () => {
		await add('broken', { html_body: '{{#if}' });
		expect((await call(simulator, '/email/send', { ...MAIL, template_id: 'broken' })).status).toBe(400);
		expect(simulator.state.emails).toHaveLength(0);
	});
});

describe('suppressions', () => {
	const suppress = (email_address: string, more: object = {}): Promise<unknown> =>
		data('/suppression/add', { email_address, ...more });

	test('are added, listed and removed by reason', async () => {
		expect(await suppress('ann@example.org', { block_description: 'asked' })).toEqual({
			added: true,
			email_address: 'ann@example.org',
			block_description: 'asked',
		});
		expect(await data('/suppression/view')).toEqual({
			results: [
				{
					email_address: 'ann@example.org',
					reason: 'manual',
					block_description: 'asked',
					complaint: '',
					subject: null,
					timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string,
				},
			],
			total_results: 1,
			continue_token: null,
		});
		expect(
			await data('/suppression/remove', { email_address: 'ann@example.org', reasons: ['manual', 'spam'] }),
		).toEqual({
			suppressions: [
				{ email_address: 'ann@example.org', reason: 'manual', removed: true },
				{ email_address: 'ann@example.org', reason: 'spam', removed: false },
			],
		});
		expect(simulator.state.suppressions).toEqual([]);
	});

	test('are not doubled', async () => {
		await suppress('ann@example.org');
		await suppress('ann@example.org', { block_description: 'again' });
		expect(simulator.state.suppressions).toMatchObject([{ block_description: 'again' }]);
	});

	test('are found by address, type, part, wildcard, date and subaccount', async () => {
		await suppress('ann@example.org');
		await suppress('example.net', { subaccount_id: 'sub' });
		await call(simulator, '/email/send', { ...MAIL, to: ['spam@example.org'] });
		await simulator.waitFor(({ suppressions }) => suppressions.length === 3);
		const found = async (query: object): Promise<string[]> =>
			((await data('/suppression/view', query)) as { results: { email_address: string }[] }).results
				.map(({ email_address }) => email_address)
				.sort();
		expect(await found({})).toEqual(['ann@example.org', 'spam@example.org']);
		expect(await found({ email_address: 'ann@example.org' })).toEqual(['ann@example.org']);
		expect(await found({ suppression_types: ['spam'] })).toEqual(['spam@example.org']);
		expect(await found({ recipients: ['ANN@example.org', 'nobody@example.org'] })).toEqual(['ann@example.org']);
		expect(await found({ recipient: 'ann' })).toEqual([]);
		expect(await found({ recipient: 'ann', fuzzy: true })).toEqual(['ann@example.org']);
		expect(await found({ wildcard: 's*@example' })).toEqual(['spam@example.org']);
		expect(await found({ end_date: '2020-01-01' })).toEqual([]);
		expect(await found({ subaccount_id: 'sub' })).toEqual(['example.net']);
	});
});
