/**
 * The examples in a whole Node-RED. What each does is tested in `test/node-red/examples`, in Node-RED's runtime. Here
 * they run side by side, and those are tried that need what only a whole Node-RED has.
 */
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { exampleNames } from '../node-red/examples/support/examples';
import { deploy, example, makeHome, press, start, type RunningNodeRed } from './support/node-red';
import { openSimulator } from './support/simulator';

/** Its nodes are those of FlowFuse Dashboard, which is not installed. */
const WITH_DASHBOARD = 'deliverability-dashboard';

let simulator: Simulator;
let running: RunningNodeRed;
beforeAll(async () => {
	simulator = await openSimulator({ eventDelayMs: 5 });
	running = await start('5', makeHome());
	const account = {
		region: 'custom',
		baseUrl: simulator.apiUrl,
		publicUrl: running.url,
		credentials: { apiKey: DEMO_API_KEY },
	};
	const flows = exampleNames.filter((name) => name !== WITH_DASHBOARD).map((name) => example(name, account));
	// All with the account of the first one: that is what the editor does with imported nodes.
	const [{ id } = { id: '' }] = flows[0]?.filter(({ type }) => type === 'smtp2go-account') ?? [];
	const nodes = flows.flatMap((flow) =>
		flow
			.filter((node) => node.type !== 'smtp2go-account' || node.id === id)
			.map((node) => (node['account'] === undefined ? node : { ...node, account: id }))
			.map((node) => {
				const url = `${simulator.url}/page/icon.svg`;
				return node.id === 'ad.which'
					? JSON.parse(JSON.stringify(node).replace('https://www.example.com/', url))
					: node;
			}),
	) as ReturnType<typeof example>;
	await deploy(running, nodes);
	await simulator.waitFor(({ hooks }) => hooks[0]);
});
afterAll(async () => {
	await (running as RunningNodeRed | undefined)?.stop();
	await (simulator as Simulator | undefined)?.stop();
});

const emailTo = (address: string) =>
	simulator.waitFor(({ emails }) => emails.find(({ to }) => to.some((one) => one.address === address)));
const post = (path: string, form: Record<string, string>) =>
	fetch(`${running.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });

test('attachment from cloud storage: the file arrives whole', async () => {
	await press(running, 'ad.go');
	const { attachments } = await emailTo('team@shop.example');
	const whole = Buffer.from(await (await fetch(`${simulator.url}/page/icon.svg`)).arrayBuffer());
	expect(attachments.map(({ filename }) => filename)).toEqual(['report.html']);
	expect(attachments[0]?.content.equals(whole)).toBe(true);
});

test("one-time code by SMS: Node.js's crypto makes the code and checks it", async () => {
	expect((await post('/code/send', { user: 'ann' })).status).toBe(202);
	const { content } = await simulator.waitFor(({ sms }) => sms.find((one) => one.content.startsWith('Your code')));
	const code = /\d{6}/.exec(content)?.[0] ?? '';
	expect((await post('/code/verify', { user: 'ann', code: code === '111111' ? '222222' : '111111' })).status).toBe(
		401,
	);
	const right = await post('/code/verify', { user: 'ann', code });
	expect([right.status, await right.json()]).toEqual([200, { ok: true }]);
	expect((await post('/code/verify', { user: 'ann', code })).status).toBe(401);
});

test('contact form: a visitor who sends the form of the page is thanked', async () => {
	const page = await fetch(`${running.url}/contact`);
	expect(page.headers.get('content-type')).toContain('text/html');
	const names = [...(await page.text()).matchAll(/name="(\w+)"/g)].map(([, name]) => name);
	expect(names).toEqual(['name', 'email', 'message', 'website']);
	const response = await post('/contact', { name: 'Joe', email: 'joe@example.com', message: 'Hi', website: '' });
	expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Thank you')]);
});

test('receipt and bounce: the event reaches every example that waits for it, and each does its part', async () => {
	await press(running, 'rb.bob');
	const subjects = () => simulator.state.emails.map(({ subject }) => subject);
	await simulator.waitFor(() => subjects().includes('Email to bounce@example.com bounced'));
	await simulator.waitFor(({ suppressions }) => suppressions.some(({ reason }) => reason === 'manual'));
	expect(simulator.state.hooks).toHaveLength(1);
});

test('nothing went wrong on the way', () => {
	expect(
		running
			.log()
			.split('\n')
			.filter((line) => /\[error\]|uncaught|unhandled|missing types/i.test(line)),
	).toEqual([]);
});
