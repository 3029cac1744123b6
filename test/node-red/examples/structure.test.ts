/**
 * The examples fit together: every node that they wire is there, the note on the canvas names every permission that
 * they need and no other, and the nodes lie side by side, in the order of their wires.
 */
import { healthChecks } from '../../../api';
import { forms } from '../../../node-red/generate';
import { askFields, isAsked, wayOf } from '../../../node-red/shared/saved-ask';
import { endpoints, LIST_CHECK, TRIGGER } from '../../contract/support/example-permissions';
import { exampleNames, readExample, type FlowNode } from './support/examples';

const LOG = ['/activity/search'];

/** Needs FlowFuse Dashboard, as its note says. */
const WITH_DASHBOARD = 'deliverability-dashboard';

type Fields = Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;

/** The endpoints of an action node. A batch calls another one than a single email. */
function ofAction({ type, operation, fields }: FlowNode): readonly string[] {
	const { $batch, $problemRows, path } = (fields ?? {}) as Fields;
	if ($batch !== undefined) return ['/email/batch', ...($problemRows === undefined ? [] : LIST_CHECK)];
	if (type === 'smtp2go-custom') return [String(path?.value)];
	return endpoints(type.replace('smtp2go-', ''), String(operation), false);
}

/** The endpoints that a node needs. */
function needs(node: FlowNode): readonly string[] {
	switch (node.type) {
		case 'smtp2go-ask': {
			const way = wayOf({ via: String(node['via']) });
			const uses = (name: (typeof askFields)[number]) => isAsked(name, way, node['escalateAfter']);
			return [
				...(uses('to') ? ['/email/send'] : []),
				...(uses('phones') ? ['/sms/send'] : []),
				...(way === 'smsReply' ? ['/sms/view-received'] : []),
				...(node['remindAfter'] || node['escalateAfter'] ? ['/email/scheduled/remove'] : []),
			];
		}
		case 'smtp2go-outcome':
			return [...LOG, ...TRIGGER];
		case 'smtp2go-trigger':
			return node['source'] === 'log' ? LOG : TRIGGER;
		case 'smtp2go-sms-in':
			return ['/sms/view-received', ...(node['matchReplies'] === true ? ['/sms/view-sent'] : [])];
		case 'smtp2go-health': {
			const { checks } = node['watch'] as { checks: readonly string[] };
			return healthChecks.filter(({ value }) => checks.includes(value)).map(({ reads }) => reads.path);
		}
		default:
			return node.type.startsWith('smtp2go-') ? ofAction(node) : [];
	}
}

/** The paths of a text that look like an endpoint of the API, in backticks. */
function namedIn(text: string): string[] {
	return [...text.matchAll(/`(\/[a-z_]+\/[a-z_/-]+)`/g)].map(([, path = '']) => path);
}

/** Paths of the example's own web pages. */
function pagesOf(flow: readonly FlowNode[]): string[] {
	const own = flow.flatMap(({ type, url, path }) => (type === 'http in' ? [String(url)] : path === undefined ? [] : [path]));
	return own.map(String);
}

/** Nodes without an input, which have no port on their left. */
const STARTS = ['inject', 'catch', 'comment', 'complete', 'http in', 'link in', 'smtp2go-trigger', 'smtp2go-health'];

