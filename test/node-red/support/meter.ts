/** Sits in front of a simulator: delays each answer by a fixed time, and counts the calls that are in flight. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Meter {
	/** The most calls that were in flight at once. */
	most = 0;
	/** When each call came, in milliseconds since 1970. */
	readonly starts: number[] = [];
	private now = 0;

	private constructor(private readonly server: Server) {}

	/** @param port of the server behind it, on 127.0.0.1 */
	static async start(port: number, latencyMs: number): Promise<Meter> {
		const server = createServer();
		const meter = new Meter(server);
		server.on('request', (incoming, response) => meter.pass(port, latencyMs, incoming, response));
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return meter;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v3`;
	}

	reset(): void {
		this.most = 0;
		this.starts.length = 0;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => {
			this.server.close(resolve);
		});
	}

	private pass(port: number, latencyMs: number, incoming: IncomingMessage, response: ServerResponse): void {
		this.now++;
		this.most = Math.max(this.most, this.now);
		this.starts.push(Date.now());
		response.once('close', () => {
			this.now--;
		});
		const onward = forward(
			{ host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers: incoming.headers },
			(answer) => {
				setTimeout(() => {
					response.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(response);
				}, latencyMs);
			},
		);
		onward.once('error', () => response.destroy());
		incoming.pipe(onward);
	}
}
