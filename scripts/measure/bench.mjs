// `npm run bench`: measures the nodes at scale and writes docs/performance.md. Not part of the tests: it takes minutes
// and needs a machine without other work. BENCH=n8n,memory runs only these parts; the others keep their last rows.
//
// A part is a file of test/bench that runs in its own process (.ts, .mjs) or in Jest (.bench.ts: with the whole host of
// the end-to-end tests) and prints each row as a line of JSON: { work, against, goal, measured, limit }. Anything else
// that it prints is shown and not kept.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem, type as systemName, release } from 'node:os';
import { basename, extname, join } from 'node:path';
import { installHost } from '../start/install-host.mjs';
import { clear, compile, root } from '../tools.mjs';

const file = join(root, 'docs', 'performance.md');
const folder = join(root, 'test', 'bench');

/** The files of all parts. */
function files() {
	return readdirSync(folder)
		.filter((name) => ['.ts', '.mjs'].includes(extname(name)))
		.sort();
}

/** The parts that were asked for, by name. */
function parts() {
	const wanted = process.env.BENCH?.split(',');
	return files()
		.map((path) => ({ name: basename(path, extname(path)).replace(/\.bench$/, ''), path }))
		.filter(({ name }) => wanted === undefined || wanted.includes(name));
}

/** What node is given to run a part. */
function command(name, path) {
	if (path.endsWith('.bench.ts'))
		return [
			createRequire(import.meta.url).resolve('jest/bin/jest'),
			'--config',
			'test/bench/jest.config.cjs',
			`/${path}`,
		];
	return [
		'--expose-gc',
		path.endsWith('.ts') ? join(root, '.build', 'bench', 'test', 'bench', `${name}.js`) : join(folder, path),
	];
}

/** Runs a part and returns its rows. */
function run({ name, path }, env) {
	console.log(`\n${name} ...`);
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, command(name, path), {
			cwd: root,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let output = '';
		child.stdout.on('data', (data) => {
			output += data;
		});
		child.on('error', fail);
		child.on('exit', (code) => {
			if (code !== 0) return fail(new Error(`the part ${name} ended with ${code}`));
			const lines = output.split('\n').filter((line) => line !== '');
			const rows = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
			for (const line of lines.filter((one) => !one.startsWith('{'))) console.log(line);
			for (const { work, measured, goal } of rows) console.log(`  ${work}: ${measured} (goal: ${goal})`);
			return done(rows);
		});
	});
}

/** The sections of the file by part, as they stand. */
function sections() {
	const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
	return new Map(
		[...text.matchAll(/^## (\S+)\n\n([\s\S]*?)(?=\n## |$(?![\s\S]))/gm)].map(([, name, body]) => [
			name,
			body.trim(),
		]),
	);
}

function table(rows) {
	const cells = [
		['Work', 'Compared with', 'Goal', 'Measured', 'What limits it'],
		['---', '---', '---', '---', '---'],
		...rows.map(({ work, against, goal, measured, limit }) => [work, against, goal, measured, limit]),
	];
	return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function machine() {
	const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const [cpu] = cpus();
	return (
		`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpu?.model.trim()}), ` +
		`${Math.round(totalmem() / 1e9)} GB, ${systemName()} ${release()}, Node ${process.version}, n8n-core ` +
		`${devDependencies['n8n-core']}, Node-RED ${devDependencies['node-red']}; ` +
		`load average ${loadavg()[0].toFixed(1)}`
	);
}

export async function bench() {
	clear('.build/bench');
	await compile(
		'bench',
		files()
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.bench.ts'))
			.map((name) => `test/bench/${name}`),
		'.build/bench',
	);
	const env = { N8N_FOLDER: await installHost('n8n') };
	const done = sections();
	for (const part of parts()) done.set(part.name, `${machine()}.\n\n${table(await run(part, env))}`);
	const text = [...done]
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([name, body]) => `## ${name}\n\n${body}\n`)
		.join('\n');
	writeFileSync(
		file,
		`# Performance

The results of \`npm run bench\`. Each part names the machine and the versions that it ran on. The calls go to a server on
the same machine, which responds to each after a fixed time. If the load average is high, only the ratios count,
because the compared runs alternate.

${text}`,
	);
	// n8n's lint reads every folder but dist.
	rmSync(join(root, '.build', 'bench'), { recursive: true });
	console.log(`\nWritten to docs/performance.md.`);
}
