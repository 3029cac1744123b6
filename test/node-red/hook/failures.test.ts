/** What the trigger shows and does if its webhook cannot be set up. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { deriveToken } from '../../../api';
import { timingOf } from '../../../node-red/runtime/platform/timing';
import type { Simulator } from '../../../simulator';
import { addHook, triggerFlow } from '../support/flows';
import {
	deploy,
	hookSettled,
	inbox,
	key,
	load,
	loggedErrors,
	node,
	runtime,
	unload,
	until,
	type Web,
} from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

const flow = (triggers: Parameters<typeof triggerFlow>[2], more: object = {}) =>
	triggerFlow(simulator, web.url, triggers, more);
const bounce = [{ id: 't', events: ['bounce'] }];
const url = () => `${web.url}/smtp2go/account`;
const calls = () => simulator.state.requests.map(({ path }) => path.replace('/webhook/', ''));

afterEach(() => {
	jest.restoreAllMocks();
});

/** The delays of timers that were set since, of those that can only be a retry's. */
function retries() {
	const timers = jest.spyOn(globalThis, 'setTimeout');
	return () => timers.mock.calls.flatMap(([, delay]) => ([17, 34, 68, 136].includes(delay ?? 0) ? [delay] : []));
}

describe('a registration that cannot work', () => {
	const shown = async (more: object, settings: object = {}, credentials: Record<string, object> = key()) => {
		const states = [
			...flow(bounce, more),
			{ id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['states']] },
			{ id: 'states', z: 'tab', type: 'helper' },
		];
		await load(states, credentials, settings);
		const box = inbox('states');
		await until(() =>
			box.messages.some(({ status }) => status?.['fill'] === 'red' || status?.['text'] === 'status.manual'),
		);
		return String(box.messages.at(-1)?.status?.['text']);
	};

	it.each<[string, object, object, Record<string, object>, RegExp]>([
		['a private address at SMTP2GO itself', { region: 'api' }, {}, key(), /cannot reach 127\.0\.0\.1/],
		['no public address', { publicUrl: '' }, {}, key(), /noPublicUrl/],
		['no URL at all', { publicUrl: 'nonsense' }, {}, key(), /not an http or https URL/],
		['no key', {}, {}, {}, /noKey/],
		['no HTTP nodes', {}, { httpNodeRoot: false }, key(), /noHttpNodes/],
		['a password in the way', {}, { httpNodeAuth: { user: 'u', pass: 'p' } }, key(), /httpNodeAuth/],
	])('says why, without a call: %s', async (_what, more, settings, credentials, text) => {
		expect(await shown(more, settings, credentials)).toMatch(text);
		expect(calls()).toEqual([]);
	});

	it('for want of permissions asks for a hook by hand, and turns green with the first event', async () => {
		const weak = simulator.addKey({ permissions: ['/email/send'] });
		const delays = retries();
		expect(await shown({}, { smtp2goTimes: { firstRetry: 17 } }, key(weak))).toBe('status.manual');
		expect(simulator.state.hooks).toEqual([]);
		const states = inbox('states');
		await fetch(url(), {
			method: 'POST',
			body: '{"event":"bounce"}',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${deriveToken(weak, 'account')}` },
		});
		await states.next();
		expect(states.messages.at(-1)?.status).toMatchObject({ fill: 'green', text: 'status.lastEvent' });
		// A retry would turn it back.
		await hookSettled();
		expect(delays()).toEqual([]);
		expect(calls()).toEqual(['view']);
	});

	it('never adds a hook when the list could not be read', async () => {
		simulator.setFault({ path: '/webhook/view', fault: 'error', status: 400, message: 'No', times: 0 });
		await shown({});
		expect(calls()).not.toContain('add');
	});
});

describe('at the limit of hooks', () => {
	it('the status is short, and the log lists the webhooks in the way, those of this host, and how to free one', async () => {
		for (const address of ['https://crm.example.org/hook?token=hidden', `${web.url}/smtp2go/other`])
			addHook(simulator, address);
		const before = structuredClone(simulator.state.hooks);
		simulator.state.webhookLimit = 2;
		await load(
			[
				...flow(bounce),
				{ id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['states']] },
				{ id: 'states', z: 'tab', type: 'helper' },
			],
			key(),
		);
		const states = inbox('states');
		await until(() => loggedErrors().length > 0);
		expect(states.messages.at(-1)?.status).toMatchObject({
			fill: 'red',
			text: 'You have reached the maximum number of webhooks for your plan (2).',
		});
		const [told = ''] = loggedErrors();
		expect(told).toMatch(/to https:\/\/crm\.example\.org\/hook \(open\)/);
		expect(told).toContain(`to ${web.url}/smtp2go/other (on this host; open)`);
		expect(told).toContain('Settings > Webhooks');
		expect(told).not.toMatch(/hidden/);
		expect(simulator.state.hooks).toEqual(before);
	});

	it('the trigger turns green by itself once a hook was freed', async () => {
		addHook(simulator, 'https://crm.example.org/hook');
		simulator.state.webhookLimit = 1;
		await load(flow(bounce), key(), { smtp2goTimes: { firstRetry: 50, lastRetry: 50 } });
		await until(() => loggedErrors().length > 0);
		simulator.state.hooks.length = 0;
		await until(() => simulator.state.hooks.some((hook) => hook.url === url()));
	});
});

describe('a way to SMTP2GO that is broken', () => {
	it.each<[string, (apiUrl: string) => string]>([
		['nobody listens', () => 'http://127.0.0.1:9/v3'],
		['TLS is spoken to a server without it', (apiUrl) => apiUrl.replace('http:', 'https:')],
	])(
		'is told when %s, without the key, and gets better by itself once the address is right',
		async (_what, address) => {
			await load(flow(bounce, { baseUrl: address(simulator.apiUrl) }), key(), {
				smtp2goTimes: { firstRetry: 50, lastRetry: 50, removal: 100 },
			});
			await until(() => loggedErrors().length > 0, 20_000);
			expect(loggedErrors().join()).toMatch(/could not be reached/);
			expect(loggedErrors().join()).not.toContain('api-');
			await deploy(flow(bounce), 'nodes');
			await until(() => simulator.state.hooks.length === 1);
		},
		30_000,
	);
});

describe('the time before a retry', () => {
	const settings = { smtp2goTimes: { firstRetry: 17, lastRetry: 1_000 } };

	it('doubles with each failure, and starts over after a success', async () => {
		const delays = retries();
		simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'Not now', times: 3 });
		await load(flow(bounce), key(), { smtp2goTimes: { ...settings.smtp2goTimes, check: 300 } });
		await until(() => simulator.state.hooks.length === 1);
		await hookSettled();
		expect(delays()).toEqual([17, 34, 68]);
		// The next look, which needs no deploy, fails.
		simulator.setFault({ path: '/webhook/view', fault: 'error', status: 400, message: 'Not now', times: 1 });
		await until(() => delays().length === 4);
		expect(delays()).toEqual([17, 34, 68, 17]);
	});

	it('does not begin where only a deploy can help', async () => {
		const delays = retries();
		await load(flow(bounce, { publicUrl: '' }), key(), settings);
		await until(() => loggedErrors().length > 0);
		await hookSettled();
		expect(delays()).toEqual([]);
	});
});

describe('a failure that may pass', () => {
	it('is tried again by itself', async () => {
		simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'Not now', times: 1 });
		await load(flow(bounce), key(), { smtp2goTimes: { firstRetry: 500 } });
		await until(() => loggedErrors().some((text) => text.includes('Not now')));
		expect(simulator.state.hooks).toEqual([]);
		await until(() => simulator.state.hooks.length === 1, 15_000);
	});
});

describe('closing', () => {
	it('does not wait for SMTP2GO when Node-RED restarts', async () => {
		simulator.setFault({ path: '*', fault: 'slow', ms: 30_000, times: 0 });
		await load(flow(bounce), key());
		await until(() => simulator.state.requests.length === 1);
		const began = Date.now();
		// Node-RED itself would wait for 15 seconds.
		await unload();
		expect(Date.now() - began).toBeLessThan(10_000);
	});

	it('of a deleted account gives up after a time, which is 8 seconds unless the settings say otherwise', async () => {
		await load(flow(bounce), key());
		expect(timingOf(runtime()).removal).toBe(8_000);
		await unload();
		await load(flow(bounce), key(), { smtp2goTimes: { removal: 500, firstRetry: 2_000 } });
		await until(() => simulator.state.hooks.length === 1);
		simulator.setFault({ path: '*', fault: 'slow', ms: 30_000, times: 0 });
		const began = Date.now();
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }]);
		expect(Date.now() - began).toBeLessThan(10_000);
		expect(node('t')).toBeNull();
		// What was left behind is removed later, by itself.
		simulator.clearFaults();
		await until(() => simulator.state.hooks.length === 0, 15_000);
	});
});
