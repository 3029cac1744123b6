import { digestOf } from '../../../api';
import type { Fault } from '../../../simulator';
import { useAccount } from '../support/account';
import { runNode } from '../support/engine';
import { Trigger } from '../support/trigger';

// The client waits between its tries; that is tested in test/api/client/client.test.ts.
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const account = useAccount({ probe: 'none', webhookLimit: 3 });

type TriggerActivation = Trigger['activation'];
const hooks = () => account.simulator.state.hooks;
const paths = () => account.simulator.state.requests.map(({ path }) => path);
const open = (setup: object = {}) => new Trigger({ credentials: account.credentials, ...setup });

/** A hook of somebody else. */
async function foreignHook(url = 'https://other.example.com/hook') {
	await runNode({
		parameters: { resource: 'webhook', operation: 'create', url, options: { events: ['open'] } },
		credentials: account.credentials,
	});
}

test('activation adds one hook: this URL, these events, JSON, a bearer secret of 32 bytes', async () => {
	const trigger = open({
		parameters: {
			events: ['bounce', 'spam'],
			smsEvents: ['failed'],
			options: { headers: 'X-Order-ID, X-Shop', usernames: 'shop' },
		},
	});
	await trigger.activate();
	expect(hooks()).toEqual([
		expect.objectContaining({
			url: trigger.url,
			events: ['bounce', 'spam'],
			sms_events: ['failed'],
			headers: ['X-Order-ID', 'X-Shop'],
			usernames: ['shop'],
			output_format: 'json',
			auth_header_type: 'bearer',
			auth_header_value: trigger.secret,
		}),
	]);
	expect(trigger.secret).toMatch(/^[0-9a-f]{64}$/);
	expect(trigger.hookMemory).toEqual({ url: trigger.url, digest: digestOf(trigger.secret), hookId: hooks()[0]?.id });
});

test('the secret is remembered before SMTP2GO learns it', async () => {
	const trigger = open();
	account.simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'No', times: 0 });
	await expect(trigger.activate()).rejects.toThrow('No');
	expect(trigger.memory.next).toBe(digestOf(trigger.secret));
});

test('a hook that is as it should be is not touched', async () => {
	const trigger = open();
	await trigger.activate();
	account.simulator.state.requests.length = 0;
	await trigger.activate();
	expect(paths()).toEqual(['/webhook/view']);
});

test('a hook that was changed is put right in place, under its own number', async () => {
	const trigger = open();
	await trigger.activate();
	const [hook] = hooks();
	if (hook) hook.events = ['open'];
	await trigger.activate();
	expect(hooks()).toEqual([
		expect.objectContaining({ id: hook?.id, events: ['bounce'], auth_header_value: trigger.secret }),
	]);
	expect(trigger.memory.digest).toBe(digestOf(hook?.auth_header_value ?? ''));
});

test('of two hooks with this URL, the one that is remembered stays', async () => {
	const trigger = open();
	await trigger.activate();
	const [hook] = hooks();
	if (hook) hooks().unshift({ ...hook, id: 99_999 });
	await trigger.activate();
	expect(hooks()).toEqual([expect.objectContaining({ id: hook?.id, auth_header_value: trigger.secret })]);
});

test('a header that a filter reads is echoed in each event', async () => {
	const headers = [{ header: 'X-Shop', value: 'Paris' }];
	await open({ parameters: { options: { headers: 'X-Order-ID', filterHeaders: { headers } } } }).activate();
	expect(hooks()).toMatchObject([{ headers: ['X-Order-ID', 'X-Shop'] }]);
});

test('after an activation that failed, the next one looks and adds, and n8n learns that it is there', async () => {
	const trigger = open();
	account.simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'No', times: 1 });
	await expect(trigger.activate()).rejects.toThrow('No');
	account.simulator.state.requests.length = 0;
	expect(await trigger.step('checkExists')).toBe(false);
	expect(await trigger.step('create')).toBe(true);
	expect(await trigger.step('checkExists')).toBe(true);
	expect(paths()).toEqual(['/webhook/view', '/webhook/add', '/webhook/view']);
});

test('a hook that was removed meanwhile is added again at the next start', async () => {
	const trigger = open();
	await trigger.activate();
	hooks().length = 0;
	await trigger.activate();
	expect(hooks()).toHaveLength(1);
});

test('a hook with this URL is adopted where nothing is remembered, with a new secret', async () => {
	await open().activate();
	const again = open();
	await again.activate();
	expect(hooks()).toHaveLength(1);
	expect(hooks()[0]?.auth_header_value).toBe(again.secret);
});

