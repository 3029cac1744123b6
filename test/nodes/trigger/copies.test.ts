/**
 * Two n8n with the same workflow: the original, and a copy of its data at another address. The copy must not take the
 * original's events.
 */
import { digestOf } from '../../../api';
import { openAccount, useAccount } from '../support/account';
import { runNode } from '../support/engine';
import { Trigger, type TriggerSetup } from '../support/trigger';

// The client waits between its tries; that is tested in test/api/client/client.test.ts.
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

const account = useAccount({ probe: 'none', webhookLimit: 10, webhookEdit: 'reset' });
afterEach(() => {
	account.simulator.state.webhookLimit = 10;
});

const hooks = () => account.simulator.state.hooks;
const open = (setup: Partial<TriggerSetup> = {}) => new Trigger({ credentials: account.credentials, ...setup });
const body = JSON.stringify({ event: 'bounce', bounce: 'hard', id: 'e', rcpt: 'x@example.com' });

/**
 * The original, published, and a copy of what it remembers at another address, which n8n starts or a person publishes.
 */
async function copied(activation: 'init' | 'activate', setup: Partial<TriggerSetup> = {}) {
	const original = open();
	await original.publish();
	const copy = open({ base: 'https://staging.example.com', ...setup });
	copy.remember(original);
	copy.activation = activation;
	return { original, copy, before: JSON.stringify(hooks()) };
}

/** What SMTP2GO does with an event: it posts to each hook, with the secret of that hook. */
async function taken(trigger: Trigger): Promise<boolean> {
	const hook = hooks().find(({ url }) => url === trigger.url);
	if (!hook) return false;
	const { result } = await trigger.deliver(body, { authorization: `Bearer ${hook.auth_header_value}` });
	return result.workflowData !== undefined;
}

describe.each(['init', 'activate'] as const)('a copy (%s)', (activation) => {
	test('makes its own hook and secret, and the original keeps its hook and gets its events', async () => {
		const { original, copy, before } = await copied(activation);
		await copy.publish();
		expect(JSON.stringify(hooks().slice(0, 1))).toBe(before);
		expect(hooks().map(({ url }) => url)).toEqual([original.url, copy.url]);
		expect(copy.secret).not.toBe(original.secret);
		expect(copy.hookMemory).toEqual({ url: copy.url, digest: digestOf(copy.secret), hookId: hooks()[1]?.id });
		expect([await taken(original), await taken(copy)]).toEqual([true, true]);
	});

	test('says in the log which webhook it left where it was, and what to do', async () => {
		const { original, copy } = await copied(activation);
		await copy.publish();
		expect(copy.warnings.join()).toContain(
			`no. ${original.memory.hookId} to ${original.url} (bounce). ` +
				`If this trigger moved here from that address, remove no. ${original.memory.hookId} on`,
		);
		expect(copy.warnings.join()).not.toContain(original.secret);
		// A later repair is no news.
		for (const hook of hooks().slice(1)) hook.events = ['open'];
		await copy.publish();
		expect(hooks()).toMatchObject([{}, { events: ['bounce'] }]);
		expect(copy.warnings).toHaveLength(1);
	});

	test('leaves the original alone over its own restarts, edits and unpublishing', async () => {
		const { original, copy, before } = await copied(activation);
		for (const step of ['publish', 'publish', 'unpublish', 'unpublish', 'publish', 'unpublish'] as const)
			await copy[step]();
		expect(JSON.stringify(hooks())).toBe(before);
		expect(await taken(original)).toBe(true);
	});

	test('is not touched when the original starts again or is unpublished', async () => {
		const { original, copy } = await copied(activation);
		await copy.publish();
		const own = JSON.stringify(hooks()[1]);
		original.activation = 'init';
		await original.publish();
		expect(JSON.stringify(hooks()[1])).toBe(own);
		expect([await taken(original), await taken(copy)]).toEqual([true, true]);
		await original.unpublish();
		expect(JSON.stringify(hooks())).toBe(`[${own}]`);
	});

	test('fails if the account has room for only one webhook, and the error names it and says what to do', async () => {
		account.simulator.state.webhookLimit = 1;
		const { original, copy, before } = await copied(activation);
		await expect(copy.publish()).rejects.toThrow(
			new RegExp(
				'Existing webhooks \\(1, none of them on this host\\): ' +
					`no\\. ${original.memory.hookId} to ${original.url} .*moved here from that address, ` +
					`remove no\\. ${original.memory.hookId}.*` +
					`host with the same flows still runs there, keep no\\. ${original.memory.hookId}`,
			),
		);
		expect(JSON.stringify(hooks())).toBe(before);
		original.activation = 'init';
		await original.publish();
		expect(JSON.stringify(hooks())).toBe(before);
		expect(await taken(original)).toBe(true);
	});

	test.each([
		['on another port', 'https://n8n.example.com:8443'],
		['below another path', 'https://n8n.example.com/staging'],
		['without TLS', 'http://n8n.example.com'],
	])('%s of the same host is a copy too', async (_, base) => {
		const { original, copy, before } = await copied(activation, { base });
		await copy.publish();
		expect(JSON.stringify(hooks().slice(0, 1))).toBe(before);
		expect([await taken(original), await taken(copy)]).toEqual([true, true]);
		expect(copy.warnings.join()).toContain(`no. ${original.memory.hookId} to ${original.url} (`);
	});

	test('gets no warning about its test listener, and neither does the listener about it', async () => {
		const active = open();
		const listener = open({ isTest: true });
		for (const trigger of [listener, active]) await trigger.publish();
		await listener.unpublish();
		await listener.publish();
		expect([active.warnings, listener.warnings]).toEqual([[], []]);
	});

	test("first started with the original's address, then with its own, leaves the original its hook", async () => {
		const { original, copy, before } = await copied(activation, { base: 'https://n8n.example.com' });
		await copy.publish();
		expect(JSON.stringify(hooks())).toBe(before);
		const later = open({ base: 'https://staging.example.com' });
		later.remember(copy);
		later.activation = 'init';
		await later.publish();
		expect(JSON.stringify(hooks().slice(0, 1))).toBe(before);
		expect(await taken(original)).toBe(true);
	});
});

