/** Folders of the cache are complete, or not there: with two processes at the same time, and after an interruption. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const SCRIPT = join(__dirname, '../../scripts/install-once.mjs');
/** Replaces npm: each call adds a file, tells that it began, and goes on when it is let. */
const NPM = `#!/usr/bin/env node
const fs = require('node:fs');
const { BEGUN, GO } = process.env;
fs.mkdirSync('node_modules', { recursive: true });
fs.appendFileSync('node_modules/half', 'x');
fs.appendFileSync(BEGUN, 'x');
const timer = setInterval(() => {
	if (!fs.existsSync(GO)) return;
	clearInterval(timer);
	fs.appendFileSync('node_modules/other', 'x');
}, 20);
`;

let home: string;
let cache: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'install-once-'));
	cache = join(home, 'cache');
	mkdirSync(join(home, 'bin'));
	writeFileSync(join(home, 'bin/npm'), NPM, { mode: 0o755 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const begun = () => join(home, 'begun');
const letGo = () => writeFileSync(join(home, 'go'), '');

/** Starts a process that installs a folder. */
function install(): ChildProcess {
	const code = `const { installPackages } = await import(${JSON.stringify(SCRIPT)});
		await installPackages('tools-1', ['a@1'], { takes: 'a second' });`;
	return spawn(process.execPath, ['--input-type=module', '--eval', code], {
		env: {
			...process.env,
			PATH: [join(home, 'bin'), process.env.PATH].join(delimiter),
			SMTP2GO_NODES_CACHE: cache,
			BEGUN: begun(),
			GO: join(home, 'go'),
		},
		stdio: 'ignore',
	});
}

/** Waits until so many calls of npm have begun. */
async function calls(count: number): Promise<void> {
	while (!existsSync(begun()) || readFileSync(begun(), 'utf8').length < count)
		await new Promise((resolve) => setTimeout(resolve, 20));
}

const ended = async (child: ChildProcess) => ((await once(child, 'exit')) as [number | null])[0];

function expectComplete(): void {
	expect(readdirSync(cache)).toEqual(['tools-1']);
	expect(readdirSync(join(cache, 'tools-1')).sort()).toEqual(['.installed', 'node_modules', 'package.json']);
	for (const name of ['half', 'other'])
		expect(readFileSync(join(cache, 'tools-1/node_modules', name), 'utf8')).toBe('x');
}

it('two processes at the same time get the same complete folder', async () => {
	const first = install();
	await calls(1);
	const second = install();
	await calls(2);
	const ends = Promise.all([ended(first), ended(second)]);
	letGo();
	expect(await ends).toEqual([0, 0]);
	expectComplete();
});

it('an interrupted installation is started again, and leaves nothing behind', async () => {
	const first = install();
	await calls(1);
	const end = ended(first);
	first.kill('SIGKILL');
	await end;
	expect(existsSync(join(cache, 'tools-1'))).toBe(false);
	letGo();
	expect(await ended(install())).toBe(0);
	expectComplete();
});

it('what an earlier version left half full is replaced', async () => {
	mkdirSync(join(cache, 'tools-1/node_modules'), { recursive: true });
	writeFileSync(join(cache, 'tools-1/node_modules/old'), '');
	letGo();
	expect(await ended(install())).toBe(0);
	expectComplete();
});

it('a complete folder is not installed again', async () => {
	letGo();
	expect(await ended(install())).toBe(0);
	expect(await ended(install())).toBe(0);
	expect(readFileSync(begun(), 'utf8')).toBe('x');
});
