/**
 * The trigger in whole Node-RED: which calls each change makes, what is left behind, and that every event comes once.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveToken } from '../../api';
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { deliverAll, report } from './support/deliveries';
import { configure, deploy, makeHome, start, versions, type RunningNodeRed } from './support/node-red';
import { pause, until } from './support/until';
import { openSimulator } from './support/simulator';

type Flow = Parameters<typeof deploy>[1];

/** The text of a function node that notes each event. */
const NOTE =
	"const ids = global.get('ids', 'fast') ?? []; ids.push(`${msg.payload.kind} ${msg.payload.eventId}`); global.set('ids', ids, 'fast');";
/** A page that shows what was noted. */
const PAGE = [
	{ id: 'page', type: 'tab', label: 'Page' },
	{ id: 'ask', z: 'page', type: 'http in', url: '/ids', method: 'get', x: 100, y: 100, wires: [['read']] },
	{
		id: 'read',
		z: 'page',
		type: 'function',
		func: "msg.payload = global.get('ids', 'fast') ?? []; return msg;",
		outputs: 1,
		x: 300,
		y: 100,
		wires: [['show']],
	},
	{ id: 'show', z: 'page', type: 'http response', x: 500, y: 100, wires: [] },
];
const STORES = { contextStorage: { default: { module: 'localfilesystem' }, fast: { module: 'memory' } } };
/** The password "pass" of the HTTP nodes (bcrypt). */
const NODE_AUTH = { user: 'nora', pass: '$2b$04$B8nPTe7566NOObFQRR5aLOiBF32Zom0oE9cSjwdE36EbFrR4gJmWq' };
const FOREIGN = 'https://example.com/hook';

