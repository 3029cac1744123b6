import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../../simulator';
import { type Called, call, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});

afterEach(() => simulator.stop());

const answer = (path: string, body: object = {}): Promise<Called> =>
	call(simulator, `/ip_allow_list${path}`, { api_key: DEMO_API_KEY, ...body }, null);
const data = async (path: string, body: object = {}): Promise<unknown> => (await answer(path, body)).body.data;

test('adds, changes and removes addresses', async () => {
	expect(await data('/add', { ip_address: '192.0.2.1', description: 'Office' })).toEqual({
		ip_address: '192.0.2.1',
		description: 'Office',
	});
	expect(await data('/add', { ip_address: '2001:db8::1' })).toEqual({ ip_address: '2001:db8::1', description: '' });
	expect(await data('/edit', { ip_address: '192.0.2.1', new_ip_address: '192.0.2.2' })).toEqual({
		ip_address: '192.0.2.2',
		description: 'Office',
	});
	expect(await data('/edit', { ip_address: '192.0.2.2', description: 'Home' })).toEqual({
		ip_address: '192.0.2.2',
		description: 'Home',
	});
	expect(await data('/remove', { ip_address: '2001:db8::1' })).toEqual({
		ip_address: '2001:db8::1',
		description: '',
	});
	expect(await data('/view')).toEqual({
		enabled: false,
		ip_addresses: [{ ip_address: '192.0.2.2', description: 'Home' }],
	});
});

test('is switched on and off, and stays unchanged when nothing is specified', async () => {
	expect(await data('', { enabled: true })).toEqual({ enabled: true });
	expect(await data('')).toEqual({ enabled: true });
	expect(await data('/view')).toEqual({ enabled: true, ip_addresses: [] });
	expect(await data('', { enabled: false })).toEqual({ enabled: false });
});

test('has a list for SMTP, the default, and one for the API', async () => {
	await data('/add', { ip_address: '192.0.2.1' });
	await data('/add', { ip_address: '192.0.2.2', type: 'api' });
	await data('', { enabled: true, type: 'api' });
	expect(await data('/view', { type: 'smtp' })).toEqual({
		enabled: false,
		ip_addresses: [{ ip_address: '192.0.2.1', description: '' }],
	});
	expect(await data('/view', { type: 'api' })).toEqual({
		enabled: true,
		ip_addresses: [{ ip_address: '192.0.2.2', description: '' }],
	});
});

test('locks nobody out of the simulator', async () => {
	await data('', { enabled: true, type: 'api' });
	expect((await call(simulator, '/webhook/view')).status).toBe(200);
});

test('wants the key in the body, and the right one', async () => {
	expect(refusalOf(await call(simulator, '/ip_allow_list/view'))).toMatchObject({ status: 400, field: 'api_key' });
	expect((await call(simulator, '/ip_allow_list/view', { api_key: `api-${'x'.repeat(32)}` })).status).toBe(400);
	expect((await call(simulator, '/ip_allow_list/view', { api_key: DEMO_API_KEY })).status).toBe(200);
});

test('refuses an address that is there already, and one that is not', async () => {
	for (const ip_address of ['192.0.2.1', '192.0.2.2']) await data('/add', { ip_address });
	expect((await answer('/add', { ip_address: '192.0.2.1' })).status).toBe(400);
	expect((await answer('/edit', { ip_address: '192.0.2.1', new_ip_address: '192.0.2.2' })).status).toBe(400);
	for (const path of ['/edit', '/remove']) expect((await answer(path, { ip_address: '192.0.2.9' })).status).toBe(400);
	expect(await data('/view')).toMatchObject({
		ip_addresses: [{ ip_address: '192.0.2.1' }, { ip_address: '192.0.2.2' }],
	});
});

test.each([
	['', { enabled: 'yes' }, 'enabled'],
	['/view', { type: 'web' }, 'type'],
	['/add', {}, 'ip_address'],
	['/add', { ip_address: '192.0.2.256' }, 'ip_address'],
	['/edit', { ip_address: '192.0.2.1', new_ip_address: 'office' }, 'new_ip_address'],
	['/remove', { ip_address: 1 }, 'ip_address'],
])('/ip_allow_list%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await answer(path, body))).toMatchObject({ status: 400, field });
});

test('asks for the permission of each endpoint', async () => {
	const key = simulator.addKey({ permissions: ['/ip_allow_list/view'] });
	expect((await call(simulator, '/ip_allow_list/view', { api_key: key }, null)).status).toBe(200);
	expect(refusalOf(await call(simulator, '/ip_allow_list', { api_key: key, enabled: true }, null)).code).toBe(
		'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	);
});
