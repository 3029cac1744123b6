/**
 * Two Node-RED with the same flow file: the original, whose hook is there already, and this one, a copy at another
 * address. The copy must not take the original's events.
 */
import { deriveToken } from '../../../api';
import { DEMO_API_KEY, type Hook, type Simulator } from '../../../simulator';
import { addHook, triggerFlow } from '../support/flows';
import { deploy, hookSettled, inbox, key, load, logged, loggedErrors, until, type Web } from '../support/node-red';
import { useNodeRed } from '../support/use-node-red';

let simulator: Simulator;
let web: Web;
useNodeRed(
	(started) => {
		({ simulator, web } = started);
	},
	{ simulator: { webhookEdit: 'reset' }, deletesAll: true },
);

const WARNING = 30;
const ORIGINAL = 'https://flows.example.com/smtp2go/account';
const bounce = [{ id: 't', events: ['bounce'] }];
type Triggers = Parameters<typeof triggerFlow>[2];
const flow = (triggers: Triggers = bounce, more: object = {}) => triggerFlow(simulator, web.url, triggers, more);
const own = () => `${web.url}/smtp2go/account`;
const urls = () => simulator.state.hooks.map((hook) => hook.url);
const calls = (from = 0) => simulator.state.requests.slice(from).map(({ path }) => path.replace('/webhook/', ''));
/** What the original registered: the same secret, since it has the same key and account. */
function addOriginal(url = ORIGINAL): Hook {
	addHook(simulator, url);
	const hook = simulator.state.hooks.at(-1);
	if (!hook) throw new Error('no hook');
	return Object.assign(hook, {
		events: ['bounce'],
		auth_header_type: 'bearer',
		auth_header_value: deriveToken(DEMO_API_KEY, 'account'),
	});
}
const empty = [{ id: 'tab', type: 'tab', label: 'Empty' }];

describe('a copy of a flow file with another public address', () => {
	it("makes its own hook, and leaves the original's unchanged through deploys, looks and its own end", async () => {
		const before = structuredClone(addOriginal());
		await load(flow(), key(), { smtp2goTimes: { check: 60 } });
		await until(() => urls().includes(own()));
		expect(simulator.state.hooks[0]).toEqual(before);
		await deploy(flow([{ id: 't', events: ['bounce', 'open'] }]));
		await until(() => simulator.state.hooks[1]?.events.includes('open') === true);
		const from = simulator.state.requests.length;
		await until(() => calls(from).length >= 3);
		await deploy(empty);
		await until(() => urls().length === 1);
		expect(simulator.state.hooks).toEqual([before]);
	});

	it('says once which hook it left where it was, and what to do', async () => {
		const { id } = addOriginal();
		await load(flow(), key(), { smtp2goTimes: { check: 60 } });
		await until(() => calls().length >= 6);
		const told = logged(WARNING).filter((text) => text.includes('same trigger'));
		expect(told).toHaveLength(1);
		expect(told[0]).toContain(
			`no. ${id} to ${ORIGINAL} (bounce). If this trigger moved here from that address, remove ` +
				`no. ${id} on SMTP2GO's page Settings > Webhooks`,
		);
	});

	it('fails if the account has room for only one webhook, and the log names it and says what to do', async () => {
		const before = structuredClone(addOriginal());
		simulator.state.webhookLimit = 1;
		await load(flow(), key());
		await until(() => loggedErrors().length > 0);
		expect(loggedErrors()[0]).toContain(
			`Existing webhooks (1, none of them on this host): no. ${before.id} to ${ORIGINAL} (bounce). ` +
				`Of the same trigger at another address: no. ${before.id}. ` +
				'If this trigger moved here from that address, remove',
		);
		await deploy(empty);
		expect(simulator.state.hooks).toEqual([before]);
	});

	it('below another path of the same host is a copy too', async () => {
		const before = structuredClone(addOriginal(`${web.url}/red/smtp2go/account`));
		await load(flow(), key());
		await until(() => urls().includes(own()));
		expect(simulator.state.hooks[0]).toEqual(before);
	});
});

