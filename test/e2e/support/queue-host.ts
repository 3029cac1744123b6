/** A whole n8n in queue mode: one main, webhook processors, two workers, PostgreSQL, Redis and a balancer. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, N8nClient, startN8nProcess, type N8nProcess } from '../../../scripts/start/n8n-host.cjs';
import type { Simulator } from '../../../simulator';
import { owner } from './n8n';
import { prepared, withoutEditor } from './prepare';
import { startBalancer, startStores, type Stores } from './queue';
import { openSimulator } from './simulator';

/** How a host differs from the usual one. */
export interface QueueHostOptions {
	/** The names of the webhook processors; by default one. */
	readonly processors?: readonly string[];
	/** Variables that only the workers get. */
	readonly workerEnv?: Readonly<Record<string, string>>;
	/** True for a simulator with the demo account's data. */
	readonly demo?: boolean;
}

/** n8n in queue mode, and the simulator that it talks to. */
export interface QueueHost {
	readonly simulator: Simulator;
	readonly stores: Stores;
	/** A client of the main. */
	readonly client: N8nClient;
	/** The address at which the balancer hands requests to the webhook processors. */
	readonly address: string;
	/** The processes by name: `main`, `worker1`, `worker2`, and the webhook processors. */
	readonly running: Readonly<Record<string, N8nProcess>>;
	/** Starts a process again. */
	start(name: string): Promise<void>;
	/** What the main wrote. */
	output(): string;
	stop(): Promise<void>;
}

/** Starts everything, with an empty n8n. */
export async function openQueueHost({
	processors = ['processor'],
	workerEnv = {},
	demo = false,
}: QueueHostOptions = {}): Promise<QueueHost> {
	const running: Record<string, N8nProcess> = {};
	const simulator = await openSimulator({ eventDelayMs: 0, demo });
	const stores = await startStores();
	const balancer = await startBalancer(() => processors.flatMap((name) => running[name]?.url ?? []));
	const address = `http://127.0.0.1:${balancer.port}`;
	const userFolder = mkdtempSync(join(tmpdir(), 'smtp2go-e2e-queue-'));
	cpSync(prepared().n8nHome, userFolder, { recursive: true });

	async function start(name: string): Promise<void> {
		const port = await freePort();
		const command = name === 'main' ? 'start' : processors.includes(name) ? 'webhook' : 'worker';
		const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
		running[name] = await startN8nProcess({
			hostFolder: prepared().hosts.n8n,
			userFolder,
			port,
			command,
			env: {
				...withoutEditor,
				...stores.env,
				...(command === 'worker' ? { ...workerEnv, ...health } : {}),
				WEBHOOK_URL: `${address}/`,
				N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
				N8N_EXPRESSION_ENGINE: 'legacy',
			},
		});
	}

	async function stop(): Promise<void> {
		await Promise.all(Object.values(running).map((one) => one.stop()));
		balancer.server.close();
		await stores.stop();
		await simulator.stop();
		rmSync(userFolder, { recursive: true, force: true });
	}

	try {
		// The main creates the tables that the others need.
		await start('main');
		const client = new N8nClient(running['main']?.url ?? '');
		await client.signIn(owner);
		await Promise.all([...processors, 'worker1', 'worker2'].map(start));
		const output = () => running['main']?.output() ?? '';
		return { simulator, stores, client, address, running, start, output, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
