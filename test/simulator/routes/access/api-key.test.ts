import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL, patch, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0, timeScale: 2 });
});

afterEach(() => simulator.stop());

type Row = Record<string, unknown>;

const rows = async (path: string, body: object = {}, key?: string): Promise<Row[]> =>
	(await call(simulator, path, body, key)).body.data as unknown as Row[];

/** Adds a key and returns it whole. */
async function add(body: object = {}, key?: string): Promise<string> {
	const [row] = await rows('/api_keys/add', body, key);
	return row?.['api_key'] as string;
}

const find = async (id: string): Promise<Row | undefined> => (await rows('/api_keys/view', { id }))[0];

const ALL = {
	description: 'Web shop',
	custom_ratelimit: true,
	custom_ratelimit_value: 10,
	custom_ratelimit_period: '4 months 5:00:00',
	ip_pool: 1234,
	feedback_enabled: true,
	feedback_html: '<b>Bye</b>',
	feedback_text: 'Bye',
	open_tracking_enabled: true,
	click_tracking_enabled: true,
	archive_enabled: true,
	audit_email: 'audit@example.com',
	bounce_notifications: 'drop',
	status: 'sandbox',
};

const SHOWN = {
	description: 'Web shop',
	custom_rate_limit: true,
	custom_ratelimit_value: 10,
	custom_ratelimit_period: '4 months 5:00:00',
	ippool: 1234,
	feedback_enabled: true,
	feedback_html: '<b>Bye</b>',
	feedback_text: 'Bye',
	open_tracking_enabled: true,
	click_tracking_enabled: true,
	archive_enabled: true,
	audit_email: 'audit@example.com',
	bounce_notifications: 'drop',
	status: 'sandbox',
};

const PLAIN = {
	description: '',
	custom_rate_limit: false,
	custom_ratelimit_value: null,
	custom_ratelimit_period: '0:00:00',
	feedback_enabled: false,
	feedback_html: '',
	feedback_text: '',
	open_tracking_enabled: false,
	click_tracking_enabled: false,
	archive_enabled: false,
	audit_email: null,
	bounce_notifications: 'from',
	status: 'allowed',
	sending_status: 'allowed',
	default_ratelimit_value: 0,
	default_ratelimit_period: 'unlimited',
};

test('shows a new key whole once, and masked ever after', async () => {
	const [row] = await rows('/api_keys/add', { description: 'Web shop' });
	const key = row?.['api_key'] as string;
	expect(key).toMatch(/^api-[A-Za-z0-9]{32}$/);
	expect(row).toEqual({
		...PLAIN,
		api_key: key,
		username: key.slice(0, 16),
		description: 'Web shop',
		endpoints: ['/email/send'],
	});
	expect(await find(key)).toEqual({ ...row, api_key: `${key.slice(0, 16)}${'*'.repeat(20)}` });
	expect(JSON.stringify(await rows('/api_keys/view'))).not.toContain(key);
});

