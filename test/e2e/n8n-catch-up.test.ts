/** The trigger looks after its hook while a whole n8n runs, and misses nothing while there was none. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'flatted';
import { report } from './support/deliveries';
import { draft, openWorld, type World } from './support/n8n';
import { pause, until } from './support/until';

const TRIGGER = 'n8n-nodes-smtp2go.smtp2goTrigger';
/** Seconds between two looks at the hook, and until the log is taken to be whole. */
const UPKEEP = JSON.stringify({ interval: 4, settle: 3 });
/** With its default engine, n8n on a busy machine does not keep up with the stream (docs/trigger-behavior.md). */
const ENGINE = { N8N_EXPRESSION_ENGINE: 'legacy' };
let world: World;
let workflow: { id: string };

const hooks = () => world.simulator.state.hooks;
const logged = (text: string) => world.n8n().output().split(text).length - 1;

function definition(parameters: object = {}, credential = world.credential, webhookId = 'a'): object {
	return draft([
		{
			name: 'SMTP2GO Trigger',
			type: TRIGGER,
			webhookId: `aaaaaaaa-0000-4000-8000-00000000000${webhookId}`,
			parameters: { events: ['bounce'], smsEvents: [], upkeep: UPKEEP, ...parameters },
			credentials: { smtp2goApi: { id: credential.id, name: credential.name } },
		},
		{ name: 'Then', type: 'n8n-nodes-base.noOp' },
	]);
}

const create = (name: string, what: object) =>
	world.client.call('POST', '/workflows', { name, active: false, ...what }) as Promise<{ id: string }>;

/** Saves and publishes a change, as the editor does. */
async function publish(id: string, what: object): Promise<void> {
	const { versionId } = (await world.client.call('GET', `/workflows/${id}`)) as { versionId: string };
	await world.client.call('PATCH', `/workflows/${id}`, { ...what, versionId });
	await world.client.activate(id);
}

