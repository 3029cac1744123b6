// Mutation tests: changes the product in one place at a time and asks whether a test notices.
// usage: npm run mutation [-- <part> ...]
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchTools } from '../../scripts/check/fetch-tools.mjs';
import { scoreOf, writePage } from './page.mjs';
import { parts } from './parts.mjs';

await fetchTools();
const { Stryker } = await import('@stryker-mutator/core');

/** Percent of the mutants of a part that a test must notice. */
const FLOOR = 90;

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(join(here, name), 'utf8'));

/** The options of Stryker for a part. */
function optionsOf({ mutate, tests }) {
	return {
		testRunner: 'light',
		lightTests: tests.flatMap((glob) => globSync(`${glob}.test.ts`, { cwd: root }).sort()),
		warnings: { unknownOptions: false },
		mutate,
		packageManager: 'npm',
		plugins: [join(here, 'prose.mjs'), join(here, 'light-runner.mjs')],
		ignorers: ['prose'],
		coverageAnalysis: 'perTest',
		concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
		ignorePatterns: ['dist', 'dist-node-red', '.build', 'test/e2e', 'examples'],
		reporters: process.env.MUTATION_PROGRESS ? ['progress-append-only'] : [],
		logLevel: 'warn',
		tempDirName: '.build/stryker',
		timeoutMS: 10_000,
	};
}

/** The lines of a mutant as they are in the source, and what it makes of them. */
function describe({ fileName, location: { start, end }, mutatorName, replacement, status }) {
	const lines = readFileSync(fileName, 'utf8')
		.split('\n')
		.slice(start.line - 1, end.line);
	const [source] = lines;
	lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1);
	lines[0] = lines[0].slice(start.column - 1);
	return {
		file: relative(root, fileName),
		line: start.line,
		mutator: mutatorName,
		from: lines.join('\n').replace(/\s+/g, ' '),
		to: replacement.replace(/\s+/g, ' '),
		source: source.trim(),
		status,
	};
}

const isSame = (one, other) => ['file', 'mutator', 'from', 'to', 'source'].every((name) => one[name] === other[name]);

/** Runs a part; returns its counts, and says which mutants nobody noticed. */
async function runPart(name, equivalents) {
	const results = await new Stryker(optionsOf(parts[name])).runMutationTest();
	const mutants = results.filter(({ status }) => !['Ignored', 'CompileError'].includes(status)).map(describe);
	const alive = mutants.filter(({ status }) => !['Killed', 'Timeout'].includes(status));
	const equivalent = alive.filter((mutant) => equivalents.some((known) => isSame(known, mutant)));
	const survivors = alive.filter((mutant) => !equivalent.includes(mutant));
	for (const { file, line, mutator, from, to, status } of survivors)
		console.log(`${status} ${file}:${line} ${mutator}\n\t- ${from}\n\t+ ${to}`);
	const killed = mutants.length - alive.length;
	return { killed, survived: survivors.length, equivalent: equivalent.length };
}

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
	console.error(`Unknown part: ${unknown.join(', ')}. The parts are ${Object.keys(parts).join(', ')}.`);
	process.exit(2);
}
const equivalents = readJson('equivalents.json');
const failed = [];
for (const name of wanted) {
	const counts = await runPart(name, equivalents);
	const score = scoreOf(counts);
	console.log(`${name}: ${score.toFixed(1)} %`, counts);
	if (score < FLOOR) failed.push(name);
	// Read again: another run may have recorded another part.
	const scores = { ...(existsSync(join(here, 'scores.json')) ? readJson('scores.json') : {}), [name]: counts };
	writeFileSync(join(here, 'scores.json'), `${JSON.stringify(scores, null, '\t')}\n`);
	writePage(parts, scores, equivalents);
}
if (failed.length > 0) {
	console.error(`Fewer than ${FLOOR} % of the mutants were noticed in: ${failed.join(', ')}`);
	process.exit(1);
}