describe('what a copy remembers', () => {
	test('counts for nothing where SMTP2GO cannot be asked: it does not take itself to be in place', async () => {
		const { copy } = await copied('init');
		account.simulator.setFault({ path: '/webhook/view', fault: 'server-error', times: 0 });
		expect(await copy.step('checkExists')).toBe(false);
	});

	test('lets nobody in, even while it does not have its own hook yet', async () => {
		const { original, copy } = await copied('init');
		account.simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'No', times: 0 });
		await expect(copy.step('create')).rejects.toThrow('No');
		expect((await copy.deliver(body, { authorization: `Bearer ${original.secret}` })).status).toBe(401);
	});
});

describe('what an export holds', () => {
	test('is not the secret, and forges nothing at the original', async () => {
		const { original } = await copied('activate');
		const exported = JSON.stringify(original.workflow.staticData);
		expect(exported).not.toContain(original.secret);
		for (const [, text] of exported.matchAll(/"([0-9a-f]{64})"/g)) {
			expect((await original.deliver(body, { authorization: `Bearer ${text}` })).status).toBe(401);
		}
	});

	test('is no secret either while SMTP2GO is being told one', async () => {
		const trigger = open();
		account.simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'No', times: 1 });
		await expect(trigger.activate()).rejects.toThrow('No');
		expect(JSON.stringify(trigger.memory)).not.toContain(trigger.secret);
		expect((await trigger.deliverSigned(body)).result.workflowData).toHaveLength(1);
		expect((await trigger.deliver(body, { authorization: `Bearer ${trigger.memory.next}` })).status).toBe(401);
	});
});

test('an address that is only spelled otherwise is the same one', async () => {
	const trigger = open({ base: 'https://N8N.example.com:443' });
	await trigger.publish();
	const [hook] = hooks();
	if (hook) hook.url = new URL(hook.url).href;
	account.simulator.state.requests.length = 0;
	await trigger.activate();
	expect(account.simulator.state.requests.map(({ path }) => path)).toEqual(['/webhook/view']);
});

