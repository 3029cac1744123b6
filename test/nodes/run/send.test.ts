import { useAccount } from '../support/account';
import { runNode } from '../support/engine';

const account = useAccount();

const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'Shop <shop@example.com>',
	to: 'jane@example.com',
	subject: 'Hi',
	textBody: 'Hello',
};
const body = { sender: 'Shop <shop@example.com>', to: ['jane@example.com'], subject: 'Hi', text_body: 'Hello' };

/** Sends with these parameters on top and gives the body that arrived. */
async function sent(parameters: object, json = {}) {
	const { error } = await runNode({
		parameters: { ...mail, ...parameters },
		credentials: account.credentials,
		items: [{ json }],
	});
	expect(error).toBeUndefined();
	return account.bodies('/email/send')[0];
}

test('an email is sent and its ID comes back, paired with the item', async () => {
	const { items, error } = await runNode({ parameters: mail, credentials: account.credentials });
	expect(error).toBeUndefined();
	expect(items).toEqual([
		{
			json: {
				emailId: account.simulator.state.emails[0]?.emailId,
				scheduleId: null,
				to: ['jane@example.com'],
				cc: [],
				bcc: [],
				subject: expect.any(String) as string,
				sender: 'Shop <shop@example.com>',
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(account.bodies('/email/send')).toEqual([body]);
});

test('each item sends its own email, and each result is paired with its own item', async () => {
	const { items } = await runNode({
		parameters: { ...mail, to: '={{ $json.to }}' },
		credentials: account.credentials,
		items: ['a@example.com', 'b@example.com', 'c@example.com'].map((to) => ({ json: { to } })),
	});
	expect(account.bodies('/email/send').map(({ to }) => to)).toEqual([
		['a@example.com'],
		['b@example.com'],
		['c@example.com'],
	]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
});

test.each([
	['a line with commas', 'jane@example.com, Joe <joe@example.com>'],
	['a line with a comma inside a name', '"Doe, Jane" <jane@example.com>'],
	['a list from an expression', '={{ ["jane@example.com", "Joe <joe@example.com>"] }}'],
	['a JSON list as text', '["jane@example.com"]'],
	['objects from an expression', '={{ [{ name: "Joe", email: "joe@example.com" }] }}'],
])('recipients may be %s', async (_, to) => {
	const expected: Record<string, string[]> = {
		'a line with commas': ['jane@example.com', 'Joe <joe@example.com>'],
		'a line with a comma inside a name': ['"Doe, Jane" <jane@example.com>'],
		'a list from an expression': ['jane@example.com', 'Joe <joe@example.com>'],
		'a JSON list as text': ['jane@example.com'],
		'objects from an expression': ['Joe <joe@example.com>'],
	};
	expect((await sent({ to }))?.['to']).toEqual(expected[_]);
});

test('what is left blank in the form is not sent', async () => {
	expect(
		await sent({ htmlBody: '', attachments: {}, templateId: { __rl: true, mode: 'list', value: '' }, options: {} }),
	).toEqual(body);
});

test('options are sent: copies, reply-to and own headers as headers, fast accept', async () => {
	expect(
		await sent({
			options: {
				cc: 'cc@example.com',
				bcc: 'bcc@example.com',
				replyTo: 'Support <help@example.com>',
				fastaccept: true,
				customHeaders: {
					headers: [
						{ header: 'X-Order-ID', value: '7' },
						{ header: 'X-Shop', value: 'tea' },
					],
				},
			},
		}),
	).toEqual({
		...body,
		cc: ['cc@example.com'],
		bcc: ['bcc@example.com'],
		fastaccept: true,
		custom_headers: [
			{ header: 'Reply-To', value: 'Support <help@example.com>' },
			{ header: 'X-Order-ID', value: '7' },
			{ header: 'X-Shop', value: 'tea' },
		],
	});
});

test.each([
	['an object from an expression', '={{ { "X-Order-ID": "7" } }}'],
	['a list from an expression', '={{ [{ header: "X-Order-ID", value: "7" }] }}'],
	['JSON as text', '{"X-Order-ID": "7"}'],
])('headers may be %s', async (_, headers) => {
	expect((await sent({ options: { customHeaders: { json: [{ headers }] } } }))?.['custom_headers']).toEqual([
		{ header: 'X-Order-ID', value: '7' },
	]);
});

test.each([
	['ISO text', () => new Date(Date.now() + 3_600_000).toISOString()],
	['a date from an expression', () => '={{ $now.plus({ hours: 1 }) }}'],
])('the time to send at may be %s', async (_, schedule) => {
	const at = String((await sent({ options: { schedule: schedule() } }))?.['schedule']);
	expect(Math.abs(Date.parse(at.replace(' +0000', 'Z').replace(' ', 'T')) - Date.now() - 3_600_000)).toBeLessThan(
		60_000,
	);
});

test('with a template, subject and body of the form are not read', async () => {
	expect(
		await sent({
			templateId: { __rl: true, mode: 'id', value: 'welcome' },
			templateData: { mappingMode: 'defineBelow', value: { name: 'Jane' }, matchingColumns: [], schema: [] },
		}),
	).toEqual({ sender: body.sender, to: body.to, template_id: 'welcome', template_data: { name: 'Jane' } });
});

test.each([
	['welcome', { template_id: 'welcome', template_data: { name: 'Jane' } }],
	['', { subject: 'Hi', text_body: 'Hello' }],
])('a template from an expression that gives %p decides what is read', async (template, rest) => {
	const data = { mappingMode: 'defineBelow', value: { name: 'Jane' }, matchingColumns: [], schema: [] };
	expect(
		await sent(
			{ templateId: { __rl: true, mode: 'id', value: '={{ $json.template }}' }, templateData: data },
			{ template },
		),
	).toEqual({ sender: body.sender, to: body.to, ...rest });
});

test('without a template, template data of the form is not read', async () => {
	expect(
		await sent({
			templateData: { mappingMode: 'defineBelow', value: { name: 'Jane' }, matchingColumns: [], schema: [] },
		}),
	).toEqual(body);
});

test.each([
	['sender', 'From'],
	['to', 'To'],
])('a required field that is blank is named before anything is sent: %s', async (parameter, label) => {
	const { error } = await runNode({
		parameters: { ...mail, [parameter]: '={{ "" }}' },
		credentials: account.credentials,
	});
	expect(error?.message).toBe(`${label} is required`);
	expect(account.simulator.state.requests).toEqual([]);
});

test('a whole message goes out from text', async () => {
	const message = 'From: shop@example.com\r\nTo: jane@example.com\r\nSubject: Hi\r\n\r\nHello';
	await runNode({
		parameters: { resource: 'email', operation: 'sendMime', mimeEmail: message },
		credentials: account.credentials,
	});
	expect(account.bodies('/email/mime')).toEqual([{ mime_email: Buffer.from(message).toString('base64') }]);
});

test('an operation that this version does not know is named', async () => {
	const { error } = await runNode({
		parameters: { resource: 'email', operation: 'teleport' },
		credentials: account.credentials,
	});
	expect(error?.message).toBe('The resource "email" does not have an operation "teleport"');
});

test("a time to send at without a zone is one of the workflow's zone, as n8n's date picker writes it", async () => {
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	const { error } = await runNode({
		parameters: { ...mail, options: { schedule: `${tomorrow}T12:00:00` } },
		credentials: account.credentials,
		timezone: 'Asia/Kolkata',
	});
	expect(error).toBeUndefined();
	expect(account.bodies('/email/send')[0]?.['schedule']).toBe(`${tomorrow} 06:30:00 +0000`);
});

test.each([
	['an email', { ...mail }, '/email/send'],
	[
		'a call that wants the key in its body too',
		{ resource: 'ipAllowList', operation: 'setEnabled', ipAllowList: 'api' },
		'/ip_allow_list',
	],
])("%s goes out with its item's key", async (_, parameters, path) => {
	const keys = ['A', 'B'].map((letter) => `api-${letter.repeat(32)}`);
	await runNode({
		parameters,
		credentials: (item) => ({ ...account.credentials, apiKey: keys[item] ?? '' }),
		items: [{ json: {} }, { json: {} }],
		onError: 'continueRegularOutput',
	});
	const calls = account.simulator.state.requests.filter((request) => request.path === path);
	expect(calls.map(({ username }) => username)).toEqual(keys.map((key) => key.slice(0, 16)));
	for (const [index, { body: text }] of calls.entries())
		if (path.startsWith('/ip')) expect(JSON.parse(text)).toMatchObject({ api_key: keys[index] });
});

test.each([
	[
		'headers as a list',
		{ options: { customHeaders: { json: [{ headers: '={{ [{ header: "X-A", value: "1" }] }}' }] } } },
		{ custom_headers: [{ header: 'X-A', value: '1' }] },
	],
	[
		'headers as an object',
		{ options: { customHeaders: { json: [{ headers: '={{ { "X-A": "1" } }}' }] } } },
		{ custom_headers: [{ header: 'X-A', value: '1' }] },
	],
	[
		'headers as JSON text',
		{ options: { customHeaders: { json: [{ headers: '{"X-A": "1"}' }] } } },
		{ custom_headers: [{ header: 'X-A', value: '1' }] },
	],
	[
		'files as a list',
		{ attachments: { json: [{ files: '={{ [{ filename: "a.txt", fileblob: "QQ==" }] }}' }] } },
		{ attachments: [{ filename: 'a.txt', fileblob: 'QQ==' }] },
	],
	[
		'one file as JSON text',
		{ attachments: { json: [{ files: '{"filename": "a.txt", "fileblob": "QQ=="}' }] } },
		{ attachments: [{ filename: 'a.txt', fileblob: 'QQ==' }] },
	],
])('%s from an expression or a text are sent', async (_, parameters, expected) => {
	expect(await sent(parameters)).toEqual({ ...body, ...expected });
});

test.each([
	['headers', { options: { customHeaders: { json: [{ headers: 'X-A: 1' }] } } }, 'Headers'],
	['files', { attachments: { json: [{ files: 'data' }] } }, 'Attachments'],
])('%s that are none are refused, not dropped', async (_, parameters, label) => {
	const { error } = await runNode({ parameters: { ...mail, ...parameters }, credentials: account.credentials });
	expect(error?.message).toContain(label);
	expect(account.bodies('/email/send')).toEqual([]);
});

test.each([
	['true', 3],
	['false', 1],
])('Return All takes the text "%s"', async (returnAll, count) => {
	const parameters = {
		resource: 'template',
		operation: 'getAll',
		returnAll: `={{ "${returnAll}" }}`,
		limit: 1,
		simplify: '={{ "true" }}',
	};
	const { items, error } = await runNode({ parameters, credentials: account.credentials });
	expect(error).toBeUndefined();
	expect(items.length).toBe(count === 1 ? 1 : account.simulator.state.templates.length);
});

test('Return All takes no other text', async () => {
	const { error } = await runNode({
		parameters: { resource: 'template', operation: 'getAll', returnAll: 'maybe' },
		credentials: account.credentials,
	});
	expect(error?.message).toContain('Return All');
});
