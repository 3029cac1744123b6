/**
 * A flow with ask nodes in a real Node-RED: what it passes on is written to a file, so that a kill cannot take it back.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync, readFileSync } from 'node:fs';
import { DEMO_API_KEY, type Simulator } from '../../../simulator';

/** One line of the file: which output of which node sent what. */
export interface Passed {
	readonly node: string;
	readonly output: number;
	readonly order: string;
	readonly answer: Record<string, unknown>;
}

const fixed = (value: string) => ({ type: 'str', value });

/** Ask nodes with an Inject node each, named `go.<id>`, whose messages hold `order: '<id>'`. */
export function askFlow(
	{ apiUrl }: Simulator,
	publicUrl: string,
	file: string,
	nodes: readonly ({ readonly id: string; readonly outputs: number } & Record<string, unknown>)[],
) {
	return [
		{ id: 'tab', type: 'tab', label: 'Ask' },
		{
			id: 'account',
			type: 'smtp2go-account',
			name: '',
			region: 'custom',
			baseUrl: apiUrl,
			publicUrl,
			pollInterval: 1,
			credentials: { apiKey: DEMO_API_KEY },
			version: 1,
		},
		...nodes.flatMap(({ id, outputs, ...def }, row) => {
			const at = { z: 'tab', y: 60 + row * 60 };
			return [
				{
					...at,
					id: `go.${id}`,
					type: 'inject',
					x: 100,
					props: [{ p: 'payload' }, { p: 'topic', vt: 'str' }, { p: 'order', v: id, vt: 'str' }],
					payload: `Is "${id}" fine?`,
					payloadType: 'str',
					topic: `Question ${id}`,
					once: false,
					wires: [[id]],
				},
				{
					...at,
					id,
					type: 'smtp2go-ask',
					x: 300,
					name: '',
					account: 'account',
					via: 'email',
					fields: {
						to: fixed('boss@shop.example'),
						phones: fixed('+14155550123'),
						sender: fixed('shop@shop.example'),
						subject: { type: 'msg', value: 'topic' },
						message: { type: 'msg', value: 'payload' },
					},
					responseType: 'approval',
					limit: '',
					limitUnit: 'days',
					version: 1,
					wires: Array.from({ length: outputs }, (_, output) => [`${id}.${output}`]),
					outputs,
					...def,
				},
				...Array.from({ length: outputs }, (_, output) => ({
					...at,
					id: `${id}.${output}`,
					type: 'function',
					x: 500 + output * 150,
					name: '',
					func: `fs.appendFileSync(${JSON.stringify(file)}, JSON.stringify({ node: '${id}', output: ${output}, order: msg.order, answer: msg.answer }) + '\\n');`,
					libs: [{ var: 'fs', module: 'fs' }],
					outputs: 1,
					wires: [[]],
				})),
			];
		}),
	];
}

/** What the flow passed on so far. */
export function passedIn(file: string): Passed[] {
	if (!existsSync(file)) return [];
	const lines = readFileSync(file, 'utf8').trim().split('\n');
	return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Passed);
}
