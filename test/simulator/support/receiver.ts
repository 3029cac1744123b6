/** A server that receives the deliveries of the simulator. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request a receiver got. */
export interface Received {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A server that stands for the user's own webhook receiver. */
export interface Receiver {
	url: string;
	received: Received[];
	/** What came with a body: deliveries, not probes. */
	deliveries(): Received[];
	/** Status for the next requests, the last one for all that follow; undefined never answers. */
	answers: (number | undefined)[];
	stop(): Promise<void>;
}

/** Starts a receiver that answers 200 unless told otherwise. */
export async function startReceiver(answers: (number | undefined)[] = [200]): Promise<Receiver> {
	const received: Received[] = [];
	const receiver = { received, answers, deliveries: () => received.filter(({ body }) => body !== '') };
	const server: Server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			received.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
			const status = receiver.answers.length > 1 ? receiver.answers.shift() : receiver.answers[0];
			if (status !== undefined) response.writeHead(status).end(`answered ${status}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return Object.assign(receiver, {
		url: `http://127.0.0.1:${port}/hook`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}
