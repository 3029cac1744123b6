/** Runs the examples for Node-RED as they are imported: with Node-RED's own core nodes, against a simulator. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { dirname, join } from 'node:path';
import type { NodeInitializer, NodeMessage } from 'node-red';
import type { Email, Simulator } from '../../../../simulator';
import { DEMO_API_KEY } from '../../../../simulator';
import { deleteAll, delivered, deploy, forgetAll, key, load, node, unload, Web } from '../../support/node-red';
import { readExample, type Flow } from './examples';
import { openAccount } from '../../../nodes/support/account';

/** Changes one node of a flow. */
export function change(id: string, more: object) {
	return (flow: Flow): Flow => {
		if (!flow.some((one) => one.id === id)) throw new Error(`No node ${id}`);
		return flow.map((one) => (one.id === id ? { ...one, ...more } : one));
	};
}

/**
 * The core nodes that the examples use, by their file in Node-RED. The `http request` node is missing: it loads an ES
 * module, which Jest cannot. Its example runs in a whole Node-RED.
 */
const CORE = [
	'common/20-inject',
	'common/21-debug',
	'common/24-complete',
	'common/25-catch',
	'common/60-link',
	'common/90-comment',
	'function/10-function',
	'function/10-switch',
	'function/15-change',
	'function/80-template',
	'function/89-delay',
	'network/21-httpin',
	'parsers/70-CSV',
	'sequence/17-split',
];

/** Lets a Function node load a module of Node.js, as its setup says. Node-RED itself uses `import()`, which Jest lacks. */
const modules: NodeInitializer = (RED) => {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	Object.assign(RED, { import: (name: string) => Promise.resolve({ default: require(name) as unknown }) });
};

function coreNodes(): NodeInitializer[] {
	const nodes = join(dirname(require.resolve('@node-red/nodes/package.json')), 'core');
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return [modules, ...CORE.map((file) => require(join(nodes, `${file}.js`)) as NodeInitializer)];
}

/** A Node-RED for all tests of a file. */
export interface Bench {
	readonly simulator: Simulator;
	/** Where its HTTP nodes are reached. */
	readonly url: string;
	/** Deploys an example with its account set up, changed by `edit`. */
	run(name: string, edit?: (flow: Flow) => Flow, account?: object): Promise<void>;
	/** Waits until nothing is under way any more, to see what did not happen. */
	settled(): Promise<void>;
}

/** Starts Node-RED before the first test of a file, and stops it after the last one. */
export function useBench(): Bench {
	let simulator: Simulator | undefined;
	let web: Web | undefined;
	const started = <T>(one: T | undefined): T => {
		if (one === undefined) throw new Error('Node-RED starts before the first test');
		return one;
	};
	beforeAll(async () => {
		({ simulator } = await openAccount());
		web = await Web.start();
		const settings = { functionExternalModules: true, exportGlobalContextKeys: false };
		await load([{ id: 'tab', type: 'tab', label: 'Empty' }], {}, settings, coreNodes());
	});
	afterEach(async () => {
		await deleteAll();
		simulator?.reset();
		simulator?.clearFaults();
	});
	afterAll(async () => {
		await forgetAll();
		await unload();
		await web?.stop();
		await simulator?.stop();
	});
	return {
		get simulator() {
			return started(simulator);
		},
		get url() {
			return started(web).url;
		},
		async run(name, edit = (flow) => flow, more = {}) {
			const account = {
				id: 'account',
				type: 'smtp2go-account',
				name: '',
				region: 'custom',
				baseUrl: started(simulator).apiUrl,
				publicUrl: started(web).url,
				version: 1,
				...more,
			};
			const flow = edit(readExample(name));
			const nodes = flow.map((one) => ('account' in one ? { ...one, account: 'account' } : one));
			await deploy([...nodes, account], 'full', key());
		},
		async settled() {
			const { state } = started(simulator);
			// A call whose connection was cut never gets a status.
			const seen = () => `${state.requests.length} ${state.requests.filter(({ status }) => status).length}`;
			for (let quiet = 0, before = ''; quiet < 4; ) {
				await delivered();
				quiet = seen() === before ? quiet + 1 : 0;
				before = seen();
				await new Promise((resolve) => {
					setTimeout(resolve, 15);
				});
			}
		},
	};
}

/** Presses the button of an Inject node. */
export function press(id: string): void {
	node(id).receive({} as NodeMessage);
}

/** Lets the flows run ahead of time. `jest.restoreAllMocks` ends it. @param ms milliseconds */
export function setClock(ms: number): void {
	jest.restoreAllMocks();
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now.call(Date) + ms);
}

/** What a flow variable holds. */
export function flowVariable(id: string, name: string): unknown {
	return node(id).context().flow.get(name);
}

/** The emails that were sent to an address, oldest first. */
export function emailsTo({ state }: Simulator, address: string): Email[] {
	return state.emails.filter(({ to }) => to.some((one) => one.address === address));
}

/** Waits for the first email to an address. */
export function emailTo(simulator: Simulator, address: string): Promise<Email> {
	return simulator.waitFor(() => emailsTo(simulator, address)[0]);
}

/** Calls SMTP2GO's API as another program with the same key would. */
export async function call(simulator: Simulator, path: string, body: object): Promise<void> {
	const response = await fetch(`${simulator.apiUrl}${path}`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
}

/** Sends an email as another program with the same key would. */
export function sendElsewhere(simulator: Simulator, to: string, more: object = {}): Promise<void> {
	const email = { sender: 'news@shop.example', to: [to], subject: 'News', text_body: 'News', ...more };
	return call(simulator, '/email/send', email);
}

/** An account that reads SMTP2GO's logs at the shortest interval, without a public address. */
export const often = { pollInterval: 1, publicUrl: '' };

/** Waits until a log was read: what comes later starts the flow. */
export async function reads(simulator: Simulator, path: string): Promise<void> {
	await simulator.waitFor(({ requests }) => requests.some((one) => one.path === path && one.status === 200), {
		timeoutMs: 20_000,
	});
}