test('lets a new key call exactly its endpoints', async () => {
	const plain = await add();
	expect((await call(simulator, '/email/send', MAIL, plain)).status).toBe(200);
	expect(refusalOf(await call(simulator, '/email/batch', { emails: [MAIL] }, plain)).code).toBe(
		'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	);
	const wild = await add({ endpoints: ['/domain/*', '/sms/send'] });
	expect((await call(simulator, '/domain/view', {}, wild)).status).toBe(200);
	expect((await call(simulator, '/email/send', MAIL, wild)).status).toBe(400);
	const told = (await rows('/api_keys/permissions', {}, wild)) as unknown as string[];
	expect(told.filter((path) => !path.startsWith('/domain/')).sort()).toEqual(['/api_keys/permissions', '/sms/send']);
});

test('finds keys by the key itself, by description and by the start of the key', async () => {
	const first = await add({ description: 'Web shop' });
	await add({ description: 'Office' });
	const names = async (body: object): Promise<unknown[]> =>
		(await rows('/api_keys/view', body)).map(({ description }) => description);
	expect(await names({})).toEqual(['', 'Web shop', 'Office']);
	expect(await names({ search: 'SHOP' })).toEqual(['Web shop']);
	expect(await names({ search: first.slice(0, 16) })).toEqual(['Web shop']);
	expect(await names({ id: first })).toEqual(['Web shop']);
	expect(await names({ id: first.slice(0, 16) })).toEqual([]);
});

test('POST edit puts back what the call leaves out, except the endpoints', async () => {
	const key = await add({ ...ALL, endpoints: ['/email/*'] });
	expect(await find(key)).toMatchObject(SHOWN);
	const [row] = await rows('/api_keys/edit', { id: key, description: 'Only this' });
	expect(row).toEqual({
		...PLAIN,
		description: 'Only this',
		api_key: `${key.slice(0, 16)}${'*'.repeat(20)}`,
		username: key.slice(0, 16),
		endpoints: ['/email/*'],
	});
	expect(await find(key)).toEqual(row);
});

test('PATCH edit keeps what the call leaves out', async () => {
	const key = await add({ ...ALL, endpoints: ['/email/*'] });
	const patched = (
		await patch(simulator, '/api_keys/edit', { id: key, status: 'allowed', endpoints: ['/email/send'] })
	).body.data as unknown as Row[];
	expect(patched[0]).toMatchObject({ ...SHOWN, status: 'allowed', endpoints: ['/email/send'] });
	expect(await find(key)).toEqual(patched[0]);
});

test('stores a limit of emails only while it is on', async () => {
	const key = await add({ custom_ratelimit_value: 5, custom_ratelimit_period: '1 hour' });
	expect(await find(key)).toMatchObject({
		custom_rate_limit: false,
		custom_ratelimit_value: null,
		custom_ratelimit_period: '0:00:00',
	});
	await patch(simulator, '/api_keys/edit', { id: key, custom_ratelimit: true, custom_ratelimit_value: 5 });
	expect(await find(key)).toMatchObject({ custom_rate_limit: true, custom_ratelimit_value: 5 });
});

test('a status takes effect at once', async () => {
	const key = await add({ status: 'blocked' });
	expect((await call(simulator, '/email/send', MAIL, key)).status).toBe(400);
	await patch(simulator, '/api_keys/edit', { id: key, status: 'sandbox' });
	expect((await call(simulator, '/email/send', MAIL, key)).body.data).toMatchObject({ succeeded: 1 });
	expect((await simulator.waitFor(({ events }) => events[0])).event).toBe('reject');
});

test('forgets a key that is removed', async () => {
	const key = await add();
	expect((await call(simulator, '/api_keys/remove', { id: key })).body).toEqual({
		request_id: expect.any(String) as string,
	});
	expect(await find(key)).toBeUndefined();
	expect((await call(simulator, '/email/send', MAIL, key)).status).toBe(500);
	expect((await call(simulator, '/api_keys/remove', { id: key })).status).toBe(400);
});

test('gives no key more than its maker has', async () => {
	const maker = simulator.addKey({ permissions: ['/api_keys/*', '/email/send'] });
	const denied = { status: 400, code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED' };
	for (const endpoints of [['*'], ['/email/*'], ['/domain/view'], ['/email/send', '/sms/send']]) {
		expect(refusalOf(await call(simulator, '/api_keys/add', { endpoints }, maker))).toMatchObject(denied);
	}
	expect(await add({ endpoints: ['/email/send', '/api_keys/*'] }, maker)).toMatch(/^api-/);
	const wide = await add({ endpoints: ['/email/*'] });
	const edit = async (endpoints: string[]): Promise<number> =>
		(await call(simulator, '/api_keys/edit', { id: wide, endpoints }, maker)).status;
	expect(await edit(['/email/*', '/sms/send'])).toBe(400);
	expect(await edit(['/email/*', '/api_keys/view'])).toBe(200);
});

test('tells no key in a refusal', async () => {
	const answer = await call(simulator, '/api_keys/remove', { id: `api-${'x'.repeat(32)}` });
	expect(answer.status).toBe(400);
	expect(JSON.stringify(answer.body)).not.toContain('x'.repeat(32));
});

test("knows a new key in its maker's region only", async () => {
	const european = await startSimulator({ region: 'eu' });
	const [row] = (await call(european, '/api_keys/add', {}, european.addKey({ region: 'eu' }))).body
		.data as unknown as Row[];
	const { region } = european.state.keys.find(({ key }) => key === row?.['api_key']) ?? {};
	await european.stop();
	expect(region).toBe('eu');
});

test('keeps the keys of a subaccount apart', async () => {
	const key = await add({ subaccount_id: 'demo01', endpoints: ['*'] });
	expect(await find(key)).toBeUndefined();
	expect(await rows('/api_keys/view', {}, key)).toMatchObject([{ username: key.slice(0, 16) }]);
	expect((await call(simulator, '/api_keys/remove', { id: key })).status).toBe(400);
	expect((await call(simulator, '/api_keys/remove', { id: DEMO_API_KEY }, key)).status).toBe(400);
	expect((await call(simulator, '/api_keys/remove', { id: key, subaccount_id: 'demo01' })).status).toBe(200);
});

test("takes five new keys a minute, a minute that runs as fast as the simulator's clock", async () => {
	const statuses = async (count: number): Promise<number[]> => {
		const found = [];
		for (let index = 0; index < count; index++) found.push((await call(simulator, '/api_keys/add')).status);
		return found;
	};
	expect(await statuses(6)).toEqual([200, 200, 200, 200, 200, 429]);
	expect(refusalOf(await call(simulator, '/api_keys/add'))).toMatchObject({
		error: 'This endpoint is rate limited to 5 requests every 60 seconds',
		code: 'E_ApiResponseCodes.REQ_LIMIT_EXCEEDED',
	});
	const { recentCalls } = simulator.state.account;
	const letPass = (ms: number): void => {
		recentCalls['/api_keys/add'] = (recentCalls['/api_keys/add'] ?? []).map((at) => at - ms);
	};
	letPass(15_000);
	expect(await statuses(1)).toEqual([429]);
	letPass(15_000);
	expect(await statuses(1)).toEqual([200]);
});

test.each([
	['/api_keys/add', { status: 'open' }, 'status'],
	['/api_keys/add', { endpoints: '/email/send' }, 'endpoints'],
	['/api_keys/add', { custom_ratelimit_value: 0 }, 'custom_ratelimit_value'],
	['/api_keys/add', { custom_ratelimit_period: 'often' }, 'custom_ratelimit_period'],
	['/api_keys/add', { ip_pool: '1234' }, 'ip_pool'],
	['/api_keys/add', { audit_email: 'nobody' }, 'audit_email'],
	['/api_keys/add', { bounce_notifications: 'burn' }, 'bounce_notifications'],
	['/api_keys/add', { open_tracking_enabled: 'true' }, 'open_tracking_enabled'],
	['/api_keys/edit', { description: 'x' }, 'id'],
	['/api_keys/remove', {}, 'id'],
	['/api_keys/view', { search: 1 }, 'search'],
])('%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await call(simulator, path, body))).toMatchObject({ status: 400, field });
	expect(simulator.state.keys).toHaveLength(1);
});

test.each(['0:30:00', '1 hour', '2 days', '3 weeks', '4 months 5:00:00', '2 months,3:00:00'])(
	'takes the period %s',
	async (custom_ratelimit_period) => {
		expect(await find(await add({ custom_ratelimit: true, custom_ratelimit_period }))).toMatchObject({
			custom_ratelimit_period,
		});
	},
);
