/** Emails in n8n's engine: sent by our node or by n8n's own HTTP Request node, and timed. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { addNodeType, runNode } from '../../nodes/support/engine';
import { median, timed, type startServer } from './bench';

const ROUNDS = 3;

/** Rows of a list. */
export const people = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, (_, index) => ({ json: { to: `p${index}@example.com`, name: `Person ${index}` } }));
/** One email per item, with three expressions. */
export const mail = {
	resource: 'email',
	operation: 'send',
	sender: 'shop@example.com',
	to: '={{ $json.to }}',
	subject: '=Hello {{ $json.name }}',
	textBody: '=Dear {{ $json.name }}, this is your news.',
};

/** n8n's HTTP Request node from the n8n in the cache folder, with the same email. */
export function useHttpRequest(folder: string): void {
	const require = createRequire(join(folder, 'package.json'));
	const { HttpRequest } = require('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => INodeType;
	};
	addNodeType('httpRequest', new HttpRequest());
}

/** The same email by the HTTP Request node. */
export const httpRequest = (url: string): INodeParameters => ({
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

/**
 * Times runs at a server. A run of up to 1,000 items is repeated, and the median counts.
 * @returns milliseconds, the most calls under way at a time, and the number of calls
 */
export function measureWith(
	server: Awaited<ReturnType<typeof startServer>>,
	credentials: { apiKey: string; region: string; baseUrl: string },
) {
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
	return measure;
}
