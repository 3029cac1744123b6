// Runs a command of this project under a Node that is new enough.
//
// n8n 2.41 asks for Node 24 and Node-RED 5 for 22.9; many machines still have Node 20. Under an older Node
// this script fetches Node 24 once, as an npm package of plain files, into a cache folder and goes on with that.
// usage: node scripts/run.mjs <command of node_modules/.bin | file.mjs> [arguments]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, publish, startPart } from './cache.mjs';

const WANTED = '24.21.0';
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The folder that holds a `node` of version 24 or later: the running one, or the one in the cache. */
function nodeFolder() {
	if (Number(process.versions.node.split('.')[0]) >= 24) return dirname(process.execPath);
	const platform = { linux: 'linux', darwin: 'darwin', win32: 'win' }[process.platform];
	const name = `node-${platform}-${process.arch}`;
	const home = join(cacheFolder(), `node-${WANTED}`);
	const bin = join(home, 'node_modules', name, 'bin');
	const binary = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
	if (!existsSync(binary)) {
		console.error(
			`This project needs Node 24; this is ${process.version}. Fetching ${name}@${WANTED} once into ${home} ...`,
		);
		// Only a complete folder gets its name: half of one would be taken for a Node.
		const part = startPart(home);
		writeFileSync(join(part, 'package.json'), '{"private":true}');
		const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${WANTED}`], {
			cwd: part,
			stdio: ['ignore', 2, 2],
			shell: process.platform === 'win32',
		});
		if (npm.status === 0) publish(part, home, relative(home, binary));
		if (!existsSync(binary)) {
			console.error(
				`Could not fetch it. Install Node 24 or later yourself (nodejs.org) and run the command again.`,
			);
			process.exit(1);
		}
	}
	return bin;
}

const [command, ...args] = process.argv.slice(2);
if (!command) {
	console.error('usage: node scripts/run.mjs <command> [arguments]');
	process.exit(2);
}
const bin = nodeFolder();
const env = { ...process.env, PATH: [bin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) };
const isScript = command.endsWith('.mjs');
const child = isScript
	? spawn(join(bin, 'node'), [resolve(root, command), ...args], { cwd: root, env, stdio: 'inherit' })
	: spawn(command, args, { cwd: root, env, stdio: 'inherit', shell: process.platform === 'win32' });

// Ctrl-C reaches the child by itself (same terminal); a signal sent to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
	});
}
child.on('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
