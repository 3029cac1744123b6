import { deriveToken } from '../../../api';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';
import { addHook, triggerFlow } from '../support/flows';
import { deploy, hookSettled, key, load, logged, loggedErrors, unload, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ deletesAll: true },
);

type Triggers = Parameters<typeof triggerFlow>[2];
const flow = (triggers: Triggers, more: object = {}) => triggerFlow(simulator, web.url, triggers, more);
const bounce: Triggers = [{ id: 't', events: ['bounce'] }];
const url = () => `${web.url}/smtp2go/account`;
/** The calls since the last look. */
let seen = 0;
const calls = () => {
	const fresh = simulator.state.requests.slice(seen).map(({ path }) => path.replace('/webhook/', ''));
	seen = simulator.state.requests.length;
	return fresh;
};
/** What the log says of hooks that an earlier run left. */
const leftovers = () => logged(40).filter((text) => text.includes('errors.leftoverWebhookRemoved'));
beforeEach(() => {
	seen = 0;
});

async function start(triggers: Triggers = bounce, more: object = {}) {
	await load(flow(triggers, more), key());
	await until(() => simulator.state.hooks.length > 0);
	await hookSettled();
}

describe('each deploy makes the calls it needs and no more', () => {
	it('the first one reads and adds one hook for all triggers', async () => {
		await start([
			{ id: 't', events: ['bounce', 'open'] },
			{ id: 'u', events: ['open'], smsEvents: ['failed'] },
		]);
		expect(calls()).toEqual(['view', 'add']);
		expect(simulator.state.hooks).toMatchObject([
			{
				url: url(),
				events: ['bounce', 'open'],
				sms_events: ['failed'],
				output_format: 'json',
				auth_header_type: 'bearer',
				auth_header_value: deriveToken(DEMO_API_KEY, 'account'),
			},
		]);
	});

	it.each<[string, () => Promise<void>, string[]]>([
		['a full one without a change reads', () => deploy(flow(bounce)), ['view']],
		[
			'a trigger that asks for one more event',
			() => deploy(flow([{ id: 't', events: ['bounce', 'open'] }]), 'nodes'),
			['view', 'edit'],
		],
		[
			'a trigger whose place on the canvas changed',
			() => deploy(flow([{ id: 't', events: ['bounce'], x: 100, y: 0 } as never]), 'nodes'),
			['view'],
		],
		[
			'an account that asks for echoed headers',
			() => deploy(flow(bounce, { headers: 'X-Order' }), 'nodes'),
			['view', 'edit'],
		],
		[
			'an account with another public address',
			() => deploy(flow(bounce, { publicUrl: `${web.url}/` }), 'nodes'),
			['view'],
		],
		['the last trigger deleted', () => deploy(flow([]), 'nodes'), ['view', 'remove']],
		[
			'the last trigger disabled',
			() => deploy(flow([{ id: 't', events: ['bounce'], d: true }]), 'full'),
			['view', 'remove'],
		],
		['account and trigger deleted', () => deploy([{ id: 'tab', type: 'tab', label: 'Test' }]), ['view', 'remove']],
	])('%s', async (_what, change, expected) => {
		await start();
		calls();
		await change();
		await hookSettled();
		expect(calls()).toEqual(expected);
	});

	it('a changed key edits the hook, because the secret changes with it', async () => {
		const other = simulator.addKey({ permissions: ['*'] });
		await start();
		calls();
		await deploy(flow(bounce, { credentials: { apiKey: other } }), 'nodes');
		await hookSettled();
		expect(calls()).toEqual(['view', 'edit']);
		expect(simulator.state.hooks).toMatchObject([{ auth_header_value: deriveToken(other, 'account') }]);
	});

	it('a restart keeps the hook', async () => {
		await start();
		const before = [...simulator.state.hooks];
		await unload();
		await load(flow(bounce), key());
		await hookSettled();
		expect(calls()).toEqual(['view', 'add', 'view']);
		expect(simulator.state.hooks).toEqual(before);
	});

	it('an account without triggers and public address makes no call', async () => {
		await load(flow([], { publicUrl: '' }), key());
		await hookSettled();
		expect(calls()).toEqual([]);
	});

	it('an account without triggers looks once whether an earlier run left a hook, and removes it', async () => {
		addHook(simulator, url());
		addHook(simulator, 'https://example.com/hook');
		addHook(simulator, 'https://other.example.com/smtp2go/account');
		seen = simulator.state.requests.length;
		await load(flow([]), key());
		await hookSettled();
		expect(calls()).toEqual(['view', 'remove']);
		expect(simulator.state.hooks.map((hook) => hook.url)).toEqual([
			'https://example.com/hook',
			'https://other.example.com/smtp2go/account',
		]);
		expect(leftovers()).toHaveLength(1);
		addHook(simulator, url());
		await deploy(flow([]));
		await hookSettled();
		expect(calls()).toEqual([]);
	});

	it('an account without triggers looks again for a hook of an earlier run if it could not look', async () => {
		addHook(simulator, url());
		simulator.setFault({ path: '/webhook/view', fault: 'error', status: 400, message: 'Not now', times: 1 });
		await load(flow([]), key());
		await until(() => loggedErrors().some((text) => text.includes('Not now')));
		await deploy(flow([]));
		await hookSettled();
		expect(calls()).toEqual(['view', 'view', 'remove']);
		expect(leftovers()).toHaveLength(1);
	});

	it('an account whose last trigger goes has no hook of an earlier run, and is not looked at again', async () => {
		await start();
		await deploy(flow([]), 'nodes');
		await hookSettled();
		expect(calls()).toEqual(['view', 'add', 'view', 'remove']);
		await deploy(flow([]));
		await hookSettled();
		expect(calls()).toEqual([]);
		expect(leftovers()).toEqual([]);
	});

	it('an account without triggers and key makes no call and reports nothing', async () => {
		await load(flow([]), {});
		await hookSettled();
		expect(calls()).toEqual([]);
		expect(loggedErrors()).toEqual([]);
	});

	it('an account without triggers whose key may not look is left in peace', async () => {
		await load(flow([]), key(simulator.addKey({ permissions: ['/email/send'] })));
		await hookSettled();
		await deploy(flow([]));
		await hookSettled();
		expect(calls()).toEqual(['view']);
		expect(loggedErrors()).toEqual([]);
	});

	it.each<[string, object]>([
		['a disabled account', { d: true }],
		['an account of a tab that was disabled', { z: 'other' }],
	])('%s loses its hook, and gets it back', async (_what, more) => {
		await start();
		calls();
		await deploy([...flow(bounce, more), { id: 'other', type: 'tab', label: 'Other', disabled: true }]);
		await until(() => simulator.state.hooks.length === 0);
		expect(calls()).toEqual(['view', 'remove']);
		await deploy(flow(bounce));
		await until(() => simulator.state.hooks.length === 1);
		expect(calls()).toEqual(['view', 'add']);
	});
});