/** Sends an email that bounces at once, from the account of the world. */
async function bounceOf(name: string): Promise<void> {
	await fetch(`${world.simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-smtp2go-api-key': world.account.apiKey },
		body: JSON.stringify({
			sender: 'shop@example.com',
			to: [`bounce+${name}@example.com`],
			subject: 'Your order',
			text_body: 'Thank you',
		}),
	});
}

interface Arrived {
	recipient: string;
	caughtUp?: boolean;
}

/** The events that executions of a workflow ended with, in n8n's own database. */
function arrived(id: string, prefix: string): Arrived[] {
	const database = new DatabaseSync(join(world.userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	try {
		const rows = database
			.prepare(
				'SELECT d.data FROM execution_data d JOIN execution_entity e ON e.id = d.executionId WHERE e.workflowId = ?',
			)
			.all(id) as { data: string }[];
		return rows.flatMap(({ data }) => {
			const { resultData } = parse(data) as {
				resultData: { runData: Record<string, { data?: { main: { json: Arrived }[][] } }[]> };
			};
			const items = resultData.runData['Then']?.[0]?.data?.main[0] ?? [];
			return items.map(({ json }) => json).filter(({ recipient }) => recipient.startsWith(`bounce+${prefix}`));
		});
	} finally {
		database.close();
	}
}

/** Waits until so many different recipients have arrived, and returns all arrivals. */
async function allOf(id: string, prefix: string, count: number): Promise<Arrived[]> {
	await until(
		`${count} of ${prefix}`,
		() => new Set(arrived(id, prefix).map(({ recipient }) => recipient)).size >= count,
	).catch(() => undefined);
	// One that comes twice has a chance to.
	await pause(3_000);
	return arrived(id, prefix);
}

const numbers = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => `bounce+${prefix}${index}@example.com`).sort();
const recipients = (events: readonly Arrived[]) => events.map(({ recipient }) => recipient).sort();

beforeAll(async () => {
	world = await openWorld({ demo: false }, ENGINE);
	workflow = await create('Bounces', definition());
	await world.client.activate(workflow.id);
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});

test('an edit under a stream of events loses none, and brings none twice', async () => {
	let sent = 0;
	let isOver = false;
	const stream = (async () => {
		while (!isOver) {
			await bounceOf(`edit${sent++}`);
			await pause(200);
		}
	})();
	await until('the stream to arrive', () => arrived(workflow.id, 'edit').length >= 5);
	await publish(workflow.id, definition({ events: ['bounce', 'spam'] }));
	await pause(2_000);
	await publish(workflow.id, definition({ events: ['bounce', 'reject'] }));
	await pause(2_000);
	isOver = true;
	await stream;
	const events = await allOf(workflow.id, 'edit', sent);
	expect(recipients(events)).toEqual(numbers('edit', sent));
	report(
		`${sent} events during two edits, from the activity log: ${events.filter(({ caughtUp }) => caughtUp).length}`,
	);
});

test('a hook that was deleted is back within the interval, with its token, and what happened meanwhile comes', async () => {
	const [before] = hooks().splice(0, 1);
	for (let index = 0; index < 5; index++) await bounceOf(`gone${index}`);
	const added = await until('the hook', () => hooks()[0]);
	expect(added).toMatchObject({ url: before?.url, auth_header_value: before?.auth_header_value });
	for (let index = 5; index < 8; index++) await bounceOf(`gone${index}`);
	const events = await allOf(workflow.id, 'gone', 8);
	expect(recipients(events)).toEqual(numbers('gone', 8));
	expect(events.filter(({ caughtUp }) => caughtUp)).toHaveLength(5);
	expect(logged('Its webhook was missing at SMTP2GO')).toBe(1);
	expect(hooks()).toHaveLength(1);
});

test('a hook that others changed is repaired within the interval', async () => {
	Object.assign(hooks()[0] ?? {}, { events: ['open'], output_format: 'form' });
	await until('the repair', () => hooks()[0]?.output_format === 'json');
	expect(hooks()[0]?.events.toSorted()).toEqual(['bounce', 'reject']);
	expect(logged('Its webhook was changed at SMTP2GO')).toBe(1);
});

test('a webhook that was disabled at SMTP2GO stays disabled, and the log says so once', async () => {
	Object.assign(hooks()[0] ?? {}, { disabled: true });
	await until('the log', () => logged('Its webhook is disabled at SMTP2GO') === 1);
	await pause(9_000);
	expect(hooks()[0]?.disabled).toBe(true);
	expect(logged('Its webhook is disabled at SMTP2GO')).toBe(1);
	Object.assign(hooks()[0] ?? {}, { disabled: false });
});

test('a hook that is lost while n8n is killed is back at the start, and what happened meanwhile comes', async () => {
	await bounceOf('kill0');
	await until('the first', () => arrived(workflow.id, 'kill').length === 1);
	const sent: Promise<void>[] = [];
	const meanwhile = () => {
		hooks().splice(0, 1);
		for (let index = 1; index < 4; index++) sent.push(bounceOf(`kill${index}`));
	};
	await world.restart(meanwhile, { kill: true, env: ENGINE });
	await Promise.all(sent);
	await until('the hook', () => hooks().length === 1);
	const events = await allOf(workflow.id, 'kill', 4);
	expect([...new Set(recipients(events))]).toEqual(numbers('kill', 4));
	report(`After kill -9: ${events.length} executions for 4 events`);
});

test('a workflow that was unpublished and is published again does not bring what happened in between', async () => {
	await world.client.deactivate(workflow.id);
	await until('no hook', () => hooks().length === 0);
	for (let index = 0; index < 3; index++) await bounceOf(`off${index}`);
	await world.client.activate(workflow.id);
	await bounceOf('off3');
	await allOf(workflow.id, 'off', 1);
	await pause(8_000);
	expect(recipients(arrived(workflow.id, 'off'))).toEqual(['bounce+off3@example.com']);
});

test('a key that is an expression works in the timer too', async () => {
	const credential = await world.client.saveCredential('By expression', {
		...world.account,
		apiKey: `={{ ${JSON.stringify(world.account.apiKey)} }}`,
	});
	const other = await create('Expression', definition({}, credential, 'b'));
	await world.client.activate(other.id);
	const ours = () => hooks().findIndex(({ url }) => url.includes('00000000000b'));
	hooks().splice(ours(), 1);
	await bounceOf('expression0');
	await until('the hook', () => ours() >= 0);
	const [event] = await allOf(other.id, 'expression', 1);
	await world.client.deactivate(other.id);
	expect(event?.caughtUp).toBe(true);
});

test('a key without permission for the activity gets its hook back, and one line in the log', async () => {
	const apiKey = world.simulator.addKey({
		permissions: ['/webhook/view', '/webhook/add', '/webhook/edit', '/webhook/remove'],
	});
	const credential = await world.client.saveCredential('Webhooks only', { ...world.account, apiKey });
	const other = await create('No activity', definition({}, credential, 'c'));
	await world.client.activate(other.id);
	const ours = () => hooks().findIndex(({ url }) => url.includes('00000000000c'));
	for (let round = 0; round < 2; round++) {
		hooks().splice(ours(), 1);
		await until('the hook', () => ours() >= 0);
		await pause(5_000);
	}
	const lines = world.n8n().output().split('\n');
	expect(lines.filter((line) => line.includes('the activity log cannot be read'))).toEqual([
		expect.stringContaining('/activity/search'),
	]);
	await world.client.deactivate(other.id);
});

test('nothing is left', async () => {
	await world.client.deactivate(workflow.id);
	await until('no hook', () => hooks().length === 0);
	await pause(5_000);
	expect(hooks()).toEqual([]);
});