describe('a hook that its owner disabled', () => {
	const disable = () => {
		for (const hook of hooks()) hook.disabled = true;
	};

	test('stays so when n8n starts, and the log says it', async () => {
		const trigger = open();
		await trigger.publish();
		disable();
		trigger.activation = 'init';
		await trigger.publish();
		expect(hooks()).toMatchObject([{ disabled: true }]);
		expect(trigger.warnings.join()).toContain('disabled at SMTP2GO');
	});

	test('stays so when n8n starts and something else is to be repaired', async () => {
		const trigger = open();
		await trigger.publish();
		disable();
		for (const hook of hooks()) hook.events = ['open'];
		trigger.activation = 'init';
		await trigger.publish();
		expect(hooks()).toMatchObject([{ disabled: true, events: ['bounce'] }]);
		expect(trigger.warnings.join()).toContain('disabled at SMTP2GO');
	});

	test('is enabled when a person publishes', async () => {
		const trigger = open();
		await trigger.publish();
		disable();
		await trigger.publish();
		expect(hooks()).toMatchObject([{ disabled: false }]);
		expect(trigger.warnings).toEqual([]);
	});
});

test('a repair keeps the headers that the owner has SMTP2GO send', async () => {
	const trigger = open();
	await trigger.publish();
	for (const hook of hooks())
		Object.assign(hook, { events: ['open'], custom_headers: [{ header: 'X-Team', value: 'shop' }] });
	await trigger.activate();
	expect(hooks()).toMatchObject([{ events: ['bounce'], custom_headers: [{ header: 'X-Team', value: 'shop' }] }]);
});

describe('on behalf of a subaccount', () => {
	const setup = { parameters: { events: ['bounce'], options: { subaccountId: 'sub1' } } };

	test('the hook is made and taken away there, and one of the main account at the same address stays', async () => {
		const trigger = open(setup);
		await runNode({
			parameters: { resource: 'webhook', operation: 'create', url: trigger.url, options: { events: ['open'] } },
			credentials: account.credentials,
		});
		await trigger.publish();
		expect(hooks().map(({ url, subaccountId }) => [url, subaccountId])).toEqual([
			[trigger.url, undefined],
			[trigger.url, 'sub1'],
		]);
		await trigger.unpublish();
		expect(hooks().map(({ url, subaccountId }) => [url, subaccountId])).toEqual([[trigger.url, undefined]]);
	});
});

test('if n8n cannot save its state (a locked database), events are rejected until the next start, which repairs the webhook', async () => {
	const trigger = open();
	await trigger.publish();
	const { secret } = trigger;
	// Another process, which does not know what the first one has in its memory.
	const restarted = open({ workflowId: 'elsewhere' });
	const refused = await restarted.deliver(body, { authorization: `Bearer ${secret}` });
	expect([refused.status, refused.warnings.length]).toEqual([401, 1]);
	restarted.activation = 'init';
	await restarted.publish();
	expect(hooks()).toHaveLength(1);
	expect(await taken(restarted)).toBe(true);
	expect((await restarted.deliver(body, { authorization: `Bearer ${secret}` })).status).toBe(401);
});

test('state that n8n could not save costs nothing in the process that knows the token, and its next delivery saves it', async () => {
	const trigger = open();
	await trigger.publish();
	const unsaved = open();
	expect((await unsaved.deliverSigned(body)).status).toBe(401);
	unsaved.secret = trigger.secret;
	expect(await taken(unsaved)).toBe(true);
	expect(unsaved.hookMemory).toEqual({ url: trigger.url, digest: trigger.memory.digest });
});

test("unpublishing with another account's key removes nothing there, though a webhook there has the remembered number", async () => {
	const elsewhere = await openAccount({ probe: 'none' });
	const stranger = new Trigger({ credentials: elsewhere.credentials, base: 'https://stranger.example.com' });
	await stranger.publish();
	const before = JSON.stringify(elsewhere.simulator.state.hooks);
	const original = open();
	await original.publish();
	const replaced = open({ credentials: elsewhere.credentials });
	replaced.remember(original);
	Object.assign(replaced.memory, { hookId: stranger.memory.hookId });
	await replaced.unpublish();
	expect(JSON.stringify(elsewhere.simulator.state.hooks)).toBe(before);
	expect(replaced.hookMemory).toEqual({});
	expect(hooks()).toHaveLength(1);
	await elsewhere.simulator.stop();
});

test('state from an earlier save is also repaired at the next start', async () => {
	const trigger = open();
	await trigger.publish();
	const stale = open();
	stale.remember(trigger);
	await trigger.unpublish();
	await trigger.publish();
	stale.activation = 'init';
	await stale.publish();
	expect(hooks()).toHaveLength(1);
	expect(await taken(stale)).toBe(true);
});
