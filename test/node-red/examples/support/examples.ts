/** The examples for Node-RED, as files. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLES = join(__dirname, '../../../../examples/node-red');

/** A node as an example saves it. */
export type FlowNode = Record<string, unknown> & {
	readonly id: string;
	readonly type: string;
	readonly name?: string;
	readonly x?: number;
	readonly y?: number;
	readonly wires?: readonly (readonly string[])[];
};
export type Flow = FlowNode[];

/** The names of all examples, as in their files. */
export const exampleNames: readonly string[] = readdirSync(EXAMPLES).map((file) => file.replace('.json', ''));

/** An unchanged example. */
export function readExample(name: string): Flow {
	return JSON.parse(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8')) as Flow;
}
