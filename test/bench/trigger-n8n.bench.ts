/**
 * Deliveries that one n8n accepts: our trigger against n8n's own Webhook node with Header Auth, in turns. A part of
 * `npm run bench`.
 */
import { deliverAll, report, type Delivered } from '../e2e/support/deliveries';
import { draft, openWorld, type World } from '../e2e/support/n8n';
import { median } from './support/bench';

const EACH = 100;
const ROUNDS = ['webhook', 'trigger', 'trigger', 'webhook', 'webhook', 'trigger', 'trigger', 'webhook'] as const;
const then = { name: 'Then', type: 'n8n-nodes-base.noOp' };
let world: World;
beforeAll(async () => {
	world = await openWorld();
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
});

type Target = { url: string; token: string };
let targets: Record<(typeof ROUNDS)[number], Target>;

test('both receivers are open', async () => {
	const { client } = world;
	const key = (await client.call('POST', '/credentials', {
		name: 'Header',
		type: 'httpHeaderAuth',
		data: { name: 'Authorization', value: 'Bearer bench' },
	})) as { id: string; name: string };
	const create = async (name: string, nodes: Parameters<typeof draft>[0]) => {
		const { id } = (await client.call('POST', '/workflows', { name, active: false, ...draft(nodes) })) as {
			id: string;
		};
		await client.activate(id);
	};
	await create('Webhook', [
		{
			name: 'In',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: 'ffffffff-0000-4000-8000-00000000000f',
			parameters: { httpMethod: 'POST', path: 'bench', authentication: 'headerAuth', options: {} },
			credentials: { httpHeaderAuth: { id: key.id, name: key.name } },
		},
		then,
	]);
	await create('Trigger', [
		{
			name: 'In',
			type: 'n8n-nodes-smtp2go.smtp2goTrigger',
			webhookId: 'ffffffff-0000-4000-8000-0000000000ff',
			parameters: { events: ['bounce'], smsEvents: [], options: { skipRepeated: true } },
			credentials: { smtp2goApi: { id: world.credential.id, name: world.credential.name } },
		},
		then,
	]);
	const [hook] = world.simulator.state.hooks;
	targets = {
		webhook: { url: `${world.n8n().url}/webhook/bench`, token: 'bench' },
		trigger: { url: hook?.url ?? '', token: hook?.auth_header_value ?? '' },
	};
});

test.each([
	["n8n's default expression engine", {}],
	['N8N_EXPRESSION_ENGINE=legacy', { N8N_EXPRESSION_ENGINE: 'legacy' }],
] as const)('deliveries a second, %s', async (engine, env) => {
	await world.restart(() => undefined, { env });
	let number = 0;
	const run = ({ url, token }: Target, count: number) =>
		deliverAll(
			url,
			token,
			Array.from({ length: count }, () => `${engine.length}-${++number}`),
			{ atOnce: 10, pauseMs: 100 },
		);
	for (const target of Object.values(targets)) await run(target, 50);
	const results: Record<keyof typeof targets, Delivered[]> = { webhook: [], trigger: [] };
	for (const what of ROUNDS) results[what].push(await run(targets[what], EACH));
	const summary = (list: Delivered[]) => ({
		perSecond: (list.length * EACH) / list.reduce((sum, { seconds }) => sum + seconds, 0),
		medianMs: median(list.flatMap(({ times }) => times)),
	});
	const [own, host] = [summary(results.trigger), summary(results.webhook)];
	report(
		JSON.stringify({
			work: `n8n: deliveries to the trigger, 10 concurrent, ${engine}`,
			against: `Webhook node with Header Auth: ${host.perSecond.toFixed(1)} per second, median ${host.medianMs} ms`,
			goal: 'at least 0.95 times that',
			measured:
				`${own.perSecond.toFixed(1)} per second, median ${own.medianMs} ms ` +
				`(${(own.perSecond / host.perSecond).toFixed(2)})`,
			limit: 'n8n starts an execution for each delivery and reads the credential',
		}),
	);
	expect(own.perSecond).toBeGreaterThan(0);
});
