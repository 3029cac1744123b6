import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type ILoadOptionsFunctions, type INodeParameters } from 'n8n-workflow';
import { useAccount } from '../support/account';
import { nodeTypes, runNode, surroundings } from '../support/engine';
import { Smtp2go } from '../../../nodes/Smtp2go/Smtp2go.node';

const account = useAccount();
const { methods } = new Smtp2go();

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: 'jane@example.com',
	templateId: byId('order-receipt'),
};

/** The editor's view of the node with these values. */
function editor(parameters: INodeParameters): ILoadOptionsFunctions {
	const node = {
		id: '1',
		name: 'SMTP2GO',
		type: 'smtp2go',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
		credentials: { smtp2goApi: { id: '1', name: 'SMTP2GO' } },
	};
	const workflow = new Workflow({ id: '1', nodes: [node], connections: {}, active: false, nodeTypes });
	return new LoadOptionsContext(
		workflow,
		node,
		{ ...surroundings(account.credentials, workflow), currentNodeParameters: parameters },
		'',
	) as unknown as ILoadOptionsFunctions;
}

async function sentData(parameters: object, json = {}) {
	const { error } = await runNode({
		parameters: { ...mail, ...parameters },
		credentials: account.credentials,
		items: [{ json }],
	});
	expect(error).toBeUndefined();
	return account.bodies('/email/send')[0]?.['template_data'];
}

const schema = (...names: [string, string][]) =>
	names.map(([id, type]) => ({ id, displayName: id, type, required: false, defaultMatch: false, display: true }));
const form = (value: object | null, fields: object[], mappingMode = 'defineBelow') => ({
	templateData: { mappingMode, value, matchingColumns: [], schema: fields },
});

/** A template with these examples; its ID. */
async function templateWith(examples: object): Promise<string> {
	const names = Object.keys(examples)
		.map((name) => `{{${name}}}`)
		.join(' ');
	const parameters = {
		resource: 'template',
		operation: 'create',
		templateName: 'Examples',
		newTemplateId: 'with-examples',
		subject: names,
		htmlBody: names,
		textBody: names,
		options: { templateVariables: JSON.stringify(examples) },
	};
	expect((await runNode({ parameters, credentials: account.credentials })).error).toBeUndefined();
	return 'with-examples';
}

test('the form of a template asks for its variables, texts and lists', async () => {
	const { fields } = await methods.resourceMapping.templateVariables.call(editor(mail));
	expect(fields.map(({ id, type }) => [id, type])).toEqual([
		['name', 'string'],
		['order_id', 'string'],
		['items', 'array'],
	]);
});

test('without a template the form says what to do first', async () => {
	expect(await methods.resourceMapping.templateVariables.call(editor({ ...mail, templateId: byId('') }))).toEqual({
		fields: [],
		emptyFieldsNotice: 'Select a template to see its variables',
	});
});

test('values of the form are sent by their types, and variables left empty are not', async () => {
	expect(
		await sentData(
			form(
				{ name: 'Jane', order_id: '7', items: '[{"title": "Tea"}]', extra: null },
				schema(['name', 'string'], ['order_id', 'string'], ['items', 'array'], ['extra', 'string']),
			),
		),
	).toEqual({ name: 'Jane', order_id: '7', items: [{ title: 'Tea' }] });
});

test('a number and a text left empty are not sent as 0 or nothing', async () => {
	expect(
		await sentData(
			form(
				{ name: '', count: '', paid: null, order_id: '7' },
				schema(['name', 'string'], ['count', 'number'], ['paid', 'boolean'], ['order_id', 'string']),
			),
		),
	).toEqual({ order_id: '7' });
});

test('0 and false that were entered are sent', async () => {
	expect(await sentData(form({ count: 0, paid: false }, schema(['count', 'number'], ['paid', 'boolean'])))).toEqual({
		count: 0,
		paid: false,
	});
});