describe('hooks of others', () => {
	it('stay as they are from the first deploy to the last', async () => {
		const foreign = ['https://example.com/hook', `${web.url}/smtp2go/other-account`, `${web.url}/smtp2go/account2`];
		for (const address of foreign) addHook(simulator, address);
		const before = structuredClone(simulator.state.hooks);
		await load(flow(bounce), key());
		await until(() => simulator.state.hooks.length === before.length + 1);
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }]);
		expect(JSON.stringify(simulator.state.hooks)).toBe(JSON.stringify(before));
	});

	it('are told from ours of an earlier public address, where this process made it, which is edited', async () => {
		await start();
		calls();
		await deploy(flow(bounce, { publicUrl: web.url.replace('127.0.0.1', 'localhost') }));
		await hookSettled();
		expect(calls()).toEqual(['view', 'edit']);
		expect(simulator.state.hooks).toMatchObject([{ url: url().replace('127.0.0.1', 'localhost') }]);
	});

	it('that another Node-RED with the same flows took are left to it', async () => {
		await start();
		const [hook] = simulator.state.hooks;
		if (hook) hook.url = 'https://twin.example.com/smtp2go/account';
		calls();
		for (const expected of [['view', 'add'], ['view']]) {
			await deploy(flow(bounce));
			await hookSettled();
			expect(calls()).toEqual(expected);
		}
		expect(simulator.state.hooks.map((one) => one.url)).toEqual([
			'https://twin.example.com/smtp2go/account',
			url(),
		]);
		await deploy(flow([]));
		await hookSettled();
		expect(simulator.state.hooks.map((one) => one.url)).toEqual(['https://twin.example.com/smtp2go/account']);
	});
});

describe('two accounts', () => {
	it('each have their own hook', async () => {
		const second = flow([{ id: 'u', events: ['open'] }])
			.filter(({ type }) => type !== 'tab')
			.map((one) => ({ ...one, ...(one.id === 'account' ? { id: 'account2' } : { account: 'account2' }) }));
		await load([...flow(bounce), ...second], { ...key(), account2: { apiKey: DEMO_API_KEY } });
		await until(() => simulator.state.hooks.length === 2);
		expect(simulator.state.hooks.map((hook) => [hook.url, hook.events]).sort()).toEqual([
			[url(), ['bounce']],
			[`${url()}2`, ['open']],
		]);
		// One of them goes: the other, with the same key, keeps its hook.
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }, ...second]);
		await until(() => simulator.state.hooks.length === 1);
		expect(simulator.state.hooks).toMatchObject([{ url: `${url()}2`, events: ['open'] }]);
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }]);
		expect(simulator.state.hooks).toEqual([]);
	});
});
