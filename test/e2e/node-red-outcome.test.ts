/** The outcome node in a real Node-RED: what a kill leaves of it, and its dialog. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { useEditor } from './support/node-red-editor';
import { configure, deploy, makeHome, press, start, type RunningNodeRed, type Version } from './support/node-red';
import { openSimulator } from './support/simulator';
import { until } from './support/until';

/** An email that waits: its mailbox is full, and SMTP2GO tries again. */
const FULL = 'soft-bounce@example.com';

const outcomeNode = {
	type: 'smtp2go-outcome',
	name: '',
	sent: { type: 'msg', value: 'sent' },
	limit: 10,
	limitUnit: 'minutes',
	softLimit: '',
	source: 'auto',
	version: 1,
};

describe('in Node-RED 5', () => {
	let simulator: Simulator;
	let running: RunningNodeRed;
	let home: string;
	let file: string;
	beforeAll(async () => {
		simulator = await openSimulator({ demo: false, eventDelayMs: 20 });
		home = makeHome();
		file = join(home, 'passed.txt');
		configure(home, {
			contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
			functionExternalModules: true,
			smtp2goTimes: { grace: 1_000, firstRetry: 500 },
		});
		running = await start('5', home);
	});
	afterAll(async () => {
		await (running as RunningNodeRed | undefined)?.stop();
		await (simulator as Simulator | undefined)?.stop();
	});

	const flow = (publicUrl: string, to: string) => [
		{ id: 'tab', type: 'tab', label: 'Outcome' },
		{
			id: 'account',
			type: 'smtp2go-account',
			name: '',
			region: 'custom',
			baseUrl: simulator.apiUrl,
			publicUrl,
			pollInterval: 1,
			credentials: { apiKey: DEMO_API_KEY },
			version: 1,
		},
		{
			id: 'go',
			z: 'tab',
			type: 'inject',
			x: 100,
			y: 60,
			props: [{ p: 'payload' }, { p: 'topic', vt: 'str' }],
			payload: 'Hello',
			payloadType: 'str',
			topic: 'Order 17',
			wires: [['send']],
		},
		{
			id: 'send',
			z: 'tab',
			type: 'smtp2go-email',
			x: 250,
			y: 60,
			name: '',
			account: 'account',
			operation: 'send',
			fields: { sender: { type: 'str', value: 'shop@shop.example' }, to: { type: 'str', value: to } },
			output: 'result',
			resultTo: { type: 'msg', value: 'sent' },
			version: 2,
			wires: [['outcome']],
		},
		{ ...outcomeNode, id: 'outcome', z: 'tab', x: 400, y: 60, account: 'account', wires: [['0'], ['1'], ['2']] },
		...['0', '1', '2'].map((id) => ({
			id,
			z: 'tab',
			type: 'function',
			x: 550,
			y: 60 + Number(id) * 40,
			name: '',
			func: `fs.appendFileSync(${JSON.stringify(file)}, JSON.stringify({ output: ${id}, topic: msg.topic, payload: msg.payload, outcome: msg.outcome.outcome }) + '\\n');`,
			libs: [{ var: 'fs', module: 'fs' }],
			outputs: 1,
			wires: [[]],
		})),
	];
	const passed = () =>
		existsSync(file)
			? readFileSync(file, 'utf8')
					.trim()
					.split('\n')
					.map((line) => JSON.parse(line) as Record<string, unknown>)
			: [];
	const passedOn = (count: number) =>
		until(`message ${count}`, () => passed().length >= count && passed()[count - 1]);
	/** Everything in the context stores, as the files hold it. */
	const stored = () => {
		const folder = join(home, 'context');
		const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
		return files
			.filter((name) => name.endsWith('.json'))
			.map((name) => readFileSync(join(folder, name), 'utf8'))
			.join('');
	};
	const waits = async (count: number) => {
		await simulator.waitFor(
			({ emails }) => emails.filter(({ to }) => to.some(({ address }) => address === FULL)).length >= count,
		);
		await until('the soft bounce in the store', () => stored().includes('soft-bounced'));
	};
	const restart = async () => {
		await running.kill();
		simulator.raise('delivered');
		running = await start('5', home, Number(new URL(running.url).port));
	};

	it('an email that waited when the process was killed continues when its outcome is known', async () => {
		await deploy(running, flow(running.url, FULL));
		await press(running, 'go');
		await waits(1);
		await restart();
		expect(await passedOn(1)).toEqual({ output: 0, topic: 'Order 17', payload: 'Hello', outcome: 'delivered' });
	});

	it('so it does without a webhook, and each message continues once', async () => {
		await deploy(running, flow('', FULL));
		await press(running, 'go');
		await waits(2);
		await restart();
		expect(await passedOn(2)).toEqual({ output: 0, topic: 'Order 17', payload: 'Hello', outcome: 'delivered' });
		await running.kill();
		running = await start('5', home, Number(new URL(running.url).port));
		await deploy(running, flow('', 'bounce@example.com'));
		await press(running, 'go');
		expect(await passedOn(3)).toMatchObject({ output: 1, outcome: 'hard-bounced' });
		expect(passed()).toHaveLength(3);
		expect(running.log()).not.toMatch(/\[error\]|uncaught|unhandled/i);
	});
});

