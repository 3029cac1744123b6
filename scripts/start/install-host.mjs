// Installs a whole host (n8n, an older Node-RED) or a few packages once into the cache folder, outside the checkout.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache.mjs';

/** What it takes to install a host: native parts that need their build step, and about how long it took here. */
const hosts = {
	n8n: { version: '2.41.1', rebuild: ['sqlite3'], takes: '3 to 6 minutes, 2.9 GB' },
	'node-red': { version: '4.1.15', rebuild: [], takes: 'half a minute, 120 MB' },
};

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

/**
 * The folder of the cache that packages are installed in. Installs them if they are not there, and says every 15
 * seconds that it still does.
 * @param {string} name of the folder, which changes with each version of the packages
 * @param {string[]} packages with their versions
 * @param {{ rebuild?: string[], takes: string }} options `rebuild`: packages with native parts that need their build
 * step. `takes`: about how long it takes, and how much space
 * @returns {Promise<string>} absolute path that holds `node_modules`
 */
export async function installOnce(name, packages, { rebuild = [], takes }) {
	const folder = join(cacheFolder(), name);
	const done = join(folder, '.installed');
	if (existsSync(done)) return folder;
	console.log(`Installing ${packages.join(' and ')} once into ${folder} (${takes}) ...`);
	const started = Date.now();
	const progress = setInterval(
		() => console.log(`  still installing: ${Math.round((Date.now() - started) / 1000)} s`),
		15_000,
	);
	try {
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'package.json'), '{"private":true}');
		await npm(folder, ['install', '--ignore-scripts', ...packages]);
		for (const part of rebuild) await npm(folder, ['rebuild', part, '--ignore-scripts=false']);
		writeFileSync(done, '');
	} finally {
		clearInterval(progress);
	}
	console.log(`  Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
	return folder;
}

/**
 * The folder a host is installed in; installs it when it is not there.
 * @param {'n8n' | 'node-red'} name
 * @returns {Promise<string>} absolute path that holds `node_modules/<name>`
 */
export function installHost(name) {
	const { version, rebuild, takes } = hosts[name];
	return installOnce(`${name}-${version}`, [`${name}@${version}`], { rebuild, takes });
}
