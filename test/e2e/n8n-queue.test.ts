/**
 * n8n in queue mode: one main, two webhook processors, two workers, PostgreSQL and Redis, all real. `EVENTS=2000`
 * delivers as many events as docs/trigger-behavior.md tells of.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { N8nClient } from '../../scripts/start/n8n-host.cjs';
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { deliverAll, eventIdOf, report } from './support/deliveries';
import { draft, owner } from './support/n8n';
import { missing, type Stores } from './support/queue';
import { openQueueHost, type QueueHost } from './support/queue-host';
import { until } from './support/until';
import { askingNode, linkTo, post, save, then } from './support/n8n-approval';

const EVENTS = Number(process.env['EVENTS'] ?? 500);
/** How many executions a worker has in hand at once, as n8n presets it. */
const IN_HAND = 10;
const lacking = missing();
// In CI both are installed by .ci/run: a machine without them must not pass unseen there.
if (lacking !== undefined && process.env['CI']) throw new Error(`Queue mode cannot be tested without ${lacking}`);
if (lacking !== undefined) report(`NOT TESTED: n8n's queue mode, because this machine has no ${lacking}`);

const trigger = {
	name: 'Events',
	type: 'n8n-nodes-smtp2go.smtp2goTrigger',
	webhookId: 'dddddddd-0000-4000-8000-00000000000d',
	parameters: { events: ['bounce'], smsEvents: [] },
};

