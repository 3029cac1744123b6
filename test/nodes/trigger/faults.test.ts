/** The life of the trigger's hook while SMTP2GO fails at the worst moment, with n8n's own tries. */
import { digestOf } from '../../../api';
import type { FaultType } from '../../../simulator';
import { openAccount, type Account } from '../support/account';
import { Trigger } from '../support/trigger';

// The client waits between its tries; that is tested in test/api/client/client.test.ts.
jest.mock('n8n-workflow', () => ({ ...jest.requireActual<object>('n8n-workflow'), sleep: async () => undefined }));

let account: Account;
let other: string;
beforeAll(async () => {
	account = await openAccount({ probe: 'none' });
});
beforeEach(async () => {
	await new Trigger({ credentials: account.credentials, base: 'https://other.example.com' }).activate();
	other = JSON.stringify(foreign());
});
afterEach(() => {
	expect(JSON.stringify(foreign())).toBe(other);
	account.simulator.clearFaults();
	account.simulator.reset();
});
afterAll(async () => {
	await account.simulator.stop();
});

const hooks = () => account.simulator.state.hooks;
const foreign = () => hooks().filter(({ url }) => url.startsWith('https://other.'));
const ours = () => hooks().filter(({ url }) => !url.startsWith('https://other.'));
const open = (setup: object = {}) => new Trigger({ credentials: account.credentials, timeoutMs: 150, ...setup });

/** Exactly the wanted hook, once, and the node knows its secret. */
function expectInPlace(trigger: Trigger): void {
	expect(ours()).toEqual([
		expect.objectContaining({
			url: trigger.url,
			events: ['bounce'],
			sms_events: [],
			headers: [],
			usernames: [],
			output_format: 'json',
			auth_header_type: 'bearer',
			auth_header_value: trigger.secret,
			disabled: false,
		}),
	]);
	expect(trigger.hookMemory).toEqual({
		url: trigger.url,
		digest: digestOf(trigger.secret),
		hookId: expect.any(Number),
	});
}

const faults: [string, { fault: FaultType; status?: number }][] = [
	['no answer in time', { fault: 'timeout' }],
	['a reset', { fault: 'reset' }],
	['429', { fault: 'rate-limit' }],
	['500', { fault: 'server-error', status: 500 }],
	['200 with an error inside', { fault: 'error' }],
	['a page of HTML', { fault: 'not-json' }],
];
const moments = faults.flatMap(([name, fault]) =>
	(['before', 'after'] as const).map((when) => [name, when, { ...fault, when }] as const),
);

/** A hook of ours that others changed or doubled. */
async function drifted(setup: object = {}): Promise<Trigger> {
	const trigger = open(setup);
	await trigger.publish();
	const [hook] = ours();
	if (hook) hooks().push({ ...hook, id: 99_999 });
	for (const one of ours()) one.events = ['open'];
	return trigger;
}

