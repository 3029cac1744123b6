// Skips a build that is up to date: neither its sources nor what it made has changed since.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../tools.mjs';

/** Everything that a build can read. One list for all builds: none is skipped that would have made something else. */
const sources = [
	...['api', 'credentials', 'nodes', 'node-red', 'simulator', 'icons', 'examples', 'scripts'],
	...[
		'README.md',
		'CHANGELOG.md',
		'LICENSE',
		'package.json',
		'package-lock.json',
		'tsconfig.json',
		'gulpfile.js',
		'docs/simulator.md',
	],
];

/** A hash of the names and contents of files and folders of the checkout. */
function hashOf(paths) {
	const hash = createHash('sha256').update(process.version);
	for (const path of paths.filter((one) => existsSync(join(root, one)))) {
		const files = statSync(join(root, path)).isDirectory()
			? readdirSync(join(root, path), { recursive: true })
					.map((file) => join(path, file))
					.filter((file) => statSync(join(root, file)).isFile())
					.sort()
			: [path];
		for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
	}
	return hash.digest('hex');
}

/**
 * Runs a build unless it is up to date.
 * @param {string} output folder of the checkout that the build makes
 * @param {() => Promise<void>} build
 */
export async function once(output, build) {
	const note = join(root, '.build', `${output.replace(/\W/g, '-')}.hash`);
	const before = hashOf(sources);
	const state = () => `${before} ${hashOf([output])}`;
	if (existsSync(join(root, output)) && existsSync(note) && readFileSync(note, 'utf8') === state()) {
		console.log(`${output}/ is up to date.`);
		return;
	}
	await build();
	mkdirSync(join(root, '.build'), { recursive: true });
	writeFileSync(note, state());
}
