/** Questions of a whole n8n: the workflow that asks, its links at the simulator, and what became of the execution. */
import { parse } from 'flatted';
import type { N8nClient } from '../../../scripts/start/n8n-host.cjs';
import type { Simulator } from '../../../simulator';
import { draft, type DraftNode } from './n8n';
import { until } from './until';

/** The parts of n8n that ask. */
export interface Asking {
	client: N8nClient;
	simulator: Simulator;
	credential: { id: string; name: string };
}

/** An execution as n8n's database has it. */
export interface Ran {
	status: string;
	data: {
		resultData: {
			runData: Record<
				string,
				{ data?: Record<string, { json: Record<string, unknown> }[][]>; hints?: object[] }[]
			>;
			error?: { message: string };
		};
	};
	/** The text of all its data, as n8n saved it. */
	text: string;
}

/** The node that asks, with these parameters. */
export function askingNode(
	{ credential: { id, name } }: Asking,
	parameters: object = {},
	more: Partial<DraftNode> = {},
): DraftNode {
	return {
		name: 'Ask',
		type: 'n8n-nodes-smtp2go.smtp2go',
		parameters: {
			resource: 'email',
			operation: 'sendAndWait',
			sender: { __rl: true, mode: 'name', value: 'Shop <shop@example.com>' },
			to: 'ann@example.com',
			destination: '+14155550123',
			subject: 'Invoice 1001',
			message: 'Please approve invoice 1001.',
			...parameters,
		},
		credentials: { smtp2goApi: { id, name } },
		...more,
	};
}

export const manual: DraftNode = { name: 'Try It', type: 'n8n-nodes-base.manualTrigger' };
export const then: DraftNode = { name: 'Then', type: 'n8n-nodes-base.noOp' };

type Links = readonly (readonly [from: string, output: number, to: string])[];

/** Saves a workflow. @param pinned what its nodes give without being run, by name */
export async function save(
	{ client }: Pick<Asking, 'client'>,
	name: string,
	nodes: readonly DraftNode[],
	links?: Links,
	pinned: object = {},
): Promise<string> {
	const { id } = (await client.call('POST', '/workflows', {
		name,
		active: false,
		...draft(nodes, links),
		pinData: pinned,
	})) as { id: string };
	return id;
}

/** Starts a saved workflow as the editor does. @returns the ID of the execution */
export async function run({ client }: Pick<Asking, 'client'>, id: string): Promise<string> {
	const { executionId } = (await client.call('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: 'Try It' },
	})) as { executionId: string };
	return executionId;
}

/** Saves a workflow and starts it. */
export async function start(asking: Pick<Asking, 'client'>, ...workflow: WorkflowArguments): Promise<string> {
	return run(asking, await save(asking, ...workflow));
}

type WorkflowArguments = Parameters<typeof save> extends [unknown, ...infer Rest] ? Rest : never;

/** Reads an execution. */
export async function execution({ client }: Pick<Asking, 'client'>, id: string): Promise<Ran> {
	const { status, data } = (await client.call('GET', `/executions/${id}`)) as { status: string; data: string };
	return { status, data: parse(data) as Ran['data'], text: data };
}

/** Waits until an execution has a status. */
export function reaches(asking: Pick<Asking, 'client'>, id: string, status: string): Promise<Ran> {
	return until(`execution ${id} to be ${status}`, async () => {
		const ran = await execution(asking, id);
		if (ran.status === 'error' && status !== 'error')
			throw new Error(`Execution ${id}: ${ran.data.resultData.error?.message}`);
		return ran.status === status ? ran : undefined;
	});
}

/** What a node gave to the next one in its last run. */
export function outputOf({ data }: Ran, node: string): Record<string, unknown>[] {
	return (data.resultData.runData[node]?.at(-1)?.data?.['main']?.[0] ?? []).map(({ json }) => json);
}

const decoded = (text: string) => text.replaceAll('&amp;', '&');

/** The link in the newest message to an address or a number. */
export function linkTo({ simulator }: Pick<Asking, 'simulator'>, address: string): string {
	const { emails, sms } = simulator.state;
	const html = emails.filter(({ to }) => to.some((one) => one.address === address)).at(-1)?.html;
	const content = sms.filter(({ destination }) => destination === address).at(-1)?.content;
	const found = /https?:\/\/[^\s"<#]+\/webhook-waiting\/[^\s"<#]+/.exec(decoded(html ?? content ?? ''));
	return found?.[0] ?? '';
}

/** Posts an answer as a page without JavaScript does. */
export async function post(link: string, fields: Record<string, string>): Promise<{ status: number; text: string }> {
	const response = await fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
	return { status: response.status, text: await response.text() };
}

/** Posts an answer to many links, and counts the statuses. */
export async function decidedBy(links: readonly string[]): Promise<Record<number, number>> {
	const statuses: Record<number, number> = {};
	const rest = [...links];
	const next = async (): Promise<void> => {
		for (let link = rest.pop(); link !== undefined; link = rest.pop()) {
			const { status } = await post(link, { answer: 'approve' });
			statuses[status] = (statuses[status] ?? 0) + 1;
		}
	};
	await Promise.all(Array.from({ length: 16 }, next));
	return statuses;
}
