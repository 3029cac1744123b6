/** The ask node in a real Node-RED, with a real browser: who decides, how often, and what a restart leaves of it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Simulator } from '../../simulator';
import { linksTo } from '../node-red/support/ask-links';
import { askFlow, passedIn } from './support/ask-flow';
import { complaintsOf, startChromium, takePicture } from './support/chromium';
import {
	configure,
	deploy,
	makeHome,
	press,
	start,
	versions,
	type RunningNodeRed,
	type Version,
} from './support/node-red';
import { openSimulator } from './support/simulator';
import { pause, until } from './support/until';

const BOSS = 'boss@shop.example';
const CFO = 'cfo@shop.example';
const ANN = '+14155550123';

let simulator: Simulator;
let browser: Browser;
let running: RunningNodeRed;
let home: string;
let file: string;
beforeAll(async () => {
	[simulator, browser] = await Promise.all([openSimulator({ demo: false }), startChromium()]);
});
afterAll(async () => {
	await (browser as Browser | undefined)?.close();
	await (simulator as Simulator | undefined)?.stop();
});

const fixed = (value: string) => ({ type: 'str', value });
const both = {
	to: fixed(`Boss <${BOSS}>, ${CFO}`),
	sender: fixed('shop@shop.example'),
	subject: { type: 'msg', value: 'topic' },
	message: { type: 'msg', value: 'payload' },
};
const nodes = [
	{ id: 'approval', outputs: 3, comment: 'requiredOnDecline', fields: both },
	{ id: 'choice', outputs: 4, responseType: 'choice', choices: 'Red\nGreen\nBlue' },
	{ id: 'text', outputs: 2, responseType: 'freeText' },
	{ id: 'sms', outputs: 3, via: 'sms' },
	{ id: 'reply', outputs: 3, via: 'smsReply' },
	{ id: 'limit', outputs: 3, limit: '0.05', limitUnit: 'minutes' },
];
const flow = (changed: Record<string, object> = {}) =>
	askFlow(
		simulator,
		running.url,
		file,
		nodes.map((node) => ({ ...node, ...changed[node.id] })),
	);
const settings = {
	contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
	functionExternalModules: true,
};

async function begin(version: Version): Promise<void> {
	simulator.reset();
	home = makeHome();
	file = join(home, 'passed.txt');
	configure(home, settings);
	running = await start(version, home);
	await deploy(running, flow());
}
const port = () => Number(new URL(running.url).port);

/** Asks a question, and returns its newest link to each recipient. */
async function askFor(id: string, ...recipients: string[]): Promise<string[]> {
	const before = recipients.map((one) => linksTo(simulator, one).length);
	await press(running, `go.${id}`);
	return until(`links of ${id}`, () => {
		const links = recipients.map((one, index) => linksTo(simulator, one)[before[index] ?? 0]);
		return links.every((link) => link !== undefined) ? (links as string[]) : undefined;
	});
}
const open = async (link: string) => {
	const page = await browser.newPage();
	page.setDefaultTimeout(60_000);
	const complaints = complaintsOf(page);
	await page.goto(link);
	return { page, complaints };
};
/** Answers on the page of a link, as a person does. */
async function answer(link: string, id: string, fill: (page: Page) => Promise<void> = () => Promise.resolve()) {
	const { page, complaints } = await open(link);
	await fill(page);
	await page.click(`#answer-${id}`);
	await page.waitForSelector('form', { state: 'detached' });
	expect(complaints).toEqual([]);
	const text = await page.innerText('body');
	await page.close();
	return text;
}
const passed = (id: string) => passedIn(file).filter(({ node }) => node === id);
const lastOf = (id: string, count = 1) =>
	until(`an answer of ${id}`, () => (passed(id).length >= count ? passed(id)[count - 1] : undefined));
const post = (link: string, form: Record<string, string>) =>
	fetch(link, { method: 'POST', body: new URLSearchParams(form) });

