/**
 * A campaign's events at one n8n, all at once, from a sender that gives up and comes again. `EVENTS=2000` delivers as
 * many as docs/trigger-behavior.md tells of.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deliverAll, eventIdOf, report } from './support/deliveries';
import { draft, openWorld, type World } from './support/n8n';
import { until } from './support/until';

const EVENTS = Number(process.env['EVENTS'] ?? 500);
/** Milliseconds until the sender gives up: too short for n8n to take all of the events at the first try. */
const PATIENCE = 10 * EVENTS;
/** Milliseconds until it comes again; SMTP2GO waits for minutes. */
const PAUSE = 15 * EVENTS;
/**
 * n8n's default engine for expressions starts an isolated machine for each delivery and each execution, and 2,000 at
 * once stall it: see docs/trigger-behavior.md.
 */
const env = { N8N_EXPRESSION_ENGINE: 'legacy' };
let world: World;
beforeAll(async () => {
	world = await openWorld({}, env);
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});

test(`${EVENTS} deliveries at once end as ${EVENTS} events, each once`, async () => {
	const { id, name } = world.credential;
	const workflow = (await world.client.call('POST', '/workflows', {
		name: 'Campaign',
		active: false,
		...draft([
			{
				name: 'Events',
				type: 'n8n-nodes-smtp2go.smtp2goTrigger',
				webhookId: 'eeeeeeee-0000-4000-8000-00000000000e',
				parameters: { events: ['bounce'], smsEvents: [], options: { skipRepeated: true } },
				credentials: { smtp2goApi: { id, name } },
			},
			{ name: 'Then', type: 'n8n-nodes-base.noOp' },
		]),
	})) as { id: string };
	await world.client.activate(workflow.id);
	const [hook] = world.simulator.state.hooks;
	const ids = Array.from({ length: EVENTS }, (_, index) => `evt-${index}`);
	const sent = await deliverAll(hook?.url ?? '', hook?.auth_header_value ?? '', ids, {
		timeoutMs: PATIENCE,
		pauseMs: PAUSE,
		limitMs: 1_200_000,
	});
	const database = new DatabaseSync(join(world.userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	const rows = (status: string) =>
		database
			.prepare(
				'SELECT d.data FROM execution_data d JOIN execution_entity e ON e.id = d.executionId WHERE e.status = ?',
			)
			.all(status)
			.map(({ data }) => String(data));
	await until('all executions', () => rows('success').length >= ids.length);
	const [executed, failed] = [rows('success').map((data) => eventIdOf(data, 'Events')), rows('error')];
	database.close();
	report(
		`One n8n: ${EVENTS} events at once in ${sent.seconds.toFixed(1)} s (${(EVENTS / sent.seconds).toFixed(1)} a second), ${sent.requests} requests ${JSON.stringify(sent.refused)}, executed ${executed.length}, failed ${failed.length} ${failed[0]?.slice(0, 1_500) ?? ''}`,
	);
	expect(executed).toHaveLength(ids.length);
	expect(new Set(executed)).toEqual(new Set(ids));
}, 1_500_000);