describe.each(moments)('%s, %s the call took effect,', (_, __, fault) => {
	test.each(['/webhook/view', '/webhook/add'])('once at %s of an activation: one hook, as wanted', async (path) => {
		const trigger = open();
		account.simulator.setFault({ path, ...fault });
		await trigger.publish();
		expectInPlace(trigger);
	});

	test.each(['/webhook/view', '/webhook/edit', '/webhook/remove'])(
		'once at %s of a repair: one hook, as wanted',
		async (path) => {
			const trigger = await drifted();
			account.simulator.setFault({ path, ...fault });
			await trigger.publish();
			expectInPlace(trigger);
		},
	);

	test.each(['/webhook/view', '/webhook/remove'])('once at %s of a deactivation: no hook', async (path) => {
		const trigger = open();
		await trigger.publish();
		account.simulator.setFault({ path, ...fault });
		await trigger.unpublish();
		expect(ours()).toEqual([]);
		expect(trigger.hookMemory).toEqual({});
	});

	test.each(['/webhook/view', '/webhook/add'])(
		'for good at %s of an activation: the user is told, no hook is left, and the next activation succeeds',
		async (path) => {
			const trigger = open();
			account.simulator.setFault({ path, ...fault, times: 0 });
			const told = await trigger.publish().then(
				() => undefined,
				(error: unknown) => (error instanceof Error ? error.message : ''),
			);
			// An add that took effect although its answer says otherwise is found in the list.
			if (path === '/webhook/add' && fault.when === 'after') expectInPlace(trigger);
			else {
				expect(told).toMatch(/SMTP2GO/);
				expect(ours()).toEqual([]);
			}
			account.simulator.clearFaults();
			await trigger.publish();
			expectInPlace(trigger);
		},
	);

	test.each(['/webhook/view', '/webhook/remove'])(
		'for good at %s of a deactivation: the user is told, and the next activation takes the hook over',
		async (path) => {
			const trigger = open();
			await trigger.publish();
			account.simulator.setFault({ path, ...fault, times: 0 });
			const told = await trigger.unpublish().then(
				() => undefined,
				(error: unknown) => (error instanceof Error ? error.message : ''),
			);
			if (path === '/webhook/remove' && fault.when === 'after') expect([told, ours()]).toEqual([undefined, []]);
			else {
				expect(told).toMatch(/SMTP2GO/);
				expect(ours()).toHaveLength(1);
			}
			account.simulator.clearFaults();
			await trigger.publish();
			expectInPlace(trigger);
		},
	);
});

describe('drift is put right in place by the next activation or start:', () => {
	test.each<[string, (hook: ReturnType<typeof ours>[number]) => void]>([
		[
			'more events',
			(hook) => {
				hook.events = ['bounce', 'open'];
			},
		],
		[
			'fewer events',
			(hook) => {
				hook.events = [];
			},
		],
		[
			'a form instead of JSON',
			(hook) => {
				hook.output_format = 'form';
			},
		],
		[
			'no token',
			(hook) => {
				hook.auth_header_type = '';
				hook.auth_header_value = '';
			},
		],
		[
			'another token',
			(hook) => {
				hook.auth_header_value = 'x';
			},
		],
		[
			'disabled',
			(hook) => {
				hook.disabled = true;
			},
		],
		[
			'other headers',
			(hook) => {
				hook.headers = ['X-A'];
			},
		],
		[
			'a user',
			(hook) => {
				hook.usernames = ['shop'];
			},
		],
		[
			'SMS events',
			(hook) => {
				hook.sms_events = ['failed'];
			},
		],
		[
			'two with the same URL',
			(hook) => {
				hooks().push({ ...hook, id: 99_999 });
			},
		],
		[
			'gone',
			(hook) => {
				hooks().splice(hooks().indexOf(hook), 1);
			},
		],
	])('%s', async (name, spoil) => {
		const trigger = open();
		await trigger.publish();
		const { hookId } = trigger.memory;
		const { secret } = trigger;
		const [hook] = ours();
		if (hook) spoil(hook);
		await trigger.activate();
		expectInPlace(trigger);
		// A secret that SMTP2GO does not show any more cannot be repeated: the node keeps its digest only.
		expect(trigger.secret === secret).toBe(!['gone', 'no token', 'another token'].includes(name));
		if (name !== 'gone') expect(ours()[0]?.id).toBe(hookId);
	});
});

describe('a look that fails for now', () => {
	test.each(['activate', 'update', 'create'] as const)(
		'is told where a person publishes (%s), though the hook was there before',
		async (activation) => {
			const trigger = open();
			await trigger.publish();
			trigger.activation = activation;
			account.simulator.setFault({ path: '/webhook/view', fault: 'server-error', times: 0 });
			await expect(trigger.step('checkExists')).rejects.toThrow(/SMTP2GO/);
		},
	);

	test.each(['init', 'leadershipChange'] as const)('is passed over where n8n starts (%s)', async (activation) => {
		const trigger = open();
		await trigger.publish();
		trigger.activation = activation;
		account.simulator.setFault({ path: '/webhook/view', fault: 'server-error', times: 0 });
		expect(await trigger.step('checkExists')).toBe(true);
		expect(trigger.warnings.join()).toContain('could not be checked');
	});
});

