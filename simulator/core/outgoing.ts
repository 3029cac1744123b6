// Requests from the simulator to the outside: deliveries, probes, and files by URL.
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** What a receiver answered. */
export interface OutgoingAnswer {
	status: number;
	body: Buffer;
}

/** One request of the simulator to the outside. */
export interface OutgoingRequest {
	method: 'GET' | 'HEAD' | 'POST';
	url: string;
	headers?: Record<string, string>;
	body?: string;
	/** Milliseconds until the response headers must be there. */
	timeoutMs: number;
	/** The maximum number of bytes to read from the response. */
	maxBytes: number;
}

/** Sends requests without keep-alive, so that no idle socket outlives the simulator. */
export class Outgoing {
	private readonly http = new HttpAgent({ keepAlive: false, maxSockets: 50 });
	private readonly https = new HttpsAgent({ keepAlive: false, maxSockets: 50 });
	private readonly abort = new AbortController();

	/** @throws Error if no answer came (refused, reset, timed out, simulator stopped) */
	send(outgoing: OutgoingRequest): Promise<OutgoingAnswer> {
		const url = new URL(outgoing.url);
		const secure = url.protocol === 'https:';
		// The URL's user name and password become a Basic header by the caller; Node would add its own.
		url.username = '';
		url.password = '';
		return new Promise((resolve, reject) => {
			const start = secure ? httpsRequest : httpRequest;
			const request = start(url, {
				method: outgoing.method,
				headers: outgoing.headers ?? {},
				agent: secure ? this.https : this.http,
				signal: this.abort.signal,
			});
			let limit: NodeJS.Timeout | undefined;
			// The clock starts with the socket: waiting for a free one is not the receiver's fault.
			request.once('socket', () => {
				limit = setTimeout(
					() => request.destroy(new Error(`no response headers within ${outgoing.timeoutMs} ms`)),
					outgoing.timeoutMs,
				);
			});
			request.once('close', () => clearTimeout(limit));
			request.once('error', reject);
			request.once('response', (response) => {
				clearTimeout(limit);
				readAnswer(response, outgoing.maxBytes).then(resolve, reject);
			});
			request.end(outgoing.body);
		});
	}

	/** Ends every request under way and refuses new ones. */
	stop(): void {
		this.abort.abort();
		this.http.destroy();
		this.https.destroy();
	}
}

async function readAnswer(response: IncomingMessage, maxBytes: number): Promise<OutgoingAnswer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of response) {
		if (!Buffer.isBuffer(chunk)) continue;
		chunks.push(chunk);
		size += chunk.length;
		if (size >= maxBytes) break;
	}
	return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).subarray(0, maxBytes) };
}
