// `npm run figures`: measures what the project promises about its own size and speed. Needs the build.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tools.mjs';

const require = createRequire(import.meta.url);

/** All files below a folder of the checkout that end with `.ts`. */
function sources(folder) {
	return readdirSync(join(root, folder), { recursive: true })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(root, folder, file));
}

function lines(file) {
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line.trim() !== '');
}

/** Median, in milliseconds, of loading a module in a new process, after n8n-workflow was loaded there. */
function requireTime(file, rounds = 15) {
	const script = `require('n8n-workflow'); const t = process.hrtime.bigint(); require(${JSON.stringify(file)}); console.log(Number(process.hrtime.bigint() - t) / 1e6)`;
	const times = Array.from({ length: rounds }, () =>
		Number(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })),
	);
	return times.sort((one, other) => one - other)[Math.floor(rounds / 2)];
}

function packed(folder) {
	const [{ size, unpackedSize, entryCount }] = JSON.parse(
		execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: join(root, folder),
			encoding: 'utf8',
			shell: process.platform === 'win32',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	);
	const [packed, unpacked] = [size, unpackedSize].map((bytes) => (bytes / 1000).toFixed(1));
	return `${packed} kB packed, ${unpacked} kB unpacked, ${entryCount} files`;
}

export async function figures() {
	const { resources } = require(join(root, 'dist/api'));
	const operations = resources.flatMap((resource) => resource.operations);
	const catalogueLines = sources('api/catalogue').flatMap(lines).length;
	const names = operations
		.flatMap(({ key, path }) => [`'${key}'`, `"${key}"`, path])
		.filter((name) => !/^.(get|delete|update|add|create|remove).$/.test(name));
	const naming = ['nodes', 'node-red'].flatMap(sources).flatMap((file) =>
		lines(file)
			.filter((line) => names.some((name) => line.includes(name)))
			.map((line) => `${file.slice(root.length + 1)}: ${line.trim()}`),
	);
	const { Smtp2go } = require(join(root, 'dist/nodes/Smtp2go/Smtp2go.node.js'));
	const description = new Smtp2go().description;
	const node = join(root, 'dist/nodes/Smtp2go/Smtp2go.node.js');
	console.log(
		[
			`Operations: ${operations.length} of ${resources.length} resources`,
			`Lines of api/catalogue per operation: ${(catalogueLines / operations.length).toFixed(1)} ` +
				`(${catalogueLines} in all, without blank ones)`,
			`Lines of nodes/ and node-red/ that name a single operation: ${naming.length}`,
			...naming.map((line) => `  ${line}`),
			`n8n description: ${(JSON.stringify(description).length / 1000).toFixed(1)} kB, ` +
				`${description.properties.length} top-level properties`,
			`Loading the n8n node after n8n-workflow: ${requireTime(node).toFixed(1)} ms (median of 15)`,
			`n8n-nodes-smtp2go: ${packed('.')}`,
			`node-red-contrib-smtp2go: ${packed('dist-node-red')}`,
		].join('\n'),
	);
}
