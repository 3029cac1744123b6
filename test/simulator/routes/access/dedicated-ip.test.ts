import { type Simulator, startSimulator } from '../../../../simulator';
import { call } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});

afterEach(() => simulator.stop());

test('lists the pools with their addresses', async () => {
	simulator.state.ipPools.push({ id: 1235, name: 'Newsletter', ip_addresses: [] });
	expect((await call(simulator, '/dedicated_ips/view')).body.data).toEqual([
		{ id: 1234, name: 'Main Pool', ip_addresses: ['192.0.2.25', '192.0.2.26'] },
		{ id: 1235, name: 'Newsletter', ip_addresses: [] },
	]);
});

test('lists nothing for an account without dedicated addresses', async () => {
	const plain = await startSimulator({ demo: false });
	const { body } = await call(plain, '/dedicated_ips/view');
	await plain.stop();
	expect(body.data).toEqual([]);
});

test('asks for its permission', async () => {
	const statuses = [];
	for (const permissions of [['/dedicated_ips/view'], ['/stats/*']])
		statuses.push((await call(simulator, '/dedicated_ips/view', {}, simulator.addKey({ permissions }))).status);
	expect(statuses).toEqual([200, 400]);
});
