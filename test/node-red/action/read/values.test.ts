/** Where a field can be read from, and what happens if it cannot. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
afterEach(() => {
	delete process.env['TEST_ADDRESS'];
});
useNodeRed((started) => {
	({ simulator } = started);
});

type Field = { type: string; value: unknown };

/** Suppresses one address that a TypedInput names, and returns what SMTP2GO was asked to suppress. */
async function suppress(field: Field, msg: object = {}, prepare: () => void = () => undefined) {
	await load(
		actionFlow(simulator, 'smtp2go-suppression', { operation: 'add', fields: { email_address: field } }),
		key(),
	);
	prepare();
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ payload: {}, ...msg });
	await until(() => out.messages.length + caught.messages.length > 0);
	return { asked: simulator.state.suppressions[0]?.email_address, error: caught.messages[0]?.error };
}

describe('a field may come from', () => {
	const address = 'ann@example.org';
	const nothing = () => undefined;
	it.each<[string, Field, object, () => void]>([
		['a fixed text', { type: 'str', value: address }, {}, nothing],
		['the message', { type: 'msg', value: 'customer.email' }, { customer: { email: address } }, nothing],
		[
			'the flow context',
			{ type: 'flow', value: 'email' },
			{},
			() => node('n').context().flow.set('email', address),
		],
		[
			'the global context',
			{ type: 'global', value: 'email' },
			{},
			() => node('n').context().global.set('email', address),
		],
		[
			'an environment variable',
			{ type: 'env', value: 'TEST_ADDRESS' },
			{},
			() => {
				process.env['TEST_ADDRESS'] = address;
			},
		],
		['an expression', { type: 'jsonata', value: '$lowercase(payload)' }, { payload: 'ANN@example.org' }, nothing],
		['JSON', { type: 'json', value: `"${address}"` }, {}, nothing],
	])('%s', async (_what, field, msg, prepare) => expect((await suppress(field, msg, prepare)).asked).toBe(address));
});

describe('a field that cannot be read is an error that names it, and nothing is sent', () => {
	it.each<[string, Field]>([
		['broken JSON', { type: 'json', value: '{' }],
		['a broken expression', { type: 'jsonata', value: '$$$(' }],
		['an expression that fails', { type: 'jsonata', value: '$number("x")' }],
		['a message property that is not a path', { type: 'msg', value: 'a[' }],
	])('%s', async (_what, field) => {
		const { error } = await suppress(field);
		expect(error).toMatchObject({ code: 'SMTP2GO_INVALID', cause: { fieldErrors: [{ field: 'email_address' }] } });
		expect(simulator.state.requests).toEqual([]);
	});
});

describe('only what a form shows is read', () => {
	const send = async (fields: object, msg: object) => {
		await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send', fields }), key());
		const out = inbox('out');
		node('n').receive({ from: 'shop@example.com', to: 'ann@example.org', ...msg });
		await out.next();
		return JSON.parse(simulator.state.requests.find(({ path }) => path === '/email/send')?.body ?? '') as Record<
			string,
			unknown
		>;
	};

	it('no subject and body beside a template', async () => {
		const body = await send(
			{ template_id: { type: 'str', value: 'welcome' } },
			{ topic: 'Not this', payload: 'Nor this' },
		);
		expect(Object.keys(body)).toEqual(['sender', 'to', 'template_id']);
	});

	it('no template data without a template', async () => {
		const body = await send(
			{ template_data: { type: 'json', value: '{"name":"Ann"}' } },
			{ topic: 'Hi', payload: 'Hello' },
		);
		expect(Object.keys(body)).toEqual(['sender', 'to', 'subject', 'text_body']);
	});

	it('no field of another operation', async () => {
		const body = await send(
			{ mime_email: { type: 'str', value: 'From: x' }, no_such_field: { type: 'str', value: 'x' } },
			{ topic: 'Hi', payload: 'Hello' },
		);
		expect(Object.keys(body)).toEqual(['sender', 'to', 'subject', 'text_body']);
	});
});

describe('hostile values never crash Node-RED: the answer is an error, or the value exactly as given', () => {
	const circular: Record<string, unknown> = {};
	circular['self'] = circular;
	const values: [string, unknown][] = [
		['null', null],
		['a number', 42],
		['yes', true],
		['a list', [1, 2]],
		['an object', { a: 1 }],
		['a buffer', Buffer.from('x')],
		['a date', new Date(0)],
		['line ends', 'a\r\nBcc: evil@example.com'],
		['a lone surrogate', '\ud800'],
		['a megabyte', 'x'.repeat(1_000_000)],
		['a circular object', circular],
		['a prototype', JSON.parse('{"__proto__":{"polluted":true}}')],
		['a function', () => 1],
		['not a number', NaN],
		['a big integer', 10n],
		['a symbol', Symbol('x')],
	];
	const properties = [
		'from',
		'to',
		'topic',
		'payload',
		'cc',
		'replyTo',
		'headers',
		'attachments',
		'plaintext',
		'filename',
	];
	const good = { from: 'shop@example.com', to: 'ann@example.org', topic: 'Hi', payload: 'Hello' };

	it.each(values)('%s in each property of an email', async (_what, value) => {
		await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send' }), key());
		const [completed, caught] = [inbox('completed'), inbox('caught')];
		for (const property of properties) {
			const before = completed.messages.length + caught.messages.length;
			node('n').receive({ ...good, [property]: value });
			await until(() => completed.messages.length + caught.messages.length > before);
			expect([property, completed.messages.length + caught.messages.length]).toEqual([property, before + 1]);
		}
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
		for (const { message } of caught.messages.map(({ error }) => error as { message: string }))
			expect(message).not.toMatch(/undefined|\[object/);
		for (const mail of simulator.state.emails)
			expect(mail.headers.map(({ header }) => header.toLowerCase())).not.toContain('bcc');
	});

	it.each(['operation', 'payload'])('every kind of value as msg.%s of the other nodes', async (property) => {
		await load(actionFlow(simulator, 'smtp2go-suppression', { operation: 'msg.operation' }), key());
		const [completed, caught] = [inbox('completed'), inbox('caught')];
		for (const [, value] of values) node('n').receive({ operation: 'add', payload: {}, [property]: value });
		await until(() => completed.messages.length + caught.messages.length >= values.length);
		expect(caught.messages).toHaveLength(values.length);
	});
});
