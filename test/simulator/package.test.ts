/** The package smtp2go-simulator, as built: its program, its options, and what it ships. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_API_KEY, startSimulator } from '../../simulator';

const folder = join(__dirname, '..', '..', 'dist-simulator');
const program = join(folder, 'lib', 'main.js');
const OWN_KEY = `api-${'abcd1234'.repeat(4)}`;
const files = mkdtempSync(join(tmpdir(), 'simulator-'));
let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));
afterAll(() => rmSync(files, { recursive: true }));

/** Starts the program, and resolves with its base URL and everything that it printed until then. */
async function start(...args: string[]): Promise<{ url: string; printed: string }> {
	const started = spawn(process.execPath, [program, '--port', '0', ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	child = started;
	const printed = await new Promise<string>((resolve, reject) => {
		started.stdout.setEncoding('utf8').once('data', resolve);
		started.once('error', reject);
		started.once('exit', (code) => reject(new Error(`It ended with ${code}`)));
	});
	return { url: /page\s+(http:\S+)\//.exec(printed)?.[1] ?? '', printed };
}

/** What the program says when it refuses to start. */
function refusal(...args: string[]): string {
	try {
		execFileSync(process.execPath, [program, '--port', '0', ...args], { stdio: 'pipe', timeout: 20_000 });
	} catch (error) {
		return String((error as { stderr: Buffer }).stderr);
	}
	return '';
}

/** The status of a GET with any Host and Origin, which fetch cannot set. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		request(url, { headers }, (response) => resolve(response.resume().statusCode))
			.once('error', reject)
			.end();
	});
}

async function permissionStatus(url: string, key: string): Promise<number> {
	const response = await fetch(`${url}/v3/api_keys/permissions`, {
		method: 'POST',
		headers: { 'x-smtp2go-api-key': key },
		body: '{}',
	});
	return response.status;
}

test('the program answers, also a health check, and knows the key that it was given, not the demo key', async () => {
	const { url, printed } = await start('--key', OWN_KEY, '--file', join(files, 'state.json'));
	expect(printed).toContain(OWN_KEY);
	expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
	expect(await permissionStatus(url, OWN_KEY)).toBe(200);
	expect(await permissionStatus(url, DEMO_API_KEY)).toBe(500);
	expect(await (await fetch(url)).text()).toContain('simulator');
});

test('a saved demo key gives way to a key that is given later; other keys stay', async () => {
	const file = join(files, 'keys.json');
	const first = await startSimulator({ file });
	const other = first.addKey();
	await first.stop();
	const second = await startSimulator({ file, apiKey: OWN_KEY });
	expect(second.state.keys.map(({ key }) => key)).toEqual([OWN_KEY, other]);
	await second.stop();
});

test('containers reach it under the name that --url gives, and no other', async () => {
	const { url, printed } = await start('--listen', '127.0.0.1', '--url', 'http://smtp2go-simulator:8025');
	expect(printed).toContain('http://smtp2go-simulator:8025/v3');
	const summary = `${url}/_simulator/state`;
	expect(await statusOf(summary, { host: 'smtp2go-simulator:8025' })).toBe(200);
	expect(await statusOf(summary, { host: 'smtp2go-simulator:8025', origin: 'http://smtp2go-simulator:8025' })).toBe(
		200,
	);
	expect(await statusOf(summary, { host: 'smtp2go-simulator:8025', origin: 'http://evil.example' })).toBe(403);
	expect(await statusOf(summary, { host: 'evil.example' })).toBe(403);
	expect(await statusOf(`${url}/health`, { host: '10.0.0.7:8025' })).toBe(200);
});

test('it says that everyone can read it if it listens for other machines', async () => {
	expect((await start('--listen', '0.0.0.0')).printed).toMatch(/Everyone who reaches 0\.0\.0\.0:\d+ can read/);
});

test.each([
	[['--key', 'api-short'], '--key must be api- and 32 letters or digits'],
	[['--port', 'http'], '--port must be a number'],
	[['--port', '70000'], '--port must be a number from 0 to 65535'],
	[['--url', 'smtp2go-simulator'], '--url must be as in'],
	[['--url', 'file:///etc'], '--url must be as in'],
	[['--event-delay', ''], '--event-delay must be a number'],
	[['--wrong'], "Unknown option '--wrong'"],
])('%s is refused', (args, message) => {
	expect(refusal(...args)).toContain(message);
});

test('the package names exactly the packages that its code imports', () => {
	const code = globSync('lib/**/*.js', { cwd: folder, exclude: ['lib/page/**'] })
		.map((file) => readFileSync(join(folder, file), 'utf8'))
		.join('\n');
	const imported = [...code.matchAll(/require\("([^".][^"]*)"\)/g)].map(([, name = '']) => name);
	const packages = imported.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
	const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
	};
	expect([...new Set(packages)].sort()).toEqual(Object.keys(dependencies).sort());
});

test('its README names every option, and has no link that only the repository has', () => {
	const readme = readFileSync(join(folder, 'README.md'), 'utf8');
	expect([...readme.matchAll(/\]\((?!https?:)/g)]).toEqual([]);
	const help = execFileSync(process.execPath, [program, '--help'], { encoding: 'utf8' });
	const options = [...readme.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option);
	expect(options.length).toBeGreaterThan(5);
	for (const option of options) expect(help).toContain(` ${option} `);
});

test('the Dockerfile starts the program of the package, and checks its health route', () => {
	const dockerfile = readFileSync(join(folder, 'Dockerfile'), 'utf8');
	expect(dockerfile).toContain('"lib/main.js"');
	expect(dockerfile).toContain('/health');
	const options = [...dockerfile.matchAll(/"(--[a-z-]+)"/g)].map(([, option]) => option);
	const help = execFileSync(process.execPath, [program, '--help'], { encoding: 'utf8' });
	expect(options).toEqual(['--listen', '--port', '--file']);
	for (const option of options) expect(help).toContain(` ${option} `);
});
