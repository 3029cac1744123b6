// What Node-RED's nodes cost: 1,000 messages against Node-RED's own http request node, a large attachment, loading.
// A part of `npm run bench`; by itself: node scripts/run.mjs test/bench/send-node-red.mjs   (needs the build)
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/tools.mjs';
import { median, peakMemory, startNodeRed } from './support/node-red-host.mjs';

const LATENCY = 50;
const MESSAGES = 1000;
const KEY = `api-${'B3nc'.repeat(8)}`;

/** A server in a separate process, so that it takes no time from the host. */
async function startServer() {
	const child = spawn(process.execPath, [join(root, 'test/bench/support/server.mjs'), String(LATENCY)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const port = await new Promise((resolve) => {
		child.stdout.once('data', (data) => resolve(String(data).trim()));
	});
	const base = `http://127.0.0.1:${port}`;
	return {
		baseUrl: `${base}/v3`,
		count: async () => (await fetch(`${base}/stats`)).json(),
		stop: () => child.kill(),
	};
}

const tab = { id: 'tab', type: 'tab', label: 'Bench' };
const place = { z: 'tab', x: 100, y: 100 };
let runs = 0;
/** A flow on a separate tab: what an earlier run wrote to the context of its tab must not be read again. */
function fresh(flow) {
	const id = `run${++runs}`;
	return {
		id,
		flow: flow.map((node) => ({
			...node,
			...(node.id === 'tab' ? { id } : {}),
			...(node.z === 'tab' ? { z: id } : {}),
		})),
	};
}
const inject = { ...place, id: 'go', type: 'inject', props: [], repeat: '', once: false, wires: [['feed']] };
const code = (id, func, wires) => ({ ...place, id, type: 'function', func, outputs: wires.length, wires });
const account = (baseUrl, inFlight) => ({
	id: 'account',
	type: 'smtp2go-account',
	region: 'custom',
	baseUrl,
	inFlight,
	callsPerMinute: '',
	version: 1,
	credentials: { apiKey: KEY },
});
const mail = "{ from: 'shop@example.com', to: 'ann@example.org', topic: 'Order ' + n, payload: 'Thank you' }";
/** Notes when the last of all messages has come. */
const counter = (id) =>
	code(
		id,
		"const n = (flow.get('n') || 0) + 1; flow.set('n', n); " +
			`if (n === ${MESSAGES}) flow.set('result', Date.now() - flow.get('began'));`,
		[[]],
	);

/** Our node: all messages at once, its queue keeps to the limit. */
const ours = (baseUrl, inFlight) => [
	tab,
	inject,
	account(baseUrl, inFlight),
	code('feed', `flow.set('began', Date.now()); for (let n = 0; n < ${MESSAGES}; n++) node.send(${mail});`, [
		['send'],
	]),
	{
		...place,
		id: 'send',
		type: 'smtp2go-email',
		account: 'account',
		operation: 'send',
		fields: {},
		output: 'result',
		version: 1,
		wires: [['count']],
	},
	counter('count'),
];

/**
 * The http request node, which knows no limit: so many lanes, each of which sends its next message when an answer has
 * come.
 */
const theirs = (baseUrl, inFlight, persist) => {
	const body =
		"{ sender: 'shop@example.com', to: ['ann@example.org'], subject: 'Order ' + n, text_body: 'Thank you' }";
	const next = `const next = () => { const n = flow.get('sent') || 0; if (n >= ${MESSAGES}) return; flow.set('sent', n + 1); node.send({ headers: { 'X-Smtp2go-Api-Key': '${KEY}' }, payload: ${body} }); };`;
	return [
		tab,
		inject,
		code(
			'feed',
			`${next} if (flow.get('began') === undefined) { flow.set('began', Date.now()); ` +
				`for (let lane = 0; lane < ${inFlight}; lane++) next(); } else next();`,
			[['send']],
		),
		{
			...place,
			id: 'send',
			type: 'http request',
			method: 'POST',
			ret: 'obj',
			url: `${baseUrl}/email/send`,
			persist,
			senderr: false,
			headers: [],
			wires: [['count', 'feed']],
		},
		counter('count'),
	];
};

/** Milliseconds that a flow takes for all messages: the median of three runs, and the most calls under way. */
async function timeOf(red, server, flow) {
	const times = [];
	let most = 0;
	for (let round = 0; round < 3; round++) {
		await server.count();
		const run = fresh(flow);
		await red.deploy(run.flow);
		await red.press('go');
		times.push(Number(await red.result(run.id)));
		most = Math.max(most, (await server.count()).most);
	}
	return { time: median(times), most };
}

async function messages(red, server) {
	const rows = [];
	for (const inFlight of [10, 50]) {
		const own = await timeOf(red, server, ours(server.baseUrl, inFlight));
		for (const persist of [false, true]) {
			const other = await timeOf(red, server, theirs(server.baseUrl, inFlight, persist));
			rows.push({
				work: `Node-RED: ${MESSAGES} messages, ${inFlight} concurrent calls`,
				against: `http request node${persist ? ', keep-alive' : ''}: ${other.time} ms (${other.most} concurrent)`,
				measured: `${own.time} ms (${own.most} concurrent), ${(own.time / other.time).toFixed(2)} times that`,
				goal: 'at most 1.00 times that',
				limit: `the latency: ${MESSAGES} × ${LATENCY} ms / ${inFlight} = ${(MESSAGES * LATENCY) / inFlight} ms`,
			});
		}
	}
	return rows;
}

/** Peak memory over idle of a node that sends one file, in parts of the file's Base64. */
async function attachment(red, server) {
	const bytes = 36_000_000;
	const base64 = Math.ceil(bytes / 3) * 4;
	const make = `return { from: 'shop@example.com', to: 'ann@example.org', topic: 'Report', payload: 'See the file', attachments: [{ filename: 'report.bin', content: Buffer.alloc(${bytes}, 7) }] };`;
	const run = fresh([
		tab,
		inject,
		account(server.baseUrl, 5),
		code('feed', make, [['send']]),
		{
			...place,
			id: 'send',
			type: 'smtp2go-email',
			account: 'account',
			operation: 'send',
			fields: {},
			output: 'result',
			version: 1,
			wires: [['end']],
		},
		code('end', "flow.set('result', Date.now());", [[]]),
	]);
	await red.deploy(run.flow);
	await new Promise((resolve) => {
		setTimeout(resolve, 2_000);
	});
	peakMemory(red.pid);
	const idle = peakMemory(red.pid);
	await red.press('go');
	await red.result(run.id);
	const peak = peakMemory(red.pid) - idle;
	return [
		{
			work: 'Node-RED: sending a file of 36 MB (a Buffer)',
			against: `its size in Base64: ${(base64 / 1e6).toFixed(0)} MB`,
			measured: `${(peak / 1e6).toFixed(0)} MB above idle, ${(peak / base64).toFixed(2)} times that`,
			goal: 'at most 2.20 times that',
			limit: 'the file and one encoded body together: 1.75',
		},
	];
}

/** Median milliseconds of loading files in a new process, over loading as many empty ones. */
function loading() {
	const rounds = 21;
	const nodes = join(root, 'dist-node-red/node-red/nodes');
	const files = readdirSync(nodes)
		.filter((file) => file.endsWith('.js'))
		.map((file) => join(nodes, file));
	const empty = join(root, '.build/bench-empty');
	rmSync(empty, { recursive: true, force: true });
	mkdirSync(empty, { recursive: true });
	const blanks = files.map((_, index) => join(empty, `${index}.js`));
	for (const file of blanks) writeFileSync(file, "'use strict';\nmodule.exports = () => {};\n");
	const red =
		'{ nodes: { registerType() {} }, auth: { needsPermission: () => () => {} }, httpAdmin: { get() {}, post() {} } }';
	const once = (list) =>
		Number(
			execFileSync(
				process.execPath,
				[
					'-e',
					`const t = process.hrtime.bigint();
						for (const file of ${JSON.stringify(list)}) require(file)(${red});
						console.log(Number(process.hrtime.bigint() - t) / 1e6)`,
				],
				{ encoding: 'utf8' },
			),
		);
	const times = Array.from({ length: rounds }, () => [once(files), once(blanks)]);
	const [all, floor] = [0, 1].map((place) => median(times.map((pair) => pair[place])));
	return [
		{
			work: `Node-RED: loading and registering all ${files.length} node types`,
			against: `Node.js itself: ${files.length} empty modules take ${floor.toFixed(1)} ms`,
			measured: `${all.toFixed(1)} ms`,
			goal: 'at most 5 ms',
			limit: 'opening one file per node type',
		},
	];
}

/** Prints each row right away. */
async function sendNodeRed() {
	const server = await startServer();
	const red = await startNodeRed();
	try {
		for (const measure of [messages, attachment, loading])
			for (const row of await measure(red, server)) console.log(JSON.stringify(row));
	} finally {
		await red.stop();
		server.stop();
	}
}

await sendNodeRed();
