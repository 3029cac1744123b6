/** The deliverability report through both hosts, of the same emails at the simulator: the same report. */
import type { INodeParameters } from 'n8n-workflow';
import type { JsonObject } from '../../api';
import { key, load, inbox, node, unload } from '../node-red/support/node-red';
import { useAccount } from '../nodes/support/account';
import { runNode } from '../nodes/support/engine';

const DAY = 86_400_000;
const account = useAccount();

/** Ten days until today with 300 emails, all of them counted by the statistics. */
function fill(): void {
	const midnight = new Date().setUTCHours(0, 0, 0, 0);
	const [from, to] = [midnight - 10 * DAY, midnight].map((moment) => new Date(moment).toISOString());
	account.simulator.generate({ events: 1200, emails: 300, from, to, statistics: true });
}

async function inN8n(options: INodeParameters, timezone?: string): Promise<JsonObject> {
	const { items, error } = await runNode({
		parameters: { resource: 'statistics', operation: 'deliverabilityReport', options },
		credentials: account.credentials,
		...(timezone === undefined ? {} : { timezone }),
	});
	if (error) throw error;
	return items[0]?.json as JsonObject;
}

async function inNodeRed(fields: JsonObject): Promise<JsonObject> {
	const { baseUrl, apiKey } = account.credentials;
	await load(
		[
			{ id: 'tab', type: 'tab', label: 'Test' },
			{ id: 'account', type: 'smtp2go-account', name: '', region: 'custom', baseUrl, version: 1 },
			{
				id: 'n',
				z: 'tab',
				type: 'smtp2go-statistics',
				name: '',
				account: 'account',
				operation: 'deliverabilityReport',
				fields,
				output: 'result',
				version: 2,
				wires: [['out']],
			},
			{ id: 'out', z: 'tab', type: 'helper' },
		],
		key(apiKey),
	);
	const out = inbox('out');
	node('n').receive({});
	return (await out.next()).payload as JsonObject;
}

afterEach(unload);

test('both hosts give the same report, in the time zone that the form names', async () => {
	fill();
	const [first, second] = [
		await inN8n({ timeZone: 'America/New_York' }),
		await inNodeRed({ time_zone: { type: 'str', value: 'America/New_York' } }),
	];
	expect(second).toEqual(first);
	expect(first).toMatchObject({
		timeZone: 'America/New_York',
		subject: expect.stringMatching(/^Deliverability report: /) as string,
		text: expect.stringContaining('America/New_York') as string,
		html: expect.stringMatching(/^<!doctype html>/) as string,
		missingPermissions: [],
	});
	const { figures, steps } = first as { figures: Record<string, { count: number }>; steps: { sent: number }[] };
	expect(figures['sent']?.count).toBeGreaterThan(150);
	expect(steps.reduce((sum, { sent }) => sum + sent, 0)).toBe(figures['sent']?.count);
	expect(figures['delivered']?.count).toBeGreaterThan(0.9 * (figures['sent']?.count ?? 0));
});

test('n8n reports in the time zone of the workflow', async () => {
	expect(await inN8n({ maxLogEntries: 0 }, 'Asia/Tokyo')).toHaveProperty('timeZone', 'Asia/Tokyo');
});
