/** The examples for n8n fit together, say what they need, and lie well on the canvas. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthChecks, resources } from '../../api';
import { endpoints, LIST_CHECK, TRIGGER } from './support/example-permissions';

const FOLDER = join(__dirname, '../../examples/n8n');
const STICKY = 'n8n-nodes-base.stickyNote';

interface N8nNode {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly position: readonly [x: number, y: number];
	readonly parameters: Record<string, string> & {
		readonly checks?: readonly string[];
		readonly height?: number;
		readonly width?: number;
		readonly color?: number;
	};
	readonly credentials?: object;
	readonly webhookId?: string;
}
interface Workflow {
	readonly name: string;
	readonly nodes: readonly N8nNode[];
	/** By node and type of connection. */
	readonly connections: Record<string, Record<string, readonly (readonly { node: string }[])[]>>;
	readonly pinData: object;
	readonly active?: boolean;
}

/** What the polling trigger reads, by what it watches. */
function polled({ watch = 'events', checks = [], matchReplies }: N8nNode['parameters']): string[] {
	if (watch === 'events') return ['/activity/search'];
	if (watch === 'accountHealth')
		return healthChecks.filter(({ value }) => checks.includes(value)).map(({ reads }) => reads.path);
	return ['/sms/view-received', ...(String(matchReplies) === 'false' ? [] : ['/sms/view-sent'])];
}

/** What a question needs: its messages, and emails that SMTP2GO holds until the answer comes. */
function asked({ channel = 'email', options }: N8nNode['parameters']): string[] {
	return [
		...(channel === 'sms' ? [] : ['/email/send']),
		...(channel === 'email' ? [] : ['/sms/send']),
		...(/"(reminder|escalation)"/.test(JSON.stringify(options ?? '')) ? ['/email/scheduled/remove'] : []),
	];
}

function needs({ type, parameters }: N8nNode): readonly string[] {
	const { resource = 'email', operation = 'send', sendMode, dataMode } = parameters;
	if (type.endsWith('.smtp2goHitlTool')) return asked(parameters);
	if (type.endsWith('.smtp2goPollingTrigger')) return polled(parameters);
	if (type.endsWith('.smtp2goTrigger')) return TRIGGER;
	if (!type.endsWith('.smtp2go')) return [];
	if (operation === 'sendAndWait') return asked(parameters);
	return [
		...endpoints(resource, operation, sendMode === 'batch'),
		...(dataMode === 'autoMapInputData' ? LIST_CHECK : []),
	];
}

/** The box that a node covers with its name below it, in pixels. n8n draws an agent wider. */
function boxOf({ type, position: [x, y], parameters: { height = 0, width = 0 } }: N8nNode) {
	if (type === STICKY) return { left: x, top: y, right: x + width, bottom: y + height };
	return { left: x, top: y, right: x + (type.endsWith('.agent') ? 240 : 100), bottom: y + 130 };
}

type Box = ReturnType<typeof boxOf>;
const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const holds = (a: Box, b: Box) => a.left <= b.left && b.right <= a.right && a.top <= b.top && b.bottom <= a.bottom;

/** All endpoints of the API, to tell a permission from other code. */
const paths = new Set(resources.flatMap(({ operations }) => operations.map(({ path }) => path)));

const names = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const titles = new Set<string>();

test('there are at least 16, and each has a name of words', () => {
	expect(names.length).toBeGreaterThanOrEqual(16);
	expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)+$|^escalation$/.test(name))).toEqual([]);
});

