/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { deriveToken } from '../../api';
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../simulator';
import { triggerFlow } from './support/flows';
import { deploy, inbox, key, load, loggedErrors, node, quiet, unload, until, Web } from './support/node-red';

let simulator: Simulator;
let web: Web;
beforeAll(async () => { [simulator, web] = [await startSimulator({ eventDelayMs: 0 }), await Web.start()]; });
afterAll(async () => { await web.stop(); await simulator.stop(); });
afterEach(async () => {
	// Deletes account and trigger, so that a test begins without a memory of the one before.
	await deploy([{ id: 'tab', type: 'tab', label: 'Empty' }]).catch(() => undefined);
	await unload();
	simulator.reset();
});

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
beforeEach(() => { seen = 0; });

async function start(triggers: Triggers = bounce, more: object = {}) {
	await load(flow(triggers, more), key());
	await until(() => simulator.state.hooks.length > 0);
	await quiet(30);
}
const settled = () => quiet(60);

describe('each deploy makes the calls it needs and no more', () => {
	it('the first one reads and adds one hook for all triggers', async () => {
		await start([{ id: 't', events: ['bounce', 'open'] }, { id: 'u', events: ['open'], smsEvents: ['failed'] }]);
		expect(calls()).toEqual(['view', 'add']);
		expect(simulator.state.hooks).toMatchObject([{ url: url(), events: ['bounce', 'open'], sms_events: ['failed'], output_format: 'json', auth_header_type: 'bearer', auth_header_value: deriveToken(DEMO_API_KEY, 'account') }]);
	});

	it.each<[string, () => Promise<void>, string[]]>([
		['a full one without a change reads', () => deploy(flow(bounce)), ['view']],
		['a trigger that asks for one more event', () => deploy(flow([{ id: 't', events: ['bounce', 'open'] }]), 'nodes'), ['view', 'edit']],
		['a trigger whose place on the canvas changed', () => deploy(flow([{ id: 't', events: ['bounce'], x: 100 } as never]), 'nodes'), ['view']],
		['an account that asks for echoed headers', () => deploy(flow(bounce, { headers: 'X-Order' }), 'nodes'), ['view', 'edit']],
		['an account with another public address', () => deploy(flow(bounce, { publicUrl: `${web.url}/` }), 'nodes'), ['view']],
		['the last trigger deleted', () => deploy(flow([]), 'nodes'), ['view', 'remove']],
		['the last trigger disabled', () => deploy(flow([{ id: 't', events: ['bounce'], d: true }]), 'full'), ['view', 'remove']],
		['account and trigger deleted', () => deploy([{ id: 'tab', type: 'tab', label: 'Test' }]), ['view', 'remove']],
	])('%s', async (_what, change, expected) => {
		await start();
		calls();
		await change();
		await settled();
		expect(calls()).toEqual(expected);
	});

	it('a changed key edits the hook, because the secret changes with it', async () => {
		const other = simulator.addKey({ permissions: ['*'] });
		await start();
		calls();
		await deploy(flow(bounce, { credentials: { apiKey: other } }), 'nodes');
		await settled();
		expect(calls()).toEqual(['view', 'edit']);
		expect(simulator.state.hooks).toMatchObject([{ auth_header_value: deriveToken(other, 'account') }]);
	});

	it('a restart keeps the hook', async () => {
		await start();
		const before = [...simulator.state.hooks];
		await unload();
		await load(flow(bounce), key());
		await settled();
		expect(calls()).toEqual(['view', 'add', 'view']);
		expect(simulator.state.hooks).toEqual(before);
	});

	it('an account without triggers makes no call', async () => {
		await load(flow([]), key());
		await settled();
		expect(calls()).toEqual([]);
	});
});

describe('hooks of others', () => {
	it('stay as they are from the first deploy to the last', async () => {
		const foreign = ['https://example.com/hook', `${web.url}/smtp2go/other-account`, `${web.url}/smtp2go/account2`];
		for (const address of foreign) await fetch(`${simulator.apiUrl}/webhook/add`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-smtp2go-api-key': DEMO_API_KEY }, body: JSON.stringify({ url: address, events: ['open'] }) });
		const before = structuredClone(simulator.state.hooks);
		await load(flow(bounce), key());
		await until(() => simulator.state.hooks.length === before.length + 1);
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }]);
		expect(JSON.stringify(simulator.state.hooks)).toBe(JSON.stringify(before));
	});

	it('are told from ours of an earlier public address, which is edited', async () => {
		await start();
		const [hook] = simulator.state.hooks;
		if (hook) hook.url = 'https://old.example.com/red/smtp2go/account';
		calls();
		await deploy(flow(bounce));
		await settled();
		expect(calls()).toEqual(['view', 'edit']);
		expect(simulator.state.hooks).toMatchObject([{ url: url() }]);
	});
});

