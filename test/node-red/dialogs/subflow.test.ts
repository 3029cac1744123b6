/**
 * An account inside a subflow: the dialogs know the template's id, what runs are copies of it, one in each instance.
 */
import { deriveToken } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { account, key, load, request, unload, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed((started) => {
	({ simulator, web } = started);
});

const post = async (path: string, body: object) =>
	(await request().post(`/smtp2go/${path}`).send(body)).body as Record<string, unknown>;
const instance = (id: string, z = 'tab', type = 'subflow:sub', more: object = {}) => ({
	id,
	z,
	type,
	name: '',
	env: [],
	wires: [],
	x: 0,
	y: 0,
	...more,
});
const subflow = (more: object = {}) => [
	{ id: 'tab', type: 'tab', label: 'Test' },
	{
		id: 'sub',
		type: 'subflow',
		name: 'Bounces',
		in: [],
		out: [],
		env: [{ name: 'HOST', type: 'str', value: '127.0.0.1' }],
	},
	{ ...account(simulator, { publicUrl: 'https://flows.example.com', ...more }), z: 'sub' },
];
const shown = (id: string) => ({
	url: `https://flows.example.com/smtp2go/${id}`,
	type: 'bearer',
	value: deriveToken(DEMO_API_KEY, id),
});

it('"Manual Setup" shows the address and the token of each instance', async () => {
	await load([...subflow(), instance('one'), instance('two')], key());
	expect(await post('show-hook', { account: 'account' })).toEqual({
		ok: true,
		value: [shown('one-account'), shown('two-account')],
	});
});

it('of one instance it shows what it shows of any account, and that address answers', async () => {
	await load([...subflow(), instance('one')], key());
	expect(await post('show-hook', { account: 'account' })).toEqual({ ok: true, value: shown('one-account') });
	expect((await fetch(`${web.url}/smtp2go/one-account`)).status).toBe(200);
	expect((await fetch(`${web.url}/smtp2go/account`)).status).toBe(404);
});

it('finds them in a subflow within a subflow, too', async () => {
	await load(
		[
			...subflow(),
			{ id: 'outer', type: 'subflow', name: 'Outer', in: [], out: [] },
			instance('inner', 'outer'),
			instance('one', 'tab', 'subflow:outer'),
		],
		key(),
	);
	expect(await post('show-hook', { account: 'account' })).toEqual({ ok: true, value: shown('one-inner-account') });
});

it('leaves out an instance without an address, and says so where none has one', async () => {
	const asked = { publicUrl: '${PUBLIC}' };
	const at = (value: string) => ({ env: [{ name: 'PUBLIC', type: 'str', value }] });
	await load(
		[
			...subflow(asked),
			instance('one', 'tab', 'subflow:sub', at('https://flows.example.com')),
			instance('two'),
			instance('three', 'tab', 'subflow:sub', at('https://flows.example.com')),
		],
		key(),
	);
	expect(await post('show-hook', { account: 'account' })).toEqual({
		ok: true,
		value: [shown('one-account'), shown('three-account')],
	});
	await unload();
	await load([...subflow({ publicUrl: '' }), instance('one'), instance('two')], key());
	expect(await post('show-hook', { account: 'account' })).toMatchObject({ ok: false, message: 'errors.noPublicUrl' });
});

it('without an instance it is not deployed', async () => {
	await load(subflow(), key());
	expect(await post('show-hook', { account: 'account' })).toMatchObject({ ok: false, message: 'errors.deployFirst' });
	expect(await post('show-hook', { account: '' })).toMatchObject({ ok: false, message: 'errors.deployFirst' });
});

it('its saved key is checked, at the address of one of the instances and nowhere else', async () => {
	const { port } = new URL(simulator.apiUrl);
	const saved = (host: string) => ({
		account: 'account',
		region: 'custom',
		apiKey: '__PWRD__',
		proxy: '',
		baseUrl: `http://${host}:${port}/v3`,
	});
	await load(
		[
			...subflow({ baseUrl: `http://\${HOST}:${port}/v3` }),
			instance('one', 'tab', 'subflow:sub', { env: [{ name: 'HOST', type: 'str', value: 'localhost' }] }),
			instance('two'),
		],
		key(),
	);
	expect(await post('check-key', saved('127.0.0.1'))).toMatchObject({ ok: true });
	expect(await post('check-key', saved('other.example'))).toMatchObject({
		ok: false,
		message: 'errors.typeKeyAgain',
	});
});

it('its lists can be read', async () => {
	await load([...subflow(), instance('one'), instance('two')], key());
	expect(await post('list', { account: 'account', kind: 'template' })).toMatchObject({
		ok: true,
		value: simulator.state.templates.map(({ id }) => ({ value: id })),
	});
});
