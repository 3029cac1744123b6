// A server that answers every call after a fixed time, in a separate process: its work is not the client's.
// usage: node server.mjs <latency in ms>; prints its port. GET /stats gives what it saw and forgets it.
import { createServer } from 'node:http';

const latency = Number(process.argv[2] ?? 50);
const stats = { calls: 0, mails: 0, most: 0, bytes: 0 };
let open = 0;

/** How many emails a body holds, counted by a word that appears once in each email of the benchmark. */
function mailsIn(chunks) {
	return chunks.reduce((sum, chunk) => sum + chunk.toString('latin1').split('"text_body"').length - 1, 0) || 1;
}

function answerTo(path, mails) {
	if (path.endsWith('/email/batch'))
		return Array.from({ length: mails }, (_, index) => ({ email_id: `1bench-${stats.calls}-${index}` }));
	// Nothing is suppressed, and no recipient is excluded.
	if (path.endsWith('/view')) return { results: [], total_results: 0, enabled: false, allowed_recipients: [] };
	return { succeeded: 1, failed: 0, failures: [], email_id: `1bench-${stats.calls}` };
}

const server = createServer((request, response) => {
	if (request.url === '/stats') {
		response.end(JSON.stringify(stats));
		Object.assign(stats, { calls: 0, mails: 0, most: 0, bytes: 0 });
		return;
	}
	stats.most = Math.max(stats.most, ++open);
	const due = Date.now() + latency;
	const chunks = [];
	let bytes = 0;
	request.on('data', (chunk) => {
		bytes += chunk.length;
		// A large file is counted, not kept.
		if (bytes < 5_000_000) chunks.push(chunk);
	});
	request.on('end', () => {
		const mails = request.url.endsWith('/view') ? 0 : mailsIn([Buffer.concat(chunks)]);
		stats.calls++;
		stats.mails += mails;
		stats.bytes += bytes;
		setTimeout(
			() => {
				open--;
				response
					.setHeader('content-type', 'application/json')
					.end(JSON.stringify({ request_id: 'bench', data: answerTo(request.url, mails) }));
			},
			Math.max(0, due - Date.now()),
		);
	});
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
