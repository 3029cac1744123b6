/**
 * n8n at scale, in n8n's engine (n8n-core's WorkflowExecute, without server and database): many emails, against n8n's
 * own HTTP Request node.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
/* eslint-disable @n8n/community-nodes/no-dangerous-functions, no-console */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { Smtp2go } from '../../nodes/Smtp2go/Smtp2go.node';
import { addNodeType, runNode } from '../nodes/support/engine';
import { collect, median, print, seconds, startServer, timed } from './support/bench';

const LATENCY = 50;
const ROUNDS = 3;

const people = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { to: `p${index}@example.com`, name: `Person ${index}` } }));
const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: '={{ $json.to }}',
	subject: '=Hello {{ $json.name }}',
	textBody: '=Dear {{ $json.name }}, this is your news.',
};

/** n8n's HTTP Request node from the n8n in the cache folder, with the same email. */
function useHttpRequest(folder: string): void {
	const require = createRequire(join(folder, 'package.json'));
	const { HttpRequest } = require('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => INodeType;
	};
	addNodeType('httpRequest', new HttpRequest());
}

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

const httpRequest = (url: string): INodeParameters => ({
	method: 'POST',
	url: `${url}/email/send`,
	sendHeaders: true,
	headerParameters: { parameters: [{ name: 'X-Smtp2go-Api-Key', value: 'api-key' }] },
	sendBody: true,
	contentType: 'json',
	specifyBody: 'json',
	jsonBody:
		'={{ { sender: "shop@example.com", to: [$json.to], subject: "Hello " + $json.name, text_body: "Dear " + $json.name + ", this is your news." } }}',
	options: {},
});

async function main(): Promise<void> {
	const server = await startServer(LATENCY);
	const credentials = { apiKey: 'api-key', region: 'custom', baseUrl: server.url };
	useHttpRequest(process.env['N8N_FOLDER'] ?? '');
	addNodeType('reader', reader);

	const once = async (count: number, parameters: INodeParameters, type?: string, typeVersion?: number) => {
		const items = people(count);
		const time = await timed(async () => {
			const { items: out, error } = await runNode({
				parameters,
				credentials,
				items,
				...(type ? { type } : {}),
				...(typeVersion ? { typeVersion } : {}),
			});
			if (error) throw error;
			if (out.length !== count) throw new Error(`${out.length} items came out, not ${count}`);
		});
		const seen = await server.seen();
		if (type !== 'reader' && seen.mails !== count) throw new Error(`${seen.mails} emails arrived, not ${count}`);
		return { time, most: seen.most };
	};
	const measure = async (count: number, ...rest: [INodeParameters, string?, number?]) => {
		await once(100, ...rest);
		const runs = [];
		for (let round = 0; round < (count > 1000 ? 1 : ROUNDS); round++) runs.push(await once(count, ...rest));
		return { time: median(runs.map(({ time }) => time)), most: Math.max(...runs.map(({ most }) => most)) };
	};

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