describe("a copy that was first started with the original's public address", () => {
	/** Shares the original's hook. */
	async function shared() {
		addOriginal(own());
		await load(flow(), key());
		await until(() => calls().length > 0);
		await hookSettled();
		expect(calls()).toEqual(['view']);
	}
	const moved = () => web.url.replace('127.0.0.1', 'localhost');

	it('leaves it the hook when it gets its own address', async () => {
		await shared();
		const before = structuredClone(simulator.state.hooks);
		await deploy(flow(bounce, { publicUrl: moved() }));
		await until(() => urls().length === 2);
		expect(urls()).toEqual([own(), `${moved()}/smtp2go/account`]);
		await until(() => logged(WARNING).join().includes(`no. ${before[0]?.id} to ${own()} `));
		await deploy(empty);
		await until(() => urls().length === 1);
		expect(simulator.state.hooks).toEqual(before);
	});

	it('leaves it the hook when it gets its own address and loses its triggers at the same time', async () => {
		await shared();
		const before = structuredClone(simulator.state.hooks);
		await deploy(flow([], { publicUrl: moved() }));
		await until(() => logged(WARNING).join().includes('errors.oldWebhookKept'));
		await deploy(empty);
		await hookSettled();
		expect(simulator.state.hooks).toEqual(before);
	});

	it('leaves it the hook when it gets its own address and subaccount', async () => {
		await shared();
		const before = structuredClone(simulator.state.hooks);
		await deploy(flow(bounce, { publicUrl: moved(), subaccount: 'sub1' }));
		await until(() => urls().length === 2 && logged(WARNING).join().includes('errors.oldWebhookKept'));
		await hookSettled();
		expect(simulator.state.hooks[0]).toEqual(before[0]);
	});

	it('leaves it the hook when its address cannot be registered', async () => {
		await shared();
		const before = structuredClone(simulator.state.hooks);
		simulator.state.webhookLimit = 1;
		await deploy(flow(bounce, { publicUrl: moved() }));
		await until(() => loggedErrors().length > 0);
		await deploy(empty);
		expect(simulator.state.hooks).toEqual(before);
	});
});

describe('a hook that its owner disabled', () => {
	const watch = [
		{ id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['states']] },
		{ id: 'states', z: 'tab', type: 'helper' },
	];

	it('stays disabled, is logged once and shown, and the trigger turns green when it is enabled', async () => {
		await load([...flow(), ...watch], key(), { smtp2goTimes: { check: 60 } });
		const states = inbox('states');
		const last = () => states.messages.at(-1)?.status;
		await until(() => last()?.['fill'] === 'green');
		for (const hook of simulator.state.hooks) hook.disabled = true;
		await until(() => last()?.['text'] === 'status.paused');
		const from = simulator.state.requests.length;
		await until(() => calls(from).length >= 3);
		expect(new Set(calls(from))).toEqual(new Set(['view']));
		expect(logged(WARNING).filter((text) => text.includes('errors.paused'))).toHaveLength(1);
		for (const hook of simulator.state.hooks) hook.disabled = false;
		await until(() => last()?.['fill'] === 'green');
	});

	it('stays so where something else is repaired, and keeps the headers that its owner has SMTP2GO send', async () => {
		await load(flow(), key(), { smtp2goTimes: { check: 60 } });
		await until(() => urls().length === 1);
		for (const hook of simulator.state.hooks)
			Object.assign(hook, {
				disabled: true,
				events: ['open'],
				custom_headers: [{ header: 'X-Team', value: 'shop' }],
			});
		await until(() => simulator.state.hooks[0]?.events.includes('bounce') === true);
		expect(simulator.state.hooks).toMatchObject([
			{ disabled: true, events: ['bounce'], custom_headers: [{ header: 'X-Team', value: 'shop' }] },
		]);
	});
});

