// `npm run dev` (Node-RED) and `npm run dev -- n8n`: as `npm start`, and rebuilds and restarts what you change.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import gulp from 'gulp';
import { root } from '../tools.mjs';
import { hosts, stopOnSignal, wantedHost } from './lifecycle.mjs';

const require = createRequire(import.meta.url);
const { freePort } = require('./n8n-host.cjs');

/** Milliseconds without a change before a build begins: an editor can save many files at once. */
const QUIET = 300;
/** Milliseconds until a simulator answers. */
const START_TIME = 20_000;
/** Milliseconds between two looks at whether it answers. */
const LOOK = 100;
/** Milliseconds that the simulator can take to stop before it is killed. */
const STOP_TIME = 5_000;

const windows = process.platform === 'win32';
const name = wantedHost('npm run dev');

/** What a change below a folder rebuilds and restarts. */
const hostBuild = { build: name === 'n8n' ? 'buildN8n' : 'buildNodeRed', restart: 'host' };
const simulatorBuild = { build: 'buildSimulator', restart: 'simulator' };
const effects = {
	api: hostBuild,
	icons: hostBuild,
	...(name === 'n8n' ? { nodes: hostBuild, credentials: hostBuild } : { 'node-red': hostBuild }),
	simulator: simulatorBuild,
};

const wait = (milliseconds) =>
	new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});
const now = () => new Date().toTimeString().slice(0, 8);
const say = (text) => console.log(`[${now()}] ${text}`);
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** What runs, in the order of its start. */
const parts = {};
const running = () => [parts.build, parts.simulator, parts.host].filter(Boolean);
const { stop, isStopping } = stopOnSignal(running);

/** Runs gulp tasks in a process of their own, since a task keeps what it has loaded. */
async function build(tasks) {
	const started = Date.now();
	const child = spawn('gulp', [...tasks, '--silent'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: windows,
		detached: !windows,
	});
	const ended = new Promise((resolve) => {
		child.once('error', () => resolve(1));
		child.once('exit', (code) => resolve(code ?? 1));
	});
	// gulp starts compilers: the build is a separate process group, which ends as a whole.
	const end = () => (windows ? child.kill() : process.kill(-child.pid, 'SIGTERM'));
	const takeAlong = () => {
		if (child.exitCode === null && child.signalCode === null) end();
	};
	process.once('exit', takeAlong);
	parts.build = {
		stop: async () => {
			takeAlong();
			await ended;
		},
	};
	const code = await ended;
	process.off('exit', takeAlong);
	parts.build = undefined;
	if (code === 0) say(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
	return code === 0;
}

/** The simulator as a separate process, so that its code can change. Its state is kept in a file. */
async function startSimulator(port) {
	const file = join(root, '.build', 'dev', 'simulator.json');
	mkdirSync(join(root, '.build', 'dev'), { recursive: true });
	const program = join(root, '.build', 'simulator', 'main.js');
	const child = spawn(process.execPath, [program, '--port', String(port), '--file', file, '--event-delay', '150'], {
		cwd: root,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	let over = false;
	const ended = new Promise((resolve) => {
		child.once('exit', () => {
			over = true;
			resolve();
		});
	});
	const takeAlong = () => child.kill('SIGKILL');
	process.once('exit', takeAlong);
	void ended.then(() => process.off('exit', takeAlong));
	const url = `http://127.0.0.1:${port}`;
	for (let waited = 0; ; waited += LOOK) {
		if (over || waited > START_TIME) throw new Error('The simulator did not start; see above.');
		if (
			await fetch(`${url}/_simulator/state`).then(
				({ ok }) => ok,
				() => false,
			)
		)
			break;
		await wait(LOOK);
	}
	return {
		url,
		stop: async () => {
			child.kill('SIGTERM');
			const late = setTimeout(takeAlong, STOP_TIME);
			await ended;
			clearTimeout(late);
		},
	};
}

/** Starts a part, or says why it does not run. */
async function start(part, make) {
	try {
		parts[part] = await make();
		return true;
	} catch (error) {
		parts[part] = undefined;
		say(`${messageOf(error)}\nFix it and save: the next change starts it again.`);
		return false;
	}
}

/** Ports, chosen once so that addresses stay the same over restarts. */
const ports = { simulator: await freePort(8025), host: await freePort(name === 'n8n' ? 5678 : 1880) };
const makeSimulator = () => startSimulator(ports.simulator);
const makeHost = () => {
	const { DEMO_API_KEY } = require(join(root, '.build', 'simulator'));
	return hosts[name]({
		simulatorUrl: `http://127.0.0.1:${ports.simulator}`,
		apiKey: DEMO_API_KEY,
		port: ports.host,
	});
};

async function restart(part, make) {
	say(`Restarting ${part === 'host' ? name : 'the simulator'} ...`);
	await parts[part]?.stop();
	if (await start(part, make)) say(`Ready.${part === 'host' ? ' Reload the editor in the browser.' : ''}`);
}

/** Changed files, as paths from the checkout, that no build has taken up. */
const changed = new Set();
/** Parts to restart after a build that succeeds. */
const stale = new Set();
let busy = false;

/** Builds and restarts until nothing is left. A build that fails leaves everything running as it was. */
async function work() {
	if (busy) return;
	busy = true;
	while (changed.size > 0 && !isStopping()) {
		await wait(QUIET);
		if (isStopping()) return;
		const files = [...changed];
		changed.clear();
		const wanted = files.map((file) => effects[file.split(/[\\/]/)[0]]);
		say(`Changed: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ` and ${files.length - 3} more` : ''}`);
		for (const effect of wanted) stale.add(effect);
		const built = await build([...new Set([...stale].map((effect) => effect.build))]);
		if (isStopping()) return;
		if (!built) {
			say('The build failed; see above. Everything runs on as before. Fix it and save.');
			continue;
		}
		const again = [...stale].map((effect) => effect.restart);
		stale.clear();
		if (again.includes('simulator')) await restart('simulator', makeSimulator);
		if (again.includes('host') && !isStopping()) await restart('host', makeHost);
	}
	busy = false;
}

say('Building ...');
if (!(await build([hostBuild.build, 'buildSimulator']))) {
	if (isStopping()) await new Promise(() => {});
	console.error('The build failed; see above. Fix it and start again.');
	process.exit(1);
}
if (!(await start('simulator', makeSimulator))) await stop(1);
say(`The SMTP2GO simulator is running. Starting ${name} ...`);
await start('host', makeHost);
const watched = Object.keys(effects);
gulp.watch(
	watched.map((folder) => `${folder}/**/*`),
	{ cwd: root, delay: 0 },
).on('all', (_event, path) => {
	changed.add(path);
	void work();
});
console.log(
	[
		'',
		...(parts.host?.lines ?? []),
		'',
		`Emails, events and webhooks: http://127.0.0.1:${ports.simulator}`,
		`Watching: ${watched.map((folder) => `${folder}/`).join(', ')}. Save a file to rebuild and restart. Press Ctrl-C to stop.`,
	].join('\n'),
);
