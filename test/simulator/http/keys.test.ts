import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../simulator';
import { call, MAIL } from '../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

async function view(headers: Record<string, string>, body: object = {}): Promise<number> {
	return (await fetch(`${simulator.apiUrl}/webhook/view`, { method: 'POST', headers, body: JSON.stringify(body) }))
		.status;
}

test('takes the key from the header, the body or a bearer token', async () => {
	expect(await view({ 'x-smtp2go-api-key': DEMO_API_KEY })).toBe(200);
	expect(await view({}, { api_key: DEMO_API_KEY })).toBe(200);
	expect(await view({ authorization: `Bearer ${DEMO_API_KEY}` })).toBe(200);
	expect(await view({})).toBe(401);
});

test('answers an unknown key with 500, as seen in the field, or with 401 if told to', async () => {
	const unknown = {
		status: 500,
		body: {
			data: {
				error: "An API User matching the passed 'api_key' was not found",
				error_code: 'E_ApiResponseCodes.API_EXCEPTION',
			},
		},
	};
	expect(await call(simulator, '/webhook/view', {}, 'api-unknown')).toMatchObject(unknown);
	const documented = await startSimulator({ unknownKeyStatus: 401 });
	expect((await call(documented, '/webhook/view', {}, 'api-unknown')).status).toBe(401);
	await documented.stop();
});

test('does not know the key of another region', async () => {
	const european = await startSimulator({ region: 'eu' });
	const statuses = [];
	for (const region of ['eu', 'us', 'any'] as const)
		statuses.push((await call(european, '/webhook/view', {}, european.addKey({ region }))).status);
	await european.stop();
	expect(statuses).toEqual([200, 500, 200]);
});

test('lets a key call only its endpoints', async () => {
	const key = simulator.addKey({ permissions: ['/email/*', '/webhook/view'] });
	expect((await call(simulator, '/email/send', MAIL, key)).status).toBe(200);
	expect((await call(simulator, '/email/scheduled/search', {}, key)).status).toBe(200);
	expect((await call(simulator, '/webhook/view', {}, key)).status).toBe(200);
	expect(await call(simulator, '/webhook/add', {}, key)).toMatchObject({
		status: 400,
		body: {
			data: {
				error: 'You do not have permission to access this API endpoint',
				error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
			},
		},
	});
});

test('tells every key what it may do, wildcards spelled out', async () => {
	const narrow = simulator.addKey({ permissions: ['/webhook/*'] });
	expect((await call(simulator, '/api_keys/permissions', {}, narrow)).body.data).toEqual(
		expect.arrayContaining([
			'/api_keys/permissions',
			'/webhook/view',
			'/webhook/add',
			'/webhook/edit',
			'/webhook/remove',
		]),
	);
	expect((await call(simulator, '/api_keys/permissions', {}, narrow)).body.data).not.toContain('/email/send');
	expect((await call(simulator, '/api_keys/permissions')).body.data).toContain('/email/send');
});

test('refuses a blocked key', async () => {
	expect((await call(simulator, '/email/send', MAIL, simulator.addKey({ status: 'blocked' }))).status).toBe(400);
	expect(simulator.state.emails).toHaveLength(0);
});

test('accepts email of a sandboxed key and rejects it afterwards', async () => {
	const sent = await call(simulator, '/email/send', MAIL, simulator.addKey({ status: 'sandbox' }));
	expect(sent.body.data).toMatchObject({ succeeded: 1, failed: 0 });
	await simulator.waitFor(({ events }) => events[0]);
	expect(simulator.state.events.map(({ event }) => event)).toEqual(['reject']);
});

test('logs requests with their exact body and without the key', async () => {
	const body = '{ "sender":"x" , "ü":1}';
	await fetch(`${simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'x-smtp2go-api-key': DEMO_API_KEY, 'x-smtp2go-api': 'mine' },
		body,
	});
	const [request] = simulator.state.requests;
	expect(request).toMatchObject({
		method: 'POST',
		path: '/email/send',
		username: DEMO_API_KEY.slice(0, 16),
		body,
		status: 400,
	});
	expect(request?.headers['x-smtp2go-api']).toBe('mine');
	expect(JSON.stringify(request)).not.toContain(DEMO_API_KEY);
});

test('answers an endpoint it does not know with 404 and a request id', async () => {
	expect(await call(simulator, '/email/teleport', {})).toMatchObject({
		status: 404,
		body: { request_id: expect.any(String) as string },
	});
});