describe('in Node-RED 5', () => {
	beforeAll(() => begin('5'));
	afterAll(async () => {
		await (running as RunningNodeRed | undefined)?.stop();
	});

	it('each answer by a link goes to its own output, with who answered', async () => {
		const [boss = '', cfo = ''] = await askFor('approval', BOSS, CFO);
		const { page } = await open(`${boss}#answer-decline`);
		await takePicture(page, 'node-red-ask-page');
		// Without the required comment, nothing is decided.
		await page.click('#answer-decline');
		await page.waitForSelector('[role="alert"]');
		await page.close();
		expect(await answer(boss, 'decline', (one) => one.fill('[name="comment"]', 'Too "much" <b>😀</b>'))).toContain(
			BOSS,
		);
		const { page: other } = await open(cfo);
		expect(await other.innerText('body')).toContain(BOSS);
		await other.close();
		expect(await lastOf('approval')).toMatchObject({
			output: 1,
			order: 'approval',
			answer: { approved: false, comment: 'Too "much" <b>😀</b>', respondedBy: BOSS, channel: 'email' },
		});
		const [green = ''] = await askFor('choice', BOSS);
		await answer(green, '2');
		expect(await lastOf('choice')).toMatchObject({ output: 1, answer: { choice: 'Green' } });
		const [text = ''] = await askFor('text', BOSS);
		await answer(text, 'text', (one) => one.fill('textarea', 'In May'));
		expect(await lastOf('text')).toMatchObject({ output: 0, answer: { text: 'In May' } });
		const [sms = ''] = await askFor('sms', ANN);
		await answer(sms, 'approve');
		expect(await lastOf('sms')).toMatchObject({ output: 0, answer: { respondedBy: ANN, channel: 'sms' } });
	});

	it('a text message answers without a page', async () => {
		await press(running, 'go.reply');
		await simulator.waitFor(({ sms }) => sms.find(({ content }) => content.includes('Is "reply" fine?')));
		simulator.receiveSms({ from: ANN, content: 'Perhaps' });
		await simulator.waitFor(({ sms }) => sms.filter(({ content }) => content.includes('NO')).length >= 2);
		simulator.receiveSms({ from: ANN, content: ' no! ' });
		expect(await lastOf('reply')).toMatchObject({ output: 1, answer: { approved: false, respondedBy: ANN } });
	});

	it('a scanner decides nothing: 100 requests, and a browser that opens the page', async () => {
		const [link = ''] = await askFor('approval', BOSS);
		const { page, complaints } = await open(`${link}#answer-approve`);
		await page.waitForLoadState('networkidle');
		await page.close();
		for (let round = 0; round < 100; round++) {
			const method = ['GET', 'HEAD', 'OPTIONS'][round % 3] ?? '';
			const response = await fetch(`${link}?answer=approve`, { method, headers: { 'User-Agent': 'SafeLinks' } });
			expect(response.ok).toBe(true);
		}
		expect([passed('approval').length, complaints]).toEqual([1, []]);
	});

	it('10,000 forged and altered links decide nothing', async () => {
		const [link = ''] = await askFor('approval', BOSS);
		const [base = '', token = ''] = link.split('/ask/');
		const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		const forged = Array.from({ length: 10_000 }, (_, index) => {
			const at = index % token.length;
			const other = characters[(characters.indexOf(token[at] ?? '') + 1 + (index % 60)) % 64] ?? '';
			return `${base}/ask/${token.slice(0, at)}${other}${token.slice(at + 1)}`;
		}).filter((one) => one !== link);
		const statuses: Record<number, number> = {};
		await Promise.all(
			Array.from({ length: 20 }, async () => {
				for (let one = forged.pop(); one !== undefined; one = forged.pop()) {
					const { status } = await post(one, { answer: 'approve' });
					statuses[status] = (statuses[status] ?? 0) + 1;
				}
			}),
		);
		process.stdout.write(
			`10,000 forged links: ${JSON.stringify(statuses)}, ${passed('approval').length - 1} accepted\n`,
		);
		expect(Object.keys(statuses)).toEqual(['403']);
		expect(passed('approval')).toHaveLength(1);
		await post(link, { answer: 'approve' });
		await lastOf('approval', 2);
	});

	it('two people at the same moment, and a double click, decide once', async () => {
		const links = await askFor('approval', BOSS, CFO);
		const pages = await Promise.all(links.map(open));
		await Promise.all(pages.map(({ page }) => page.dblclick('#answer-approve')));
		await Promise.all(pages.map(({ page }) => page.waitForSelector('form', { state: 'detached' })));
		const texts = await Promise.all(pages.map(({ page }) => page.innerText('body')));
		expect(texts.every((text) => /@shop\.example/.test(text))).toBe(true);
		await Promise.all(pages.map(({ page }) => page.close()));
		await pause(500);
		expect(passed('approval')).toHaveLength(3);
	});

	it('a deploy keeps what waits, and a deleted node closes it', async () => {
		const [link = ''] = await askFor('approval', BOSS);
		for (const type of ['full', 'flows', 'nodes'] as const)
			await deploy(running, flow({ approval: { name: `changed ${type}` } }), type);
		await answer(link, 'approve');
		expect(await lastOf('approval', 4)).toMatchObject({ output: 0, order: 'approval' });
		const [closed = ''] = await askFor('text', BOSS);
		await deploy(
			running,
			flow().filter(({ id }) => id !== 'text'),
			'nodes',
		);
		expect((await fetch(closed)).status).toBe(410);
		await deploy(running, flow());
		expect((await post(closed, { answer: 'text', text: 'x' })).status).toBe(410);
		expect(passed('text')).toHaveLength(1);
	});

	it('a killed process keeps what waits, and the limit counts while it is down', async () => {
		const [link = ''] = await askFor('approval', BOSS);
		await press(running, 'go.limit');
		await press(running, 'go.reply');
		await simulator.waitFor(
			({ sms }) => sms.filter(({ content }) => content.includes('Is "reply" fine?')).length >= 2,
		);
		await until('the second limit', () => linksTo(simulator, BOSS).length >= 8);
		await pause(500);
		await running.kill();
		simulator.receiveSms({ from: ANN, content: 'yes' });
		await pause(3_500);
		running = await start('5', home, port());
		expect(await lastOf('limit')).toMatchObject({ output: 2, order: 'limit', answer: { timedOut: true } });
		expect(await lastOf('reply', 2)).toMatchObject({ output: 0, order: 'reply', answer: { approved: true } });
		await answer(link, 'approve');
		expect(await lastOf('approval', 5)).toMatchObject({ output: 0, order: 'approval' });
		await running.kill();
		running = await start('5', home, port());
		await pause(1_000);
		expect(['limit', 'reply', 'approval'].map((id) => passed(id).length)).toEqual([1, 2, 5]);
		expect((await fetch(link)).status).toBe(200);
	});

	it('no link is in the log or in a context that the editor shows', async () => {
		const [link = ''] = await askFor('approval', BOSS);
		const shown = await fetch(`${running.url}/context/node/account`, { headers: { Accept: 'application/json' } });
		const text = await shown.text();
		const signatures = linksTo(simulator, BOSS).map((one) => one.slice(-43));
		expect(text).toContain(BOSS);
		for (const signature of signatures) expect([text, running.log()].join().includes(signature)).toBe(false);
		await post(link, { answer: 'approve' });
		expect(running.log()).not.toMatch(/\[error\]|uncaught|unhandled/i);
	});
});

describe.each(versions.filter((version) => version !== '5'))('in Node-RED %s', (version) => {
	beforeAll(() => begin(version));
	afterAll(async () => {
		await running.stop();
	});

	it('a question waits over a restart, and a click on the page answers it', async () => {
		const [link = ''] = await askFor('approval', BOSS);
		await pause(500);
		await running.kill();
		running = await start(version, home, port());
		await answer(link, 'approve');
		expect(await lastOf('approval')).toMatchObject({ output: 0, order: 'approval', answer: { approved: true } });
		expect(running.log()).not.toMatch(/\[error\]|uncaught|unhandled/i);
	});
});
