// The package for n8n: dist/, which the root package.json ships.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { clear, compile, root } from '../tools.mjs';

const require = createRequire(import.meta.url);
/** The modules that hold a node's parameters, and the node that imports each. */
const described = [{ module: 'index', node: 'Smtp2go' }, { module: 'trigger', node: 'Smtp2goTrigger' }];
const descriptions = join('nodes', 'Smtp2go', 'description');

/** A value as a JavaScript literal that a person can read: keys without quotes where they need none. */
function literal(value) {
	return JSON.stringify(value, null, '\t').replace(/^(\t*)"([A-Za-z_]\w*)":/gm, '$1$2:');
}

/** Runs the generator in dist/ once, writes what it made in its place, and takes the generator away. */
function freezeDescriptions() {
	const folder = join(root, 'dist', descriptions);
	const made = described.map(({ module }) => ({ module, properties: require(join(folder, `${module}.js`)).properties }));
	for (const file of readdirSync(folder)) rmSync(join(folder, file));
	for (const { module, properties } of made) {
		writeFileSync(join(folder, `${module}.js`), `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.properties = ${literal(properties)};\n`);
	}
	return made;
}

/** Builds dist/: compiled nodes, credentials and api, the finished descriptions, icons and codex files. */
export async function buildN8n() {
	clear('dist');
	await compile('n8n', ['nodes/**/*.ts', 'credentials/**/*.ts', 'api/**/*.ts'], 'dist');
	freezeDescriptions();
	mkdirSync(join(root, 'dist', 'icons'), { recursive: true });
	for (const icon of ['smtp2go.svg', 'smtp2go.dark.svg']) cpSync(join(root, 'icons', icon), join(root, 'dist', 'icons', icon));
	for (const { node } of described) {
		const codex = join('nodes', 'Smtp2go', `${node}.node.json`);
		cpSync(join(root, codex), join(root, 'dist', codex));
	}
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
	for (const part of ['nodes', 'credentials', 'api', 'icons', 'eslint.config.mjs', 'package.json', 'tsconfig.json']) cpSync(join(root, part), join(copy, part), { recursive: true });
	for (const { module, node } of described) {
		const file = join(copy, 'nodes', 'Smtp2go', `${node}.node.ts`);
		const { properties } = require(join(root, 'dist', descriptions, `${module}.js`));
		const source = readFileSync(file, 'utf8');
		const whole = source.replace(/^import \{ properties \} from .*\n/m, '').replace(/^\t\tproperties,$/m, () => `\t\tproperties: ${literal(properties)},`);
		if (whole === source || /^\t\tproperties,$/m.test(whole)) throw new Error(`${node}.node.ts does not take its parameters as expected`);
		writeFileSync(file, whole);
	}
	return copy;
}
