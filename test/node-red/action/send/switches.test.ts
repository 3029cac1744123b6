/** "Dry run" and "Check first" read from a place that holds nothing: the email must not go out as if they were off. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { delivered, inbox, key, load, node, until } from '../../support/node-red';
import { useNodeRed } from '../../support/use-node-red';

let simulator: Simulator;
afterEach(() => {
	delete process.env['TEST_SWITCH'];
});
useNodeRed((started) => {
	({ simulator } = started);
});

type Field = { type: string; value: unknown };
const mail = { from: 'Shop <shop@example.com>', to: 'ann@example.org', topic: 'Order 1001', payload: 'Thank you' };

/** Sends one email of a node whose switch is set so. */
async function send(name: string, field: Field | undefined, msg: object = {}, more: object = {}) {
	await load(
		actionFlow(simulator, 'smtp2go-email', {
			operation: 'send',
			fields: { ...(field ? { [name]: field } : {}), ...more },
		}),
		key(),
	);
	node('n').context().flow.set('empty', '');
	node('n').context().global.set('no', false);
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ ...mail, ...msg });
	await until(() => out.messages.length + caught.messages.length > 0);
	await delivered();
	return { error: caught.messages[0]?.error, sent: simulator.state.emails.length, shown: out.messages.length };
}

describe.each(['$dryRun', '$checkFirst'])('%s', (name) => {
	it.each<[string, Field, object?]>([
		['a property that is not there', { type: 'msg', value: 'test' }],
		['a property that an object has not', { type: 'msg', value: 'settings.test' }, { settings: {} }],
		['null', { type: 'msg', value: 'test' }, { test: null }],
		['an empty text', { type: 'msg', value: 'test' }, { test: '' }],
		['blanks', { type: 'msg', value: 'test' }, { test: '  ' }],
		['a flow variable that is not there', { type: 'flow', value: 'test' }],
		['an empty flow variable', { type: 'flow', value: 'empty' }],
		['a global variable that is not there', { type: 'global', value: 'test' }],
		['an environment variable that is not there', { type: 'env', value: 'TEST_SWITCH' }],
		['an expression that gives nothing', { type: 'jsonata', value: 'payload.test' }],
		['an expression that gives null', { type: 'jsonata', value: 'null' }],
		['an empty fixed text', { type: 'str', value: '' }],
	])('%s is an error that names the field, and nothing is sent', async (_what, field, msg = {}) => {
		const { error, sent, shown } = await send(name, field, msg);
		expect(error).toMatchObject({
			code: 'SMTP2GO_INVALID',
			message: expect.stringContaining('errors.emptySwitch'),
			cause: { fieldErrors: [{ field: name }] },
		});
		expect([sent, shown]).toEqual([0, 0]);
	});

	it.each<[string, Field | undefined, object?]>([
		['not set', undefined],
		['a fixed no', { type: 'bool', value: 'false' }],
		['a property', { type: 'msg', value: 'test' }, { test: false }],
		['a text', { type: 'msg', value: 'test' }, { test: 'false' }],
		['a global variable', { type: 'global', value: 'no' }],
		['an expression', { type: 'jsonata', value: '$exists(test)' }],
	])('%s that says no sends the mail', async (_what, field, msg = {}) => {
		expect(await send(name, field, msg)).toEqual({ error: undefined, sent: 1, shown: 1 });
	});
});

it('holds for a list of emails, too', async () => {
	const { error, sent, shown } = await send(
		'$dryRun',
		{ type: 'msg', value: 'test' },
		{ payload: [{ to: 'ann@example.org', payload: 'Hello' }] },
		{ $batch: { type: 'str', value: 'array' } },
	);
	expect([error?.['code'], sent, shown]).toEqual(['SMTP2GO_INVALID', 0, 0]);
});
