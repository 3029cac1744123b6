/** One operation with the same values through both hosts, and what reached the server. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { hasPickList, type Field, type Json, type Operation, type Resource } from '../../../api';
import { nodeTypeOf } from '../../../node-red/generate/forms';
import { isTopLevel, parameterName } from '../../../nodes/Smtp2go/parameters/names';
import { inbox, key, load, node, unload } from '../../node-red/support/node-red';
import { runNode } from '../../nodes/support/engine';

/** A key of the right form that belongs to nobody. */
export const KEY = `api-${'K3y'.repeat(10)}00`;

/** A call as it travelled; of the headers only ours. */
export interface Call {
	readonly method: string | undefined;
	readonly path: string | undefined;
	readonly body: string;
	readonly headers: Readonly<Record<string, unknown>>;
}

/** What a host made of it. */
export interface Ran {
	readonly calls: readonly Call[];
	/** The error's message; undefined where all went well. */
	readonly error: string | undefined;
}

const ours = ['accept', 'content-type', 'x-smtp2go-api', 'x-smtp2go-api-version', 'x-smtp2go-api-key'];

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** Answers every call with the sample of the operation under test, and remembers what came. */
export class Recorder {
	readonly calls: Call[] = [];
	answer: Operation['sample'] = {};
	private readonly server = createServer((request, response) => {
		void textOf(request).then((body) => {
			const headers = Object.fromEntries(ours.map((name) => [name, request.headers[name]]));
			this.calls.push({ method: request.method, path: request.url, body, headers });
			response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ request_id: 'r', data: this.answer }));
		});
	});

	async start(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.server.listen(0, '127.0.0.1', resolve);
		});
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v3`;
	}

	/** The calls since the last time. */
	take(): Call[] {
		return this.calls.splice(0);
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => {
			this.server.close(resolve);
		});
	}
}

/** How a parameter holds a value whose form is more than the value. */
const forms: Partial<Record<Field['kind'], (value: string) => object>> = {
	attachments: (value) => ({ json: [{ files: value }] }),
	inlines: (value) => ({ json: [{ files: value }] }),
	headers: (value) => ({ json: [{ headers: value }] }),
};

function parametersOf(resource: string, operation: Operation, values: Readonly<Record<string, Json>>): INodeParameters {
	const parameters: Record<string, unknown> = { resource, operation: operation.key, returnAll: true };
	const options: Record<string, unknown> = {};
	for (const field of operation.fields.filter(({ name }) => name in values)) {
		const expression = `={{ $json.values[${JSON.stringify(field.name)}] }}`;
		if (field.kind === 'templateData') options[`${parameterName(field)}Json`] = expression;
		else
			(isTopLevel(field) ? parameters : options)[parameterName(field)] = hasPickList(field.kind)
				? { __rl: true, mode: 'id', value: expression }
				: (forms[field.kind]?.(expression) ?? expression);
	}
	return { ...parameters, options } as INodeParameters;
}

/** Runs the operation in n8n's engine, with every value from an expression. */
export async function inN8n(
	recorder: Recorder,
	{ key: resource }: Resource,
	operation: Operation,
	values: Readonly<Record<string, Json>>,
): Promise<Ran> {
	const credentials = { apiKey: KEY, region: 'custom', baseUrl: recorder.url };
	const { error } = await runNode({
		parameters: parametersOf(resource, operation, values),
		credentials,
		items: [{ json: { values } }],
	});
	return { calls: recorder.take(), error: error?.message };
}

/** Runs the operation in Node-RED's runtime, with every value from the message. */
export async function inNodeRed(
	recorder: Recorder,
	resource: Resource,
	operation: Operation,
	values: Readonly<Record<string, Json>>,
): Promise<Ran> {
	// n8n's form sends what it shows, defaults too; Node-RED's dialog saves such a default only when it was opened.
	const shown = operation.fields.filter(
		(field) => isTopLevel(field) && field.default !== undefined && !(field.name in values),
	);
	const fields = Object.fromEntries([
		...shown.map((field) => [field.name, { type: 'str', value: String(field.default) }] as const),
		...Object.keys(values).map((name) => [name, { type: 'msg', value: `values.${name}` }] as const),
	]);
	await load(
		[
			{ id: 'tab', type: 'tab', label: 'Test' },
			{ id: 'account', type: 'smtp2go-account', name: '', region: 'custom', baseUrl: recorder.url, version: 1 },
			{
				id: 'n',
				z: 'tab',
				type: nodeTypeOf(resource),
				name: '',
				account: 'account',
				operation: operation.key,
				fields,
				output: 'result',
				version: 2,
				wires: [['out']],
			},
			{ id: 'out', z: 'tab', type: 'helper' },
			{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
			{ id: 'caught', z: 'tab', type: 'helper' },
		],
		key(KEY),
	);
	const [out, caught] = [inbox('out'), inbox('caught')];
	node('n').receive({ values: structuredClone(values) } as never);
	const { error } = await Promise.race([out.next(), caught.next()]);
	await unload();
	return { calls: recorder.take(), error: error === undefined ? undefined : String(error['message']) };
}
