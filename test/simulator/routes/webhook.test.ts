import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator';
import { type Called, call, control } from '../support/call';
import { type Receiver, startReceiver } from '../support/receiver';

let simulator: Simulator;
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	await start();
});

afterEach(async () => {
	await simulator.stop();
	await receiver.stop();
});

async function start(options: SimulatorOptions = {}): Promise<void> {
	if (simulator) await simulator.stop();
	simulator = await startSimulator(options);
}

const add = (fields: object = {}): Promise<Called> => call(simulator, '/webhook/add', { url: receiver.url, ...fields });
const view = async (): Promise<unknown> => (await call(simulator, '/webhook/view')).body.data;

const REFUSAL = { status: 400, body: { data: { error: 'The passed URL must point to a valid destination' } } };

test.each([404, 401, 500])("refuses a hook URL that answers %i in the live service's words", async (status) => {
	receiver.answers = [status];
	expect(await add()).toMatchObject(REFUSAL);
	expect(simulator.state.hooks).toHaveLength(0);
});

test('refuses a hook URL where nobody listens, and anything that is not a URL', async () => {
	expect(await add({ url: 'http://127.0.0.1:9/' })).toMatchObject(REFUSAL);
	expect(await add({ url: 'ftp://127.0.0.1/' })).toMatchObject(REFUSAL);
	expect(await add({ url: 'hook' })).toMatchObject(REFUSAL);
});

test.each([
	['post', 'POST'],
	['get', 'GET'],
	['head', 'HEAD'],
] as const)('probes with an empty %s if told to', async (probe, method) => {
	await start({ probe });
	expect((await add()).status).toBe(200);
	expect(receiver.received).toMatchObject([{ method, body: '' }]);
});

test('does not probe if told not to', async () => {
	await start({ probe: 'none' });
	expect((await add()).status).toBe(200);
	expect(receiver.received).toHaveLength(0);
});

test.each([
	'http://localhost/x',
	'http://127.0.0.1/x',
	'http://192.168.1.4/x',
	'http://10.0.0.1:5678/x',
	'http://172.20.0.1/x',
	'http://[::1]/x',
])('refuses %s as the live service does, if told to', async (url) => {
	await start({ refuseLoopback: true, probe: 'none' });
	expect(await add({ url })).toMatchObject(REFUSAL);
	expect((await add({ url: 'https://hooks.example.com/x' })).status).toBe(200);
});

test('drops unknown event names without a word and gives integer ids', async () => {
	const { body } = await add({ events: ['bounce', 'opened', 'resubscribe', 'open'], sms_events: ['failed', 'lost'] });
	expect(body.data).toEqual({
		id: expect.any(Number) as number,
		url: receiver.url,
		events: ['bounce', 'open'],
		sms_events: ['failed'],
		headers: [],
		usernames: [],
		output_format: 'form',
		auth_header_type: '',
		auth_header_value: '',
		custom_headers: [],
		disabled: false,
	});
	expect(Number.isInteger(body.data?.['id'])).toBe(true);
});

test.each([
	['array', [], [{ id: expect.any(Number) as number }]],
	['webhooks', { webhooks: [] }, { webhooks: [{ id: expect.any(Number) as number }] }],
	['object', {}, { id: expect.any(Number) as number }],
] as const)('lists hooks in the shape "%s"', async (webhookViewShape, none, one) => {
	await start({ webhookViewShape });
	expect(await view()).toEqual(none);
	await add();
	expect(await view()).toMatchObject(one);
});

test('keeps omitted fields at an edit, or resets them if told to', async () => {
	const fields = { events: ['bounce'], output_format: 'json', headers: ['X-A'] };
	const edit = async (): Promise<unknown> => {
		const { body } = await add(fields);
		return (await call(simulator, '/webhook/edit', { id: body.data?.['id'], events: ['open'] })).body.data;
	};
	expect(await edit()).toMatchObject({
		events: ['open'],
		output_format: 'json',
		headers: ['X-A'],
		url: receiver.url,
	});
	await start({ webhookEdit: 'reset' });
	expect(await edit()).toMatchObject({ events: ['open'], output_format: 'form', headers: [], url: receiver.url });
});

test('probes a new URL at an edit and leaves the hook as it was if nobody answers', async () => {
	const { body } = await add();
	const id = body.data?.['id'];
	expect(await call(simulator, '/webhook/edit', { id, url: 'http://127.0.0.1:9/', events: ['open'] })).toMatchObject(
		REFUSAL,
	);
	expect(simulator.state.hooks).toMatchObject([{ url: receiver.url, events: [] }]);
});

test('removes a hook once and answers with it', async () => {
	const { body } = await add({ events: ['spam'] });
	const id = body.data?.['id'];
	expect((await call(simulator, '/webhook/remove', { id })).body.data).toMatchObject({ id, events: ['spam'] });
	expect((await call(simulator, '/webhook/remove', { id })).status).toBe(400);
	expect((await call(simulator, '/webhook/edit', { id, events: [] })).status).toBe(400);
	expect(await view()).toEqual([]);
});

test("stops at the plan's limit, even for calls at the same time", async () => {
	await control(simulator, 'plan', { webhookLimit: 1 });
	const answers = await Promise.all([add(), add(), add()]);
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
	await start();
	for (let count = 0; count < 10; count++) expect((await add()).status).toBe(200);
	expect((await add()).status).toBe(400);
});

test('keeps the hooks of a subaccount apart', async () => {
	const { body } = await add({ subaccount_id: 'sub-1' });
	expect(await view()).toEqual([]);
	expect((await call(simulator, '/webhook/view', { subaccount_id: 'sub-1' })).body.data).toMatchObject([
		{ id: body.data?.['id'] },
	]);
	expect((await call(simulator, '/webhook/remove', { id: body.data?.['id'] })).status).toBe(400);
});
