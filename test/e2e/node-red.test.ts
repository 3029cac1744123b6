import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { admin, deploy, example, makeHome, press, start, versions, type RunningNodeRed } from './support/node-red';
import { prepared } from './support/prepare';
import { pause } from './support/until';
import { openSimulator } from './support/simulator';

const { files, size } = prepared().nodeRedPackage;

describe('the packed package', () => {
	it('holds what Node-RED needs and nothing else', () => {
		const expected =
			/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|api\/.*\.js|examples\/[\w-]+\.json|node-red\/((runtime|shared)\/([\w-]+\/)*[\w-]+\.js|runtime\/texts\/[\w-]+\.json|plugin\/smtp2go-editor\.html|nodes\/[\w-]+\.(js|html)|nodes\/icons\/[\w-]+\.svg|(nodes|plugin)\/locales\/[\w-]+\/[\w-]+\.(json|html)))$/;
		expect(files.filter((file) => !expected.test(file))).toEqual([]);
		// Bytes: some 356,000 with all operations, trigger, queue, template variables, the activity log, received SMS,
		// health, approvals and 23 icons. Approvals are 50,000 of them: texts in four languages, email and page
		// (24,000), the node (12,000), and its dialog, help and examples. The outcome node adds 23,000 (half of them
		// its dialog, help and example), preview and test of an email 19,000 (half of them rendering and its white
		// space, a third the dialog), and lists, checks, outcomes and reports of api/ some 75,000. Each language of the
		// dialogs and the help is 79,000, half of it messages and half help, and there are three beside English. The
		// texts of api/ add 29,000 for each of the three.
		// A second copy of the client (45,000) or of the dialogs' script (20,000) would go beyond.
		expect(size).toBeLessThan(815_000);
	});
});

