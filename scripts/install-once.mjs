// Installs npm packages once into a folder of the cache, outside the checkout, so that a fresh clone finds them again.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, publish, startPart } from './cache.mjs';

function npm(folder, args) {
	return new Promise((resolve, reject) => {
		const child = spawn('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
			cwd: folder,
			stdio: ['ignore', 'ignore', 'pipe'],
			shell: process.platform === 'win32',
		});
		let errors = '';
		child.stderr.on('data', (chunk) => {
			errors += chunk;
		});
		child.on('error', reject);
		child.on('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`npm ${args.join(' ')} failed:\n${errors}`)),
		);
	});
}

/** The file that a complete folder has. */
const DONE = '.installed';

async function install(folder, { what, takes, prepare, commands }) {
	console.log(`Installing ${what} once into ${folder} (${takes}) ...`);
	const started = Date.now();
	const progress = setInterval(
		() => console.log(`  still installing ${what}: ${Math.round((Date.now() - started) / 1000)} s`),
		15_000,
	);
	try {
		const part = startPart(folder);
		prepare(part);
		for (const command of commands) await npm(part, command);
		writeFileSync(join(part, DONE), '');
		publish(part, folder, DONE);
	} finally {
		clearInterval(progress);
	}
	console.log(`  Installed ${what} (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** What this process installs, by folder. */
const running = new Map();

/**
 * A folder of the cache with installed packages. If it is not there, it is installed, with a line every 15 seconds. It
 * is there only once it is complete: nobody sees it half full, and two processes can install it at the same time.
 * @param {{
 *   name: string, what: string, takes: string, prepare(folder: string): void, commands: readonly string[][]
 * }} wanted `name` of the folder; `what` is installed, and about what it `takes`, for a person; `prepare` writes its
 * package.json, and `commands` of npm fill it
 * @returns {Promise<string>} absolute path that holds `node_modules`
 */
export async function installOnce(wanted) {
	const folder = join(cacheFolder(), wanted.name);
	if (existsSync(join(folder, DONE))) return folder;
	if (!running.has(folder))
		running.set(
			folder,
			install(folder, wanted).finally(() => running.delete(folder)),
		);
	await running.get(folder);
	return folder;
}

/**
 * A folder of the cache with these packages.
 * @param {string} name of the folder, which changes with each version of the packages
 * @param {string[]} packages with their versions
 * @param {{ rebuild?: string[], takes: string }} options `rebuild`: packages with native parts that need their build
 * step; `takes`: about how long it takes, and how much space, for a person
 * @returns {Promise<string>} absolute path that holds `node_modules`
 */
export function installPackages(name, packages, { rebuild = [], takes }) {
	return installOnce({
		name,
		what: packages.join(' and '),
		takes,
		prepare: (folder) => writeFileSync(join(folder, 'package.json'), '{"private":true}'),
		commands: [
			['install', '--ignore-scripts', ...packages],
			...rebuild.map((part) => ['rebuild', part, '--ignore-scripts=false']),
		],
	});
}