describe('a way to SMTP2GO that is broken', () => {
	test.each<[string, (apiUrl: string) => string, RegExp]>([
		['nobody listens', () => 'http://127.0.0.1:9/v3', /could not be reached/],
		[
			'TLS is spoken to a server without it',
			(apiUrl) => apiUrl.replace('http:', 'https:'),
			/^The connection to SMTP2GO failed/,
		],
	])('is told when %s, without key and secret, and nothing is added', async (_, address, words) => {
		const trigger = open({ credentials: { ...account.credentials, baseUrl: address(account.simulator.apiUrl) } });
		const told = await trigger.publish().then(
			() => '',
			(error: unknown) => (error instanceof Error ? error.message : ''),
		);
		expect(told).toMatch(words);
		expect(told).not.toContain(account.credentials.apiKey);
		expect(ours()).toEqual([]);
		expect(Object.keys(trigger.memory).sort()).toEqual(['next', 'url']);
	});
});

describe('a change of the surroundings leaves one hook:', () => {
	test('the node is renamed: n8n takes the old one away and adds the new one', async () => {
		const before = open();
		await before.publish();
		await before.unpublish();
		const after = open({ name: 'Renamed' });
		await after.publish();
		expectInPlace(after);
	});

	test('the node is renamed and the old hook could not be removed: it is taken over by its URL', async () => {
		const before = open();
		await before.publish();
		account.simulator.setFault({ path: '/webhook/remove', fault: 'error', message: 'Not today', times: 0 });
		await expect(before.unpublish()).rejects.toThrow('Not today');
		account.simulator.clearFaults();
		const after = open({ name: 'Renamed' });
		await after.publish();
		expectInPlace(after);
		expect(after.memory.hookId).toBe(before.memory.hookId);
	});

	test('a duplicated workflow has its own hook and secret', async () => {
		const first = open();
		await first.publish();
		const copy = open({ webhookId: 'hook-2', workflowId: '2' });
		await copy.publish();
		expect(ours().map(({ url }) => url)).toEqual([first.url, copy.url]);
		expect(copy.memory.digest).not.toBe(first.memory.digest);
		const body = JSON.stringify({ event: 'bounce', bounce: 'hard', rcpt: 'x@example.com' });
		expect((await copy.deliver(body, { authorization: `Bearer ${first.secret}` })).status).toBe(401);
		await copy.unpublish();
		expectInPlace(first);
	});

	test('the workflow is imported elsewhere: each host has its own', async () => {
		const here = open();
		await here.publish();
		const there = open({ base: 'https://staging.example.com' });
		await there.publish();
		expect(ours().map(({ url }) => url)).toEqual([here.url, there.url]);
		await there.unpublish();
		expectInPlace(here);
	});

	test('the key changes within the account: nothing but one read', async () => {
		const before = open();
		await before.publish();
		const after = open({ credentials: { ...account.credentials, apiKey: account.simulator.addKey() } });
		after.remember(before);
		account.simulator.state.requests.length = 0;
		await after.activate();
		expect(account.simulator.state.requests.map(({ path }) => path)).toEqual(['/webhook/view']);
		expectInPlace(after);
	});

	test('the stored state is lost: the hook is taken over with a new secret', async () => {
		const before = open();
		await before.publish();
		const after = open();
		await after.publish();
		expectInPlace(after);
		expect(after.memory.digest).not.toBe(before.memory.digest);
	});

	test("if the account changes, the new one gets a webhook, and another's webhook with the same ID stays unchanged", async () => {
		const elsewhere = await openAccount({ probe: 'none' });
		const stranger = new Trigger({
			credentials: elsewhere.credentials,
			base: 'https://stranger.example.com',
			webhookId: 'hook-9',
		});
		await stranger.activate();
		const trigger = open({ credentials: elsewhere.credentials });
		Object.assign(trigger.memory, { url: trigger.url, digest: 'f'.repeat(64), hookId: stranger.memory.hookId });
		await trigger.activate();
		expect(elsewhere.simulator.state.hooks.map(({ url }) => url)).toEqual([stranger.url, trigger.url]);
		await elsewhere.simulator.stop();
	});
});
