/**
 * An email with a file of 36 MB, stored by n8n as a file: the most memory it takes, and how soon one of 51 MB is
 * refused.
 * In n8n's engine, in a separate process.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { readFileSync, writeFileSync } from 'node:fs';
import { BinaryDataService } from 'n8n-core';
import type { IBinaryData, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { addNodeType, runNode, storeBinary } from '../nodes/support/engine';
import { collect, print, seconds, startServer, timed } from './support/bench';

const SIZE = 36_000_000;
const BASE64 = 4 * Math.ceil(SIZE / 3);

/** The process's memory in bytes: now, or the most since `forget`. Linux tells both. */
function resident(what: 'VmRSS' | 'VmHWM'): number {
	return Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

function forget(): void {
	writeFileSync('/proc/self/clear_refs', '5');
}

/** The most memory over idle that some work takes, in units of the file's Base64. */
async function peak(work: () => Promise<unknown>): Promise<number> {
	collect();
	collect();
	const idle = resident('VmRSS');
	forget();
	await work();
	return (resident('VmHWM') - idle) / BASE64;
}

/** A node that does nothing but hand a body to n8n's HTTP helper. */
function rawNode(url: string, body: Buffer): INodeType {
	return {
		description: {
			displayName: 'Raw',
			name: 'raw',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			await this.helpers.httpRequest({
				method: 'POST',
				url,
				body,
				headers: { 'Content-Type': 'application/json' },
			});
			return [[]];
		},
	};
}

async function main(): Promise<void> {
	const server = await startServer(0);
	const service: BinaryDataService = await storeBinary('filesystem');
	const credentials = { apiKey: 'api-key', region: 'custom', baseUrl: server.url };
	const store = (bytes: number) =>
		service.store({ type: 'execution', workflowId: '1', executionId: '1' }, Buffer.alloc(bytes, 'x'), {
			data: '',
			mimeType: 'application/pdf',
			fileName: 'large.pdf',
		} as IBinaryData);
	const parameters = {
		resource: 'email',
		operation: 'send',
		sender: 'shop@example.com',
		to: 'jane@example.com',
		subject: 'Hi',
		textBody: 'Hello',
		attachments: { binary: [{ binary: '*' }] },
	};
	const send = async (data: IBinaryData) => {
		const { error } = await runNode({ parameters, credentials, items: [{ json: {}, binary: { data } }] });
		return error?.message;
	};

	const small = await store(1000);
	const large = await store(SIZE);
	const halves = [await store(25_500_000), await store(25_500_000)] as const;
	await send(small);
	await server.seen();
	let failed: string | undefined;
	const sent = await peak(async () => {
		failed = await send(large);
	});
	const { bytes } = await server.seen();
	if (failed !== undefined || bytes < BASE64) throw new Error(`not sent: ${failed ?? bytes}`);
	// The floor: the same bytes, ready made, through n8n's helper alone, in the body of a call that has nothing to
	// encode.
	const body = Buffer.alloc(BASE64, 'x');
	addNodeType('raw', rawNode(`${server.url}/email/send`, body));
	const helper = await peak(() => runNode({ parameters: {}, type: 'raw', credentials }));
	print({
		work: "n8n: sending a file of 36 MB from n8n's file storage",
		against: `its Base64 (${(BASE64 / 1e6).toFixed(0)} MB)`,
		goal: 'at most 2.2 times that, above the idle process',
		measured: `${sent.toFixed(2)} (${((sent * BASE64) / 1e6).toFixed(0)} MB)`,
		limit:
			`the body itself is 1.00, n8n's HTTP helper adds ${helper.toFixed(2)} to an existing one; ` +
			'the rest is garbage from reading and encoding',
	});
	let refusal: string | undefined;
	const took = await timed(async () => {
		const { error } = await runNode({
			parameters,
			credentials,
			items: [{ json: {}, binary: { one: halves[0], two: halves[1] } }],
		});
		refusal = error?.message;
	});
	if (!refusal?.includes('50,000,000')) throw new Error(`not refused: ${refusal ?? 'sent'}`);
	print({
		work: 'n8n: rejecting files of 51 MB in total',
		against: '–',
		goal: 'under 50 ms, nothing read',
		measured: seconds(took),
		limit: "n8n's engine, which takes about as long for any node",
	});
	server.stop();
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