describe('a registration that fails', () => {
	const catcher = [
		{ id: 'catch', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
		{ id: 'caught', z: 'tab', type: 'helper' },
	];
	const sources = (box: ReturnType<typeof inbox>) =>
		box.messages.map(({ error }) => (error?.['source'] as { id?: string }).id);
	const fail = (message: string) => {
		simulator.clearFaults();
		simulator.setFault({ path: '/webhook/add', fault: 'error', message, times: 0 });
	};
	const tries = () => calls().filter((name) => name === 'add').length;
	const times = { smtp2goTimes: { firstRetry: 30, lastRetry: 30 } };

	it('reaches Catch for each trigger, once for each failure and not for each try', async () => {
		fail('Out of order');
		const both = [...bounce, { id: 'u', events: ['open'] }];
		await load([...flow(both), ...catcher], key(), times);
		const caught = inbox('caught');
		await until(() => tries() >= 4);
		expect(sources(caught)).toEqual(['t', 'u']);
		expect(caught.messages[0]).toMatchObject({
			topic: 'webhook-failed',
			payload: expect.stringContaining('Out of order'),
			error: { message: expect.stringContaining('Out of order') },
		});
		fail('Still out of order');
		await until(() => caught.messages.length === 4);
		// What is caught is not in the log as well.
		expect(loggedErrors()).toEqual([]);
		simulator.clearFaults();
		await until(() => urls().length === 1);
		fail('Still out of order');
		simulator.state.hooks.length = 0;
		await deploy(
			[
				...flow([
					{ id: 't', events: ['bounce', 'spam'] },
					{ id: 'u', events: ['open'] },
				]),
				...catcher,
			],
			'nodes',
		);
		await until(() => caught.messages.length === 6);
		simulator.clearFaults();
	});

	it('of an address that SMTP2GO cannot reach reaches Catch as well', async () => {
		await load([...flow(bounce, { region: 'api' }), ...catcher], key());
		const caught = inbox('caught');
		expect(await caught.next()).toMatchObject({
			topic: 'webhook-failed',
			error: { source: { id: 't' }, message: expect.stringContaining('cannot reach') },
		});
	});

	it('is told to a trigger that comes later too', async () => {
		fail('Out of order');
		await load([...flow(), ...catcher], key(), times);
		const caught = inbox('caught');
		await caught.next();
		await deploy([...flow([...bounce, { id: 'u', events: ['open'] }]), ...catcher], 'nodes');
		await until(() => sources(caught).length === 2);
		expect(sources(caught)).toEqual(['t', 'u']);
		simulator.clearFaults();
	});
});

describe('two changes at once:', () => {
	it('the hook is lost and the key changes in one deploy: the new hook stays', async () => {
		await load(flow(), key());
		await until(() => urls().length === 1);
		await hookSettled();
		simulator.state.hooks.length = 0;
		const other = simulator.addKey({ permissions: ['*'] });
		await deploy(flow(bounce, { credentials: { apiKey: other } }), 'nodes');
		await until(() => urls().length === 1);
		await hookSettled();
		expect(simulator.state.hooks).toMatchObject([{ url: own(), auth_header_value: deriveToken(other, 'account') }]);
	});

	it('the answer to the add is lost and the account is deleted: no hook is left', async () => {
		simulator.setFault({ path: '/webhook/add', fault: 'reset', when: 'after', times: 0 });
		simulator.setFault({ path: '/webhook/view', fault: 'slow', ms: 50, times: 0 });
		await load(flow(), key(), { smtp2goTimes: { firstRetry: 60_000, lastRetry: 60_000 } });
		await until(() => urls().length === 1);
		await deploy(empty);
		await until(() => urls().length === 0);
	});

	it('the permission is lost and the last trigger goes: the log says that the hook is left', async () => {
		await load(flow(), key());
		await until(() => urls().length === 1);
		await hookSettled();
		simulator.setFault({
			path: '*',
			fault: 'error',
			status: 400,
			message: 'You do not have permission to access this API endpoint',
			times: 0,
		});
		await deploy(flow([]));
		await until(() => loggedErrors().length > 0);
		expect(loggedErrors().join()).toMatch(/permission/i);
		simulator.clearFaults();
	});
});
