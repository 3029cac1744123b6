/**
 * The example with a page of FlowFuse Dashboard 2. The tests do without the dashboard: its nodes are stand-ins, and the
 * function between ours and theirs runs as Node-RED runs it.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { useAccount } from '../../nodes/support/account';
import { inbox, key, load, node, unload } from '../support/node-red';

const DAY = 86_400_000;
const account = useAccount();
afterEach(unload);

type FlowNode = Record<string, unknown> & { id: string; type: string; wires?: string[][] };
const flow = JSON.parse(
	readFileSync(join(__dirname, '../../../examples/node-red/deliverability-dashboard.json'), 'utf8'),
) as FlowNode[];

function nodeOf(id: string): FlowNode {
	const found = flow.find((one) => one.id === id);
	if (found === undefined) throw new Error(`No node ${id}`);
	return found;
}

/** The configuration of the dashboard, which has no place in a flow. */
const CONFIG = ['ui-base', 'ui-page', 'ui-group', 'ui-theme'];

/** Our nodes, with a stand-in for every other one. */
function standIns(): FlowNode[] {
	return flow
		.filter(({ type }) => !CONFIG.includes(type))
		.map((one) => {
			if (one.type === 'tab') return one;
			if (one.type.startsWith('smtp2go-')) return { ...one, account: 'account' };
			return { id: one.id, type: 'helper', z: one['z'], wires: one.wires ?? [] };
		});
}

/** Runs the function node, and returns the payload of each output. */
function shaped(payload: unknown): Record<string, unknown>[] {
	const context = createContext({ msg: { payload } });
	const messages = runInContext(`(function () {${String(nodeOf('dd.shape')['func'])}})()`, context) as {
		payload: unknown;
	}[];
	return JSON.parse(JSON.stringify(messages.map((message) => message.payload))) as Record<string, unknown>[];
}

test('a selected period becomes figures, a chart, and tables', async () => {
	const midnight = new Date().setUTCHours(0, 0, 0, 0);
	const [from, to] = [midnight - 10 * DAY, midnight].map((moment) => new Date(moment).toISOString());
	account.simulator.generate({ events: 1200, emails: 300, from, to, statistics: true });
	const { baseUrl, apiKey } = account.credentials;
	const config = { id: 'account', type: 'smtp2go-account', name: '', region: 'custom', baseUrl, version: 1 };
	await load([...standIns(), config], key(apiKey));
	const report = inbox('dd.shape');
	// The drop-down list sends the value of a choice.
	const [{ value } = { value: '' }] = nodeOf('dd.period')['options'] as { value: string }[];
	node('dd.period').send({ payload: value });
	const { payload } = await report.next();
	const [head, chart, senders, domains, reasons] = shaped(payload);

	const parts = [...String(nodeOf('dd.head')['format']).matchAll(/msg\?\.payload\?\.(\w+)/g)].map(([, name]) => name);
	expect(Object.keys(head ?? {}).sort()).toEqual([...new Set(parts)].sort());
	expect(head?.['cards']).toHaveLength(4);
	const points = chart as unknown as Record<string, unknown>[];
	const { xAxisProperty, yAxisProperty, category } = nodeOf('dd.chart') as Record<string, string>;
	expect(points).toHaveLength(14);
	for (const point of points) {
		expect(Object.keys(point).sort()).toEqual([category, xAxisProperty, yAxisProperty].sort());
		expect(typeof point[yAxisProperty ?? '']).toBe('number');
	}
	expect(senders).toEqual([expect.objectContaining({ Sender: 'shop@example.com' })]);
	expect(domains).toEqual([expect.objectContaining({ Domain: 'example.org' })]);
	expect(reasons).toContainEqual({ Bounces: expect.any(String) as string, Reason: '550 5.1.1 user unknown' });
});

test('its choices are periods of the report, and its parts are on one page', () => {
	const { options } = nodeOf('dd.period') as unknown as { options: { value: string }[] };
	expect(options.map(({ value }) => value)).toEqual(['last7Days', 'last30Days', 'thisMonth', 'lastMonth']);
	const groups = flow.filter(({ type }) => type === 'ui-group');
	expect(groups.map(({ page }) => page)).toEqual(groups.map(() => 'dd.page'));
	const widgets = flow.filter(({ group }) => group !== undefined);
	expect(widgets.every(({ group }) => groups.some(({ id }) => id === group))).toBe(true);
	const used = new Set(widgets.map(({ type }) => type));
	for (const type of used) expect(nodeOf('dd.note')['info']).toContain(`**${type}**`);
});
