/**
 * The activity log against the webhook in one n8n: 10,000 events of a campaign in one execution of the polling trigger,
 * and deliveries to the webhook trigger, in turns. A part of `npm run bench`. BENCH_EVENTS=1000 tries it with fewer.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { deliverAll, report } from '../e2e/support/deliveries';
import { draft, openWorld, type World } from '../e2e/support/n8n';
import { until } from '../e2e/support/until';
import { median } from './support/bench';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 10_000);
/** Deliveries of a round: fewer, since each is an execution. */
const DELIVERIES = Math.min(EVENTS, 100);
const ROUNDS = 3;
const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];
const then = { name: 'Then', type: 'n8n-nodes-base.noOp' };

let world: World;
beforeAll(async () => {
	world = await openWorld({ demo: false });
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});

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

const searches = () => world.simulator.state.requests.filter(({ path }) => path === '/activity/search').length;

/** Milliseconds from publishing until the executions with all events have ended, and how it went. */
async function poll(round: number): Promise<{ ms: number; calls: number; executions: number }> {
	const id = await create(`Log ${round}`, 'smtp2goPollingTrigger', { events: ALL, options: { hoursBack: 24 } });
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	const ended = async () =>
		(
			(await world.client.call('GET', `/executions?filter=${filter}&limit=10`)) as {
				results: { status: string }[];
			}
		).results.filter(({ status }) => status === 'success').length;
	const [before, start] = [searches(), performance.now()];
	await world.client.activate(id);
	const executions = await until('the execution', async () => (await ended()) || undefined);
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
	const { seconds } = await deliverAll(hook?.url ?? '', hook?.auth_header_value ?? '', ids, options);
	return DELIVERIES / seconds;
}

test('events a second: the activity log against the webhook', async () => {
	const HOUR = 3_600_000;
	world.simulator.generate({
		events: EVENTS,
		from: new Date(Date.now() - 3 * HOUR).toISOString(),
		// Settled: what happened in the last minutes may still change.
		to: new Date(Date.now() - HOUR).toISOString(),
	});
	const hook = await create(
		'Webhook',
		'smtp2goTrigger',
		{ events: ['bounce'], smsEvents: [] },
		'ffffffff-0000-4000-8000-00000000000f',
	);
	await world.client.activate(hook);
	await deliver();
	const polls = [];
	const rates = [];
	for (let round = 0; round < ROUNDS; round++) {
		rates.push(await deliver());
		polls.push(await poll(round));
	}
	const ms = median(polls.map((one) => one.ms));
	const perSecond = (EVENTS / ms) * 1_000;
	const delivered = median(rates);
	const calls = Math.max(...polls.map((one) => one.calls));
	const floor = Math.ceil(EVENTS / 1_000);
	const events = EVENTS.toLocaleString('en-US');
	report(
		JSON.stringify({
			work: `${events} events of the log, n8n, all of a poll in one execution, from publishing to its end`,
			against: `the webhook trigger: ${delivered.toFixed(1)} a second`,
			goal: 'at least 50 ×',
			measured: `${perSecond.toFixed(0)} a second (${(perSecond / delivered).toFixed(0)} ×), median of ${ROUNDS}: ${(ms / 1_000).toFixed(1)} s`,
			limit: 'publishing, the calls, and n8n storing the items of the execution',
		}),
	);
	report(
		JSON.stringify({
			work: `calls for ${events} events of the log, n8n`,
			against: `the floor of 1,000 a call: ${floor}`,
			goal: 'at most 1.2 ×',
			measured: `${calls} calls (${(calls / floor).toFixed(1)} ×), ${Math.max(...polls.map((one) => one.executions))} execution`,
			limit: 'one more call where a part of the log ends within a page',
		}),
	);
	expect(perSecond).toBeGreaterThan(0);
});
