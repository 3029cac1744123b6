/**
 * The activity log against the webhook in one n8n: 10,000 events of a campaign in one execution of the polling trigger,
 * and deliveries to the webhook trigger, in turns. Then the memory that 100,000 events take. A part of `npm run bench`.
 * BENCH_EVENTS=1000 tries it with fewer.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { parse } from 'flatted';
import { deliverAll, report } from '../e2e/support/deliveries';
import { draft, openWorld, type World } from '../e2e/support/n8n';
import { pause, until } from '../e2e/support/until';
import { median, type Row, seconds } from './support/bench';
import { peakMemory } from './support/peak-memory.cjs';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 10_000);
/** Events of the test of memory. */
const MANY = 10 * EVENTS;
/** Deliveries of a round: fewer, since each is an execution. */
const DELIVERIES = Math.min(EVENTS, 100);
const ROUNDS = 5;
/** Megabytes of heap that n8n gets for the test of memory: without a limit, garbage would count. */
const HEAP = 768;
const HOUR = 3_600_000;
const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];
const then = { name: 'Then', type: 'n8n-nodes-base.noOp' };

let world: World;
beforeAll(async () => {
	world = await openWorld({ demo: false });
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});

const row = (values: Row) => report(JSON.stringify(values));
const words = (number: number) => number.toLocaleString('en-US');

async function create(name: string, type: string, parameters: object, webhookId?: string): Promise<string> {
	const { id: credential, name: label } = world.credential;
	const { id } = (await world.client.call('POST', '/workflows', {
		name,
		active: false,
		...draft([
			{
				name: 'In',
				type: `n8n-nodes-smtp2go.${type}`,
				parameters,
				credentials: { smtp2goApi: { id: credential, name: label } },
				...(webhookId === undefined ? {} : { webhookId }),
			},
			then,
		]),
	})) as { id: string };
	return id;
}

/** Events that have settled: what happened in the last minutes may still change. */
function happen(events: number): void {
	const [from, to] = [3 * HOUR, HOUR].map((ago) => new Date(Date.now() - ago).toISOString());
	world.simulator.generate({ events, ...(from && to ? { from, to } : {}) });
}

const searches = () => world.simulator.state.requests.filter(({ path }) => path === '/activity/search').length;

/** The IDs of a workflow's executions that have ended well. */
async function ended(workflowId: string): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = (await world.client.call('GET', `/executions?filter=${filter}&limit=100`)) as {
		results: { id: string; status: string }[];
	};
	return results.filter(({ status }) => status === 'success').map(({ id }) => id);
}

/** The events that an execution started with. */
async function eventsOf(execution: string): Promise<string[]> {
	const { data } = (await world.client.call('GET', `/executions/${execution}`)) as { data: string };
	const { resultData } = parse(data) as {
		resultData: { runData: { In: { data: { main: { json: { eventId: string } }[][] } }[] } };
	};
	return (resultData.runData.In[0]?.data.main[0] ?? []).map(({ json }) => json.eventId);
}

interface Poll {
	readonly ms: number;
	readonly calls: number;
	readonly executions: string[];
}

/** Milliseconds from publishing until the execution with all events has ended, and how it went. */
async function poll(round: number): Promise<Poll> {
	const id = await create(`Log ${round}`, 'smtp2goPollingTrigger', { events: ALL, options: { hoursBack: 24 } });
	const [before, start] = [searches(), performance.now()];
	await world.client.activate(id);
	const executions = await until('the execution', async () => {
		const all = await ended(id);
		return all.length > 0 && all;
	});
	const ms = performance.now() - start;
	await world.client.deactivate(id);
	return { ms, calls: searches() - before, executions };
}

let number = 0;

/** Deliveries per second to the webhook trigger. */
async function deliver(): Promise<number> {
	const [hook] = world.simulator.state.hooks;
	const ids = Array.from({ length: DELIVERIES }, () => `bench-${++number}`);
	const options = { atOnce: 10, pauseMs: 100 };
	const sent = await deliverAll(hook?.url ?? '', hook?.auth_header_value ?? '', ids, options);
	return DELIVERIES / sent.seconds;
}