describe.each(names)('%s', (name) => {
	const text = readFileSync(join(FOLDER, `${name}.json`), 'utf8');
	const { nodes, connections, ...workflow } = JSON.parse(text) as Workflow;
	const [about, ...others] = nodes as [N8nNode, ...N8nNode[]];
	const note = about.parameters['content'] ?? '';
	const drawn = others.filter(({ type }) => type !== STICKY);

	it('has one note, with a title, what to set and the permissions', () => {
		expect([about.name, about.type]).toEqual(['About', STICKY]);
		const [title = '', ...paragraphs] = note.split('\n\n');
		expect(title).toMatch(/^## [A-Z][^\n.]{10,90}$/);
		expect(titles.has(title)).toBe(false);
		titles.add(title);
		expect(paragraphs.map((paragraph) => /^\*\*[^*]+:\*\*/.exec(paragraph)?.[0])).toEqual([
			undefined,
			'**Set first:**',
			'**Permissions of the API key:**',
		]);
		expect(note).toContain('**SMTP2GO API** credential');
		// A further note is the colored ground of a part.
		expect(others.filter(({ type, parameters }) => type === STICKY && parameters.color === undefined)).toEqual([]);
		expect(workflow.name).toMatch(/^SMTP2GO: /);
	});

	it('names exactly the permissions that its nodes need', () => {
		const [, list = '', more = ''] = /\*\*Permissions of the API key:\*\* (.*?)\.(?: (.*))?$/.exec(note) ?? [];
		const named = [...list.matchAll(/`([^`]+)`/g)].map(([, permission = '']) => permission);
		expect([...named].sort()).toEqual([...new Set(nodes.flatMap(needs))].sort());
		const optional = [...more.matchAll(/`(\/[^`]+)`/g)].map(([, permission = '']) => permission);
		expect(optional.filter((permission) => !paths.has(permission))).toEqual([]);
	});

	it('connects, reads and explains only nodes that are there', () => {
		const all = nodes.map((node) => node.name);
		const connected = Object.entries(connections).flatMap(([from, byType]) => [
			from,
			...Object.values(byType)
				.flat(2)
				.map(({ node }) => node),
		]);
		const read = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, node = '']) => node);
		expect([...connected, ...read].filter((node) => !all.includes(node))).toEqual([]);
		for (const unique of [all, nodes.map(({ id }) => id)]) expect(new Set(unique).size).toBe(nodes.length);
		expect(drawn.filter((node) => !connected.includes(node.name))).toEqual([]);
		expect(
			nodes.filter(({ type, webhookId }) => /[.](webhook|formTrigger|smtp2goTrigger)$/.test(type) && !webhookId),
		).toEqual([]);
	});

	it('says how to name a node that takes the place of one that others read', () => {
		const notes = nodes.map(({ parameters }) => parameters['content'] ?? '').join('\n\n');
		const replaced = [...notes.matchAll(/\breplace ([^.]*?) with /gi)].flatMap(([, list = '']) =>
			[...list.matchAll(/\*([^*]+)\*/g)].map(([, node = '']) => node),
		);
		const read = replaced.filter((node) => text.includes(`$('${node}')`));
		expect(read.filter((node) => !notes.includes(`Name the new node *${node}*`))).toEqual([]);
	});

	it('holds no secret, no pinned data, and no address or number of a real person', () => {
		expect(workflow.pinData).toEqual({});
		expect(workflow.active ?? false).toBe(false);
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		expect(text).not.toMatch(/api-[0-9A-Fa-f]{32}|Bearer |"(password|secret|apiKey|token)"/);
		const domains = [...text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)].map(([, domain = '']) => domain);
		expect(domains.filter((domain) => !/^example\.(com|org|net)$/i.test(domain))).toEqual([]);
		const numbers = [...text.matchAll(/\+\d{8,15}/g)].map(([number]) => number);
		expect(numbers.filter((number) => !/^\+1415555\d{4}$/.test(number))).toEqual([]);
		const hosts = [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = '']) => host);
		expect(hosts.filter((host) => !/(^|\.)(example\.com|shop\.example)$/.test(host))).toEqual([]);
	});

	it('lies from left to right below its note, and nothing covers anything', () => {
		const overlaps = drawn.flatMap((node, index) =>
			drawn
				.slice(index + 1)
				.flatMap((other) => (overlap(boxOf(node), boxOf(other)) ? [[node.name, other.name]] : [])),
		);
		expect(overlaps).toEqual([]);
		for (const node of others) expect(overlap(boxOf(about), boxOf(node))).toBe(false);
		expect(boxOf(about).bottom).toBeLessThanOrEqual(Math.min(...others.map(({ position: [, y] }) => y)));
		for (const ground of others.filter(({ type }) => type === STICKY))
			for (const node of drawn.filter((one) => overlap(boxOf(ground), boxOf(one))))
				expect([ground.name, node.name, holds(boxOf(ground), boxOf(node))]).toEqual([
					ground.name,
					node.name,
					true,
				]);
		const at = (wanted: string) => nodes.find((node) => node.name === wanted)?.position[0] ?? 0;
		const backward = Object.entries(connections).flatMap(([from, { main = [] }]) =>
			main.flat().flatMap(({ node }) => (at(node) > at(from) ? [] : [[from, node]])),
		);
		expect(backward).toEqual([]);
	});

	it('shows its whole note', () => {
		const { width = 0, height = 0 } = about.parameters;
		// About seven pixels a letter and 19 a line; the title and the padding take 50, a gap between paragraphs eight.
		const lines = note
			.split('\n\n')
			.slice(1)
			.map((paragraph) => Math.ceil((paragraph.length * 7) / (width - 40)));
		expect(height).toBeGreaterThanOrEqual(50 + lines.reduce((sum, count) => sum + count * 19 + 8, -8));
	});

	it('takes no text of a stranger as HTML', () => {
		// An expression in an HTML body is escaped, numbers or ours: a report, or the fixed texts of the example.
		const bodies = nodes.flatMap(({ parameters }) => parameters['htmlBody'] ?? []);
		const inserted = bodies.flatMap((body) => [...body.matchAll(/\{\{([^]*?)\}\}/g)].map(([, code = '']) => code));
		const own =
			/^ (\$\('Create the Report'\)\.first\(\)\.json\.html|\$json\.(name|orderId|total)|\$execution\.resumeFormUrl) $/;
		expect(inserted.filter((code) => !code.includes("'&#' + sign.charCodeAt(0)") && !own.test(code))).toEqual([]);
	});
});