test('hooks of others are never touched', async () => {
	await foreignHook();
	const before = JSON.stringify(hooks());
	const trigger = open();
	await trigger.activate();
	await trigger.step('delete');
	expect(JSON.stringify(hooks())).toBe(before);
});

test('a list that cannot be read leads to an error and never to a new hook', async () => {
	account.simulator.setFault({ path: '/webhook/view', fault: 'error', status: 400, message: 'Not now', times: 0 });
	await expect(open().activate()).rejects.toThrow('Not now');
	expect(paths()).not.toContain('/webhook/add');
});

test('at the limit the message names the hooks in the way and what to do', async () => {
	for (const name of ['a', 'b', 'c']) await foreignHook(`https://${name}.example.com/hook`);
	await expect(open().activate()).rejects.toThrow(
		/A free account can have one webhook, a paid account ten\. Existing webhooks \(3, none of them on this host\): .*https:\/\/a\.example\.com\/hook.*Remove one/,
	);
});

test('the test listener has its own URL and does not touch the active hook', async () => {
	const active = open();
	await active.activate();
	const listener = open({ isTest: true });
	await listener.activate();
	expect(hooks().map(({ url }) => url)).toEqual([active.url, listener.url]);
	await listener.step('delete');
	expect(hooks().map(({ url }) => url)).toEqual([active.url]);
});

test('where the test listener finds no room, the message says how to make some', async () => {
	for (const name of ['a', 'b', 'c']) await foreignHook(`https://${name}.example.com/hook`);
	await expect(open({ isTest: true }).activate()).rejects.toThrow(
		/A test needs its own webhook\. If .*unpublish \(deactivate\) the workflow that uses it, run the test, and publish that workflow again/,
	);
});

test.each([
	['at the root', 'https://n8n.example.com'],
	['below a path', 'https://n8n.example.com/team/n8n'],
])(
	'if the published workflow has the only webhook, the error says so, and that webhook does not change: n8n %s',
	async (_, base) => {
		await foreignHook('https://a.example.com/hook');
		await foreignHook(`${base}/webhook/another-node/smtp2go`);
		for (const hook of hooks().slice(0, 1)) hook.url = 'no URL';
		const active = open({ base });
		await active.activate();
		const before = JSON.stringify(hooks());
		const listener = open({ base, isTest: true });
		await expect(listener.publish()).rejects.toThrow(
			`no. ${active.memory.hookId} to ${active.url} (on this host; bounce)`,
		);
		await expect(listener.activate()).rejects.toThrow(
			`webhook ${active.memory.hookId} belongs to this node in the published workflow, which keeps running. ` +
				'Unpublish (deactivate) the workflow, run the test, and publish it again.',
		);
		expect(JSON.stringify(hooks())).toBe(before);
	},
);

test('deactivation removes the hook and forgets it', async () => {
	const trigger = open();
	await trigger.activate();
	await trigger.step('delete');
	expect(hooks()).toEqual([]);
	expect(trigger.hookMemory).toEqual({});
});

test('deactivation without a hook is fine', async () => {
	await expect(open().step('delete')).resolves.toBe(true);
});

test('a hook that is gone when it is to be removed is fine', async () => {
	const trigger = open();
	await trigger.activate();
	hooks().length = 0;
	await expect(trigger.step('delete')).resolves.toBe(true);
});

test('any other failure to remove is loud, and the hook stays remembered', async () => {
	const trigger = open();
	await trigger.activate();
	account.simulator.setFault({
		path: '/webhook/remove',
		fault: 'error',
		status: 400,
		message: 'Not today',
		times: 0,
	});
	await expect(trigger.step('delete')).rejects.toThrow('Not today');
	expect(trigger.memory.hookId).toBe(hooks()[0]?.id);
});

test.each(['http://localhost:5678', 'http://127.0.0.1:5678', 'http://192.168.1.5', 'http://n8n.local'])(
	'a private address is refused for SMTP2GO itself, with what to set: %s',
	async (base) => {
		const trigger = open({ base, credentials: { ...account.credentials, region: 'api' } });
		await expect(trigger.step('create')).rejects.toThrow(/private address\. .*WEBHOOK_URL/);
		expect(trigger.hookMemory).toEqual({});
	},
);

test("a private address is fine for a server of one's own", async () => {
	const trigger = open({ base: 'http://127.0.0.1:5678' });
	await trigger.activate();
	expect(hooks()).toHaveLength(1);
});

