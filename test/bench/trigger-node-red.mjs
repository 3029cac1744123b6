// Measures how many deliveries Node-RED accepts a second: our trigger against the core node `http in`, in one process.
// A part of `npm run bench`; by itself: node scripts/run.mjs test/bench/trigger-node-red.mjs [deliveries a round]
// [rounds]   (needs the build)
import { createServer } from 'node:http';
import { AT_ONCE, deliver, endDeliveries, tokenOf } from './support/deliver.mjs';
import { median, startNodeRed } from './support/node-red-host.mjs';

const [COUNT, ROUNDS] = [Number(process.argv[2] ?? 4_000), Number(process.argv[3] ?? 7)];
const KEY = `api-${'0'.repeat(32)}`;
const token = tokenOf(KEY, 'account');

/** As much of SMTP2GO as a registration needs. */
function startApi() {
	const server = createServer((incoming, answer) => {
		incoming.resume();
		incoming.once('end', () =>
			answer
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ request_id: 'x', data: incoming.url.endsWith('view') ? [] : { id: 1 } })),
		);
	});
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => resolve(server));
	});
}

/** Both receivers; each ends in a function node that counts. */
function flowFor(api, publicUrl) {
	const counter = (id) => ({
		id,
		z: 'tab',
		type: 'function',
		func: `global.set('${id}', (global.get('${id}') ?? 0) + 1);`,
		outputs: 1,
		x: 400,
		y: 100,
		wires: [[]],
	});
	return [
		{ id: 'tab', type: 'tab', label: 'Bench' },
		{
			id: 'account',
			type: 'smtp2go-account',
			region: 'custom',
			baseUrl: `http://127.0.0.1:${api.address().port}/v3`,
			publicUrl,
			version: 1,
			credentials: { apiKey: KEY },
		},
		{
			id: 't',
			z: 'tab',
			type: 'smtp2go-trigger',
			account: 'account',
			events: ['bounce'],
			smsEvents: [],
			version: 1,
			x: 100,
			y: 100,
			wires: [['ours']],
		},
		counter('ours'),
		{
			id: 'in',
			z: 'tab',
			type: 'http in',
			url: '/plain',
			method: 'post',
			x: 100,
			y: 200,
			wires: [['answer', 'theirs']],
		},
		{ id: 'answer', z: 'tab', type: 'http response', statusCode: '200', x: 400, y: 200, wires: [] },
		counter('theirs'),
		{ id: 'ask', z: 'tab', type: 'http in', url: '/counts', method: 'get', x: 100, y: 300, wires: [['read']] },
		{
			id: 'read',
			z: 'tab',
			type: 'function',
			func: "msg.payload = { ours: global.get('ours'), theirs: global.get('theirs') }; return msg;",
			outputs: 1,
			x: 250,
			y: 300,
			wires: [['show']],
		},
		{ id: 'show', z: 'tab', type: 'http response', x: 400, y: 300, wires: [] },
	];
}

const api = await startApi();
const red = await startNodeRed();
try {
	await red.deploy(flowFor(api, red.url));
	const urls = { ours: `${red.url}/smtp2go/account`, theirs: `${red.url}/plain` };
	const results = { ours: [], theirs: [] };
	await new Promise((resolve) => {
		setTimeout(resolve, 1_500);
	});
	for (const url of Object.values(urls)) await deliver(url, token, COUNT);
	// In turns, each time in the other order: what else the machine does hits both.
	for (let index = 0; index < ROUNDS; index++)
		for (const name of index % 2 ? ['ours', 'theirs'] : ['theirs', 'ours'])
			results[name].push(await deliver(urls[name], token, COUNT));
	const counts = await (await fetch(`${red.url}/counts`)).json();
	const of = (name) => ({
		rate: median(results[name].map(({ rate }) => rate)),
		time: median(results[name].map(({ time }) => time)),
	});
	const [ours, theirs] = [of('ours'), of('theirs')];
	const sent = COUNT * (ROUNDS + 1);
	console.log(
		JSON.stringify({
			work: `Node-RED: deliveries to the trigger, ${AT_ONCE} concurrent`,
			against: `http in: ${theirs.rate.toFixed(0)} per second, median ${theirs.time.toFixed(1)} ms`,
			goal: 'at least 0.95 times that',
			measured:
				`${ours.rate.toFixed(0)} per second, median ${ours.time.toFixed(1)} ms ` +
				`(${(ours.rate / theirs.rate).toFixed(2)}); ${counts.ours} of ${sent} arrived`,
			limit: "Node-RED's own handling of a request and of a message",
		}),
	);
} finally {
	await red.stop();
	endDeliveries();
	api.close();
}
