import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../../simulator';
import { call, patch, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ demo: false });
});

afterEach(() => simulator.stop());

type Row = Record<string, unknown>;

/** The users an endpoint answers with. */
const users = async (path: string, body: object = {}, key = DEMO_API_KEY): Promise<Row[]> =>
	(await call(simulator, `/users/smtp/${path}`, body, key)).body.data?.['results'] as Row[];

const STRONG = 'correct-Horse-7-battery';

const PLAIN = {
	sending_allowed: true,
	custom_ratelimit: false,
	custom_ratelimit_value: null,
	custom_ratelimit_period: '0:00:00',
	description: '',
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
};

test('adds a user in the shape of the contract and finds it by its name', async () => {
	const [added] = await users('add', { username: 'printer', email_password: STRONG });
	expect(added).toEqual({ ...PLAIN, username: 'printer', email_password: STRONG });
	await users('add', { username: 'scanner' });
	expect(await users('view', { username: 'printer' })).toEqual([added]);
	expect((await call(simulator, '/users/smtp/view')).body.data).toMatchObject({
		results: [{ username: 'printer' }, { username: 'scanner' }],
		default_ratelimit_value: 0,
		default_ratelimit_period: 'unlimited',
	});
	expect(await users('view', { username: 'print' })).toEqual([]);
});

test.each([[{}], [{ email_password: '' }]])('makes a password for a user who is given %j', async (given) => {
	const [first] = await users('add', { username: 'printer', ...given });
	const [second] = await users('add', { username: 'scanner', ...given });
	expect(first?.['email_password']).toMatch(/^[A-Za-z0-9]{16}$/);
	expect(second?.['email_password']).not.toBe(first?.['email_password']);
});

test('refuses a password that is easy to guess', async () => {
	for (const email_password of ['secret', '1234567890123456789', 'aaaaaaaaaaaaa']) {
		expect(
			refusalOf(await call(simulator, '/users/smtp/add', { username: 'printer', email_password })),
		).toMatchObject({
			status: 400,
			field: 'email_password',
			message: "The field 'email_password' must have an entropy of at least 64 bits",
		});
	}
	expect(await users('add', { username: 'printer', email_password: 'aaaaaaaaaaaaaa' })).toHaveLength(1);
});

test('gives a name to one user only, whatever account it is in', async () => {
	await users('add', { username: 'printer' });
	simulator.addKey({ subaccountId: 'branch' });
	for (const body of [{ username: 'printer' }, { username: 'printer', subaccount_id: 'branch' }])
		expect((await call(simulator, '/users/smtp/add', body)).status).toBe(400);
	expect(await users('view')).toHaveLength(1);
});

const FULL = {
	description: 'Hall',
	open_tracking_enabled: true,
	status: 'blocked',
	feedback_domain: 'shop.example',
	ip_pool: 7,
};

test('POST edit puts back what the call leaves out, except the password', async () => {
	await users('add', { username: 'printer', email_password: STRONG, ...FULL });
	expect((await users('view'))[0]).toMatchObject({
		description: 'Hall',
		open_tracking_enabled: true,
		status: 'blocked',
		sending_allowed: false,
		feedback_domain: 'shop.example',
		ippool: 7,
	});
	const edited = await users('edit', { username: 'printer', archive_enabled: true });
	expect(edited).toEqual([{ ...PLAIN, archive_enabled: true, username: 'printer', email_password: STRONG }]);
	expect(await users('view')).toEqual(edited);
});

test('PATCH edit keeps what the call leaves out, and answers with a bare list without the password', async () => {
	await users('add', { username: 'printer', email_password: STRONG, ...FULL });
	const [row] = (await patch(simulator, '/users/smtp/edit', { username: 'printer', status: 'sandbox' })).body
		.data as unknown as Row[];
	expect(row).toMatchObject({
		username: 'printer',
		description: 'Hall',
		open_tracking_enabled: true,
		status: 'sandbox',
		ippool: 7,
	});
	expect(row).not.toHaveProperty('email_password');
	expect((await users('view'))[0]).toMatchObject({
		email_password: STRONG,
		feedback_domain: 'shop.example',
		status: 'sandbox',
		sending_allowed: false,
	});
});

test('makes a new password when an edit leaves it blank', async () => {
	await users('add', { username: 'printer', email_password: STRONG });
	await patch(simulator, '/users/smtp/edit', { username: 'printer', email_password: '' });
	const [user] = await users('view');
	expect(user?.['email_password']).toMatch(/^[A-Za-z0-9]{16}$/);
});

test('removes a user, shows who that was, and has it no more', async () => {
	await users('add', { username: 'printer' });
	await users('add', { username: 'scanner' });
	expect(await users('remove', { username: 'printer' })).toMatchObject([{ username: 'printer' }]);
	expect(await users('view')).toMatchObject([{ username: 'scanner' }]);
	for (const path of ['edit', 'remove'])
		expect((await call(simulator, `/users/smtp/${path}`, { username: 'printer' })).status).toBe(400);
	expect((await patch(simulator, '/users/smtp/edit', { username: 'printer' })).status).toBe(400);
});

test('keeps the users of a subaccount apart', async () => {
	const key = simulator.addKey({ subaccountId: 'branch' });
	await users('add', { username: 'printer', subaccount_id: 'branch' });
	expect(await users('view')).toEqual([]);
	expect(await users('view', {}, key)).toMatchObject([{ username: 'printer' }]);
	expect((await call(simulator, '/users/smtp/remove', { username: 'printer' })).status).toBe(400);
	expect(await users('remove', { username: 'printer', subaccount_id: 'branch' })).toHaveLength(1);
});

test.each([
	['add', {}, 'username'],
	['add', { username: 'four' }, 'username'],
	['add', { username: 'x'.repeat(101) }, 'username'],
	['add', { username: 'printer', status: 'open' }, 'status'],
	['add', { username: 'printer', custom_ratelimit_value: 2_147_483_648 }, 'custom_ratelimit_value'],
	['edit', { description: 'x' }, 'username'],
	['remove', {}, 'username'],
	['view', { username: 5 }, 'username'],
])('%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await call(simulator, `/users/smtp/${path}`, body))).toMatchObject({ status: 400, field });
	expect(await users('view')).toEqual([]);
});
