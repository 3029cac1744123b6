/** Real Node-RED with the packed package, in a separate user folder. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../scripts/start/n8n-host.cjs';
import { prepared, root, work } from './prepare';
import { until } from './until';

/** The versions that the package promises to run on. */
export const versions = ['5', '4'] as const;
export type Version = (typeof versions)[number];

/** A running Node-RED. */
export interface RunningNodeRed {
	readonly url: string;
	readonly log: () => string;
	stop(): Promise<void>;
	/** Ends it without a chance to tidy up. */
	kill(): Promise<void>;
}

/** Node-RED's start file: version 5 is a dependency of this project, version 4 is installed once into the cache. */
const startFile = (version: Version) =>
	join(version === '5' ? root : prepared().hosts['node-red'], 'node_modules/node-red/red.js');

/** A new user folder with the package installed. */
export function makeHome(): string {
	const home = mkdtempSync(join(work, 'home-'));
	cpSync(prepared().nodeRedHome, home, { recursive: true });
	configure(home);
	return home;
}

/** Writes the settings file. @param more settings beside those of every test */
export function configure(home: string, more: object = {}): void {
	const settings = {
		flowFile: 'flows.json',
		credentialSecret: 'e2e',
		uiHost: '127.0.0.1',
		telemetry: { enabled: false, updateNotification: false },
		editorTheme: { tours: false },
		externalModules: { palette: { allowInstall: false } },
		...more,
	};
	writeFileSync(join(home, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
}

/** Starts Node-RED and waits until it answers. */
export async function start(version: Version, home: string, port?: number): Promise<RunningNodeRed> {
	const chosen = port ?? (await freePort());
	const child = spawn(process.execPath, [startFile(version), '--userDir', home, '--port', String(chosen)], {
		cwd: home,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let log = '';
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => resolve());
	});
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => reject(new Error(`Node-RED did not start:\n${log}`)), 180_000);
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => {
				log += chunk.toString();
				if (log.includes('Server now running')) {
					clearTimeout(timer);
					resolve();
				}
			});
		}
		void ended.then(() => {
			clearTimeout(timer);
			reject(new Error(`Node-RED ended:\n${log}`));
		});
	});
	return {
		url: `http://127.0.0.1:${chosen}`,
		log: () => log,
		stop: async () => {
			child.kill('SIGTERM');
			await ended;
		},
		kill: async () => {
			child.kill('SIGKILL');
			await ended;
		},
	};
}

/** Asks Node-RED's admin API. */
export async function admin<T>({ url }: RunningNodeRed, path: string, options: RequestInit = {}): Promise<T> {
	const headers = {
		Accept: 'application/json',
		'Content-Type': 'application/json',
		'Node-RED-API-Version': 'v2',
		...options.headers,
	};
	const response = await fetch(`${url}${path}`, { ...options, headers });
	if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
	const text = await response.text();
	return (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as T;
}

type FlowNode = Record<string, unknown> & { id: string; type: string };

/** An example of the package, exactly as a user imports it. */
export function exampleAsItIs(name: string): FlowNode[] {
	return JSON.parse(readFileSync(join(root, 'examples/node-red', `${name}.json`), 'utf8')) as FlowNode[];
}

/**
 * An example of the package with an account for its nodes, named after its first node: `rb.account` beside `rb.tab`.
 */
export function example(name: string, account: object): FlowNode[] {
	const flow = exampleAsItIs(name);
	const id = `${flow[0]?.id.split('.')[0]}.account`;
	const whole = {
		id,
		type: 'smtp2go-account',
		name: 'SMTP2GO',
		region: 'api',
		baseUrl: '',
		proxy: '',
		publicUrl: '',
		hookAuth: 'bearer',
		usernames: '',
		headers: '',
		subaccount: '',
		version: 1,
		...account,
	};
	return [...flow.map((node) => ('account' in node ? { ...node, account: id } : node)), whole];
}

/** Deploys a flow in place of all that is there; only what changed is restarted with the types `flows` and `nodes`. */
export async function deploy(
	running: RunningNodeRed,
	flows: readonly FlowNode[],
	type: 'full' | 'flows' | 'nodes' = 'full',
): Promise<void> {
	await admin(running, '/flows', {
		method: 'POST',
		headers: { 'Node-RED-Deployment-Type': type },
		body: JSON.stringify({ flows }),
	});
}

/** Presses the button of an Inject node; a flow that was just deployed needs a moment until it has one. */
export async function press({ url }: RunningNodeRed, id: string): Promise<void> {
	await until(`a button ${id}`, async () => (await fetch(`${url}/inject/${id}`, { method: 'POST' })).ok);
}

/** Lets the Node-RED of a user folder count how often `done` is called, by node ID: asked for at `/e2e/done`. */
export function countDone(home: string): void {
	const file = join(home, 'settings.js');
	writeFileSync(
		file,
		`${readFileSync(file, 'utf8')}
const counts = {};
setImmediate(() => require.main.require('@node-red/util').hooks.add('onComplete.e2e', ({ error, node: { id } }) => {
	const count = counts[id] ??= { all: 0, failed: 0 };
	count.all++;
	if (error) count.failed++;
}));
module.exports.httpAdminMiddleware = (request, response, next) => (request.path === '/e2e/done' ? response.json(counts) : next());
`,
	);
}