test('events per second: the activity log against the webhook', async () => {
	happen(EVENTS);
	const hook = await create(
		'Webhook',
		'smtp2goTrigger',
		{ events: ['bounce'], smsEvents: [] },
		'ffffffff-0000-4000-8000-00000000000f',
	);
	await world.client.activate(hook);
	await deliver();
	const polls: Poll[] = [];
	const rates: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		rates.push(await deliver());
		polls.push(await poll(round));
	}
	const ms = median(polls.map((one) => one.ms));
	const perSecond = (EVENTS / ms) * 1_000;
	const delivered = median(rates);
	const calls = Math.max(...polls.map((one) => one.calls));
	const floor = Math.ceil(EVENTS / 1_000);
	const came = new Set(await eventsOf(polls[0]?.executions[0] ?? ''));
	expect(came.size).toBe(EVENTS);
	expect(Math.max(...polls.map(({ executions }) => executions.length))).toBe(1);
	row({
		work: `n8n: ${words(EVENTS)} events of the activity log in one execution, from publishing to its end`,
		against: `deliveries to the webhook trigger, 10 concurrent, in turns: ${delivered.toFixed(1)} per second`,
		goal: 'at least 50 times that',
		measured:
			`${seconds(ms)}, ${perSecond.toFixed(0)} per second (${(perSecond / delivered).toFixed(0)}); ` +
			`median of ${ROUNDS} rounds`,
		limit: 'n8n publishing the workflow and storing the items of the execution',
	});
	row({
		work: `n8n: calls for ${words(EVENTS)} events of the activity log`,
		against: `1,000 events per call: ${floor} calls`,
		goal: 'at most 1.20 times that',
		measured: `${calls} calls (${(calls / floor).toFixed(2)})`,
		limit: 'one more call if a part of the log ends within a page',
	});
	await world.client.deactivate(hook);
});

/** Publishes a workflow, which polls at once, and waits for its execution. Returns false if nothing was left. */
async function pollOnce(id: string): Promise<boolean> {
	const before = (await ended(id)).length;
	await world.client.activate(id);
	const isOver = await until('the execution', async () => (await ended(id)).length > before, 20_000).catch(
		() => false,
	);
	await world.client.deactivate(id);
	return isOver;
}

test('memory: the events of one poll against ten times as many', async () => {
	await world.restart(() => happen(MANY - EVENTS), { env: { NODE_OPTIONS: `--max-old-space-size=${HEAP}` } });
	await pause(5_000);
	const id = await create('Memory', 'smtp2goPollingTrigger', { events: ALL, options: { hoursBack: 24 } });
	const { pid } = world.n8n();
	peakMemory(pid);
	const idle = peakMemory(pid);
	await pollOnce(id);
	const one = peakMemory(pid) - idle;
	const started = performance.now();
	let most = one;
	while (await pollOnce(id)) most = Math.max(most, peakMemory(pid) - idle);
	const ms = performance.now() - started;
	const executions = await ended(id);
	const came = (await Promise.all(executions.map(eventsOf))).flat();
	expect([came.length, new Set(came).size]).toEqual([MANY, MANY]);
	const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
	row({
		work: `n8n with a heap of ${HEAP} MB: memory above idle for a backlog of ${words(MANY)} events, ${words(EVENTS)} per poll`,
		against: `the first ${words(EVENTS)} alone: ${megabytes(one)} above ${megabytes(idle)} idle`,
		goal: 'at most 2.00 times that',
		measured:
			`${megabytes(most)} (${(most / one).toFixed(2)}), ${executions.length} executions in ${seconds(ms)}; ` +
			'each event once',
		limit: 'the items of one poll, which n8n copies when it runs the workflow and stores the execution. Without a limit of the heap, garbage adds up to several times that',
	});
});