(lacking === undefined ? describe : describe.skip)('n8n in queue mode', () => {
	let host: QueueHost;
	let simulator: Simulator;
	let stores: Stores;
	let client: N8nClient;
	let workflow: { id: string };
	const calls = () =>
		simulator.state.requests.filter(({ path }) => path.startsWith('/webhook/')).map(({ path }) => path);

	beforeAll(async () => {
		host = await openQueueHost({
			processors: ['processor1', 'processor2'],
			demo: true,
			// A worker whose jobs are given to another soon after it died; n8n's own times are longer.
			workerEnv: {
				QUEUE_WORKER_LOCK_DURATION: '10000',
				QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
				QUEUE_WORKER_STALLED_INTERVAL: '5000',
			},
		});
		({ simulator, stores, client } = host);
	}, 900_000);

	afterAll(async () => {
		await (host as QueueHost | undefined)?.stop();
	});

	test('the main alone makes the hook: one read and one add', async () => {
		const { id, name } = await client.saveCredential('SMTP2GO simulator', {
			apiKey: DEMO_API_KEY,
			region: 'custom',
			baseUrl: simulator.apiUrl,
		});
		// The pause of the second node lets the worker that is killed have something in hand.
		workflow = (await client.call('POST', '/workflows', {
			name: 'Bounces',
			active: false,
			...draft([
				{ ...trigger, credentials: { smtp2goApi: { id, name } } },
				{ name: 'Then', type: 'n8n-nodes-base.wait', parameters: { amount: 0.3, unit: 'seconds' } },
			]),
		})) as { id: string };
		await client.activate(workflow.id);
		expect(simulator.state.hooks).toEqual([
			expect.objectContaining({
				url: expect.stringContaining(`${host.address}/webhook/`),
				events: ['bounce'],
			}),
		]);
		expect(calls().filter((path) => path !== '/webhook/view')).toEqual(['/webhook/add']);
	});

	test('an answer that arrives at one of two webhook processors counts once, and their page is the same', async () => {
		const { id, name } = ((await client.call('GET', '/credentials')) as { id: string; name: string }[])[0] ?? {
			id: '',
			name: '',
		};
		const asking = { client, simulator, credential: { id, name } };
		const workflowId = await save(asking, 'Ask', [
			{
				name: 'Order',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: 'eeeeeeee-0000-4000-8000-00000000000e',
				parameters: { path: 'order', options: {} },
			},
			askingNode(asking, {
				to: 'ann@example.com, bob@example.com',
				options: { reminder: { values: { resumeAmount: 1, resumeUnit: 'days' } } },
			}),
			then,
		]);
		await client.activate(workflowId);
		await fetch(`${host.address}/webhook/order`);
		await simulator.waitFor((state) => state.scheduled.length === 2, { timeoutMs: 60_000 });
		const waiting = () =>
			stores.query(`SELECT status FROM execution_entity WHERE "workflowId" = '${workflowId}'`)[0];
		await until('the execution to wait', () => waiting() === 'waiting');
		const links = ['ann@example.com', 'bob@example.com'].map((address) => linkTo(asking, address));
		for (const link of links) for (let round = 0; round < 2; round++) expect((await fetch(link)).status).toBe(200);
		const answers = await Promise.all(links.map((link) => post(link, { answer: 'approve' })));
		// Each went to another process: there, n8n itself rejects the second one.
		expect(answers.filter(({ text }) => text.includes('Your answer was recorded'))).toHaveLength(1);
		report(
			`Queue mode: two answers at once got ${answers
				.map(({ status }) => status)
				.toSorted()
				.join(' and ')}`,
		);
		await until('the execution', () => waiting() === 'success');
		await simulator.waitFor((state) => state.scheduled.length === 0);
		await client.deactivate(workflowId);
		// The next test counts executions.
		stores.query('DELETE FROM execution_entity');
	});

	/**
	 * n8n's own promise is: what a worker that was killed had in hand is not run again (n8n sets Bull's maxStalledCount
	 * to 0). It
	 * ends in error, without the event in its data, and starts the error workflow. All else is executed once.
	 */
	test(`executes each of ${EVENTS} events once over two processors, except those of a worker that is killed`, async () => {
		const [hook] = simulator.state.hooks;
		const before = JSON.stringify(simulator.state.hooks);
		simulator.state.requests.length = 0;
		const ids = Array.from({ length: EVENTS }, (_, index) => `evt-${index}`);
		const ended = () =>
			Number(
				stores.query(
					"SELECT count(*) FROM execution_entity WHERE status IN ('success', 'error', 'crashed')",
				)[0],
			);
		const sending = deliverAll(hook?.url ?? '', hook?.auth_header_value ?? '', ids, { atOnce: 50 });
		await until('the first executions', () => ended() > EVENTS / 10);
		await host.running['worker2']?.kill();
		await host.start('worker2');
		const sent = await sending;
		await until('all executions', () => ended() >= EVENTS, 240_000);
		const rows = stores
			.query('SELECT e.status, d.data FROM execution_entity e JOIN execution_data d ON d."executionId" = e.id')
			.map((line) => line.split('\t') as [string, string]);
		const executed = rows.filter(([status]) => status === 'success').map(([, data]) => eventIdOf(data, 'Events'));
		const inHand = rows.filter(([status]) => status !== 'success').map(([, data]) => data);
		const statuses = rows.reduce<Record<string, number>>(
			(count, [status]) => ({ ...count, [status]: (count[status] ?? 0) + 1 }),
			{},
		);
		report(
			`Queue mode: ${EVENTS} events in ${sent.seconds.toFixed(1)} s ` +
				`(${(EVENTS / sent.seconds).toFixed(1)} a second), ${sent.requests} requests ` +
				`${JSON.stringify(sent.refused)}, executions ${JSON.stringify(statuses)}, median ` +
				`${sent.times[sent.times.length >> 1]} ms`,
		);
		expect([rows.length, new Set(executed).size]).toEqual([EVENTS, executed.length]);
		expect(ids).toEqual(expect.arrayContaining(executed));
		expect(inHand.length).toBeLessThanOrEqual(IN_HAND);
		for (const data of inHand) expect(data).toContain('This execution failed to be processed too many times');
		expect(calls()).toEqual([]);
		expect(JSON.stringify(simulator.state.hooks)).toBe(before);
	});

	test('at a start of the main, a processor and a worker SMTP2GO is asked once, by the main', async () => {
		simulator.state.requests.length = 0;
		const names = ['main', 'processor1', 'worker1'];
		await Promise.all(names.map(async (name) => host.running[name]?.stop()));
		await Promise.all(names.map((name) => host.start(name)));
		await until('the read', () => calls().length > 0);
		expect(calls()).toEqual(['/webhook/view']);
	});

	test('a forged event is refused by a processor, and deactivation takes the hook away', async () => {
		const [hook] = simulator.state.hooks;
		const forged = await fetch(hook?.url ?? '', {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: 'Bearer wrong' },
			body: '{"event":"bounce"}',
		});
		expect(forged.status).toBe(401);
		const main = new N8nClient(host.running['main']?.url ?? '');
		await main.signIn(owner);
		await main.deactivate(workflow.id);
		await until('the hook to go', () => simulator.state.hooks.length === 0);
	});
});
