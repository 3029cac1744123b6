/** The examples fit together: every node that they name is there, and every permission that they need is named. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOffered, healthChecks, isCompound, permissionsOf, resourcesAndCustom } from '../../api';

const EXAMPLES = join(__dirname, '../../examples');
const LOG = ['/activity/search'];
const SMS_IN = ['/sms/view-received'];
/** What the rows of a list are checked against. */
const LIST_CHECK = ['/suppression/view', '/allowed_recipients/view'];
const TRIGGER = ['/webhook/view', '/webhook/add', '/webhook/edit', '/webhook/remove'];
/** Each of its nodes needs one permission, so it refers to their help. */
const TOUR = 'tour-of-the-account';

interface N8nNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: Record<string, string> & { readonly checks?: readonly string[] };
}
interface Workflow {
	readonly nodes: readonly N8nNode[];
	/** By node and type of connection. */
	readonly connections: Record<string, Record<string, readonly (readonly { node: string }[])[]>>;
}
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

/** The endpoints of an operation; a batch calls another one than a single send. */
function endpoints(resource: string, operation: string, isBatch: boolean): readonly string[] {
	if (isBatch) return ['/email/batch'];
	const { key = '' } =
		resourcesAndCustom.find((one) => one.key.toLowerCase() === resource.replaceAll('-', '').toLowerCase()) ?? {};
	const found = findOffered(key, operation);
	if (found === undefined) return [`no operation ${resource}.${operation}`];
	return isCompound(found) ? [...found.calls, ...(found.optionalCalls ?? [])] : permissionsOf(found);
}

/** What the polling trigger reads, by what it watches. */
function polled({ watch = 'events', checks = [], matchReplies }: N8nNode['parameters']): string[] {
	if (watch === 'events') return ['/activity/search'];
	if (watch === 'accountHealth')
		return healthChecks.filter(({ value }) => checks.includes(value)).map(({ reads }) => reads.path);
	return ['/sms/view-received', ...(String(matchReplies) === 'false' ? [] : ['/sms/view-sent'])];
}

/** What the ask node of Node-RED needs. */
function nodeAsks({ via, remindAfter, escalateAfter }: FlowNode): string[] {
	if (via === 'smsReply') return ['/sms/send', '/sms/view-received'];
	const isScheduled = Boolean(remindAfter) || Boolean(escalateAfter);
	return [
		...(via === 'sms' ? [] : ['/email/send', ...(isScheduled ? ['/email/scheduled/remove'] : [])]),
		...(via === 'email' ? [] : ['/sms/send']),
	];
}

/** What a question needs: its messages, and emails that SMTP2GO holds until the answer comes. */
function asked({ channel = 'email', options }: N8nNode['parameters']): string[] {
	return [
		...(channel === 'sms' ? [] : ['/email/send']),
		...(channel === 'email' ? [] : ['/sms/send']),
		...(/"(reminder|escalation)"/.test(JSON.stringify(options ?? '')) ? ['/email/scheduled/remove'] : []),
	];
}

const without = (needed: readonly string[], text: string) =>
	[...new Set(needed)].filter((one) => !text.includes(`\`${one}\``));

describe.each(namesIn('n8n'))('n8n: %s', (name) => {
	const text = textOf('n8n', name);
	const { nodes, connections } = JSON.parse(text) as Workflow;
	const names = nodes.map((node) => node.name);

	it('connects and reads only nodes that are there', () => {
		const connected = Object.entries(connections).flatMap(([from, byType]) => [
			from,
			...Object.values(byType)
				.flat(2)
				.map(({ node }) => node),
		]);
		const read = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, node = '']) => node);
		expect([...connected, ...read].filter((node) => !names.includes(node))).toEqual([]);
		expect(new Set(names).size).toBe(names.length);
	});

	it('names the permissions that the key needs', () => {
		const needed = nodes.flatMap(({ type, parameters }) => {
			const { resource = 'email', operation = 'send', sendMode } = parameters;
			if (operation === 'sendAndWait' || type.endsWith('.smtp2goHitlTool')) return asked(parameters);
			if (type.endsWith('.smtp2go'))
				return [
					...endpoints(resource, operation, sendMode === 'batch'),
					...(parameters['dataMode'] === 'autoMapInputData' ? LIST_CHECK : []),
				];
			if (type.endsWith('.smtp2goPollingTrigger')) return polled(parameters);
			return type.endsWith('.smtp2goTrigger') ? TRIGGER : [];
		});
		expect(without(needed, nodes[0]?.parameters['content'] ?? '')).toEqual([]);
	});
});

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
