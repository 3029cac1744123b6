// Node-RED's scorecard (node-red-dev) on the built package. Its own exit code says nothing, so its findings are judged
// here.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../tools.mjs';

const PACKAGE = join(root, 'dist-node-red');
const WORK = join(root, '.build/scorecard');
/** Finds what the tool itself uses: it has its own copy of axios. */
const toolRequire = createRequire(realpathSync(join(root, 'node_modules/node-red-dev/package.json')));

/**
 * P04 wants a scope; the unscoped name `node-red-contrib-…` is the project's own choice and the older, still valid
 * form.
 */
const checks = ['P01', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'N01', 'N02', 'D01', 'D02', 'D03'];

/**
 * Answers the tool's two look-ups here: the catalogue of all nodes (empty: uniqueness cannot be checked offline) and
 * Node-RED's own entry in the registry (the versions installed here).
 */
function writePreload() {
	const { version, engines } = JSON.parse(readFileSync(join(root, 'node_modules/node-red/package.json'), 'utf8'));
	const registry = {
		'dist-tags': { latest: version, maintenance: '4.1.15' },
		versions: { [version]: { version, engines }, '4.1.15': { version: '4.1.15', engines: { node: '>=18.5' } } },
	};
	const preload = join(WORK, 'preload.cjs');
	writeFileSync(
		preload,
		`const axios = require(${JSON.stringify(toolRequire.resolve('axios'))});
const answers = { catalogue: ${JSON.stringify({ modules: [] })}, registry: ${JSON.stringify(registry)} };
const get = async (url) => ({ data: String(url).includes('catalogue') ? answers.catalogue : answers.registry });
axios.get = get;
axios.default.get = get;
`,
	);
	return preload;
}

function runTool(preload, output) {
	return new Promise((resolve, reject) => {
		const child = spawn(
			process.execPath,
			[
				'--require',
				preload,
				join(root, 'node_modules/node-red-dev/bin/run'),
				'validate',
				'--path',
				PACKAGE,
				'--output',
				output,
			],
			{ stdio: ['ignore', 'pipe', 'pipe'] },
		);
		let text = '';
		for (const stream of [child.stdout, child.stderr])
			stream.on('data', (chunk) => {
				text += chunk;
			});
		child.once('error', reject);
		child.once('exit', () => resolve(text));
	});
}

/** Rejects unless every check passed and the tool really read all our node types: it passes what it cannot parse. */
export async function scorecard() {
	rmSync(WORK, { recursive: true, force: true });
	mkdirSync(WORK, { recursive: true });
	const output = join(WORK, 'scorecard.json');
	const text = await runTool(writePreload(), output);
	console.log(text);
	if (!existsSync(output)) throw new Error('The scorecard was not written');
	const card = JSON.parse(readFileSync(output, 'utf8'));
	const failed = checks.filter((id) => !card[id]?.test);
	if (failed.length > 0 || text.includes('Unable to parse'))
		throw new Error(`Scorecard: ${failed.join(', ') || 'a node could not be parsed'}`);
	const nodes = Object.keys(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))['node-red'].nodes)
		.filter((type) => type !== 'smtp2go-account')
		.sort();
	const read = [...(card.N02.nodes ?? [])].sort();
	if (read.join() !== nodes.join())
		throw new Error(`The scorecard read the types ${read.join()}, not ${nodes.join()}`);
	console.log(`Scorecard: ${checks.length} checks passed, ${read.length} node types read.`);
}