describe.each<Version>(['5', '4'])('the dialog in Node-RED %s', (version) => {
	const editor = useEditor(version, 'light');
	const fresh = { ...outcomeNode, id: 'fresh', z: 'rb.tab', account: 'rb.account', x: 200, y: 700 };
	// As if it was written by hand.
	const bare = { id: 'bare', z: 'rb.tab', type: 'smtp2go-outcome', account: 'rb.account', x: 400, y: 700 };
	const value = async (id: string, property: string) =>
		JSON.parse(
			String(await editor.page.evaluate(`JSON.stringify(RED.nodes.node('${id}').${property} ?? null)`)),
		) as unknown;
	beforeAll(async () => {
		const nodes = [fresh, bare].map((node) => ({ ...node, wires: [[], [], []] }));
		await editor.page.evaluate(`RED.nodes.import(${JSON.stringify(nodes)}, { generateIds: false })`);
	});

	it('says what the source means, and when the limit is too short for the log', async () => {
		const { page } = editor;
		await editor.edit('fresh');
		await editor.picture('outcome');
		const help = () => page.innerText('.smtp2go-source-help');
		expect(await help()).toContain('by webhook, in real time');
		await page.selectOption('#node-input-source', 'log');
		expect(await help()).not.toContain('at least 5 minutes');
		await page.fill('#node-input-limit', '2');
		await page.fill('#node-input-softLimit', '1.5');
		expect(await help()).toContain('at least 5 minutes');
		await editor.picture('outcome-log');
		await editor.shut('ok');
		expect(await value('fresh', 'source')).toBe('log');
		expect(String(await value('fresh', 'softLimit'))).toBe('1.5');
		expect(await value('fresh', 'sent')).toEqual({ type: 'msg', value: 'sent' });
		expect(await value('fresh', 'valid')).toBe(true);
		const labels = await page.evaluate(
			`JSON.stringify([0, 1, 2].map((index) => RED.nodes.node('fresh')._def.outputLabels.call(RED.nodes.node('fresh'), index)))`,
		);
		expect(labels).toBe('["Delivered","Failed","Timed out"]');
	});

	it('fills in what a node that was written by hand lacks, and refuses what is not valid', async () => {
		const { page } = editor;
		await editor.edit('bare');
		const values = () =>
			Promise.all(['limit', 'limitUnit', 'source'].map((name) => page.inputValue(`#node-input-${name}`)));
		expect(await values()).toEqual(['10', 'minutes', 'auto']);
		await page.fill('#node-input-limit', '8');
		await page.selectOption('#node-input-limitUnit', 'days');
		await page.waitForSelector('#node-input-limit.input-error');
		await page.fill('#node-input-limit', '7');
		await page.locator('#node-input-limit').blur();
		await page.waitForSelector('#node-input-limit:not(.input-error)');
		await page.fill('#node-input-softLimit', '-1');
		await page.locator('#node-input-softLimit').blur();
		await page.waitForSelector('#node-input-softLimit.input-error');
		await editor.shut('cancel');
	});

	it('without a word of complaint in the console', () => expect(editor.complaints).toEqual([]));
});
