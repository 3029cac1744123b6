// `npm start` (Node-RED) and `npm start -- n8n`: builds, starts the simulator and a host with the nodes and an example.
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from '../tools.mjs';

const hosts = {
	'node-red': async (options) => (await import('./node-red.mjs')).startNodeRed(options),
	n8n: async (options) => (await import('./n8n.mjs')).startN8n(options),
};
const SIMULATOR_PORT = 8025;

/** The wanted port if it is free, else any free one (0). */
function freePort(wanted) {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', () => resolve(0));
		probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
	});
}

function fail(message) {
	console.error(message);
	process.exit(1);
}

const name = process.argv[2] ?? 'node-red';
const host = hosts[name] ?? fail(`There is no host "${name}". Use: npm start, or npm start -- n8n`);

console.log('Building ...');
const build = spawnSync('gulp', ['build', '--silent'], {
	cwd: root,
	stdio: ['ignore', 'inherit', 'inherit'],
	shell: process.platform === 'win32',
});
if (build.status !== 0) fail('The build failed; see above.');

const running = [];
/** When it began, in milliseconds since 1970; 0 while all runs. */
let stopping = 0;

/** Milliseconds in which a second signal is the same one: a terminal, a shell and npm may each pass it on. */
const ECHO = 1_000;

/** Stops what runs, the last started first; a second Ctrl-C ends it all at once. */
async function stop(code) {
	if (stopping) {
		if (Date.now() - stopping < ECHO) return;
		process.exit(code || 130);
	}
	stopping = Date.now();
	console.log('\nStopping ...');
	for (const part of [...running].reverse()) await part.stop();
	process.exit(code);
}
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
	const { startSimulator, DEMO_API_KEY } = createRequire(import.meta.url)(join(root, '.build', 'simulator'));
	const simulator = await startSimulator({ port: await freePort(SIMULATOR_PORT) });
	running.push(simulator);
	console.log(`The simulator of SMTP2GO runs. Starting ${name} ...`);
	const started = await host({ simulatorUrl: simulator.url, apiKey: DEMO_API_KEY });
	running.push(started);
	console.log(
		[
			'',
			...started.lines,
			'',
			`Mails, events and webhooks: ${simulator.url}`,
			`SMTP2GO's API, simulated:   ${simulator.apiUrl} (any real key stays at home; the demo key is set up already)`,
			'',
			'Stop with Ctrl-C.',
		].join('\n'),
	);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	await stop(1);
}
