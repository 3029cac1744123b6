/** What the parts of the benchmark share: the server with a fixed latency, rows of the table, medians. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions, no-console */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** One line of docs/performance.md. */
export interface Row {
	readonly work: string;
	readonly against: string;
	readonly goal: string;
	readonly measured: string;
	/** What limits the figure. */
	readonly limit: string;
}

/** Hands a row to the runner: scripts/measure/bench.mjs reads lines that begin with a brace. */
export function print(row: Row): void {
	console.log(JSON.stringify(row));
}

/** What the server saw since the last time it was asked. `most`: the most calls under way at a time. */
export interface Seen {
	readonly calls: number;
	readonly mails: number;
	readonly most: number;
	readonly bytes: number;
}

/** Starts the server; `stop` ends it. */
export async function startServer(
	latency: number,
): Promise<{ url: string; seen: () => Promise<Seen>; stop: () => void }> {
	const child = spawn(process.execPath, [join(process.cwd(), 'test/bench/support/server.mjs'), String(latency)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const port = await new Promise<string>((resolve) => {
		child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
	});
	const base = `http://127.0.0.1:${port}`;
	return {
		url: `${base}/v3`,
		seen: async () => (await fetch(`${base}/stats`)).json() as Promise<Seen>,
		stop: () => {
			child.kill();
		},
	};
}

/** The middle one of several. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((one, other) => one - other);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Milliseconds that something took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await work();
	return performance.now() - started;
}

/** Milliseconds as people read them. */
export function seconds(milliseconds: number): string {
	return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Collects garbage, where node was started with --expose-gc. */
export function collect(): void {
	(globalThis as { gc?: () => void }).gc?.();
}
