// What the build and the checks share: running a tool and compiling a part of the tree.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Runs a command of node_modules/.bin (or of the system) in the checkout, with its output shown; rejects unless it ends
 * with 0.
 */
export function sh(command, args = [], options = {}) {
	return new Promise((done, fail) => {
		const child = spawn(command, args, {
			cwd: root,
			stdio: 'inherit',
			shell: process.platform === 'win32',
			...options,
		});
		child.on('error', fail);
		child.on('exit', (code) =>
			code === 0 ? done() : fail(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
		);
	});
}

/** Empties a folder of the checkout. */
export function clear(folder) {
	rmSync(join(root, folder), { recursive: true, force: true });
	mkdirSync(join(root, folder), { recursive: true });
}

/**
 * Compiles TypeScript to CommonJS with the settings of tsconfig.json.
 * @param {string} name the build's own name
 * @param {string[]} include globs of the sources, from the checkout
 * @param {string} outDir folder of the checkout that gets the output, laid out like the tree
 */
export async function compile(name, include, outDir) {
	const config = join(root, '.build', `tsconfig.${name}.json`);
	mkdirSync(dirname(config), { recursive: true });
	writeFileSync(
		config,
		JSON.stringify({
			extends: '../tsconfig.json',
			compilerOptions: {
				noEmit: false,
				rootDir: '..',
				outDir: join('..', outDir),
				types: ['node'],
				declaration: false,
				sourceMap: false,
				removeComments: false,
			},
			include: include.map((glob) => join('..', glob)),
			exclude: [],
		}),
	);
	await sh('tsc', ['--project', config]);
}

/**
 * Takes the notes to n8n's lint out of what was compiled to a folder of the checkout: they are about the
 * sources, and the lint, which reads compiled files too, does not know the rules they name.
 */
export function stripDirectives(name) {
	const folder = join(root, name);
	for (const file of readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.js'))) {
		const text = readFileSync(join(folder, file), 'utf8');
		const clean = text.replace(/^(\/\* eslint-disable .*\*\/|\s*\/\/ eslint-disable-next-line .*)\n/gm, '');
		if (clean !== text) writeFileSync(join(folder, file), clean);
	}
}

/**
 * package.json of a package of the tree: its template, and what all packages share, which the root's package.json says.
 * @param {string} template path of the template in the checkout
 */
export function manifestFrom(template) {
	const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
	const { name, ...rest } = read(template);
	const { version, author, homepage, repository, bugs } = read('package.json');
	return { name, version, ...rest, author, homepage, repository, bugs };
}
