/** The polling trigger in a whole n8n: its start, its polls by the clock, restarts and faults. */
import { parse } from 'flatted';
import { report } from './support/deliveries';
import { draft, openWorld, type World } from './support/n8n';
import { until } from './support/until';

const NAME = 'SMTP2GO Polling Trigger';
/** Milliseconds until a poll comes at the latest, on a busy machine. */
const POLL = 200_000;
/** A poll every 15 seconds. n8n refuses one such time, but not four times that come once a minute each. */
const OFTEN = {
	pollTimes: { item: [0, 15, 30, 45].map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) },
};

let world: World;
/** The workflows with polls once a minute, as n8n presets them: they wait while the others are tested. */
let sms: string;
let health: string;
beforeAll(async () => {
	world = await openWorld({ demo: false });
	sms = await create('SMS', { watch: 'incomingSms', textFilter: 'keywords', keywords: 'STOP' });
	health = await create('Health', { watch: 'accountHealth', checks: ['quotaLeft'], quotaLeft: 1_000_000 });
	await Promise.all([sms, health].map((id) => world.client.activate(id)));
	world.simulator.receiveSms({ from: '+14155550100', content: 'Hello' });
	world.simulator.receiveSms({ from: '+14155550100', content: 'Stop' });
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});
afterEach(() => {
	world.simulator.clearFaults();
});

async function create(title: string, parameters: object, credential = world.credential): Promise<string> {
	const { id } = (await world.client.call('POST', '/workflows', {
		name: title,
		active: false,
		...draft([
			{
				name: NAME,
				type: 'n8n-nodes-smtp2go.smtp2goPollingTrigger',
				parameters,
				credentials: { smtp2goApi: { id: credential.id, name: credential.name } },
			},
			{ name: 'Then', type: 'n8n-nodes-base.noOp' },
		]),
	})) as { id: string };
	return id;
}

interface Execution {
	id: string;
	status: string;
}
async function executions(workflowId: string): Promise<Execution[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = (await world.client.call('GET', `/executions?filter=${filter}&limit=100`)) as {
		results: Execution[];
	};
	return results.reverse();
}

/** The items with which an execution started. */
async function itemsOf({ id }: Execution): Promise<Record<string, unknown>[]> {
	const { data } = (await world.client.call('GET', `/executions/${id}`)) as { data: string };
	const { resultData } = parse(data) as {
		resultData: { runData: Record<string, { data: { main: { json: Record<string, unknown> }[][] } }[]> };
	};
	return (resultData.runData[NAME]?.[0]?.data.main[0] ?? []).map(({ json }) => json);
}

/** Waits until so many executions have ended. */
function ended(workflowId: string, count: number): Promise<Execution[]> {
	return until(
		`${count} executions`,
		async () => {
			const all = await executions(workflowId);
			return all.filter(({ status }) => ['success', 'error'].includes(status)).length >= count && all;
		},
		POLL,
	);
}

const searches = () => world.simulator.state.requests.filter(({ path }) => path === '/activity/search');
const generate = (events: number, subject: string) => world.simulator.generate({ events, subject }).events;
const keysOf = (items: readonly Record<string, unknown>[]) => items.map(({ eventId }) => eventId);
const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];

let workflow: string;
const handedOut: unknown[] = [];

test('publishing polls at once: 2,500 events of the last hours start one execution', async () => {
	generate(2_500, 'First');
	workflow = await create('Events', { ...OFTEN, events: ALL, options: { hoursBack: 2 } });
	await world.client.activate(workflow);
	const [first, ...more] = await ended(workflow, 1);
	expect(more).toEqual([]);
	const items = await itemsOf(first as Execution);
	expect(items).toHaveLength(2_500);
	expect(items[0]).toMatchObject({ source: 'log', channel: 'email', subject: 'First' });
	report(`2,500 events of the log: one execution, ${searches().length} calls`);
	handedOut.push(...keysOf(items));
	expect(new Set(handedOut).size).toBe(2_500);
});

test('the next poll by the clock hands out only what is new', async () => {
	await world.simulator.waitFor(() => searches().length > 4, { timeoutMs: POLL });
	world.simulator.generate({ events: 60, subject: 'Second', perSecond: 60 });
	const all = await ended(workflow, 2);
	const items = (await Promise.all(all.slice(1).map(itemsOf))).flat();
	expect(items.every(({ subject }) => subject === 'Second')).toBe(true);
	handedOut.push(...keysOf(items));
});

test('a key without the permission cannot be published, and n8n says which one is missing', async () => {
	const apiKey = world.simulator.addKey({ permissions: ['/email/send'] });
	const credential = await world.client.saveCredential('No log', { ...world.account, apiKey });
	const id = await create('No permission', { events: ['bounce'] }, credential);
	await expect(world.client.activate(id)).rejects.toThrow(/\/activity\/search/);
});

test('Fetch Test Event shows real events', async () => {
	const id = await create('Test', { events: ['delivered'] });
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: NAME } });
	const [run] = await ended(id, 1);
	const items = await itemsOf(run as Execution);
	expect(items.length).toBe(10);
	expect(items[0]).toMatchObject({ kind: 'delivered', source: 'log' });
});

test('incoming SMS and account health start workflows of their own', async () => {
	const [problem] = await ended(health, 1);
	expect(await itemsOf(problem as Execution)).toMatchObject([{ check: 'quotaLeft', status: 'problem' }]);
	const [message] = await ended(sms, 1);
	expect(await itemsOf(message as Execution)).toMatchObject([{ from: '+14155550100', text: 'Stop' }]);
	expect(await executions(health)).toHaveLength(1);
	await Promise.all([sms, health].map((id) => world.client.deactivate(id)));
});

test('a kill -9 and events while n8n is down: each comes once, and none is lost', async () => {
	const before = (await executions(workflow)).length;
	let down: { id: string }[] = [];
	await world.restart(
		() => {
			down = world.simulator.generate({
				events: 300,
				subject: 'Down',
				from: new Date(Date.now() - 5_000).toISOString(),
			}).events;
		},
		{ kill: true },
	);
	expect(down).toHaveLength(300);
	const seen = await until(
		'what happened meanwhile',
		async () => {
			const all = (await executions(workflow)).slice(before).filter(({ status }) => status === 'success');
			const items = (await Promise.all(all.map(itemsOf))).flat();
			return items.filter(({ subject }) => subject === 'Down').length >= 300 && items;
		},
		POLL,
	);
	expect(seen.filter(({ subject }) => subject === 'Down')).toHaveLength(300);
	handedOut.push(...keysOf(seen));
	expect(new Set(handedOut).size).toBe(handedOut.length);
	report(`${handedOut.length} events, a kill -9 in between: none twice, none lost`);
});

test('a fault of SMTP2GO fails no execution, and what happened meanwhile comes afterwards', async () => {
	const before = (await executions(workflow)).length;
	world.simulator.setFault({ path: '/activity/search', fault: 'server-error', times: 0 });
	await until('the fault in the log', () => world.n8n().output().includes('continues where it stopped'), POLL);
	world.simulator.generate({ events: 20, subject: 'Fault', from: new Date(Date.now() - 3_000).toISOString() });
	world.simulator.clearFaults();
	const all = await ended(workflow, before + 1);
	expect(all.slice(before).map(({ status }) => status)).not.toContain('error');
	await world.client.deactivate(workflow);
	expect(world.n8n().output()).not.toContain(world.account.apiKey);
});