test.each([
	[{ events: [], smsEvents: [] }, 'Select at least one event'],
	[{ events: ['explode'] }, '"explode" is not an SMTP2GO event'],
	[{ options: { bounceType: 'Hard' } }, 'Bounce Type: "Hard" is not valid. Use "hard" or "soft"'],
	[
		{ options: { filterHeaders: { headers: [{ header: 'X-Shop', value: '' }] } } },
		'Header Values: "X-Shop" has no value',
	],
	[{ options: { allowedIps: ' ' } }, 'Allowed IP Addresses is empty'],
	[
		{ options: { allowedIps: '203.0.113.7, webhooks.smtp2go.com' } },
		'"webhooks.smtp2go.com" is not valid. Enter an address or a range',
	],
])('a trigger that could never fire is refused: %j', async (parameters, message) => {
	await expect(open({ parameters }).step('create')).rejects.toThrow(message);
	expect(paths()).toEqual([]);
});

test('a missing permission is said in the message itself, which is all that n8n shows', async () => {
	const apiKey = account.simulator.addKey({ permissions: ['/email/send'] });
	await expect(open({ credentials: { ...account.credentials, apiKey } }).activate()).rejects.toThrow(
		/permission.*Missing permission: \/webhook\/view/,
	);
});

test('the hook of a subaccount is looked after on its behalf', async () => {
	const trigger = open({ parameters: { events: ['bounce'], options: { subaccountId: 'sub1' } } });
	await trigger.activate();
	for (const hook of hooks()) hook.events = [];
	await trigger.activate();
	await trigger.step('delete');
	expect(hooks()).toEqual([]);
	expect(paths()).toEqual([
		'/webhook/view',
		'/webhook/add',
		'/webhook/view',
		'/webhook/view',
		'/webhook/edit',
		'/webhook/view',
		'/webhook/remove',
	]);
	expect(
		account.simulator.state.requests.map(
			({ body }) => (JSON.parse(body) as { subaccount_id?: string }).subaccount_id,
		),
	).toEqual(paths().map(() => 'sub1'));
});

describe('at a start of n8n', () => {
	test('a look that fails is told where it is not known that there is a webhook', async () => {
		const trigger = open();
		Object.assign(trigger.memory, { url: trigger.url, digest: 'f'.repeat(64) });
		trigger.activation = 'init';
		account.simulator.setFault({ path: '/webhook/view', fault: 'server-error', times: 0 });
		await expect(trigger.step('checkExists')).rejects.toThrow(/SMTP2GO/);
		account.simulator.clearFaults();
	});

	test.each<[TriggerActivation, Fault]>([
		['init', { path: '/webhook/view', fault: 'server-error', times: 0 }],
		['init', { path: '/webhook/view', fault: 'rate-limit', retryAfter: 3600, times: 0 }],
		['init', { path: '/webhook/view', fault: 'reset', times: 0 }],
		['leadershipChange', { path: '/webhook/view', fault: 'server-error', times: 0 }],
	])('a look that fails for now takes no webhook away that works: %s, %j', async (activation, fault) => {
		const trigger = open();
		await trigger.activate();
		const before = JSON.stringify([hooks(), trigger.memory]);
		trigger.activation = activation;
		account.simulator.setFault(fault);
		await trigger.publish();
		account.simulator.clearFaults();
		expect(JSON.stringify([hooks(), trigger.memory])).toBe(before);
		expect(paths()).not.toContain('/webhook/remove');
	});

	test('an SMTP2GO that cannot be reached takes no webhook away that works', async () => {
		const trigger = open();
		await trigger.activate();
		const restarted = open({ credentials: { ...account.credentials, baseUrl: 'http://127.0.0.1:9/v3' } });
		restarted.remember(trigger);
		restarted.activation = 'init';
		await restarted.publish();
		expect(restarted.hookMemory).toEqual(trigger.hookMemory);
		expect(restarted.warnings.join()).toContain('could not be checked');
	});

	test('a webhook that was lost meanwhile is made again', async () => {
		const trigger = open();
		await trigger.activate();
		hooks().length = 0;
		trigger.activation = 'init';
		await trigger.publish();
		expect(hooks()).toHaveLength(1);
	});

	test('a key that may no longer look is told, not passed over', async () => {
		const trigger = open();
		await trigger.activate();
		trigger.activation = 'init';
		account.simulator.setFault({
			path: '/webhook/view',
			fault: 'error',
			status: 400,
			message: 'You do not have permission to access this API endpoint',
			times: 0,
		});
		await expect(trigger.activate()).rejects.toThrow('permission');
		account.simulator.clearFaults();
	});
});
