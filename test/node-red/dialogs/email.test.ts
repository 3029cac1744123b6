/** The preview and the test of an email, from the values of an open dialog. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../simulator';
import { account, key, load, request } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

const tab = { id: 'tab', type: 'tab', label: 'Test' };
const start = (credentials: Record<string, object> = key()) => load([tab, account(simulator)], credentials);
const post = async (path: string, body: object) =>
	(await request().post(`/smtp2go/${path}`).send(body)).body as Record<string, unknown>;
const text = (value: string) => ({ type: 'str', value });
const json = (value: unknown) => ({ type: 'json', value: JSON.stringify(value) });
const fixed = {
	sender: text('shop@example.com'),
	subject: text('Your order'),
	html_body: text('<p>Hello</p>'),
	text_body: text('Hello'),
};
const receipt = {
	sender: text('shop@example.com'),
	template_id: text('order-receipt'),
	template_data: {
		type: 'variables',
		value: { name: text('<Jo>'), order_id: text('0012'), items: json([{ quantity: 2, title: 'Tea' }]) },
	},
};
const preview = (fields: object, id = 'account') => post('preview', { account: id, fields });
let clicks = 0;
const test = (fields: object, more: object = {}) =>
	post('send-test', { account: 'account', fields, to: 'me@example.com', click: `click ${++clicks}`, ...more });
const paths = () => simulator.state.requests.map(({ path }) => path);

describe('a preview', () => {
	it('shows what is typed, and asks SMTP2GO nothing', async () => {
		await start();
		expect(await preview(fixed)).toEqual({
			ok: true,
			value: {
				preview: { subject: 'Your order', html: '<p>Hello</p>', text: 'Hello', variables: {}, notes: [] },
				variables: [],
			},
		});
		expect(paths()).toEqual([]);
	});

	it('fills in a template of the account, and names its variables with their examples', async () => {
		await start();
		const { value } = (await preview(receipt)) as { value: Record<string, unknown> };
		expect(value).toMatchObject({
			preview: {
				subject: 'Your order 0012',
				html: expect.stringMatching(/Thank you, &lt;Jo&gt;.*<li>2 × Tea<\/li>/) as unknown,
				text: expect.stringContaining('Thank you, <Jo>. Order 0012') as unknown,
			},
			variables: [
				{ name: 'name', form: 'text', example: 'Ann' },
				{ name: 'order_id', form: 'text', example: '1001' },
				{ name: 'items', form: 'list' },
			],
		});
		await preview(receipt);
		expect(paths()).toEqual(['/template/view']);
	});

	it('says that an account must be deployed', async () => {
		await start();
		expect(await preview(fixed, 'new')).toEqual({ ok: false, type: 'invalid', message: 'errors.deployFirst' });
	});

	it('says which permission is missing for a template', async () => {
		await start(key(simulator.addKey({ permissions: ['/email/send'] })));
		expect(await preview(receipt)).toMatchObject({ ok: false, type: 'permission' });
	});

	it.each<[string, object]>([
		['a message', { type: 'msg', value: 'payload' }],
		['the context', { type: 'global', value: 'secret' }],
		['the environment', { type: 'env', value: 'TEST_SECRET' }],
		['an expression', { type: 'jsonata', value: '$env("TEST_SECRET")' }],
		['nothing', { type: 'none', value: '' }],
	])('reads no value of %s', async (_where, value) => {
		process.env['TEST_SECRET'] = 'hunter2';
		await start();
		const data = { type: 'variables', value: { name: value } };
		const shown = await preview({ ...receipt, subject: value, template_data: data });
		delete process.env['TEST_SECRET'];
		expect(JSON.stringify(shown)).not.toContain('hunter2');
		expect(shown).toMatchObject({ value: { preview: { variables: { name: null } } } });
	});

	it.each<[string, object, string]>([
		['JSON that is not valid', { template_data: { type: 'json', value: '{' } }, 'cannot be read as json'],
		[
			'a variable that is not valid JSON',
			{ template_data: { type: 'variables', value: { items: { type: 'json', value: '[' } } } },
			'items',
		],
	])('says what is wrong: %s', async (_what, more, message) => {
		await start();
		expect(await preview({ ...receipt, ...more })).toMatchObject({
			ok: false,
			message: expect.stringContaining(message) as unknown,
		});
	});

	it.each([[undefined], [null], ['text'], [[1, 2]], [{ __proto__: null, subject: 5, html_body: { type: 5 } }]])(
		'survives fields that no dialog has: %j',
		async (fields) => {
			await start();
			expect(await preview(fields as object)).toMatchObject({ value: { preview: { subject: '', html: '' } } });
		},
	);
});

describe('a test', () => {
	it('sends one email to the typed address alone, with a mark in its subject', async () => {
		await start();
		const sent = await test({
			...fixed,
			to: text('customer@example.com'),
			cc: text('cc@example.com'),
			bcc: text('bcc@example.com'),
			schedule: text('2030-01-01T00:00:00Z'),
			reply_to: text('help@example.com'),
			custom_headers: json([{ header: 'X-Order', value: '7' }]),
			attachments: json([{ filename: 'a.txt', content: 'Hello' }]),
		});
		expect(sent).toMatchObject({
			ok: true,
			value: { isMarked: true, emailId: expect.stringMatching(/.+/) as unknown },
		});
		expect(paths()).toEqual(['/email/send']);
		const body = JSON.parse(simulator.state.requests[0]?.body ?? '{}') as Record<string, unknown>;
		expect(body).toMatchObject({
			sender: 'shop@example.com',
			to: ['me@example.com'],
			subject: '[Test] Your order',
			html_body: '<p>Hello</p>',
			custom_headers: [
				{ header: 'Reply-To', value: 'help@example.com' },
				{ header: 'X-Order', value: '7' },
			],
			attachments: [{ filename: 'a.txt' }],
		});
		expect(JSON.stringify(body)).not.toMatch(/customer|cc@|2030/);
	});

	it('with a template lets SMTP2GO render it, and says that the subject has no mark', async () => {
		await start();
		expect(await test(receipt)).toMatchObject({ ok: true, value: { isMarked: false } });
		expect(simulator.state.emails).toMatchObject([{ subject: 'Your order 0012' }]);
	});

	it('is sent once per click, whatever repeats the request', async () => {
		await start();
		const [first, again] = [await test(fixed, { click: 'same' }), await test(fixed, { click: 'same' })];
		expect(first).toMatchObject({ ok: true });
		expect(again).toEqual({ ok: false, type: 'invalid', message: 'errors.testSentBefore' });
		expect(simulator.state.emails).toHaveLength(1);
	});

	it.each<[string, object, object, string]>([
		['no address', fixed, { to: ' ' }, 'errors.noTestAddress'],
		['two addresses', fixed, { to: 'a@example.com, b@example.com' }, 'one address'],
		['no valid address', fixed, { to: 'nobody' }, 'nobody'],
		['no sender', { ...fixed, sender: text('') }, {}, 'From'],
		['no subject', { ...fixed, subject: text('') }, {}, 'Subject'],
		['a header that names a recipient', { ...fixed, custom_headers: json({ Bcc: 'a@example.com' }) }, {}, 'Bcc'],
		['no click', fixed, { click: 5 }, 'errors.reloadEditor'],
		['a click with a long name', fixed, { click: 'x'.repeat(101) }, 'errors.reloadEditor'],
		['an account that is not deployed', fixed, { account: 'new' }, 'errors.deployFirst'],
	])('sends nothing with %s, and says so', async (_what, fields, more, message) => {
		await start();
		expect(await test(fields, more)).toMatchObject({
			ok: false,
			message: expect.stringContaining(message) as unknown,
		});
		expect(paths()).toEqual([]);
	});

	it("shows SMTP2GO's own words for a sender that is not verified", async () => {
		await start();
		const { ok, message } = await test({ ...fixed, sender: text('x@unverified.test') });
		expect([ok, message]).toEqual([false, expect.stringMatching(/verif/i)]);
		expect(simulator.state.emails).toEqual([]);
	});

	it('that loses its response is not sent again', async () => {
		await start();
		simulator.setFault({ path: '/email/send', fault: 'reset', when: 'after', times: 1 });
		expect(await test(fixed)).toMatchObject({ ok: false, type: 'outcomeUnknown' });
		expect(paths()).toEqual(['/email/send']);
	});
});
