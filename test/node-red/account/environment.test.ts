/** An account that takes its values from environment variables, and the paths of HTTP nodes. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { actionFlow, triggerFlow } from '../support/flows';
import { inbox, key, load, node, runtime, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed((started) => {
	({ simulator, web } = started);
});

const suppress = { operation: 'add', fields: { email_address: { type: 'env', value: 'TEST_WHO' } } };

describe('environment variables', () => {
	beforeAll(() =>
		Object.assign(process.env, {
			TEST_KEY: DEMO_API_KEY,
			TEST_PORT: String(simulator.port),
			TEST_BASE: simulator.apiUrl,
			TEST_WEB: web.url.replace('http://', ''),
			TEST_WHO: 'ann@example.org',
		}),
	);
	afterAll(() => {
		for (const name of ['TEST_KEY', 'TEST_PORT', 'TEST_BASE', 'TEST_WEB', 'TEST_WHO']) delete process.env[name];
	});

	it.each(['${TEST_BASE}', 'http://127.0.0.1:${TEST_PORT}/v3'])(
		'hold the key, and the whole or a part of the base URL: %s',
		async (baseUrl) => {
			const flow = actionFlow(simulator, 'smtp2go-suppression', suppress).map((one) =>
				one.id === 'account' ? { ...one, baseUrl } : one,
			);
			await load(flow, key('${TEST_KEY}'));
			const out = inbox('out');
			node('n').receive({ payload: {} });
			await out.next();
			expect(simulator.state.suppressions).toMatchObject([{ email_address: 'ann@example.org' }]);
		},
	);

	it('hold a part of the public address', async () => {
		await load(triggerFlow(simulator, 'http://${TEST_WEB}', [{ id: 't', events: ['bounce'] }]), key());
		await until(() => simulator.state.hooks.length === 1);
		expect(simulator.state.hooks).toMatchObject([{ url: `${web.url}/smtp2go/account` }]);
	});
});

describe('the path of HTTP nodes', () => {
	it('is part of the address that SMTP2GO is given', async () => {
		await load(triggerFlow(simulator, web.url, [{ id: 't', events: ['bounce'] }]), key(), {
			httpNodeRoot: '/red/',
		});
		expect(runtime().settings.httpNodeRoot).toBe('/red/');
		await until(() => simulator.state.requests.some(({ path }) => path === '/webhook/add'));
		expect(simulator.state.requests.find(({ path }) => path === '/webhook/add')?.body).toContain(
			`${web.url}/red/smtp2go/account`,
		);
	});
});
