/** The examples for n8n in one whole n8n, which all files of `test/e2e/n8n-examples/` share. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hook } from '../../../simulator';
import { openWorld, root, type World } from './n8n';
import { linkTo } from './n8n-approval';
import { until } from './until';

export const examplesFolder = join(root, 'examples', 'n8n');
/** What the webhooks that need authentication take. */
export const appHeaders = { 'x-app-key': 'for tests only' };

let opened: World | undefined;
let headerAuth: { id: string; name: string };
const changed = mkdtempSync(join(tmpdir(), 'smtp2go-examples-'));

/** Starts n8n before the tests of a file, and stops it after them. */
export function openExamples(): void {
	beforeAll(async () => {
		opened = await openWorld();
		headerAuth = (await opened.client.call('POST', '/credentials', {
			name: 'App',
			type: 'httpHeaderAuth',
			data: { name: 'x-app-key', value: appHeaders['x-app-key'] },
		})) as typeof headerAuth;
	}, 900_000);
	afterAll(async () => {
		await opened?.stop();
		rmSync(changed, { recursive: true, force: true });
	});
}

/** n8n and its simulator. */
export function world(): World {
	if (!opened) throw new Error('Call openExamples() first');
	return opened;
}

export const emails = () => world().simulator.state.emails;
export const texts = () => world().simulator.state.sms;
/** The addresses that got an email, and its subject. */
export const sent = () => emails().map(({ to, subject }) => [to.map(({ address }) => address).join(), subject]);

/**
 * Imports an example, with credentials in its nodes, and forgets all that the simulator and n8n's data tables hold.
 * @param change works on its text
 */
export async function load(name: string, change: (text: string) => string = (text) => text): Promise<{ id: string }> {
	world().simulator.reset();
	world().simulator.clearFaults();
	await dropTables();
	const file = join(changed, `${name}.json`);
	const workflow = JSON.parse(change(readFileSync(join(examplesFolder, `${name}.json`), 'utf8'))) as {
		nodes: { parameters: { authentication?: string } }[];
	};
	const nodes = workflow.nodes.map((node) =>
		node.parameters.authentication === 'headerAuth'
			? { ...node, credentials: { httpHeaderAuth: { id: headerAuth.id, name: headerAuth.name } } }
			: node,
	);
	writeFileSync(file, JSON.stringify({ ...workflow, nodes, name: `${name} ${Date.now()}` }));
	return world().client.importWorkflow(file, world().credential) as Promise<{ id: string }>;
}

/** Presses the button of the manual trigger. */
export async function tryIt(id: string): Promise<void> {
	await world().client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
}

/** Imports an example, presses its button, and waits until the execution has ended well. @returns its ID */
export async function run(name: string, change?: (text: string) => string): Promise<string> {
	const { id } = await load(name, change);
	await tryIt(id);
	await ended(id);
	return id;
}

/** Runs a test on an example that is published. */
export async function published(
	name: string,
	check: (id: string) => Promise<void>,
	change?: (text: string) => string,
): Promise<void> {
	const { id } = await load(name, change);
	await world().client.activate(id);
	try {
		await check(id);
	} finally {
		await world().client.deactivate(id);
	}
}

/** The executions of a workflow, newest first. */
export async function executions(workflowId: string): Promise<{ id: string; status: string }[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = (await world().client.call('GET', `/executions?filter=${filter}&limit=100`)) as {
		results: { id: string; status: string }[];
	};
	return results;
}

/** Waits until this many executions have ended. @returns their statuses, newest first */
export async function finished(workflowId: string, count = 1): Promise<string[]> {
	return until(`${count} executions`, async () => {
		const statuses = (await executions(workflowId)).map(({ status }) => status);
		const over = statuses.filter((status) => ['success', 'error', 'crashed', 'canceled'].includes(status));
		return over.length >= count && statuses;
	});
}

/** Waits until this many executions have ended, and expects that all ended well. */
export async function ended(workflowId: string, count = 1): Promise<void> {
	expect(await finished(workflowId, count)).toEqual(Array(count).fill('success'));
}

/** Starts an example that asks. @returns its ID, and the link of a recipient */
export async function question(name: string, address: string, change?: (text: string) => string) {
	const { id } = await load(name, change);
	await tryIt(id);
	return { id, link: await openLink(address) };
}

/** The link that an address got, as soon as the execution waits for it. */
export async function openLink(address: string): Promise<string> {
	const link = await world().simulator.waitFor(() => linkTo(world(), address) || undefined);
	await until('the page', async () => (await (await fetch(link)).text()).includes('<form'));
	return link;
}

/** A call to the simulator's API. */
export const callApi = (path: string, body: object) =>
	fetch(`${world().simulator.apiUrl}${path}`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': world().account.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});

/** Sends an email beside the workflow. */
export const send = (to: string, subject: string) =>
	callApi('/email/send', { sender: 'shop@example.com', to: [to], subject, text_body: 'Hello' });

/** Posts JSON to a webhook of n8n. */
export const postTo = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	fetch(`${world().n8n().url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});

/** Delivers an event to the only webhook at the simulator, as SMTP2GO does. @returns the status */
export async function deliver(event: object): Promise<number> {
	const [hook] = world().simulator.state.hooks as [Hook];
	const response = await fetch(hook.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${hook.auth_header_value}` },
		body: JSON.stringify(event),
	});
	return response.status;
}

/** A table of n8n, in the project of its owner. */
interface DataTable {
	id: string;
	name: string;
	projectId: string;
}

async function dataTables(): Promise<DataTable[]> {
	return ((await world().client.call('GET', '/data-tables-global')) as { data: DataTable[] }).data;
}

const tablePath = ({ projectId, id }: DataTable) => `/projects/${projectId}/data-tables/${id}`;

async function dropTables(): Promise<void> {
	for (const table of await dataTables()) await world().client.call('DELETE', tablePath(table));
}

/** The rows of a data table, without what n8n adds to each. */
export async function rowsOf(name: string): Promise<Record<string, unknown>[]> {
	const table = (await dataTables()).find((one) => one.name === name);
	if (!table) return [];
	const { data } = (await world().client.call('GET', `${tablePath(table)}/rows?take=250`)) as {
		data: Record<string, unknown>[];
	};
	const added = ['id', 'createdAt', 'updatedAt'];
	return data.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !added.includes(column))));
}
