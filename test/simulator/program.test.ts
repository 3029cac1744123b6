/** The simulator as a program: its options, its state file, and its end. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions */
import { type ChildProcess, spawn } from 'node:child_process';
import {
	existsSync,
	cpSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { DEMO_API_KEY, startSimulator } from '../../simulator';
import { call, MAIL } from './support/call';
import { startReceiver } from './support/receiver';

const root = join(__dirname, '..', '..');
let folder: string;
let program: ChildProcess | undefined;

/** Compiles the simulator aside, inside the project so that it finds its modules. */
beforeAll(() => {
	mkdirSync(join(root, '.build'), { recursive: true });
	folder = mkdtempSync(join(root, '.build', 'simulator-test-'));
	const jsc = { target: 'es2022', parser: { syntax: 'typescript' } } as const;
	for (const file of globSync('**/*.ts', { cwd: join(root, 'simulator') })) {
		const target = join(folder, file.replace(/\.ts$/, '.js'));
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(
			target,
			transformFileSync(join(root, 'simulator', file), { jsc, module: { type: 'commonjs' }, swcrc: false }).code,
		);
	}
	cpSync(join(root, 'simulator', 'page'), join(folder, 'page'), { recursive: true });
});

afterEach(() => program?.kill('SIGKILL'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the program and resolves with what it prints. */
async function start(...args: string[]): Promise<string> {
	const child = spawn(process.execPath, [join(folder, 'main.js'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
	program = child;
	return new Promise((resolve, reject) => {
		child.stdout.setEncoding('utf8').once('data', resolve);
		child.once('error', reject);
	});
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
	const child = program;
	const ended = new Promise<number | null>((resolve) => child?.once('exit', resolve));
	child?.kill(signal);
	return ended;
}

test.each(['SIGTERM', 'SIGINT'] as const)(
	'prints address and key, ends cleanly on %s while a delivery is under way',
	async (signal) => {
		const printed = await start('--port', '0', '--event-delay', '0', '--free-plan');
		const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';
		expect(printed).toContain(`${url}/v3`);
		expect(printed).toContain(DEMO_API_KEY);
		expect((await fetch(url)).status).toBe(200);
		const receiver = await startReceiver([200, undefined]);
		const post = (path: string, body: object): Promise<Response> =>
			fetch(`${url}/v3${path}`, {
				method: 'POST',
				headers: { 'x-smtp2go-api-key': DEMO_API_KEY },
				body: JSON.stringify(body),
			});
		expect((await post('/webhook/add', { url: receiver.url, events: ['processed'] })).status).toBe(200);
		expect((await post('/webhook/add', { url: receiver.url })).status).toBe(400);
		await post('/email/send', MAIL);
		while (receiver.deliveries().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		expect(await stop(signal)).toBe(0);
		await receiver.stop();
	},
);

test('keeps its state in a file: emails with their bytes, webhooks, schedules, and pending deliveries', async () => {
	const file = join(folder, 'state.json');
	const receiver = await startReceiver([200, 500, 200]);
	const first = await startSimulator({ file, eventDelayMs: 0, timeScale: 1e5 });
	await call(first, '/webhook/add', { url: receiver.url, events: ['delivered'] });
	await call(first, '/email/send', { ...MAIL, schedule: new Date(Date.now() + 60_000).toISOString() });
	await call(first, '/email/send', { ...MAIL, attachments: [{ filename: 'a', fileblob: 'AP8Q' }] });
	await first.waitFor(({ deliveries }) => deliveries[0]?.nextAttemptAt);
	await first.stop();
	expect(statSync(file).mode & 0o077).toBe(0);

	const second = await startSimulator({ file, eventDelayMs: 0 });
	expect(second.state.emails[0]?.attachments[0]?.content).toEqual(Buffer.from([0, 255, 16]));
	expect(second.state.hooks).toEqual(first.state.hooks);
	await second.waitFor(({ deliveries }) => deliveries[0]?.status === 'delivered');
	expect(second.runScheduled()).toBe(1);
	expect(second.state.nextId()).toBeGreaterThan(first.state.hooks[0]?.id ?? Infinity);
	await second.stop();
	await receiver.stop();
});

test('writes the file again after a reset', async () => {
	const file = join(folder, 'reset.json');
	const simulator = await startSimulator({ file });
	await call(simulator, '/email/send', MAIL);
	simulator.reset();
	await call(simulator, '/email/send', { ...MAIL, subject: 'After' });
	await simulator.waitFor(() => existsSync(file) && readFileSync(file, 'utf8').includes('"After"'));
	await simulator.stop();
	expect(readFileSync(file, 'utf8')).not.toContain(MAIL.subject);
});
