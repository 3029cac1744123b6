// A real Node-RED with the built package, for measuring: Node-RED 5 of this project's dependencies.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../../../scripts/tools.mjs';

function freePort() {
	return new Promise((resolve) => {
		const server = createServer();
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address();
			server.close(() => resolve(port));
		});
	});
}

/** A new user folder that holds the built package. @param more settings beside those of every part */
function makeHome(more) {
	const home = join(root, '.build/bench-node-red');
	rmSync(home, { recursive: true, force: true });
	mkdirSync(join(home, 'node_modules'), { recursive: true });
	cpSync(join(root, 'dist-node-red'), join(home, 'node_modules/node-red-contrib-smtp2go'), { recursive: true });
	writeFileSync(
		join(home, 'package.json'),
		JSON.stringify({ private: true, dependencies: { 'node-red-contrib-smtp2go': '*' } }),
	);
	const settings = {
		flowFile: 'flows.json',
		credentialSecret: 'bench',
		uiHost: '127.0.0.1',
		telemetry: { enabled: false, updateNotification: false },
		logging: { console: { level: 'warn' } },
		...more,
	};
	writeFileSync(join(home, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
	return home;
}

/** Starts it; `stop` ends it. @param settings beside those of every part */
export async function startNodeRed(settings = {}) {
	const home = makeHome(settings);
	const port = await freePort();
	const child = spawn(
		process.execPath,
		[join(root, 'node_modules/node-red/red.js'), '--userDir', home, '--port', String(port)],
		{ cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
	);
	let log = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (chunk) => {
			log += chunk;
		});
	const url = `http://127.0.0.1:${port}`;
	const ended = new Promise((resolve) => {
		child.once('exit', resolve);
	});
	const headers = { Accept: 'application/json', 'Content-Type': 'application/json', 'Node-RED-API-Version': 'v2' };
	const ask = async (path, options = {}) =>
		(await fetch(`${url}${path}`, { headers, ...options })).json().catch(() => undefined);
	const until = async (check, seconds = 60) => {
		for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
			const found = await Promise.resolve(check()).catch(() => undefined);
			if (found) return found;
			await new Promise((resolve) => {
				setTimeout(resolve, 100);
			});
		}
		throw new Error(`Node-RED did not come so far:\n${log}`);
	};
	await until(() => ask('/flows'));
	return {
		url,
		pid: child.pid,
		log: () => log,
		deploy: (flows) =>
			fetch(`${url}/flows`, {
				method: 'POST',
				headers: { ...headers, 'Node-RED-Deployment-Type': 'full' },
				body: JSON.stringify({ flows }),
			}),
		/** Presses the button of an Inject node, as soon as there is one. */
		press: (id) => until(async () => (await fetch(`${url}/inject/${id}`, { method: 'POST' })).ok),
		/** What a flow wrote to its context under `result`, when it has. */
		result: (tab) => until(async () => JSON.parse((await ask(`/context/flow/${tab}/result`)).msg)),
		stop: async () => {
			child.kill('SIGTERM');
			await ended;
		},
	};
}

export { peakMemory } from './peak-memory.cjs';

/** The middle one of several numbers. */
export function median(numbers) {
	return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
