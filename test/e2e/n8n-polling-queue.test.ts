/** Both sources of events in n8n's queue mode: one process polls, and one looks after the webhook. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { parse } from 'flatted';
import { DEMO_API_KEY } from '../../simulator';
import { report } from './support/deliveries';
import { draft } from './support/n8n';
import { missing } from './support/queue';
import { openQueueHost, type QueueHost } from './support/queue-host';
import { pause, until } from './support/until';

const EVENTS = 1_500;
/** Seconds between two looks at the webhook, and until the log is taken to be whole. */
const UPKEEP = { interval: 4, settle: 3 };
/** Milliseconds after which the polling trigger polls by the clock. */
const NEXT_POLL = 40_000;
const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];
const lacking = missing();
// In CI both are installed by .ci/run: a machine without them must not pass unseen there.
if (lacking !== undefined && process.env['CI']) throw new Error(`Queue mode cannot be tested without ${lacking}`);
if (lacking !== undefined) report(`NOT TESTED: events in n8n's queue mode, because this machine has no ${lacking}`);

interface Item {
	readonly eventId: string;
	readonly recipient: string;
	readonly caughtUp?: boolean;
}

(lacking === undefined ? describe : describe.skip)('n8n in queue mode', () => {
	let host: QueueHost;
	let polling: string;
	/** The number of calls of the first poll. */
	let first: number;
	const requests = (path: string) => host.simulator.state.requests.filter((one) => one.path === path);
	/** The polling trigger selects all events, so its searches name none. */
	const polls = () => requests('/activity/search').filter(({ body }) => !body.includes('event_types'));

	/** Creates and publishes a workflow with one of our triggers. */
	async function publish(type: string, parameters: object, more: object = {}): Promise<string> {
		const { id: credential, name } = await host.client.saveCredential('SMTP2GO simulator', {
			apiKey: DEMO_API_KEY,
			region: 'custom',
			baseUrl: host.simulator.apiUrl,
		});
		const { id } = (await host.client.call('POST', '/workflows', {
			name: type,
			active: false,
			...draft([
				{
					name: 'In',
					type: `n8n-nodes-smtp2go.${type}`,
					parameters,
					credentials: { smtp2goApi: { id: credential, name } },
					...more,
				},
				{ name: 'Then', type: 'n8n-nodes-base.noOp' },
			]),
		})) as { id: string };
		await host.client.activate(id);
		return id;
	}

	/** The events with which each execution of a workflow ended. */
	const executions = (workflow: string): Item[][] =>
		host.stores
			.query(
				'SELECT d.data FROM execution_data d JOIN execution_entity e ON e.id = d."executionId" ' +
					`WHERE e."workflowId" = '${workflow}' AND e.status = 'success'`,
			)
			.map((data) => {
				const { resultData } = parse(data) as {
					resultData: { runData: Record<string, { data?: { main: { json: Item }[][] } }[]> };
				};
				return (resultData.runData['Then']?.[0]?.data?.main[0] ?? []).map(({ json }) => json);
			});

	/** Sends an email that bounces at once. */
	async function bounceOf(name: string): Promise<void> {
		await fetch(`${host.simulator.apiUrl}/email/send`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-smtp2go-api-key': DEMO_API_KEY },
			body: JSON.stringify({
				sender: 'shop@example.com',
				to: [`bounce+${name}@example.com`],
				subject: 'Your order',
				text_body: 'Thank you',
			}),
		});
	}

	beforeAll(async () => {
		host = await openQueueHost();
	}, 900_000);
	afterAll(async () => {
		await (host as QueueHost | undefined)?.stop();
	});

	test('a poll of 1,500 events is one execution on a worker', async () => {
		const from = new Date(Date.now() - 3_600_000).toISOString();
		host.simulator.generate({ events: EVENTS, from, to: new Date(Date.now() - 1_200_000).toISOString() });
		// Each process that polled would do so at the same second.
		const cronExpression = `${new Date(Date.now() + NEXT_POLL).getSeconds()} * * * * *`;
		polling = await publish('smtp2goPollingTrigger', {
			events: ALL,
			options: { hoursBack: 2 },
			pollTimes: { item: [{ mode: 'custom', cronExpression }] },
		});
		first = polls().length;
		const [execution, ...more] = await until('the execution', () => {
			const all = executions(polling);
			return all.length > 0 && all;
		});
		expect([execution?.length, more]).toEqual([EVENTS, []]);
	});

	test('a webhook that was deleted is added again by one process, and what happened meanwhile comes', async () => {
		const { state } = host.simulator;
		const id = await publish(
			'smtp2goTrigger',
			{ events: ['bounce'], smsEvents: [], upkeep: JSON.stringify(UPKEEP) },
			{ webhookId: 'eeeeeeee-0000-4000-8000-00000000000e' },
		);
		const came = () => executions(id).flat();
		const distinct = () => new Set(came().map(({ recipient }) => recipient));
		await bounceOf('before');
		await until('the first event', () => distinct().size === 1);
		const [since, done] = [Date.now(), state.requests.length];
		const calls = (path: string) => state.requests.slice(done).filter((one) => one.path === path).length;
		const [before] = state.hooks.splice(0, 1);
		for (const name of ['lost1', 'lost2', 'lost3']) await bounceOf(name);
		const added = await until('the webhook', () => state.hooks[0]);
		expect(added).toMatchObject({ url: before?.url, auth_header_value: before?.auth_header_value });
		await bounceOf('after');
		await until('all events', () => distinct().size === 5);
		// One that comes twice has a chance to.
		await pause(5_000);
		const seconds = (Date.now() - since) / 1_000;
		expect(calls('/webhook/add')).toBe(1);
		// Each look reads the list once. Three processes that look would read it three times as often.
		expect(calls('/webhook/view')).toBeLessThanOrEqual(1 + seconds / (0.9 * UPKEEP.interval));
		const caughtUp = new Set(came().flatMap((item) => (item.caughtUp ? [item.recipient] : [])));
		for (const name of ['lost1', 'lost2', 'lost3']) expect(caughtUp).toContain(`bounce+${name}@example.com`);
		const twice = came().length - distinct().size;
		report(`Queue mode, after a repair: ${distinct().size} events, ${twice} of them twice`);
		// Only what a processor received just before the repair may come again.
		expect(twice).toBeLessThanOrEqual(2);
		await host.client.deactivate(id);
		await until('the webhook to go', () => state.hooks.length === 0);
	});

	test('the log is polled once a minute, and each event comes once', async () => {
		const happened = host.simulator.state.events.filter(({ channel }) => channel === 'email');
		const came = await until('all events', () => {
			const all = executions(polling).flat();
			return all.length >= happened.length && all;
		});
		// Another process that polls has a chance to.
		await pause(5_000);
		const times = polls()
			.slice(first)
			.map(({ at }) => Date.parse(at));
		expect(times).not.toEqual([]);
		report(`Queue mode: ${came.length} events of the log, ${times.length} polls by the clock`);
		expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) > 50_000)).toBe(true);
		expect([came.length, new Set(came.map(({ eventId }) => eventId)).size]).toEqual([
			happened.length,
			happened.length,
		]);
		await host.client.deactivate(polling);
	});
});
