// Measures how many events per second reach a flow in Node-RED: those of the activity log against those that the
// webhook delivers, in turns, in one process. Once with Node-RED's own context store and once with a persistent one. A
// part of `npm run bench`; by itself: node scripts/run.mjs test/bench/polling-node-red.mjs [events a round] [rounds]
// (needs the build)
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/tools.mjs';
import { AT_ONCE, deliver, endDeliveries, tokenOf } from './support/deliver.mjs';
import { median, startNodeRed } from './support/node-red-host.mjs';

const { DEMO_API_KEY: key, startSimulator } = createRequire(import.meta.url)(join(root, '.build', 'simulator'));

const [EVENTS, ROUNDS] = [Number(process.argv[2] ?? 10_000), Number(process.argv[3] ?? 5)];
/** Deliveries of a round. */
const DELIVERIES = Math.min(EVENTS, 4_000);
/** The events of a round happen within so many milliseconds. */
const SPAN = 10_000;
/** How late an entry may appear, in milliseconds. Here, the log settles soon. */
const SETTLE = 1_000;
const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];

const stores = {
	"Node-RED's own context store": {},
	'a persistent context store (localfilesystem, cache: false)': {
		contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },
	},
};

const pause = (milliseconds) =>
	new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});

/**
 * One trigger for each source. A function node behind it counts in its own memory, which no context store slows down.
 */
function flowFor(simulator, publicUrl) {
	const source = (name, y) => [
		{
			id: name,
			z: 'tab',
			type: 'smtp2go-trigger',
			account: 'account',
			events: ALL,
			smsEvents: [],
			source: name,
			version: 2,
			x: 100,
			y,
			wires: [[`${name}-count`]],
		},
		{
			id: `${name}-count`,
			z: 'tab',
			type: 'function',
			func: `process.benchCounts ??= {}; const c = process.benchCounts['${name}'] ??= { count: 0 }; c.count++; c.at = Date.now();`,
			libs: [{ var: 'process', module: 'process' }],
			outputs: 1,
			x: 300,
			y,
			wires: [[]],
		},
	];
	return [
		{ id: 'tab', type: 'tab', label: 'Bench' },
		{
			id: 'account',
			type: 'smtp2go-account',
			region: 'custom',
			baseUrl: simulator.apiUrl,
			publicUrl,
			pollInterval: 1,
			version: 1,
			credentials: { apiKey: key },
		},
		...source('log', 100),
		...source('webhook', 200),
		{ id: 'ask', z: 'tab', type: 'http in', url: '/counts', method: 'get', x: 100, y: 300, wires: [['read']] },
		{
			id: 'read',
			z: 'tab',
			type: 'function',
			func: 'msg.payload = process.benchCounts ?? {}; return msg;',
			libs: [{ var: 'process', module: 'process' }],
			outputs: 1,
			x: 250,
			y: 300,
			wires: [['show']],
		},
		{ id: 'show', z: 'tab', type: 'http response', x: 400, y: 300, wires: [] },
	];
}

/** Reads a campaign from the log. Returns events per second, from the first call until the last event in the flow. */
async function readLog(simulator, counts) {
	const from = Date.now() + 1_000;
	// Everything has settled when the log shows it.
	await pause(1_000 + SPAN + 4 * SETTLE);
	const searches = () => simulator.state.requests.filter(({ path }) => path === '/activity/search').length;
	const before = (await counts()).log?.count ?? 0;
	const iso = (moment) => new Date(moment).toISOString();
	simulator.state.requests.length = 0;
	simulator.generate({ events: EVENTS, from: iso(from), to: iso(from + SPAN) });
	while (searches() === 0) await pause(1);
	const began = Date.now();
	for (const end = began + 120_000; Date.now() < end; await pause(200)) {
		const { count = 0, at } = (await counts()).log ?? {};
		if (count >= before + EVENTS) return { rate: EVENTS / ((at - began) / 1000), calls: searches() };
	}
	throw new Error(`Only ${((await counts()).log?.count ?? 0) - before} events came`);
}

async function measure(store, settings) {
	const simulator = await startSimulator({ demo: false });
	const red = await startNodeRed({ ...settings, functionExternalModules: true, smtp2goTimes: { settle: SETTLE } });
	try {
		await red.deploy(flowFor(simulator, red.url));
		const counts = async () => (await fetch(`${red.url}/counts`)).json();
		const [url, token] = [`${red.url}/smtp2go/account`, tokenOf(key, 'account')];
		while (simulator.state.hooks.length === 0) await pause(100);
		await deliver(url, token, DELIVERIES);
		const results = { log: [], webhook: [] };
		for (let index = 0; index < ROUNDS; index++) {
			results.webhook.push(await deliver(url, token, DELIVERIES));
			results.log.push(await readLog(simulator, counts));
		}
		const final = await counts();
		const rate = (name) => median(results[name].map((one) => one.rate));
		const [log, webhook] = [rate('log'), rate('webhook')];
		const arrived = `${final.log.count} of ${EVENTS * ROUNDS}`;
		console.log(
			JSON.stringify({
				work: `Node-RED: ${EVENTS.toLocaleString('en-US')} events of the activity log, ${store}`,
				against: `deliveries to the webhook, ${AT_ONCE} concurrent, in turns: ${webhook.toFixed(0)} per second`,
				goal: 'at least 1.00 times that',
				measured:
					`${log.toFixed(0)} per second (${(log / webhook).toFixed(2)}), ` +
					`${Math.max(...results.log.map(({ calls }) => calls))} calls; ${arrived} arrived`,
				limit: 'storing the position after every ten events, and the calls',
			}),
		);
	} finally {
		await red.stop();
		await simulator.stop();
	}
}

try {
	for (const [store, settings] of Object.entries(stores)) await measure(store, settings);
} finally {
	endDeliveries();
}
