/**
 * The activity log under a stream of events: Node-RED is killed, restarted and deployed, and SMTP2GO fails now and
 * then.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { configure, deploy, makeHome, start, type RunningNodeRed } from './support/node-red';
import { openSimulator } from './support/simulator';
import { pause, until } from './support/until';

/** How late entries show up at most, and how long the reader waits for them, in milliseconds. */
const LATE = Number(process.env['FEED_LATE'] ?? 15_000);
const SETTLE = LATE + 5_000;
const EVENTS = 10_000;
const PER_SECOND = 200;
/** Events that are handed out before the place is stored: see runtime/feed/reader.ts. */
const CHUNK = 10;
const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];

let simulator: Simulator;
let running: RunningNodeRed;
let home: string;
let file: string;
beforeAll(async () => {
	simulator = await openSimulator({ logMaxDelayMs: LATE, demo: false });
	home = makeHome();
	file = join(home, 'events.txt');
	configure(home, {
		contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
		smtp2goTimes: { settle: SETTLE, firstRetry: 500 },
		functionExternalModules: true,
	});
	running = await start('5', home);
});
afterAll(async () => {
	await (running as RunningNodeRed | undefined)?.stop();
	await (simulator as Simulator | undefined)?.stop();
});

const flow = (triggers = 1) => [
	{ id: 'tab', type: 'tab', label: 'Log' },
	{
		id: 'account',
		type: 'smtp2go-account',
		name: '',
		region: 'custom',
		baseUrl: simulator.apiUrl,
		pollInterval: 2,
		credentials: { apiKey: DEMO_API_KEY },
		version: 1,
	},
	...Array.from({ length: triggers }, (_, index) => ({
		id: `t${index}`,
		z: 'tab',
		type: 'smtp2go-trigger',
		name: '',
		account: 'account',
		events: ALL,
		smsEvents: [],
		source: 'log',
		version: 2,
		x: 100,
		y: 100 + index * 40,
		wires: [index === 0 ? ['note'] : []],
	})),
	{
		id: 'note',
		z: 'tab',
		type: 'function',
		name: 'Write down',
		// What came is written down before the next event: a kill cannot take it back.
		func: `fs.appendFileSync(${JSON.stringify(file)}, msg.payload.eventId + '\\n');`,
		libs: [{ var: 'fs', module: 'fs' }],
		outputs: 1,
		x: 300,
		y: 100,
		wires: [[]],
	},
];
const came = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
const searches = () => simulator.state.requests.filter(({ path }) => path === '/activity/search').length;
const restart = async (how: 'kill' | 'stop') => {
	await running[how]();
	running = await start('5', home);
};

test(
	'10,000 events come each once, though Node-RED is killed, restarted and deployed, and SMTP2GO fails',
	async () => {
		await deploy(running, flow());
		await until('the first search', () => searches() > 0);
		await pause(2_000);
		// Half of a page, a limit, and slow answers: a kill then hits a read.
		simulator.setFault({ path: '/activity/search', fault: 'slow', ms: 300, times: 0 });
		simulator.generate({ events: EVENTS, perSecond: PER_SECOND });
		let kills = 0;
		for (const [index, step] of (
			['kill', 'full', 'kill', 'nodes', 'stop', 'kill', 'flows', 'kill'] as const
		).entries()) {
			await pause(4_000 + 300 * index);
			// Entries this late are settled long after they happened: the later steps then hit the hand-out.
			if (index === 3 && LATE > 60_000)
				await until('settled events', () => came().length > EVENTS / 4, 4 * SETTLE);
			simulator.setFault({ path: '/activity/search', fault: 'truncated', times: 1 });
			simulator.setFault({ path: '/activity/search', fault: 'rate-limit', retryAfter: 1, times: 1 });
			if (step === 'kill' || step === 'stop') {
				await restart(step);
				if (step === 'kill') kills++;
			} else await deploy(running, flow(1 + (index % 2)), step);
		}
		const distinct = () => new Set(came()).size;
		await until('all events', () => distinct() >= EVENTS, 240_000 + 4 * SETTLE);
		await pause(6_000);
		const all = came();
		const twice = all.length - distinct();
		process.stdout.write(
			`${EVENTS} events, ${kills} kills, late by up to ${LATE / 1000} s: ${distinct()} came, ${twice} of them twice\n`,
		);
		expect(distinct()).toBe(EVENTS);
		// Only what was being handed out at the moment of a kill can come again.
		expect(twice).toBeLessThanOrEqual(kills * CHUNK);
	},
	400_000 + 8 * SETTLE,
);
