/** Variables of a template: their rows, what is told of missing ones, and how many recipients a send may have. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { account, inbox, key, load, logged, node, request, unload, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
afterEach(() => {
	delete process.env['TEST_SHOP'];
});
useNodeRed((started) => {
	({ simulator } = started);
});

type Fields = Record<string, { type: string; value: unknown }>;
const text = (value: unknown) => ({ type: 'str', value });
const template = { template_id: text('order-receipt') };
const variables = (value: object) => ({ ...template, template_data: { type: 'variables', value } });
const filled = variables({
	name: text('Jane'),
	order_id: text('7'),
	items: { type: 'json', value: '[{"quantity":1,"title":"Tea"}]' },
});
const people = { from: 'shop@example.com', to: 'jane@example.com' };

async function start(fields: Fields, more: object = {}, type = 'smtp2go-email') {
	// A separate key for each flow: the templates that were read with a key are kept for a minute.
	await load(actionFlow(simulator, type, { operation: 'send', fields, ...more }), {
		account: { apiKey: simulator.addKey({ permissions: ['*'] }) },
	});
	return { out: inbox('out'), caught: inbox('caught'), statuses: inbox('statuses') };
}
const bodies = (path = '/email/send') =>
	simulator.state.requests
		.filter((one) => one.path === path)
		.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
const warnings = () => logged(30).filter((line) => /template "/i.test(line));

describe('the rows of a template', () => {
	it('are read each from its own source, and a text arrives as it was typed', async () => {
		process.env['TEST_SHOP'] = 'Corner';
		const { out } = await start(
			variables({
				total: text('19.90'),
				zip: text('01234'),
				id: text('12345678901234567890'),
				price: text('1,299.00 EUR'),
				yes: text('true'),
				count: { type: 'num', value: '3' },
				long: { type: 'num', value: '12345678901234567890' },
				items: { type: 'json', value: '[{"id": 98765432109876543210}]' },
				name: { type: 'msg', value: 'payload.name' },
				shop: { type: 'env', value: 'TEST_SHOP' },
				loud: { type: 'jsonata', value: '$uppercase(payload.name)' },
				paid: { type: 'bool', value: 'false' },
				empty: text(''),
				gone: { type: 'msg', value: 'payload.gone' },
				off: { type: 'none', value: '' },
			}),
		);
		node('n').receive({ ...people, payload: { name: 'Jane' } } as never);
		await out.next();
		expect(bodies()[0]?.['template_data']).toEqual({
			total: '19.90',
			zip: '01234',
			id: '12345678901234567890',
			price: '1,299.00 EUR',
			yes: 'true',
			count: 3,
			long: '12345678901234567890',
			items: [{ id: '98765432109876543210' }],
			name: 'Jane',
			shop: 'Corner',
			loud: 'JANE',
			paid: false,
		});
	});

	it('of a list of emails are read for each entry', async () => {
		const { out } = await start({
			...variables({
				name: { type: 'msg', value: 'name' },
				order_id: text('7'),
				items: { type: 'json', value: '[{"quantity":1,"title":"Tea"}]' },
			}),
			$batch: text('array'),
		});
		node('n').receive({
			from: people.from,
			payload: [
				{ to: 'a@example.com', name: 'Ann' },
				{ to: 'b@example.com', name: 'Bob' },
			],
		} as never);
		await out.next();
		expect(
			(bodies('/email/batch')[0]?.['emails'] as { template_data: { name: string } }[]).map(
				(mail) => mail.template_data.name,
			),
		).toEqual(['Ann', 'Bob']);
	});

	it('one that cannot be read is named, and nothing is sent', async () => {
		const { caught } = await start(variables({ items: { type: 'json', value: '[{' } }));
		node('n').receive(people as never);
		expect((await caught.next()).error).toMatchObject({
			code: 'SMTP2GO_INVALID',
			message: expect.stringContaining('items'),
		});
		expect(simulator.state.requests).toEqual([]);
	});

	it('a long number in JSON of all of them keeps its digits', async () => {
		const { out } = await start({
			...template,
			template_data: { type: 'json', value: '{"order_id": 12345678901234567890}' },
		});
		node('n').receive(people as never);
		await out.next();
		expect(bodies()[0]?.['template_data']).toEqual({ order_id: '12345678901234567890' });
	});

	it('are told to the dialog by the account', async () => {
		await load([{ id: 'tab', type: 'tab', label: 'Test' }, account(simulator)], key());
		const answer = (await request().post('/smtp2go/variables').send({ account: 'account', id: 'order-receipt' }))
			.body as { value: { name: string; form: string }[] };
		expect(answer).toMatchObject({ ok: true });
		expect(answer.value.map(({ name, form }) => [name, form])).toEqual([
			['name', 'text'],
			['order_id', 'text'],
			['items', 'list'],
		]);
		expect(
			(await request().post('/smtp2go/variables').send({ account: 'account', id: 'no-such-template' })).body,
		).toMatchObject({ ok: false, message: expect.any(String) });
	});
});

describe('"Missing Variables"', () => {
	it('warns unless told otherwise: with template and variables, in yellow, and the email goes out', async () => {
		const { out, statuses } = await start(
			variables({ order_id: text('7'), items: { type: 'json', value: '[{"quantity":1}]' } }),
		);
		node('n').receive(people as never);
		expect((await out.next()).payload).toMatchObject({ emailId: expect.any(String) });
		await until(() =>
			statuses.messages.some(({ status }) => (status as { fill?: string } | undefined)?.fill === 'yellow'),
		);
		expect(warnings()).toEqual([
			'Template "order-receipt" has no value for name, items[0].title. The email has gaps there',
		]);
	});

	it('"fail" sends nothing, and a Catch node is told', async () => {
		const { caught } = await start({ ...template, $missingVariables: text('fail') });
		node('n').receive(people as never);
		expect((await caught.next()).error).toMatchObject({
			code: 'SMTP2GO_INVALID',
			message: expect.stringMatching(/^Template "order-receipt" has no value for order_id, name, items/),
		});
		expect(bodies()).toEqual([]);
	});

	it('"ignore" does not read the template', async () => {
		const { out } = await start({ ...template, $missingVariables: text('ignore') });
		node('n').receive(people as never);
		await out.next();
		expect(simulator.state.requests.map(({ path }) => path)).toEqual(['/email/send']);
		expect(warnings()).toEqual([]);
	});

	it('is one warning for a list, with its entries, and "fail" keeps back only those', async () => {
		const entries = [{ to: 'a@example.com', name: 'Ann' }, { to: 'b@example.com' }, { to: 'c@example.com' }];
		const rows = variables({
			name: { type: 'msg', value: 'name' },
			order_id: text('7'),
			items: { type: 'json', value: '[{"quantity":1,"title":"Tea"}]' },
		});
		const { out } = await start({ ...rows, $batch: text('array') });
		node('n').receive({ from: people.from, payload: entries } as never);
		await out.next();
		expect(warnings()).toEqual([
			'Template "order-receipt" has no value for name (entries 2-3). The emails have gaps there',
		]);
		await unload();
		const failing = await start({ ...rows, $batch: text('array'), $missingVariables: text('fail') });
		node('n').receive({ from: people.from, payload: entries } as never);
		expect((await failing.out.next()).payload).toMatchObject([
			{ ok: true, emailId: expect.any(String), to: ['Ann <a@example.com>'] },
			{ ok: false, code: 'SMTP2GO_INVALID' },
			{ ok: false, code: 'SMTP2GO_INVALID' },
		]);
	});

	it('fails an email of a sequence by itself, and the others are sent', async () => {
		const rows = variables({
			name: { type: 'msg', value: 'name' },
			order_id: text('7'),
			items: { type: 'json', value: '[{"quantity":1,"title":"Tea"}]' },
		});
		const { out, caught } = await start({ ...rows, $batch: text('sequence'), $missingVariables: text('fail') });
		for (const [index, name] of ['Ann', '', 'Cid'].entries())
			node('n').receive({ ...people, name, parts: { id: 's', index, count: 3 } } as never);
		await caught.next();
		await out.next(2);
		expect(bodies('/email/batch').map(({ emails }) => (emails as unknown[]).length)).toEqual([2]);
		expect(simulator.state.requests.filter(({ path }) => path === '/template/view')).toHaveLength(1);
	});

	it('if the key cannot read templates, sends the email and names the missing permission once', async () => {
		simulator.setFault({
			path: '/template/view',
			fault: 'error',
			status: 400,
			message: 'You do not have permission to access this API endpoint',
		});
		const { out } = await start(filled);
		for (let index = 0; index < 3; index++) node('n').receive(people as never);
		await out.next(3);
		expect(warnings()).toEqual([
			expect.stringMatching(/could not be checked.*missing permission: \/template\/view/),
		]);
		expect(bodies()).toHaveLength(3);
	});
});

describe('recipients', () => {
	const plain = { subject: text('Hi'), text_body: text('Hello') };
	const one = { $oneRecipient: { type: 'bool', value: 'true' } };

	it.each([
		['a@example.com, b@example.com'],
		['["a@example.com","b@example.com"]'],
		[['a@example.com', 'b@example.com']],
	])('"One recipient only" refuses %j', async (to) => {
		const { caught } = await start({ ...plain, ...one });
		node('n').receive({ ...people, to } as never);
		expect((await caught.next()).error).toMatchObject({
			message: expect.stringMatching(/^To has 2 recipients, but only one is allowed/),
		});
		expect(simulator.state.requests).toEqual([]);
	});

	it('"Maximum recipients" counts To, CC and BCC together', async () => {
		const { caught } = await start({
			...plain,
			cc: text('b@example.com'),
			bcc: text('c@example.com'),
			$maxRecipients: { type: 'num', value: '2' },
		});
		node('n').receive(people as never);
		expect((await caught.next()).error).toMatchObject({
			message: expect.stringMatching(/^There are 3 recipients \(To 1, CC 1, BCC 1\), but at most 2 are allowed/),
		});
	});

	it('numbers of a text message count too', async () => {
		const { caught } = await start(
			{ destination: text('+14155550123, +14155550124'), content: text('Hi'), ...one },
			{},
			'smtp2go-sms',
		);
		node('n').receive({} as never);
		expect((await caught.next()).error).toMatchObject({ message: expect.stringMatching(/^To has 2 recipients/) });
		expect(simulator.state.requests).toEqual([]);
	});
});

describe('what a send answers', () => {
	const plain = { subject: text('Hi'), text_body: text('Hello') };
	const shape = {
		emailId: expect.any(String),
		scheduleId: null,
		to: ['jane@example.com'],
		cc: [],
		bcc: [],
		subject: 'Hi',
		sender: 'shop@example.com',
	};

	it('is of one form: for one, a list, a sequence and one that is looked up', async () => {
		const { out } = await start(plain);
		node('n').receive(people as never);
		const msg = await out.next();
		expect(msg.payload).toEqual(shape);
		expect(msg['smtp2go']).toMatchObject({ data: { email_id: expect.any(String) } });
		for (const own of [{ $batch: text('sequence') }, { $checkFirst: { type: 'bool', value: 'true' } }]) {
			await unload();
			const next = await start({ ...plain, ...own });
			node('n').receive({ ...people, parts: { id: 's', index: 0, count: 1 } } as never);
			expect((await next.out.next()).payload).toEqual(shape);
		}
		await unload();
		const list = await start({ ...plain, $batch: text('array') });
		node('n').receive({ from: people.from, payload: [{ to: 'jane@example.com' }] } as never);
		expect((await list.out.next()).payload).toEqual([{ ok: true, ...shape }]);
	});

	it('"raw" gives SMTP2GO\'s own', async () => {
		const { out } = await start(plain, { output: 'raw' });
		node('n').receive(people as never);
		expect((await out.next()).payload).toMatchObject({ succeeded: 1, email_id: expect.any(String) });
	});

	it('a refused email of a list says whom it was for', async () => {
		const { out } = await start({ ...plain, $batch: text('array') });
		node('n').receive({
			payload: [
				{ from: people.from, to: 'a@example.com' },
				{ from: 'x@unverified.example', to: 'b@example.com' },
			],
		} as never);
		expect((await out.next()).payload).toMatchObject([
			{ ok: true },
			{ ok: false, code: 'SMTP2GO_REJECTED', to: ['b@example.com'], subject: 'Hi' },
		]);
	});
});
