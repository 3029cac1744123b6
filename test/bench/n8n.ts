/**
 * n8n at scale, in n8n's engine (n8n-core's WorkflowExecute, without server and database): many emails, against n8n's
 * own HTTP Request node.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions, no-console */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { Smtp2go } from '../../nodes/Smtp2go/Smtp2go.node';
import { addNodeType } from '../nodes/support/engine';
import { collect, median, print, seconds, startServer } from './support/bench';
import { httpRequest, mail, measureWith, useHttpRequest } from './support/n8n-emails';

const LATENCY = 50;

/** Does nothing but let n8n evaluate the three expressions of each email. */
const reader = {
	description: { ...new Smtp2go().description, name: 'reader' },
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		for (const index of items.keys())
			for (const name of ['to', 'subject', 'textBody']) this.getNodeParameter(name, index);
		return [items];
	},
} as INodeType;

async function main(): Promise<void> {
	const server = await startServer(LATENCY);
	const credentials = { apiKey: 'api-key', region: 'custom', baseUrl: server.url };
	useHttpRequest(process.env['N8N_FOLDER'] ?? '');
	addNodeType('reader', reader);

	const measure = measureWith(server, credentials);

	const batches = { ...mail, sendMode: 'batch', sendingOptions: { inFlight: 10 } };
	const http = await measure(1000, httpRequest(server.url), 'httpRequest', 4.2);
	const batched = await measure(1000, batches);
	const { time: reading } = await measure(1000, mail, 'reader');
	print({
		work: `n8n: 1,000 emails in batches, latency ${LATENCY} ms`,
		against: `n8n's HTTP Request node: ${seconds(http.time)}, ${http.most} concurrent calls`,
		goal: 'at most 0.35 of its time, at most 10 concurrent calls',
		measured: `${seconds(batched.time)} (${(batched.time / http.time).toFixed(2)}), ${batched.most} concurrent calls`,
		limit:
			`n8n itself: evaluating the three expressions of each email takes ${seconds(reading)} (the HTTP ` +
			`Request node has one), and a call takes ${LATENCY} ms`,
	});
	const single = await measure(1000, { ...mail, sendingOptions: { inFlight: 10 } });
	const floor = (1000 * LATENCY) / 10;
	print({
		work: `n8n: 1,000 emails, one call each, 10 concurrent, latency ${LATENCY} ms`,
		against: `the latency alone: ${seconds(floor)}`,
		goal: 'at most 1.15 times that',
		measured: `${seconds(single.time)} (${(single.time / floor).toFixed(2)}), ${single.most} concurrent calls`,
		limit: "the latency and the processor time of each call, most of it in n8n's expressions and HTTP helper",
	});
	collect();
	const before = process.memoryUsage().heapUsed;
	const large = await measure(10_000, batches);
	collect();
	const after = process.memoryUsage().heapUsed;
	print({
		work: 'n8n: 10,000 emails in batches',
		against: `ten times the time for 1,000: ${seconds(batched.time * 10)}`,
		goal: 'at most 1.1 times that',
		measured:
			`${seconds(large.time)} (${(large.time / batched.time / 10).toFixed(2)}); ` +
			`${((after - before) / 1e6).toFixed(1)} MB of heap kept afterwards`,
		limit: 'as for 1,000 emails',
	});
	const script = (file: string) =>
		`require('n8n-workflow');
			const t = performance.now();
			require(${JSON.stringify(file)});
			console.log(performance.now() - t)`;
	const load = median(
		Array.from({ length: 15 }, () =>
			Number(
				execFileSync(
					process.execPath,
					['-e', script(join(process.cwd(), 'dist/nodes/Smtp2go/Smtp2go.node.js'))],
					{ encoding: 'utf8' },
				),
			),
		),
	);
	print({
		work: 'n8n: loading the node',
		against: 'n8n-workflow, which is loaded first',
		goal: 'at most 10 ms on top',
		measured: `${load.toFixed(1)} ms (median of 15)`,
		limit: 'reading the list of parameters; the rest is loaded when the node runs',
	});
	server.stop();
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
