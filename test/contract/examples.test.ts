/** The examples for Node-RED fit together: every node that they name is there, and every permission is named. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, LIST_CHECK, TRIGGER } from './support/example-permissions';

const EXAMPLES = join(__dirname, '../../examples');
const LOG = ['/activity/search'];
const SMS_IN = ['/sms/view-received'];
/** Each of its nodes needs one permission, so it refers to their help. */
const TOUR = 'tour-of-the-account';

interface FlowNode {
	readonly id: string;
	readonly type: string;
	readonly operation?: string;
	readonly info?: string;
	readonly source?: string;
	readonly matchReplies?: boolean;
	readonly via?: string;
	readonly remindAfter?: string;
	readonly escalateAfter?: string;
	readonly wires?: readonly (readonly string[])[];
	readonly fields?: Record<string, { value: unknown }>;
}

const namesIn = (host: string) => readdirSync(join(EXAMPLES, host)).map((file) => file.replace('.json', ''));
const textOf = (host: string, name: string) => readFileSync(join(EXAMPLES, host, `${name}.json`), 'utf8');

/** What the ask node of Node-RED needs. */
function nodeAsks({ via, remindAfter, escalateAfter }: FlowNode): string[] {
	if (via === 'smsReply') return ['/sms/send', '/sms/view-received'];
	const isScheduled = Boolean(remindAfter) || Boolean(escalateAfter);
	return [
		...(via === 'sms' ? [] : ['/email/send', ...(isScheduled ? ['/email/scheduled/remove'] : [])]),
		...(via === 'email' ? [] : ['/sms/send']),
	];
}

const without = (needed: readonly string[], text: string) =>
	[...new Set(needed)].filter((one) => !text.includes(`\`${one}\``));

describe.each(namesIn('node-red'))('Node-RED: %s', (name) => {
	const nodes = JSON.parse(textOf('node-red', name)) as FlowNode[];

	it('wires only nodes that are there', () => {
		const ids = nodes.map(({ id }) => id);
		expect(nodes.flatMap(({ wires = [] }) => wires.flat()).filter((id) => !ids.includes(id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('names the permissions that the key needs', () => {
		const needed = nodes.flatMap((node) => {
			const { type, operation = '', fields, source, matchReplies } = node;
			if (type === 'smtp2go-ask') return nodeAsks(node);
			if (type === 'smtp2go-outcome') return [...LOG, ...TRIGGER];
			if (type === 'smtp2go-trigger') return source === 'log' ? LOG : TRIGGER;
			if (type === 'smtp2go-sms-in') return matchReplies ? [...SMS_IN, '/sms/view-sent'] : SMS_IN;
			return operation === ''
				? []
				: [
						...endpoints(type.replace('smtp2go-', ''), operation, fields?.['$batch'] !== undefined),
						...(fields?.['$problemRows'] === undefined ? [] : LIST_CHECK),
					];
		});
		if (name !== TOUR) expect(without(needed, nodes[0]?.info ?? '')).toEqual([]);
	});
});

test.each(namesIn('node-red'))('the flow of %s lies left of the side bar on a screen of 1,400 pixels', (name) => {
	const flow = JSON.parse(textOf('node-red', name)) as {
		x?: number;
		name?: string;
		type: string;
		account?: string;
	}[];
	// About seven pixels a letter, the icon and half a node to the right of its middle; the canvas is 880 pixels wide.
	const right = flow.flatMap((node) =>
		node.x === undefined ? [] : [node.x + Math.max(50, ((node.name || node.type).length * 7 + 50) / 2)],
	);
	expect(Math.max(...right)).toBeLessThan(880);
	expect(flow.filter(({ account = '' }) => account !== '')).toEqual([]);
});
