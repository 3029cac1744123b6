/** What the dialogs get from the running Node-RED. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { deriveToken } from '../../../api';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../../simulator';
import { asUser } from '../support/as-user';
import { account, key, load, request } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
afterEach(() => {
	delete process.env['TEST_KEY'];
});
useNodeRed((started) => {
	({ simulator } = started);
});

const tab = { id: 'tab', type: 'tab', label: 'Test' };
const start = (more: object = {}, credentials: Record<string, object> = key()) =>
	load([tab, account(simulator, more)], credentials);
const post = async (path: string, body: object) =>
	(await request().post(`/smtp2go/${path}`).send(body)).body as Record<string, unknown>;
const dialog = (more: object) => ({
	account: 'account',
	region: 'custom',
	baseUrl: simulator.apiUrl,
	proxy: '',
	...more,
});
const SAVED = '__PWRD__';

describe('"Check Key"', () => {
	it('tells what a typed key may do, before it is saved', async () => {
		await load([tab], {});
		const typed = simulator.addKey({ permissions: ['/suppression/*'] });
		expect(await post('check-key', dialog({ account: 'new', apiKey: typed }))).toMatchObject({
			ok: true,
			value: {
				ready: false,
				nodes: expect.arrayContaining([{ key: 'suppression', of: 3, missing: [] }]),
			},
		});
	});

	it('uses the saved key where the dialog shows only its dots', async () => {
		await start();
		expect(await post('check-key', dialog({ apiKey: SAVED }))).toMatchObject({ ok: true });
	});

	it('reads a key from the environment as a deployed node does', async () => {
		await start();
		process.env['TEST_KEY'] = DEMO_API_KEY;
		expect(await post('check-key', dialog({ apiKey: '${TEST_KEY}' }))).toMatchObject({ ok: true });
	});

	it('reads variables within an address that is deployed, too', async () => {
		process.env['TEST_PORT'] = new URL(simulator.apiUrl).port;
		const baseUrl = 'http://127.0.0.1:${TEST_PORT}/v3';
		await start({ baseUrl });
		expect(await post('check-key', dialog({ apiKey: DEMO_API_KEY, baseUrl }))).toMatchObject({ ok: true });
		delete process.env['TEST_PORT'];
	});

	it('tells node by node what a key may do, and what is missing', async () => {
		await start();
		const apiKey = `api-${'C3d4'.repeat(8)}`;
		simulator.addKey({
			key: apiKey,
			permissions: ['/email/*', '/webhook/view', '/webhook/edit', '/webhook/remove', '/api_keys/permissions'],
		});
		const { value } = (await post('check-key', dialog({ apiKey }))) as {
			value: { nodes: { key: string; missing: string[] }[] };
		};
		const missing = (key: string) => value.nodes.find((job) => job.key === key)?.missing;
		expect([missing('email'), missing('trigger'), missing('webhook'), missing('sms')]).toEqual([
			[],
			['/webhook/add'],
			['/webhook/add'],
			['/sms/send', '/sms/view-received', '/sms/view-sent', '/sms/summary'],
		]);
	});

	it('says that a key is unknown, and does not repeat it', async () => {
		await start();
		const typed = `api-${'B2c3'.repeat(8)}`;
		const answer = await post('check-key', dialog({ apiKey: typed }));
		expect(answer).toMatchObject({ ok: false, type: 'auth', message: expect.stringContaining('region') });
		expect(JSON.stringify(answer)).not.toContain(typed);
	});

	it.each([['an address that somebody typed', { region: 'custom', baseUrl: 'http://127.0.0.1:9/v3' }]])(
		'does not send the saved key to %s',
		async (_what, target) => {
			await start();
			expect(await post('check-key', dialog({ ...target, apiKey: SAVED }))).toEqual({
				ok: false,
				type: 'invalid',
				message: 'errors.typeKeyAgain',
			});
			expect(simulator.state.requests).toEqual([]);
		},
	);

	it.each<[string, object]>([
		['nothing', {}],
		['numbers', { apiKey: 1, region: 2, account: 3 }],
		['a prototype', { __proto__: null, account: '__proto__', apiKey: SAVED }],
		['a key with line ends', { apiKey: 'a\r\nb' }],
		['a region of Object itself', { apiKey: 'a', region: 'constructor' }],
	])('answers %s with an error', async (_what, body) => {
		await start();
		expect(await post('check-key', body)).toMatchObject({ ok: false, message: expect.any(String) });
	});
});

describe('the setup', () => {
	it('is checked with the key: what is wrong, and what to do', async () => {
		await start();
		simulator.state.verifiedSenders = [];
		expect(await post('check-key', dialog({ apiKey: DEMO_API_KEY }))).toMatchObject({
			ok: true,
			value: {
				verdict: 'not ready',
				checks: expect.arrayContaining([expect.objectContaining({ check: 'sender', status: 'problem' })]),
			},
		});
	});
});

describe('the permissions that a node needs', () => {
	const lacking = async (permissions: string[]) => start({}, key(simulator.addKey({ permissions })));
	const missing = async (shown: object) =>
		(await post('missing-permissions', { account: 'account', ...shown }))['value'];

	it.each<[object, string[]]>([
		[{ node: 'email', operation: 'send' }, []],
		[{ node: 'sms', operation: 'send' }, ['/sms/send']],
		[{ node: 'suppression', operation: 'checkRecipients' }, ['/suppression/view']],
		[{ node: 'custom', operation: 'call' }, []],
		[{ node: 'email', operation: 'noSuch' }, []],
		[{ node: 'trigger', source: 'webhook' }, ['/webhook/add', '/webhook/edit', '/webhook/remove']],
		[{ node: 'trigger', source: 'log' }, ['/activity/search']],
		[{ node: 'ask', via: 'email' }, []],
		[{ node: 'ask', via: 'both' }, ['/sms/send']],
		[{ node: 'ask', via: 'smsReply' }, ['/sms/send', '/sms/view-received']],
		[{ node: 'smsIn' }, ['/sms/view-received']],
		[{ node: 'health', checks: 'quotaUsed,quotaLeft,sendingBlocked' }, ['/stats/email_cycle', '/api_keys/view']],
		[{ node: 'outcome', source: 'log' }, ['/activity/search']],
		[{ node: '__proto__' }, []],
		[{}, []],
	])('are told if the key lacks them: %j', async (shown, expected) => {
		await lacking(['/email/*', '/webhook/view']);
		expect(await missing(shown)).toEqual(expected);
	});

	it('are read once for all dialogs that are opened within a minute', async () => {
		await lacking(['/email/*']);
		await missing({ node: 'sms', operation: 'send' });
		await missing({ node: 'smsIn' });
		expect(simulator.state.requests.map(({ path }) => path)).toEqual(['/api_keys/permissions']);
	});

	it('are not told for an account that is not deployed', async () => {
		await start();
		expect(await post('missing-permissions', { account: 'other', node: 'smsIn' })).toMatchObject({ ok: false });
	});
});

describe('"Manual Setup"', () => {
	it('shows address and token of a deployed account', async () => {
		await start({ publicUrl: 'https://flows.example.com/' });
		expect(await post('show-hook', { account: 'account' })).toEqual({
			ok: true,
			value: {
				url: 'https://flows.example.com/smtp2go/account',
				type: 'bearer',
				value: deriveToken(DEMO_API_KEY, 'account'),
			},
		});
	});

	it.each<[string, object, Record<string, object>, object, string]>([
		['an account that is not deployed', {}, key(), { account: 'other' }, 'errors.deployFirst'],
		['no public address', {}, key(), { account: 'account' }, 'errors.noPublicUrl'],
		['no key', { publicUrl: 'https://flows.example.com' }, {}, { account: 'account' }, 'errors.noKey'],
	])('says what is missing: %s', async (_what, more, credentials, body, message) => {
		await start(more, credentials);
		expect(await post('show-hook', body)).toMatchObject({ ok: false, message });
	});

	it('puts a part of the address from the environment in its place', async () => {
		process.env['TEST_KEY'] = 'flows.example.com';
		await start({ publicUrl: 'https://${TEST_KEY}/red' });
		expect(await post('show-hook', { account: 'account' })).toMatchObject({
			value: { url: 'https://flows.example.com/red/smtp2go/account' },
		});
	});
});

describe('a list of suggestions', () => {
	const list = async (given: object) => (await post('list', given)) as { ok: boolean; value: object[]; kind: string };

	it('holds what the account has', async () => {
		await start();
		expect((await list({ account: 'account', kind: 'template' })).value).toEqual(
			simulator.state.templates.map(({ id, name, subject }) => ({ value: id, label: name, about: subject })),
		);
	});

	it('is that of the subaccount that the dialog names', async () => {
		await start();
		await list({ account: 'account', kind: 'smtpUser', subaccount: 'sub1' });
		expect(simulator.state.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
			{ subaccount_id: 'sub1' },
		]);
	});

	it('says so where the key may not read it', async () => {
		await start({}, key(simulator.addKey({ permissions: ['/email/send'] })));
		expect(await list({ account: 'account', kind: 'template' })).toMatchObject({ ok: false, type: 'permission' });
	});

	it.each([
		{ kind: 'template' },
		{ account: 'account', kind: 'text' },
		{ account: 'account', kind: '__proto__' },
		{ account: ['a'], kind: ['b'] },
	])('answers %j with an error', async (given) => {
		await start();
		expect(await list(given)).toMatchObject({ ok: false });
	});
});

describe('an environment variable', () => {
	const OTHERS = 'hunter2-of-the-database';
	afterEach(() => {
		delete process.env['TEST_SECRET'];
	});
	const check = (may: string[], more: object) =>
		asUser(...may)
			.post('/smtp2go/check-key')
			.send(dialog({ apiKey: DEMO_API_KEY, ...more }));

	it.each<[string, () => object]>([
		['region', () => ({ region: '${TEST_SECRET}' })],
		['region, within a text', () => ({ region: 'a-${TEST_SECRET}' })],
		['address', () => ({ baseUrl: `${simulator.apiUrl}/\${TEST_SECRET}` })],
		['key', () => ({ apiKey: '${TEST_SECRET}' })],
		['key of an account that is not deployed', () => ({ account: 'new', apiKey: '${TEST_SECRET}' })],
		['account', () => ({ account: '${TEST_SECRET}' })],
	])('named as %s is not read for a user without the right to deploy', async (_what, more) => {
		await start();
		process.env['TEST_SECRET'] = OTHERS;
		const { status, text } = await check(['smtp2go.read', 'smtp2go.write', 'flows.read'], more());
		expect([status, text]).toEqual([401, '']);
		expect(simulator.state.requests).toEqual([]);
	});

	it('is read for a user with the right to deploy', async () => {
		await start();
		process.env['TEST_SECRET'] = DEMO_API_KEY;
		expect((await check(['smtp2go.write', 'flows.write'], { apiKey: '${TEST_SECRET}' })).body).toMatchObject({
			ok: true,
		});
	});

	it.each<[string, (to: string) => object]>([
		['key', (to) => ({ apiKey: '${TEST_SECRET}', baseUrl: to })],
		['key of an account that is not deployed', (to) => ({ account: 'new', apiKey: '${TEST_SECRET}', baseUrl: to })],
		['address', (to) => ({ baseUrl: `${to}/\${TEST_SECRET}` })],
		['a part of the key', (to) => ({ apiKey: 'a${TEST_SECRET}', baseUrl: to })],
	])(
		'named as %s is never sent to an address that is not deployed, not even for a user with the right to deploy',
		async (_what, more) => {
			await start();
			process.env['TEST_SECRET'] = OTHERS;
			const other = await startSimulator({ eventDelayMs: 0 });
			const { body } = await check(['smtp2go.read', 'smtp2go.write', 'flows.write'], more(other.apiUrl));
			expect(body).toEqual({ ok: false, type: 'invalid', message: 'errors.deployVariable' });
			expect([other.state.requests, simulator.state.requests]).toEqual([[], []]);
			await other.stop();
		},
	);

	it('named as region is never read, and what was given as region is not repeated', async () => {
		await start();
		process.env['TEST_SECRET'] = OTHERS;
		for (const region of ['${TEST_SECRET}', 'mars']) {
			const { text } = await check(['smtp2go.write', 'flows.write'], { region });
			expect(JSON.parse(text)).toEqual({ ok: false, type: 'invalid', message: 'errors.noRegion' });
		}
	});
});
