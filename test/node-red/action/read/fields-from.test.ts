/** "All Fields From": one object that gives what the dialog leaves open, only where the dialog says so. */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node, unload, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
useNodeRed((started) => {
	({ simulator } = started);
});

type Body = Record<string, unknown>;

/** One message through an email node, and what was sent of it. */
async function send(def: object, msg: object, flow: object = {}) {
	await load(actionFlow(simulator, 'smtp2go-email', { operation: 'send', ...def }), key());
	for (const [name, value] of Object.entries(flow)) node('n').context().flow.set(name, value);
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ ...msg });
	await until(() => out.messages.length + caught.messages.length > 0);
	return { body: JSON.parse(simulator.state.requests[0]?.body ?? '{}') as Body, error: caught.messages[0]?.error };
}

const order = {
	sender: 'shop@example.com',
	to: 'ann@example.org',
	subject: 'Order',
	text_body: 'Thank you',
	bcc: ['books@example.org'],
};
const from = (type: string, value: string, more: object = {}) => ({ fieldsFrom: { type, value, ...more } });

describe('the object can come from', () => {
	it.each<[string, object, object, object?]>([
		['the payload', from('msg', 'payload'), { payload: order }],
		['any property', from('msg', 'order'), { order }],
		['a nested property', from('msg', 'data.order'), { data: { order } }],
		['the flow context', from('flow', 'order'), {}, { order }],
		['an expression', from('jsonata', '$merge([order, {"x": 1}])'), { order }],
	])('%s', async (_what, def, msg, flow = {}) =>
		expect((await send(def, msg, flow)).body).toMatchObject({
			sender: 'shop@example.com',
			subject: 'Order',
			bcc: ['books@example.org'],
		}),
	);
});

it('a row of the dialog, and a property that a row names, go before it; "not set" is not sent', async () => {
	const fields = { subject: { type: 'str', value: 'Mine' }, bcc: { type: 'none', value: '' } };
	const { body } = await send({ fields, ...from('msg', 'order') }, { order, to: 'joe@example.org' });
	expect(body).toMatchObject({ subject: 'Mine', to: ['joe@example.org'] });
	expect(body).not.toHaveProperty('bcc');
});

it('only its own properties count', async () => {
	const inherited = Object.assign(Object.create({ cc: 'eve@example.org' }) as object, order);
	const forged = JSON.parse(
		JSON.stringify({ ...order, x: 1 }).replace('"x":1', '"__proto__":{"cc":"eve@example.org"}'),
	) as object;
	for (const one of [inherited, forged]) {
		expect((await send(from('msg', 'order'), { order: one })).body).not.toHaveProperty('cc');
		await unload();
		simulator.reset();
	}
});

it.each<[string, object | undefined]>([
	['nothing', undefined],
	['off', { type: 'none', value: '' }],
])("where it is %s, nothing is read by the API's names", async (_what, fieldsFrom) => {
	const { body } = await send(
		{ fieldsFrom },
		{
			from: 'shop@example.com',
			topic: 'Hi',
			payload: order,
			plaintext: 'x',
			...order,
			bcc: undefined,
			text_body: 'Hello',
		},
	);
	expect(body).toEqual({});
	await unload();
	expect(
		(
			await send(
				{ fieldsFrom, fields: { text_body: { type: 'str', value: 'Hello' } } },
				{ from: 'shop@example.com', to: 'ann@example.org', topic: 'Hi', payload: order },
			)
		).body,
	).toEqual({ sender: 'shop@example.com', to: ['ann@example.org'], subject: 'Hi', text_body: 'Hello' });
});

describe('where no object is there', () => {
	const mail = { from: 'shop@example.com', to: 'ann@example.org', topic: 'Hi', payload: 'Hello' };
	it.each<[string, object, object]>([
		['nothing', from('msg', 'order'), {}],
		['a text', from('msg', 'order'), { order: 'x' }],
		['a list', from('msg', 'order'), { order: [order] }],
		['a number', from('msg', 'order'), { order: 7 }],
		['a buffer', from('msg', 'order'), { order: Buffer.from('x') }],
		['a broken expression', from('jsonata', '$$$('), {}],
	])('%s is an error that names the place, and nothing is sent', async (_what, def, msg) => {
		const { error } = await send(def, { ...mail, ...msg });
		expect(error).toMatchObject({ code: 'SMTP2GO_INVALID', cause: { fieldErrors: [{ field: 'fieldsFrom' }] } });
		expect(simulator.state.requests).toEqual([]);
	});

	it('it goes on without it where the dialog says so', async () => {
		expect((await send(from('msg', 'order', { optional: true }), mail)).body).toMatchObject({ text_body: 'Hello' });
	});
});

describe('a node that an earlier version saved', () => {
	const v1 = { version: 1, fields: {} };
	it("reads the payload as it did, the message's own properties first", async () => {
		expect((await send(v1, { payload: order, to: 'joe@example.org' })).body).toMatchObject({
			to: ['joe@example.org'],
			subject: 'Order',
			bcc: ['books@example.org'],
		});
	});

	it('takes a text as the body, as it did', async () => {
		expect(
			(await send(v1, { from: 'shop@example.com', to: 'ann@example.org', topic: 'Hi', payload: 'Hello' })).body,
		).toMatchObject({ text_body: 'Hello' });
	});

	it('is of this version where it has none: safe by default', async () => {
		const { error } = await send({ version: undefined, fields: {} }, { payload: order });
		expect(error).toMatchObject({ code: 'SMTP2GO_INVALID' });
	});
});
