/** A real n8n with the built package, for the end-to-end tests. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
/* eslint-disable @n8n/community-nodes/require-node-api-error */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, startN8nProcess, type N8nProcess, type SavedCredential } from '../../../scripts/start/n8n-host.cjs';
import { DEMO_API_KEY, type Simulator, type SimulatorOptions } from '../../../simulator';
import { owner, prepared, withoutEditor } from './prepare';
import { openSimulator } from './simulator';

export { owner, root } from './prepare';

/** n8n with the packed package, and the simulator it talks to. */
export interface World {
	simulator: Simulator;
	client: N8nClient;
	credential: SavedCredential;
	/** The credential's values. */
	account: { apiKey: string; region: string; baseUrl: string };
	n8n(): N8nProcess;
	/** Where n8n keeps its data. */
	userFolder: string;
	/**
	 * Stops n8n (or kills it), does something while it is down, and starts it again on the same port, with these
	 * variables beside its own.
	 */
	restart(meanwhile: () => void, how?: { kill?: boolean; env?: Record<string, string> }): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts everything with an empty n8n, which has no editor.
 * @param variables of n8n's environment, beside its own
 */
export async function openWorld(
	options: SimulatorOptions = {},
	variables: Record<string, string> = {},
): Promise<World> {
	const simulator = await openSimulator({ eventDelayMs: 0, timeScale: 4500, ...options });
	try {
		return await openN8n(simulator, variables);
	} catch (error) {
		await simulator.stop();
		throw error;
	}
}

async function openN8n(simulator: Simulator, variables: Record<string, string>): Promise<World> {
	const account = { apiKey: DEMO_API_KEY, region: 'custom', baseUrl: simulator.apiUrl };
	const userFolder = mkdtempSync(join(tmpdir(), 'smtp2go-e2e-n8n-'));
	cpSync(prepared().n8nHome, userFolder, { recursive: true });
	const host = prepared().hosts.n8n;
	let n8n = await startN8nProcess({ hostFolder: host, userFolder, env: { ...withoutEditor, ...variables } });
	const client = new N8nClient(n8n.url);
	await client.signIn(owner);
	return {
		simulator,
		client,
		account,
		userFolder,
		credential: await client.saveCredential('SMTP2GO simulator', account),
		n8n: () => n8n,
		async restart(meanwhile, { kill = false, env = {} } = {}) {
			const port = Number(new URL(n8n.url).port);
			await (kill ? n8n.kill() : n8n.stop());
			meanwhile();
			n8n = await startN8nProcess({ hostFolder: host, userFolder, port, env: { ...withoutEditor, ...env } });
		},
		async stop() {
			await n8n.stop();
			await simulator.stop();
			rmSync(userFolder, { recursive: true, force: true });
		},
	};
}

/** A workflow's node, of which only what matters is told. */
export interface DraftNode {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: object;
	webhookId?: string;
	credentials?: object;
}

/** The nodes and connections of a workflow: one node behind the other, or each behind the output given. */
export function draft(
	nodes: readonly DraftNode[],
	links: readonly (readonly [from: string, output: number, to: string])[] = nodes
		.slice(1)
		.map(({ name }, index) => [nodes[index]?.name ?? '', 0, name] as const),
): object {
	const connections: Record<string, { main: { node: string; type: 'main'; index: 0 }[][] }> = {};
	for (const [from, output, to] of links) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	return {
		nodes: nodes.map((node, index) => ({
			id: `${index}0000000-0000-4000-8000-${node.webhookId?.slice(-12) ?? '000000000000'}`,
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}
