/** A Node-RED runtime with our nodes, for tests; HTTP requests reach it at `publicUrl`. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import helper from 'node-red-node-test-helper';
import type { Node, NodeAPI, NodeInitializer, NodeMessage } from 'node-red';
import accountInit from '../../../node-red/nodes/smtp2go-account';
import askInit from '../../../node-red/nodes/smtp2go-ask';
import healthInit from '../../../node-red/nodes/smtp2go-health';
import outcomeInit from '../../../node-red/nodes/smtp2go-outcome';
import smsInInit from '../../../node-red/nodes/smtp2go-sms-in';
import triggerInit from '../../../node-red/nodes/smtp2go-trigger';
import { resourcesAndCustom as resources } from '../../../api';
import { nodeTypeOf } from '../../../node-red/generate/forms';
import { forgetAccount, memoryOf, rememberedAccounts } from '../../../node-red/runtime/state/process-state';
import { actionNode } from '../../../node-red/runtime/register';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';

helper.init(require.resolve('node-red'));

type Flow = Record<string, unknown>[];
type Layout = 'editorAtRoot' | 'editorElsewhere';

let app: express.Express | undefined;
let RED: NodeAPI | undefined;
const probe: NodeInitializer = (api) => {
	RED = api;
	app = api.httpNode;
};
/** The node with its messages as their keys: the test helper has no catalogs, and returns the key with the catalog's name. */
const withKeys =
	(init: NodeInitializer): NodeInitializer =>
	(api) =>
		init(Object.create(api, { _: { value: (key: string) => key.replace(/^[^:]*:/, '') } }) as NodeAPI);
const actions = resources.map((resource) => actionNode(resource.key, nodeTypeOf(resource)));

/** Node-RED's HTTP nodes on a port of their own, through restarts of the runtime. */
export class Web {
	private constructor(private readonly server: Server) {}

	/** @param layout with the editor at "/" its body parser has read each request before a node sees it */
	static async start(layout: Layout = 'editorAtRoot'): Promise<Web> {
		const front = express();
		if (layout === 'editorAtRoot')
			front.use(express.json({ limit: '5mb' }), express.urlencoded({ limit: '5mb', extended: true }));
		front.use((request, response, next) => (app ? app(request, response, next) : next()));
		const server = createServer(front);
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return new Web(server);
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => {
			this.server.close(resolve);
		});
	}
}

/** Puts the nodes of a tab somewhere: Node-RED takes a node without a place for a configuration node. */
function placed(flow: Flow): Flow {
	return flow.map((one) => ('z' in one && !('x' in one) ? { ...one, x: 0, y: 0 } : one));
}

/** True between `load` and `unload`: Node-RED starts no flows that are deployed while it is stopped. */
let isLoaded = false;

/**
 * Loads a flow with our nodes and waits until it runs.
 * @param others nodes beside ours
 */
export async function load(
	flow: Flow,
	credentials: Record<string, object> = {},
	settings: object = {},
	others: readonly NodeInitializer[] = [],
): Promise<void> {
	helper.settings(settings);
	isLoaded = true;
	const ours = [accountInit, triggerInit, healthInit, smsInInit, askInit, outcomeInit, ...actions];
	const inits = [probe, ...ours.map(withKeys), ...others];
	await helper.load(inits, placed(flow) as never, credentials as never);
}

/** What the test helper keeps to itself: its own `setFlows` waits 0.3 s for a start that may have been before. */
const { _redNodes: flows } = helper as unknown as {
	readonly _redNodes: { setFlows(flow: Flow, credentials: Record<string, object>, type: string): Promise<unknown> };
};

/** Deploys another flow and waits until it runs. */
export async function deploy(
	flow: Flow,
	type: 'full' | 'flows' | 'nodes' = 'full',
	credentials: Record<string, object> = {},
): Promise<void> {
	const started = once(runtime().events, 'flows:started', { signal: AbortSignal.timeout(15_000) });
	await Promise.all([started, flows.setFlows(placed(flow), credentials, type)]);
}

export async function unload(): Promise<void> {
	isLoaded = false;
	await helper.unload();
}

/** Deletes all accounts and triggers, and with them the memory of their webhooks and events. */
export async function deleteAll(): Promise<void> {
	if (isLoaded) await deploy([{ id: 'tab', type: 'tab', label: 'Empty' }]);
}

/**
 * Ends what still goes on after all accounts were deleted, and forgets them. A webhook at an address that nobody
 * answers is looked for again and again: that would hold up the tests that follow, and the end of the process.
 */
export async function forgetAll(): Promise<void> {
	for (const id of rememberedAccounts()) {
		const memory = memoryOf(id);
		memory.removal?.abort();
		memory.locations.clear();
		await hookSettled(id);
		forgetAccount(id);
	}
}

/** The runtime's API, as nodes see it. */
export function runtime(): NodeAPI {
	if (!RED) throw new Error('No flow is loaded');
	return RED;
}

export function node(id: string): Node {
	return helper.getNode(id);
}

export const request = () => helper.request();

/** Sentences of the log, of all levels or of one. */
export function logged(only?: number): string[] {
	return (helper.log().args as { level: number; msg: unknown }[][])
		.flat()
		.filter(({ level }) => only === undefined || level === only)
		.map(({ msg }) => String(msg));
}

/** Sentences of the log at level `error`. */
export function loggedErrors(): string[] {
	return logged(20);
}

/** An account that uses a simulator. */
export function account(simulator: Simulator, more: object = {}) {
	return {
		id: 'account',
		type: 'smtp2go-account',
		name: '',
		region: 'custom',
		baseUrl: simulator.apiUrl,
		version: 1,
		...more,
	};
}

/** Its credentials. */
export const key = (apiKey = DEMO_API_KEY, more: object = {}) => ({ account: { apiKey, ...more } });

/** The messages that reach a helper node, as they come. */
export function inbox(id: string) {
	const messages: (NodeMessage & {
		error?: Record<string, unknown>;
		smtp2go?: Record<string, unknown>;
		status?: Record<string, unknown>;
	})[] = [];
	node(id).on('input', (msg) => {
		messages.push(msg as never);
	});
	return {
		messages,
		/** Waits for so many messages and returns the last of them. */
		async next(count = 1, timeout = 15_000) {
			const end = Date.now() + timeout;
			while (messages.length < count) {
				if (Date.now() > end) throw new Error(`${messages.length} of ${count} messages came to ${id}`);
				await new Promise((resolve) => {
					setTimeout(resolve, 5);
				});
			}
			return messages[count - 1] as (typeof messages)[number];
		},
	};
}

/** Waits until something is true. */
export async function until(check: () => boolean, timeout = 45_000): Promise<void> {
	const end = Date.now() + timeout;
	while (!check()) {
		if (Date.now() > end) throw new Error('It did not come true');
		await new Promise((resolve) => {
			setTimeout(resolve, 5);
		});
	}
}

/**
 * Waits until every message that was sent by now has arrived. Node-RED hands messages from node to node by
 * `setImmediate`, so turns of the event loop count here, not milliseconds: a slow machine changes nothing.
 */
export async function delivered(): Promise<void> {
	for (let turn = 0; turn < 20; turn++)
		await new Promise((resolve) => {
			setImmediate(resolve);
		});
}

/** Waits until an account's calls about its webhook have ended, with all that waits behind them. */
export async function hookSettled(id = 'account'): Promise<void> {
	for (let work; work !== memoryOf(id).work; ) await (work = memoryOf(id).work);
}