test('a string starts empty, and a list with the names used inside it, never with the values of an example', async () => {
	const { fields } = await methods.resourceMapping.templateVariables.call(editor(mail));
	expect(fields.map(({ displayName, defaultValue }) => [displayName, defaultValue])).toEqual([
		['name', null],
		['order_id', null],
		['items (list of quantity, title)', '[{"quantity":"","title":""}]'],
	]);
});

test('a template made with this node lists the variables of its subject and bodies', async () => {
	const template = {
		resource: 'template',
		operation: 'create',
		templateName: 'Hello',
		newTemplateId: 'hello-again',
		subject: 'Hi {{ name }}',
		htmlBody: '{{#if vip}}{{#each items}}{{title}}{{/each}}{{/if}}',
		textBody: '{{ code }}',
	};
	const { error } = await runNode({ parameters: template, credentials: account.credentials });
	expect(error).toBeUndefined();
	const { fields } = await methods.resourceMapping.templateVariables.call(
		editor({ ...mail, templateId: byId('hello-again') }),
	);
	expect(fields.map(({ id, displayName, type }) => [id, displayName, type])).toEqual([
		['name', 'name', 'string'],
		['vip', 'vip (empty means false)', 'string'],
		['items', 'items (list of title)', 'array'],
		['code', 'code', 'string'],
	]);
});

test('a number of the example is no reason to make a number of what is typed', async () => {
	const { fields } = await methods.resourceMapping.templateVariables.call(
		editor({ ...mail, templateId: byId(await templateWith({ total: 19.9, zip: 12345, paid: true })) }),
	);
	expect(fields.map(({ id, type }) => [id, type])).toEqual([
		['total', 'string'],
		['zip', 'string'],
		['paid', 'string'],
	]);
});

test('text arrives exactly as typed', async () => {
	const typed = {
		total: '19.90',
		zip: '01234',
		id: '12345678901234567890',
		price: '1,299.00 EUR',
		yes: 'true',
		name: ' Jane ',
	};
	expect(
		await sentData(form(typed, schema(...Object.keys(typed).map((id): [string, string] => [id, 'string'])))),
	).toEqual(typed);
});

test('also where the form was saved with the type of a number', async () => {
	const typed = { total: '19.90', zip: '01234', id: '12345678901234567890' };
	expect(
		await sentData(form(typed, schema(...Object.keys(typed).map((id): [string, string] => [id, 'number'])))),
	).toEqual(typed);
});

test('a number, a yes and a list of an expression stay what they are', async () => {
	const given = { total: '={{ 19.9 }}', yes: '={{ false }}', items: '={{ [{ title: "" }] }}' };
	expect(await sentData(form(given, schema(['total', 'string'], ['yes', 'string'], ['items', 'array'])))).toEqual({
		total: 19.9,
		yes: false,
		items: [{ title: '' }],
	});
});

test('a list that was left as the form began it is not sent', async () => {
	expect(
		await sentData(
			form(
				{ name: 'Jane', items: '[{"title":"","quantity":""}]' },
				schema(['name', 'string'], ['items', 'array']),
			),
		),
	).toEqual({ name: 'Jane' });
});

test('a long number in JSON keeps its digits', async () => {
	expect(
		await sentData({
			...form({ items: '[{"id": 12345678901234567890}]' }, schema(['items', 'array'])),
			options: { templateDataJson: '{"order": 98765432109876543210, "n": 7}' },
		}),
	).toEqual({ items: [{ id: '12345678901234567890' }], order: '98765432109876543210', n: 7 });
});

test('mapped automatically, only fields that the template has variables for are sent', async () => {
	expect(
		await sentData(form(null, schema(['name', 'string'], ['order_id', 'string']), 'autoMapInputData'), {
			name: 'Jane',
			order_id: 7,
			card: 'secret',
		}),
	).toEqual({ name: 'Jane', order_id: 7 });
});

