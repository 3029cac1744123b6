import { type Simulator, startSimulator } from '../../../../simulator';
import { call, patch, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});

afterEach(() => simulator.stop());

type Row = Record<string, unknown>;

const ADDRESS = '192.0.2.10';
const view = async (body: object = {}): Promise<Row[]> =>
	(await call(simulator, '/ip_auth/view', body)).body.data?.['results'] as Row[];

test("shows the demo's entry in the shape of the contract", async () => {
	expect((await call(simulator, '/ip_auth/view')).body.data).toEqual({
		results: [
			{
				ip_address: ADDRESS,
				sending_allowed: true,
				custom_ratelimit: false,
				custom_ratelimit_value: null,
				custom_ratelimit_period: '0:00:00',
				description: 'Scanner in the office',
				feedback_enabled: false,
				feedback_domain: 'default',
				feedback_html: '',
				feedback_text: '',
				archive_enabled: false,
				open_tracking_enabled: false,
				click_tracking_enabled: false,
				audit_email: null,
				bounce_notifications: 'from',
				status: 'allowed',
			},
		],
		default_ratelimit_value: 0,
		default_ratelimit_period: 'unlimited',
	});
	expect(await view({ ip_address: ADDRESS })).toHaveLength(1);
	expect(await view({ ip_address: '192.0.2.11' })).toEqual([]);
});

test('PATCH edit changes what it names, keeps the rest and answers with a bare list', async () => {
	const answer = await patch(simulator, '/ip_auth/edit', {
		ip_address: ADDRESS,
		status: 'blocked',
		custom_ratelimit: true,
		custom_ratelimit_value: 3,
		custom_ratelimit_period: '1 day',
	});
	expect(answer.body.data).toEqual([
		expect.objectContaining({
			ip_address: ADDRESS,
			description: 'Scanner in the office',
			status: 'blocked',
			custom_rate_limit: true,
			custom_ratelimit_value: 3,
			custom_ratelimit_period: '1 day',
		}),
	]);
	expect((await view())[0]).toMatchObject({
		description: 'Scanner in the office',
		status: 'blocked',
		sending_allowed: false,
		custom_ratelimit: true,
		custom_ratelimit_value: 3,
	});
});

test('has no POST edit', async () => {
	expect((await call(simulator, '/ip_auth/edit', { ip_address: ADDRESS })).status).toBe(404);
});

test('removes an entry without a word, and has it no more', async () => {
	expect((await call(simulator, '/ip_auth/remove', { ip_address: ADDRESS })).body).toEqual({
		request_id: expect.any(String) as string,
	});
	expect(await view()).toEqual([]);
	expect((await call(simulator, '/ip_auth/remove', { ip_address: ADDRESS })).status).toBe(400);
	expect((await patch(simulator, '/ip_auth/edit', { ip_address: ADDRESS })).status).toBe(400);
});

test("keeps the master account's entries from a subaccount", async () => {
	expect(await view({ subaccount_id: 'demo01' })).toEqual([]);
	expect((await call(simulator, '/ip_auth/remove', { ip_address: ADDRESS, subaccount_id: 'demo01' })).status).toBe(
		400,
	);
	expect(await view()).toHaveLength(1);
});

test.each([
	[{}, 'ip_address'],
	[{ ip_address: 'office' }, 'ip_address'],
	[{ ip_address: ADDRESS, status: null }, 'status'],
	[{ ip_address: ADDRESS, archive_enabled: 0 }, 'archive_enabled'],
	[{ ip_address: ADDRESS, bounce_notifications: 'Ann <ann@example.org>' }, 'bounce_notifications'],
])('PATCH edit refuses %j because of %s', async (body, field) => {
	const before = await view();
	expect(refusalOf(await patch(simulator, '/ip_auth/edit', body))).toMatchObject({ status: 400, field });
	expect(await view()).toEqual(before);
});