describe.each(versions)('in Node-RED %s', (version) => {
	let here: Simulator;
	let there: Simulator;
	let running: RunningNodeRed;
	let home: string;
	/** Calls to the first simulator that were looked at. */
	let seen = 0;
	/** The log of all runs before this one. */
	let earlier = '';

	beforeAll(async () => {
		// Without a probe: whether SMTP2GO's own would take the 401 of a password for an answer is not known.
		[here, there] = [
			await openSimulator({ eventDelayMs: 0, probe: 'none' }),
			await openSimulator({ eventDelayMs: 0, probe: 'none' }),
		];
		for (const { state } of [here, there])
			state.hooks.push({
				id: state.nextId(),
				url: FOREIGN,
				events: ['open'],
				sms_events: [],
				headers: [],
				usernames: [],
				output_format: 'json',
				auth_header_type: '',
				auth_header_value: '',
				disabled: false,
			});
		home = makeHome();
		configure(home, STORES);
		running = await start(version, home);
	});
	afterAll(async () => {
		await running?.stop();
		await Promise.all([here?.stop(), there?.stop()]);
	});

	const account = (more: object = {}) => ({
		id: 'account',
		type: 'smtp2go-account',
		name: '',
		region: 'custom',
		baseUrl: here.apiUrl,
		publicUrl: running.url,
		version: 1,
		credentials: { apiKey: DEMO_API_KEY },
		...more,
	});
	const trigger = (more: object = {}) => ({
		id: 't',
		z: 'tab',
		type: 'smtp2go-trigger',
		name: '',
		account: 'account',
		events: ['bounce'],
		smsEvents: [],
		version: 1,
		x: 100,
		y: 100,
		wires: [['note']],
		...more,
	});
	const note = { id: 'note', z: 'tab', type: 'function', func: NOTE, outputs: 1, x: 300, y: 100, wires: [[]] };
	const tab = (more: object = {}) => ({ id: 'tab', type: 'tab', label: 'Test', ...more });
	const flow = (more: { tab?: object; account?: object; trigger?: object } = {}): Flow => [
		tab(more.tab),
		account(more.account),
		trigger(more.trigger),
		note,
		...PAGE,
	];
	const hooks = ({ state }: Simulator = here) => state.hooks.filter(({ url }) => url !== FOREIGN);
	const token = deriveToken(DEMO_API_KEY, 'account');
	const ids = async (root = '', headers: Record<string, string> = {}) =>
		(await fetch(`${running.url}${root}/ids`, { headers })).json() as Promise<string[]>;
	const post = (
		id: string,
		to = `${running.url}/smtp2go/account`,
		headers: Record<string, string> = { authorization: `Bearer ${token}` },
	) =>
		fetch(to, {
			method: 'POST',
			body: JSON.stringify({ event: 'bounce', bounce: 'hard', id, rcpt: 'ann@example.org' }),
			headers: { 'content-type': 'application/json', ...headers },
		}).then(async (response) => {
			await response.arrayBuffer();
			return response.status;
		});

	/** The events that were noted, once there are so many and no more come. */
	async function noted(number: number, root = '', headers: Record<string, string> = {}): Promise<string[]> {
		await until(`${number} events`, async () => (await ids(root, headers)).length >= number);
		await pause(300);
		return ids(root, headers);
	}

	/** The calls since the last look, once there are so many and no more come. */
	async function calls(number: number): Promise<string[]> {
		// What is missing shows where the calls are compared.
		await until(`${number} calls`, () => here.state.requests.length >= seen + number, 60_000).catch(
			() => undefined,
		);
		for (let before = -1; before !== here.state.requests.length; ) {
			before = here.state.requests.length;
			await pause(300);
		}
		const fresh = here.state.requests.slice(seen).map(({ path }) => path.replace('/webhook/', ''));
		seen = here.state.requests.length;
		return fresh;
	}
	async function expectCalls(...expected: string[]): Promise<void> {
		expect(await calls(expected.length)).toEqual(expected);
	}
	async function restart(end: 'stop' | 'kill', between: () => void = () => undefined): Promise<void> {
		await running[end]();
		earlier += running.log();
		between();
		running = await start(version, home, Number(new URL(running.url).port));
	}

	it('each change makes the calls it needs and no more', async () => {
		const steps: [string, Flow, 'full' | 'flows' | 'nodes', string[]][] = [
			['first deploy', flow(), 'full', ['view', 'add']],
			['full deploy without a change', flow(), 'full', ['view']],
			['moved node', flow({ trigger: { x: 200 } }), 'nodes', ['view']],
			['deploy of the flows', flow({ trigger: { name: 'Bounces' } }), 'flows', ['view']],
			['one more event', flow({ trigger: { events: ['bounce', 'spam'] } }), 'nodes', ['view', 'edit']],
			[
				'a filter by header',
				flow({ trigger: { filters: { filter_headers: [{ header: 'X-Tenant', value: 'acme' }] } } }),
				'nodes',
				['view', 'edit'],
			],
			['disabled node', flow({ trigger: { d: true } }), 'full', ['view', 'remove']],
			['enabled node', flow(), 'full', ['view', 'add']],
			['disabled tab', flow({ tab: { disabled: true } }), 'full', ['view', 'remove']],
			['enabled tab', flow(), 'full', ['view', 'add']],
			['deleted node', [tab(), account()], 'nodes', ['view', 'remove']],
			['node again', flow(), 'nodes', ['view', 'add']],
			[
				'another public address',
				flow({ account: { publicUrl: running.url.replace('127.0.0.1', 'localhost') } }),
				'nodes',
				['view', 'edit'],
			],
			['the first address', flow(), 'nodes', ['view', 'edit']],
			[
				'another key',
				flow({ account: { credentials: { apiKey: here.addKey({ permissions: ['*'] }) } } }),
				'nodes',
				['view', 'edit'],
			],
			['the first key', flow(), 'nodes', ['view', 'edit']],
			['another region', flow({ account: { baseUrl: there.apiUrl } }), 'nodes', ['view', 'remove']],
			['the first region', flow(), 'nodes', ['view', 'add']],
			['disabled account', flow({ account: { d: true } }), 'full', ['view', 'remove']],
			['enabled account', flow(), 'full', ['view', 'add']],
		];
		const made: [string, string[]][] = [];
		for (const [what, nodes, type, expected] of steps) {
			await deploy(running, nodes, type);
			made.push([what, await calls(expected.length)]);
		}
		expect(made).toEqual(steps.map(([what, , , expected]) => [what, expected]));
		expect(hooks()).toMatchObject([
			{ url: `${running.url}/smtp2go/account`, events: ['bounce'], headers: [], auth_header_value: token },
		]);
		expect(hooks(there)).toEqual([]);
	});

	it('a restart and a kill -9 read once and keep the hook; a repetition is still known', async () => {
		const [hook] = structuredClone(hooks());
		await post('before');
		await restart('stop');
		await expectCalls('view');
		expect(await post('before')).toBe(200);
		expect(await post('after')).toBe(200);
		expect(await noted(1)).toEqual(['hard-bounced after']);
		await restart('kill');
		await expectCalls('view');
		expect(hooks()).toEqual([hook]);
	});

	it('a trigger that was deleted while Node-RED was off takes its hook with it at the next start', async () => {
		const file = join(home, 'flows.json');
		await restart('stop', () =>
			writeFileSync(
				file,
				JSON.stringify(
					(JSON.parse(readFileSync(file, 'utf8')) as { id: string }[]).filter(({ id }) => id !== 't'),
				),
			),
		);
		await expectCalls('view', 'remove');
		expect(hooks()).toEqual([]);
		await deploy(running, flow());
		await expectCalls('view', 'add');
	});

	it('each instance of a subflow gets the events, also with the account inside the subflow', async () => {
		const inner = (more: object) => [
			tab(),
			{ id: 'sub', type: 'subflow', name: 'Bounces', in: [], out: [] },
			trigger({ z: 'sub', wires: [['inner-note']] }),
			{ ...note, id: 'inner-note', z: 'sub' },
			...['one', 'two'].map((id) => ({ id, z: 'tab', type: 'subflow:sub', x: 100, y: 100, wires: [] })),
			account(more),
			...PAGE,
		];
		await deploy(running, inner({}));
		await expectCalls('view');
		await post('subflow');
		expect(await noted(2)).toEqual(['hard-bounced subflow', 'hard-bounced subflow']);
		await deploy(running, inner({ z: 'sub' }));
		expect((await calls(6)).sort()).toEqual(['add', 'add', 'remove', 'view', 'view', 'view']);
		const inside = hooks().map(({ id, url }) => [id, url]);
		expect(inside.map(([, url]) => url).sort()).toEqual(
			['one', 'two'].map((id) => `${running.url}/smtp2go/${id}-account`),
		);
		// The ids of nodes in an instance stay the same over a restart, and so do the hooks.
		await restart('stop');
		await expectCalls('view', 'view');
		expect(hooks().map(({ id, url }) => [id, url])).toEqual(inside);
		await deploy(running, flow());
		expect((await calls(6)).sort()).toEqual(['add', 'remove', 'remove', 'view', 'view', 'view']);
		expect(hooks()).toHaveLength(1);
	});

	it('2,000 deliveries at once, each tenth of them twice: each event comes once', async () => {
		const numbers = Array.from({ length: 2_200 }, (_, index) => `burst ${index % 2_000}`);
		const sent = await deliverAll(`${running.url}/smtp2go/account`, token, numbers, { timeoutMs: 60_000 });
		const got = (await noted(2_000)).filter((id) => id.includes('burst'));
		report(
			`Node-RED ${version}: 2,200 deliveries at once in ${sent.seconds.toFixed(1)} s, ${sent.requests} ` +
				`requests ${JSON.stringify(sent.refused)}, ${got.length} events, ${new Set(got).size} different ` +
				'ones',
		);
		// Each was answered by 200 at the first try.
		expect([sent.requests, sent.refused]).toEqual([2_200, {}]);
		expect([got.length, new Set(got).size]).toEqual([2_000, 2_000]);
	});

	it('other roots and a password of the HTTP nodes', async () => {
		await restart('stop', () =>
			configure(home, { ...STORES, httpAdminRoot: '/admin', httpNodeRoot: '/red', httpNodeAuth: NODE_AUTH }),
		);
		const editor = { ...running, url: `${running.url}/admin` };
		await deploy(
			editor,
			flow({
				account: {
					hookAuth: 'basic',
					credentials: { apiKey: DEMO_API_KEY, hookUser: 'nora', hookPassword: 'pass' },
				},
			}),
		);
		// A new process cannot tell that the hook at the earlier address is its own and not that of a copy: it stays.
		await expectCalls('view', 'add');
		const address = `${running.url}/red/smtp2go/account/${token}`;
		const basic = { authorization: `Basic ${Buffer.from('nora:pass').toString('base64')}` };
		expect(hooks()).toMatchObject([
			{ url: `${running.url}/smtp2go/account` },
			{ url: address, auth_header_type: 'basic' },
		]);
		expect([
			await post('root', address, basic),
			await post('root 2', address, {}),
			await post('root 3', `${running.url}/red/smtp2go/account`, basic),
			await post('root 4', `${running.url}/smtp2go/account/${token}`, basic),
		]).toEqual([200, 401, 401, 404]);
		expect(await noted(1, '/red', basic)).toEqual(['hard-bounced root']);
		await deploy(editor, [tab()]);
		await expectCalls('view', 'remove');
		expect(hooks()).toMatchObject([{ url: `${running.url}/smtp2go/account` }]);
	});

	it('hooks of others are as they were, and the logs hold no secret and no error of ours', () => {
		expect(
			[here, there].map(({ state }) =>
				state.hooks.filter(({ url }) => url === FOREIGN).map(({ url, events }) => [url, events]),
			),
		).toEqual([[[FOREIGN, ['open']]], [[FOREIGN, ['open']]]]);
		expect(hooks(there)).toEqual([]);
		const log = earlier + running.log();
		// The start with a password of the HTTP nodes, before the account knew it.
		expect(log.split('\n').filter((line) => /\[error\]|uncaught|unhandled/i.test(line))).toEqual([
			expect.stringContaining('asks for a user and password (httpNodeAuth)'),
		]);
		for (const secret of [DEMO_API_KEY, token]) expect(log).not.toContain(secret);
	});
});