describe('a registration that cannot work', () => {
	const shown = async (more: object, settings: object = {}, credentials: Record<string, object> = key()) => {
		const states = [...flow(bounce, more), { id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['states']] }, { id: 'states', z: 'tab', type: 'helper' }];
		await load(states, credentials, settings);
		const box = inbox('states');
		await until(() => box.messages.some(({ status }) => status?.['fill'] === 'red' || status?.['text'] === 'status.byHand'));
		return String(box.messages.at(-1)?.status?.['text']);
	};

	it.each<[string, object, object, Record<string, object>, RegExp]>([
		['a private address at SMTP2GO itself', { region: 'api' }, {}, key(), /cannot reach 127\.0\.0\.1/],
		['no public address', { publicUrl: '' }, {}, key(), /noPublicUrl/],
		['no URL at all', { publicUrl: 'nonsense' }, {}, key(), /no http or https URL/],
		['no key', {}, {}, {}, /noKey/],
		['no HTTP nodes', {}, { httpNodeRoot: false }, key(), /noHttpNodes/],
		['a password in the way', {}, { httpNodeAuth: { user: 'u', pass: 'p' } }, key(), /httpNodeAuth/],
	])('says why, without a call: %s', async (_what, more, settings, credentials, text) => {
		expect(await shown(more, settings, credentials)).toMatch(text);
		expect(calls()).toEqual([]);
	});

	it('for want of permissions asks for a hook by hand, and turns green with the first event', async () => {
		const weak = simulator.addKey({ permissions: ['/email/send'] });
		expect(await shown({}, {}, key(weak))).toBe('status.byHand');
		expect(simulator.state.hooks).toEqual([]);
		const states = inbox('states');
		await fetch(url(), { method: 'POST', body: '{"event":"bounce"}', headers: { 'content-type': 'application/json', authorization: `Bearer ${deriveToken(weak, 'account')}` } });
		await states.next();
		expect(states.messages.at(-1)?.status).toMatchObject({ fill: 'green', text: 'status.listening' });
	});

	it('never adds a hook when the list could not be read', async () => {
		simulator.setFault({ path: '/webhook/view', fault: 'error', status: 400, message: 'No', times: 0 });
		await shown({});
		expect(calls()).not.toContain('add');
	});
});

describe('a failure that may pass', () => {
	it('is tried again by itself', async () => {
		simulator.setFault({ path: '/webhook/add', fault: 'error', status: 400, message: 'Not now', times: 1 });
		await load(flow(bounce), key());
		await until(() => loggedErrors().some((text) => text.includes('Not now')));
		expect(simulator.state.hooks).toEqual([]);
		await until(() => simulator.state.hooks.length === 1, 8_000);
	});
});

describe('closing', () => {
	it('does not wait for SMTP2GO when Node-RED restarts', async () => {
		simulator.setFault({ path: '*', fault: 'slow', ms: 30_000, times: 0 });
		await load(flow(bounce), key());
		await until(() => simulator.state.requests.length === 1);
		const began = Date.now();
		await unload();
		expect(Date.now() - began).toBeLessThan(2_000);
	});

	it('of a deleted account gives up after 8 seconds', async () => {
		await start();
		simulator.setFault({ path: '*', fault: 'slow', ms: 30_000, times: 0 });
		const began = Date.now();
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }]);
		expect(Date.now() - began).toBeLessThan(10_000);
		expect(node('t')).toBeNull();
	});
});

describe('two accounts', () => {
	it('each have their own hook', async () => {
		const second = flow([{ id: 'u', events: ['open'] }]).filter(({ type }) => type !== 'tab').map((one) => ({ ...one, ...(one.id === 'account' ? { id: 'account2' } : { account: 'account2' }) }));
		await load([...flow(bounce), ...second], { ...key(), account2: { apiKey: DEMO_API_KEY } });
		await until(() => simulator.state.hooks.length === 2);
		expect(simulator.state.hooks.map((hook) => [hook.url, hook.events]).sort()).toEqual([[url(), ['bounce']], [`${url()}2`, ['open']]]);
		await deploy([{ id: 'tab', type: 'tab', label: 'Test' }]);
		expect(simulator.state.hooks).toEqual([]);
	});
});
