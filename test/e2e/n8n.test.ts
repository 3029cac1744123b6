/** The packed package in a whole n8n, against the simulator. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { join } from 'node:path';
import { parse } from 'flatted';
import { draft, openWorld, root, type World } from './support/n8n';
import { until } from './support/until';

let world: World;
let workflow: { id: string };

beforeAll(async () => {
	// n8n describes its nodes only to its editor.
	world = await openWorld({}, { N8N_DISABLE_UI: 'false' });
	workflow = await world.client.importWorkflow(
		join(root, 'examples', 'n8n', 'receipt-and-bounce.json'),
		world.credential,
	);
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});

const hooks = () => world.simulator.state.hooks;
const order = async (email: string) => (await fetch(`${world.n8n().url}/webhook/order?email=${email}`)).status;

/** How many executions of the example ended well, and badly. */
async function executions(): Promise<{ success: number; error: number }> {
	const { results } = (await world.client.call(
		'GET',
		`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: workflow.id }))}&limit=100`,
	)) as { results: { status: string }[] };
	return {
		success: results.filter(({ status }) => status === 'success').length,
		error: results.filter(({ status }) => status === 'error').length,
	};
}

describe("the credential's test button", () => {
	test('accepts a key that works', async () => {
		expect(await world.client.testCredential(world.credential, world.account)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	test('explains a key that is unknown', async () => {
		const { status, message } = await world.client.testCredential(world.credential, {
			...world.account,
			apiKey: `api-${'0'.repeat(32)}`,
		});
		expect([status, message]).toEqual(['Error', expect.stringContaining('does not know this API key')]);
	});

	test('explains HTTP 200 with an error inside', async () => {
		world.simulator.setFault({ path: '/api_keys/permissions', fault: 'error', status: 200, message: 'Odd' });
		expect(await world.client.testCredential(world.credential, world.account)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('not a list of permissions'),
		});
	});

	test('explains a wrong base URL', async () => {
		expect(
			await world.client.testCredential(world.credential, {
				...world.account,
				baseUrl: `${world.simulator.url}/v9`,
			}),
		).toMatchObject({ status: 'Error', message: expect.stringContaining('base URL') });
	});
});

describe('the example workflow', () => {
	test('gets its hook at SMTP2GO when it is activated', async () => {
		await world.client.activate(workflow.id);
		expect(hooks()).toEqual([
			expect.objectContaining({
				url: expect.stringContaining(`${world.n8n().url}/webhook/`),
				events: ['bounce'],
				headers: ['X-Order-ID'],
				output_format: 'json',
				auth_header_type: 'bearer',
			}),
		]);
	});

	test('sends a receipt that arrives, and does nothing more', async () => {
		expect(await order('jane@example.com')).toBe(200);
		await world.simulator.waitFor((state) =>
			state.emails.find(({ to }) => to.some(({ address }) => address === 'jane@example.com')),
		);
		await until('the execution', async () => (await executions()).success === 1);
		expect(world.simulator.state.suppressions).toEqual([]);
	});

	test("a hard bounce suppresses the address and tells the team, with the order's number", async () => {
		await order('bounce@example.com');
		const told = await world.simulator.waitFor((state) =>
			state.emails.find(({ to }) => to.some(({ address }) => address === 'team@example.com')),
		);
		expect(told.subject).toBe('The receipt for order 1001 bounced');
		expect(told.text).toContain('550');
		expect(world.simulator.state.suppressions).toEqual([
			expect.objectContaining({
				email_address: 'bounce@example.com',
				block_description: 'Hard bounce for order 1001',
			}),
		]);
		expect((await executions()).error).toBe(0);
	});

	test('a soft bounce suppresses nobody', async () => {
		const before = (await executions()).success;
		await order('soft-bounce@example.com');
		await until('both executions', async () => (await executions()).success >= before + 2);
		expect(world.simulator.state.suppressions).toHaveLength(1);
	});
});

describe('n8n\'s own "Custom API Call"', () => {
	test('is offered by the node: n8n knows that the credential can authenticate any request', async () => {
		const { url, cookie } = world.client;
		const response = await fetch(`${url}/types/nodes.json`, { headers: { cookie, 'browser-id': 'smtp2go-nodes' } });
		const types = (await response.json()) as { name: string; properties: { name: string; options?: object[] }[] }[];
		const node = types.find(({ name }) => name === 'n8n-nodes-smtp2go.smtp2go');
		expect(node?.properties.find(({ name }) => name === 'resource')?.options?.at(-1)).toMatchObject({
			value: '__CUSTOM_API_CALL__',
		});
	});

	test.each([
		['unchanged', (key: string) => key],
		['by an expression', (key: string) => `={{ ${JSON.stringify(key)} }}`],
	])('works with a credential that holds the key %s: an HTTP Request node takes it', async (how, keyOf) => {
		const { id, name } = await world.client.saveCredential(`Key ${how}`, {
			...world.account,
			apiKey: keyOf(world.account.apiKey),
		});
		const { id: custom } = (await world.client.call('POST', '/workflows', {
			name: `Custom call, key ${how}`,
			...draft([
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{
					name: 'Call',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					credentials: { smtp2goApi: { id, name } },
					parameters: {
						method: 'POST',
						url: `${world.simulator.apiUrl}/template/search`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'smtp2goApi',
						sendBody: true,
						specifyBody: 'json',
						jsonBody: '{}',
						options: {},
					},
				},
			]),
			active: false,
		})) as { id: string };
		const before = world.simulator.state.requests.length;
		await world.client.call('POST', `/workflows/${custom}/run`, { triggerToStartFrom: { name: 'Start' } });
		const { path, status } = await world.simulator.waitFor(({ requests }) =>
			requests.slice(before).find((one) => one.path === '/template/search' && one.status !== undefined),
		);
		expect({ path, status }).toEqual({ path: '/template/search', status: 200 });
	});
});

describe("the trigger's URL", () => {
	const json = { 'content-type': 'application/json' };
	const bounce = JSON.stringify({ event: 'bounce', bounce: 'soft', rcpt: 'x@example.com', id: 'a'.repeat(32) });

	test.each([
		['GET', undefined, {}, 200],
		['HEAD', undefined, {}, 200],
		['POST', undefined, {}, 200],
		['POST', bounce, json, 401],
		['POST', bounce, { ...json, authorization: 'Bearer wrong' }, 401],
		['POST', '{oops', json, 422],
	] as [string, string | undefined, Record<string, string>, number][])(
		'answers %s with body %p and headers %j by %i and starts nothing',
		async (method, body, headers, status) => {
			const before = await executions();
			const response = await fetch(hooks()[0]?.url ?? '', {
				method,
				headers,
				...(body === undefined ? {} : { body }),
			});
			expect(response.status).toBe(status);
			expect(await executions()).toEqual(before);
		},
	);

	test.each([
		['hello', 'text/plain', 400],
		[JSON.stringify({ event: 'open' }), 'application/json', 200],
	])('with the right token, answers %p by %i and starts nothing', async (body, type, status) => {
		const before = await executions();
		const response = await fetch(hooks()[0]?.url ?? '', {
			method: 'POST',
			headers: { 'content-type': String(type), authorization: `Bearer ${hooks()[0]?.auth_header_value}` },
			body: String(body),
		});
		expect(response.status).toBe(status);
		expect(await executions()).toEqual(before);
	});
});

describe('the life of the hook', () => {
	test('a hook that was removed while n8n was down is there again after its start', async () => {
		await world.restart(() => {
			hooks().length = 0;
		});
		await until('the hook', () => hooks().length === 1);
		const before = (await executions()).success;
		await order('soft-bounce@example.com');
		await until('both executions', async () => (await executions()).success >= before + 2);
	});

	test('the test listener has its own hook, which is removed once the event has arrived', async () => {
		world.client.call('GET', '/settings').catch(() => undefined);
		const started = await world.client.call('POST', `/workflows/${workflow.id}/run`, {
			triggerToStartFrom: { name: 'SMTP2GO Trigger' },
		});
		expect(started).toMatchObject({ waitingForWebhook: true });
		const [active, listener] = hooks();
		expect(listener?.url).toBe(active?.url.replace('/webhook/', '/webhook-test/'));
		expect((await fetch(listener?.url ?? '')).status).toBe(200);
		const event = { event: 'bounce', bounce: 'soft', rcpt: 'x@example.com', id: 'b'.repeat(32) };
		const response = await fetch(listener?.url ?? '', {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${listener?.auth_header_value}` },
			body: JSON.stringify(event),
		});
		expect(response.status).toBe(200);
		await until("the listener's hook to go", () => hooks().length === 1);
		expect(hooks()[0]?.url).toBe(active?.url);
	});

	test('deactivation takes the hook away', async () => {
		await world.client.deactivate(workflow.id);
		await until('the hook to go', () => hooks().length === 0);
	});

	test('where SMTP2GO refuses the hook, the user reads why', async () => {
		world.simulator.setFault({
			path: '/webhook/add',
			fault: 'error',
			status: 400,
			message: 'You have reached your webhook limit',
			times: 0,
		});
		await expect(world.client.activate(workflow.id)).rejects.toThrow('You have reached your webhook limit');
		world.simulator.clearFaults();
		await world.client.deactivate(workflow.id);
	});
});

describe('Wait for Delivery', () => {
	test('says what became of each of 200 emails, when the log is late', async () => {
		const { simulator, credential } = world;
		const credentials = { smtp2goApi: { id: credential.id, name: credential.name } };
		const type = 'n8n-nodes-smtp2go.smtp2go';
		simulator.reset();
		simulator.setLog({ minDelayMs: 2_000, maxDelayMs: 8_000 });
		const people = `return Array.from({ length: 200 }, (_, index) => ({ json: { to: (index % 20 === 7 ? 'bounce' : 'p') + '+' + index + '@example.org' } }))`;
		const { id } = (await world.client.call('POST', '/workflows', {
			name: 'Wait for 200 emails',
			...draft([
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'People', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode: people } },
				{
					name: 'Send',
					type,
					credentials,
					parameters: {
						sender: { __rl: true, mode: 'name', value: 'shop@example.com' },
						to: '={{ $json.to }}',
						subject: 'Hi',
						textBody: 'Hi',
						sendMode: 'batch',
					},
				},
				{ name: 'Wait', type, credentials, parameters: { operation: 'waitForDelivery', timeLimit: 2 } },
			]),
			active: false,
		})) as { id: string };
		await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Start' } });
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const list = async () =>
			(
				(await world.client.call('GET', `/executions?filter=${filter}&limit=1`)) as {
					results: { id: string; status: string }[];
				}
			).results[0];
		await until('the execution', async () => ['success', 'error'].includes((await list())?.status ?? ''));
		const { data } = (await world.client.call('GET', `/executions/${(await list())?.id}`)) as { data: string };
		const { resultData } = parse(data) as {
			resultData: { runData: { Wait: { data: { main: { json: Record<string, unknown> }[][] } }[] } };
		};
		const items = resultData.runData.Wait[0]?.data.main[0] ?? [];
		expect(items.map(({ json }) => json['outcome'])).toEqual(
			Array.from({ length: 200 }, (_, index) => (index % 20 === 7 ? 'hard-bounced' : 'delivered')),
		);
		expect(items[7]?.json).toMatchObject({ recipients: [{ address: 'bounce+7@example.org' }] });
		// At once, after 10 seconds, and on a slow machine once more.
		expect(simulator.state.requests.filter(({ path }) => path === '/activity/search').length).toBeLessThan(5);
		simulator.setLog({ minDelayMs: 0, maxDelayMs: 0 });
	}, 180_000);
});