/** The place of a node on the canvas in pixels, as the editor draws it: about 6.6 pixels a letter. */
function box({ type, name = '', x = 0, y = 0, wires = [] }: FlowNode) {
	const text = (name || type).length * 6.6 + 50 + (STARTS.includes(type) ? 0 : 7);
	const width = type.startsWith('link ') ? 30 : Math.max(100, 20 * Math.ceil(text / 20));
	const height = Math.max(30, 15 * wires.length);
	return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

type Box = ReturnType<typeof box>;

/** True if the wire from a port to a node runs behind another node. Its curve is an S between both. */
function crosses(x: number, y: number, to: Box, other: Box): boolean {
	const middle = (to.top + to.bottom) / 2;
	return Array.from({ length: 21 }, (_, step) => step / 20).some((part) => {
		const [at, height] = [x + (to.left - x) * part, y + (middle - y) * part * part * (3 - 2 * part)];
		return at > other.left && at < other.right && height > other.top && height < other.bottom;
	});
}

describe.each(exampleNames)('%s', (name) => {
	const flow = readExample(name);
	const [tab] = flow;
	const note = flow.find(({ type }) => type === 'comment');
	const text = String(note?.['info']);
	const drawn = flow.filter(({ x }) => x !== undefined);

	it('begins with a note: a title, what it does, what to set', () => {
		expect(tab).toMatchObject({ type: 'tab', label: note?.name });
		expect(flow.filter(({ type }) => type === 'tab')).toHaveLength(1);
		expect(note?.name?.length).toBeGreaterThan(12);
		expect(text).toMatch(/^[A-Z].{40,}[.:]\n[^]*\*\*Before you deploy\*\*\n\n1\. /);
		const highest = Math.min(...drawn.map((node) => box(node).top));
		expect(box(note as FlowNode).top).toBe(highest);
	});

	it('names the permissions that the key needs, and no other', () => {
		const needed = new Set(flow.flatMap(needs));
		const pages = pagesOf(flow);
		const named = new Set(namedIn(text).filter((path) => !pages.some((page) => path.endsWith(page))));
		expect([...named].sort()).toEqual([...needed].sort());
	});

	it('wires only nodes that are there, and leaves none alone', () => {
		const ids = flow.map(({ id }) => id);
		const targets = flow.flatMap(({ wires = [], links = [], type }) => [
			...wires.flat(),
			...(type === 'link out' ? (links as string[]) : []),
		]);
		expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
		const unreached = drawn.filter(({ id, type }) => !STARTS.includes(type) && !targets.includes(id));
		expect(unreached.map(({ id, type }) => `${id} ${type}`).filter((one) => !/sms-in|ui-dropdown/.test(one))).toEqual([]);
		expect(flow.every(({ id }) => id.split('.')[0] === tab?.id.split('.')[0])).toBe(true);
	});

	it('has no account, no key, and real addresses nowhere', () => {
		const saved = JSON.stringify(flow);
		expect(flow.filter(({ account = '' }) => account !== '')).toEqual([]);
		expect(flow.filter(({ type }) => type === 'smtp2go-account')).toEqual([]);
		expect(saved).not.toMatch(/api-[0-9A-Za-z]{8}|credentials|password":|BEGIN [A-Z ]*KEY/);
		const hosts = [...saved.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)].map(([, host = '']) => host.toLowerCase());
		expect(hosts.filter((host) => !/(^|\.)example(\.com)?$/.test(host))).toEqual([]);
	});

	it('saves fields in the order of their form, so that Done changes nothing that is unchanged', () => {
		for (const { type, operation, fields } of flow) {
			const form = forms().find((one) => one.type === type)?.operations.find(({ key }) => key === operation);
			if (form === undefined) continue;
			const order = form.fields.map((field) => field.name);
			const saved = Object.keys(fields ?? {}).filter((field) => order.includes(field));
			expect(saved).toEqual(order.filter((field) => saved.includes(field)));
		}
	});

	it('uses only nodes of Node-RED beside ours, and sends each email to one recipient', () => {
		const others = flow.filter(({ type }) => /[/@]|^ui-/.test(type));
		expect(others.length > 0).toBe(name === WITH_DASHBOARD);
		for (const { fields = {} } of flow.filter(({ type, operation }) => type === 'smtp2go-email' && operation === 'send')) {
			const { $oneRecipient } = fields as Fields;
			expect($oneRecipient).toEqual({ type: 'bool', value: 'true' });
		}
	});

	it('lies left of the side bar on a screen of 1,400 pixels, from left to right, and nothing overlaps', () => {
		const places = drawn.map((node) => ({ node, ...box(node) }));
		const byId = new Map(places.map((place) => [place.node.id, place]));
		expect(Math.max(...places.map(({ right }) => right))).toBeLessThanOrEqual(900);
		expect(Math.min(...places.map(({ left }) => left))).toBeGreaterThanOrEqual(0);
		const overlapping = places.flatMap((one, index) =>
			places
				.slice(index + 1)
				.filter(
					(other) =>
						one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
				)
				.map((other) => `${one.node.id} and ${other.node.id}`),
		);
		expect(overlapping).toEqual([]);
		const backward = places.flatMap(({ node, right }) =>
			(node.wires ?? [])
				.flat()
				.filter((id) => (byId.get(id)?.left ?? 0) < right)
				.map((id) => `${node.id} to ${id}`),
		);
		expect(backward).toEqual([]);
		const hidden = places.flatMap((from) =>
			(from.node.wires ?? []).flatMap((targets, output, { length }) =>
				targets.flatMap((id) => {
					const to = byId.get(id);
					const start = (from.node.y ?? 0) + (output - (length - 1) / 2) * 13;
					return places
						.filter((other) => other !== from && other !== to && to && crosses(from.right, start, to, other))
						.map((other) => `${from.node.id} to ${id} behind ${other.node.id}`);
				}),
			),
		);
		expect(hidden).toEqual([]);
	});
});

test('there is an example for each job, and no two have the same title', () => {
	expect(exampleNames.length).toBeGreaterThanOrEqual(16);
	const titles = exampleNames.map((name) => String(readExample(name)[0]?.['label']));
	expect(new Set(titles).size).toBe(titles.length);
});
