// Which file imports which: the graph of all sources, with types, for the rules of the house lint.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import typescript from 'typescript';

const ENDINGS = ['', '.ts', '.mts', '.cts', '.d.ts', '.d.cts', '.mjs', '.cjs', '.js', '/index.ts'];

/**
 * The file that a relative import names.
 * @param {string} from absolute path of the file that imports
 * @param {string} specifier what it names, such as `../core/errors`
 * @returns {string | undefined} absolute path; undefined for a package or if nothing is there
 */
export function resolveImport(from, specifier) {
	if (!specifier.startsWith('.')) return undefined;
	const base = join(dirname(from), specifier);
	return ENDINGS.map((ending) => `${base}${ending}`).find((path) => existsSync(path) && statSync(path).isFile());
}

/** The files that a file imports, exports from, or names in a type. */
function importsOf(file) {
	const { importedFiles } = typescript.preProcessFile(readFileSync(file, 'utf8'), true, true);
	const targets = importedFiles.map(({ fileName }) => resolveImport(file, fileName));
	return [...new Set(targets.filter((target) => target && target !== file))];
}

/** The imports of each file below the folders, read when they are first asked for. */
export class ImportGraph {
	#imports = new Map();

	importsOf(file) {
		if (!this.#imports.has(file)) this.#imports.set(file, importsOf(file));
		return this.#imports.get(file);
	}

	/**
	 * The shortest way from a file to another along imports.
	 * @returns {string[] | undefined} absolute paths, both ends included
	 */
	path(from, to) {
		const cameFrom = new Map([[from, undefined]]);
		const queue = [from];
		for (const file of queue) {
			if (file === to) {
				const way = [];
				for (let step = file; step; step = cameFrom.get(step)) way.unshift(step);
				return way;
			}
			for (const next of this.importsOf(file))
				if (!cameFrom.has(next)) {
					cameFrom.set(next, file);
					queue.push(next);
				}
		}
		return undefined;
	}
}

/** All source files below a folder, as paths from `root` with slashes. */
export function sourcesOf(root, folder) {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|mts|cts|mjs|cjs|js)$/.test(entry.name))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}