test.each([
	['as text', '{"order_id": "8", "nested": {"a": [1]}}'],
	['from an expression', '={{ { order_id: "8", nested: { a: [1] } } }}'],
])('JSON %s goes on top of the form', async (_, templateDataJson) => {
	expect(
		await sentData({
			...form({ name: 'Jane', order_id: '7' }, schema(['name', 'string'], ['order_id', 'string'])),
			options: { templateDataJson },
		}),
	).toEqual({ name: 'Jane', order_id: '8', nested: { a: [1] } });
});

test('JSON that is not an object is refused by name', async () => {
	const { error } = await runNode({
		parameters: { ...mail, options: { templateDataJson: '[1]' } },
		credentials: account.credentials,
	});
	expect(error?.message).toBe('Template Data (JSON) must be a JSON object');
});

test('a variable of the wrong type is refused by name', async () => {
	const { error } = await runNode({
		parameters: { ...mail, ...form({ count: '={{ "many" }}' }, schema(['count', 'array'])) } as INodeParameters,
		credentials: account.credentials,
	});
	expect(`${error?.message} ${error?.description}`).toMatch(/count/);
	expect(account.simulator.state.requests).toEqual([]);
});

test('the list of templates is searched by SMTP2GO and read page by page', async () => {
	const add = (index: number) => ({
		id: `bulk-${String(index).padStart(3, '0')}`,
		name: `Bulk ${index}`,
		subject: 'S',
		html_body: '',
		text_body: '',
		template_variables: {},
		tags: [],
		last_updated: '2026-01-01 00:00:00',
	});
	account.simulator.state.templates.push(...Array.from({ length: 120 }, (_, index) => add(index)));
	const first = await methods.listSearch.template.call(editor(mail), 'bulk');
	expect(first.results).toHaveLength(100);
	const second = await methods.listSearch.template.call(editor(mail), 'bulk', first.paginationToken);
	expect(second.results).toHaveLength(20);
	expect(second.paginationToken).toBeUndefined();
	expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(120);
	expect(account.bodies('/template/search')[0]).toMatchObject({ search_terms: ['bulk'], fuzzy_search: true });
});

test('the list of webhooks shows addresses and events, and is searched as one types', async () => {
	for (const url of ['https://one.example.com/a', 'https://two.example.com/b']) {
		await runNode({
			parameters: {
				resource: 'webhook',
				operation: 'create',
				url,
				options: { events: ['bounce'], smsEvents: ['failed'] },
			},
			credentials: account.credentials,
		});
	}
	const hooks = account.simulator.state.hooks;
	expect((await methods.listSearch.webhook.call(editor(mail))).results).toHaveLength(hooks.length);
	const { results } = await methods.listSearch.webhook.call(editor(mail), 'two');
	expect(results).toEqual(
		hooks
			.filter(({ url }) => url.includes('two'))
			.map(({ id, url }) => ({ name: url, value: String(id), description: `${id}, bounce, failed` })),
	);
});

test.each([
	['sub1', { subaccount_id: 'sub1' }],
	['={{ $json.whose }}', {}],
])('the list is that of the subaccount in the form, unless an expression names it: %s', async (value, body) => {
	const parameters = {
		resource: 'webhook',
		operation: 'delete',
		options: { subaccountId: { __rl: true, mode: 'id', value } },
	};
	await expect(methods.listSearch.webhook.call(editor(parameters))).resolves.toEqual({ results: [] });
	expect(account.bodies('/webhook/view')).toEqual([body]);
});

test("a list that cannot be read shows SMTP2GO's own sentence", async () => {
	account.simulator.setFault({
		path: '/template/search',
		fault: 'error',
		status: 400,
		message: 'No templates today',
	});
	await expect(methods.listSearch.template.call(editor(mail))).rejects.toMatchObject({
		message: 'No templates today',
	});
	account.simulator.clearFaults();
});
