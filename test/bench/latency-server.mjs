// A server that takes every call and answers after a fixed time, as SMTP2GO's endpoints for mail do. Counts the calls under way.
// usage: node latency-server.mjs <milliseconds>   writes { port } to its parent, answers { most, calls, mails } to any message
import { createServer } from 'node:http';

const latency = Number(process.argv[2] ?? 50);
let underWay = 0;
let count = { most: 0, calls: 0, mails: 0 };

function answerTo(path, body) {
	if (!path.endsWith('/email/batch')) return { succeeded: 1, failed: 0, failures: [], email_id: `1u0SwL-${count.calls}` };
	const { emails } = JSON.parse(body);
	return emails.map((_, index) => ({ email_id: `1u0SwL-${count.calls}-${index}` }));
}

const server = createServer((request, response) => {
	underWay++;
	count.calls++;
	count.most = Math.max(count.most, underWay);
	response.once('close', () => { underWay--; });
	const chunks = [];
	// What carries a file is counted, not kept.
	let kept = 0;
	request.on('data', (chunk) => { if ((kept += chunk.length) < 5_000_000) chunks.push(chunk); });
	request.once('end', () => setTimeout(() => {
		const data = answerTo(request.url, Buffer.concat(chunks).toString());
		count.mails += Array.isArray(data) ? data.length : 1;
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ request_id: 'bench', data }));
	}, latency));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 1024, () => process.send({ port: server.address().port }));
process.on('message', () => {
	process.send(count);
	count = { most: 0, calls: 0, mails: 0 };
});
process.on('disconnect', () => process.exit());
