/** Auto-Map Input Data in n8n's engine: a list of 1,000 and of 100,000 rows, against n8n's own HTTP Request node. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console */
import { collect, print, seconds, startServer } from './support/bench';
import { httpRequest, mail, measureWith, useHttpRequest } from './support/n8n-emails';

const LATENCY = 50;
const LARGE = 100_000;
const CALLS = 10;

/** The largest memory of this process so far, in bytes. */
const peak = () => process.resourceUsage().maxRSS * 1024;

async function main(): Promise<void> {
	const server = await startServer(LATENCY);
	useHttpRequest(process.env['N8N_FOLDER'] ?? '');
	const measure = measureWith(server, { apiKey: 'api-key', region: 'custom', baseUrl: server.url });
	const mapped = {
		resource: 'email',
		operation: 'send',
		dataMode: 'autoMapInputData',
		sender: 'shop@example.com',
		subject: 'Hello',
		textBody: 'This is your news.',
		sendMode: 'batch',
		sendingOptions: { inFlight: CALLS },
	};
	const unchecked = { ...mapped, sendingOptions: { inFlight: CALLS, checkSuppressions: false } };

	const http = await measure(1000, httpRequest(server.url), 'httpRequest', 4.2);
	const bare = await measure(1000, unchecked);
	const list = await measure(1000, mapped);
	print({
		work: `n8n: 1,000 emails auto-mapped in batches, latency ${LATENCY} ms`,
		against: `n8n's HTTP Request node: ${seconds(http.time)}, ${http.most} concurrent calls`,
		goal: `at most 0.20 of its time, at most ${CALLS} concurrent calls`,
		measured:
			`${seconds(list.time)} (${(list.time / http.time).toFixed(2)}), ${list.most} concurrent calls; ` +
			`without Check Suppressions ${seconds(bare.time)} (${(bare.time / http.time).toFixed(2)})`,
		limit: `two calls of ${LATENCY} ms, one after the other: the suppressions, and the batches`,
	});
	const expressions = await measure(1000, { ...mail, sendMode: 'batch', sendingOptions: { inFlight: CALLS } });
	print({
		work: 'n8n: the same with three expressions per email (Map Each Field Below)',
		against: `n8n's HTTP Request node: ${seconds(http.time)}`,
		goal: 'no slower than before there was a Mapping Mode: 0.46 of its time',
		measured: `${seconds(expressions.time)} (${(expressions.time / http.time).toFixed(2)})`,
		limit: 'n8n evaluating the expressions',
	});
	collect();
	const before = peak();
	const large = await measure(LARGE, mapped);
	const memory = peak() - before;
	const linear = (list.time - 2 * LATENCY) * (LARGE / 1000) + 2 * LATENCY + (LARGE / 100 / CALLS) * LATENCY;
	print({
		work: `n8n: ${LARGE.toLocaleString('en')} emails auto-mapped in batches`,
		against:
			`${LARGE / 1000} times the time for 1,000 without its latency, and the latency of ` +
			`${LARGE / 100} calls, ${CALLS} at a time: ${seconds(linear)}`,
		goal: `at most 1.1 times that, at most ${CALLS} concurrent calls`,
		measured:
			`${seconds(large.time)} (${(large.time / linear).toFixed(2)}), ${large.most} concurrent calls; ` +
			`${(memory / LARGE / 1000).toFixed(1)} kB of memory per email`,
		limit: "reading and writing each email, and n8n's items",
	});
	server.stop();
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