describe.each(versions)('in Node-RED %s', (version) => {
	let simulator: Simulator;
	let running: RunningNodeRed;
	let home: string;

	beforeAll(async () => {
		simulator = await openSimulator({ eventDelayMs: 20 });
		home = makeHome();
		running = await start(version, home);
	});
	afterAll(async () => {
		await running?.stop();
		await simulator?.stop();
	});

	const account = () => ({
		region: 'custom',
		baseUrl: simulator.apiUrl,
		publicUrl: running.url,
		credentials: { apiKey: DEMO_API_KEY },
	});

	it('every node set loads, with its texts, icon and examples', async () => {
		const sets = (
			await admin<{ id: string; module: string; enabled: boolean; err?: string; types: string[] }[]>(
				running,
				'/nodes',
			)
		).filter(({ module }) => module === 'node-red-contrib-smtp2go');
		expect(sets.length).toBeGreaterThan(5);
		expect(sets.filter(({ enabled, err }) => !enabled || err !== undefined)).toEqual([]);
		expect(await admin(running, '/locales/node-red-contrib-smtp2go/smtp2go-email?lng=en-US')).toMatchObject({
			email: { send: { to: { label: 'To' } } },
		});
		expect(await admin(running, '/icons')).toMatchObject({
			'node-red-contrib-smtp2go': expect.arrayContaining(['smtp2go-email.svg', 'smtp2go-trigger.svg']),
		});
		expect(JSON.stringify(await admin(running, '/library/examples/flows/node-red-contrib-smtp2go'))).toContain(
			'receipt-and-bounce',
		);
	});

	it('the example sends a receipt, and on a hard bounce suppresses the address and tells the team', async () => {
		await deploy(running, example('receipt-and-bounce', account()));
		await simulator.waitFor(({ hooks }) => hooks[0]);
		await press(running, 'rb.ann');
		await simulator.waitFor(({ emails }) => emails[0]);
		await press(running, 'rb.bob');
		await simulator.waitFor(({ suppressions, emails }) => suppressions.length === 1 && emails.length === 3);
		expect(simulator.state.suppressions).toMatchObject([{ email_address: 'bounce@example.com' }]);
		expect(simulator.state.emails.map(({ subject }) => subject)).toEqual([
			'Receipt for order 1001',
			'Receipt for order 1002',
			'Email to bounce@example.com bounced',
		]);
		expect(simulator.state.emails[2]).toMatchObject({ text: expect.stringContaining('hard-bounced: 550') });
		expect(await admin(running, '/context/flow/rb.tab/bounced')).toMatchObject({
			msg: expect.stringContaining('bounce@example.com'),
		});
	});

	it('pressed again the email is refused, which the flow shows; forgiven, it leaves again', async () => {
		await press(running, 'rb.bob');
		await simulator.waitFor(({ events }) => events.find(({ event }) => event === 'reject'));
		await press(running, 'rb.forgive');
		await simulator.waitFor(({ suppressions }) => suppressions.length === 0);
		const bounces = () => simulator.state.events.filter(({ event }) => event === 'bounce').length;
		const before = bounces();
		await press(running, 'rb.bob');
		await simulator.waitFor(() => bounces() > before);
		// The team is told last, as the first time.
		await simulator.waitFor(
			({ emails }) =>
				emails.filter(({ subject }) => subject === 'Email to bounce@example.com bounced').length === 2,
		);
		expect(simulator.state.suppressions).toHaveLength(1);
	});

	it('a restart keeps the hook and reads it once', async () => {
		const [hook] = structuredClone(simulator.state.hooks);
		const calls = simulator.state.requests.length;
		await running.stop();
		running = await start(version, home, Number(new URL(running.url).port));
		await simulator.waitFor(({ requests }) => requests.length > calls);
		await pause(500);
		expect(simulator.state.requests.slice(calls).map(({ path }) => path)).toEqual(['/webhook/view']);
		expect(simulator.state.hooks.map(({ id }) => id)).toEqual([hook?.id]);
	});

	it('deleting account and trigger removes the hook', async () => {
		await deploy(running, [{ id: 'tab', type: 'tab', label: 'Empty' }]);
		await simulator.waitFor(({ hooks }) => hooks.length === 0);
	});

	it('the tour of the account lists templates and webhooks', async () => {
		await deploy(running, example('tour-of-the-account', account()));
		const calls = simulator.state.requests.length;
		for (const id of ['tour.b20', 'tour.b21']) await press(running, id);
		const paths = () =>
			simulator.state.requests
				.slice(calls)
				.filter(({ status }) => status === 200)
				.map(({ path }) => path);
		await simulator.waitFor(() => paths().includes('/template/search') && paths().includes('/webhook/view'));
	});

	it("a node in a subflow reads its instance's variables", async () => {
		const before = simulator.state.suppressions.length;
		await deploy(running, [
			{ id: 'tab', type: 'tab', label: 'Subflow' },
			{ id: 'account', type: 'smtp2go-account', ...account() },
			{
				id: 'sub',
				type: 'subflow',
				name: 'Suppress',
				in: [{ x: 50, y: 30, wires: [{ id: 'inner' }] }],
				out: [],
				env: [{ name: 'WHO', type: 'str', value: 'nobody@example.org' }],
			},
			{
				id: 'inner',
				z: 'sub',
				type: 'smtp2go-suppression',
				name: '',
				account: 'account',
				operation: 'add',
				fields: { email_address: { type: 'env', value: 'WHO' } },
				output: 'result',
				version: 1,
				x: 150,
				y: 50,
				wires: [[]],
			},
			{ id: 'press', z: 'tab', type: 'inject', props: [], x: 100, y: 50, wires: [['instance']] },
			{
				id: 'instance',
				z: 'tab',
				type: 'subflow:sub',
				env: [{ name: 'WHO', type: 'str', value: 'instance@example.org' }],
				x: 250,
				y: 50,
				wires: [],
			},
		]);
		await press(running, 'press');
		await simulator.waitFor(({ suppressions }) => suppressions.length > before);
		expect(simulator.state.suppressions.map(({ email_address: address }) => address)).toContain(
			'instance@example.org',
		);
	});

	it('nothing went wrong on the way', () => {
		expect(
			running
				.log()
				.split('\n')
				.filter((line) => /\[error\]|uncaught|unhandled/i.test(line)),
		).toEqual([]);
	});

	it('the key is kept encrypted and appears in no log', async () => {
		await deploy(running, example('receipt-and-bounce', account()));
		expect(JSON.stringify(await admin(running, '/flows'))).not.toContain(DEMO_API_KEY);
		expect(running.log()).not.toContain(DEMO_API_KEY);
	});
});
