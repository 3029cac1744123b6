/** A host of pages on this machine, whose responses a test decides. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageHeaders } from '../../../../api';

/** A response: one of our pages, or an error page of the host. */
export interface Served {
	readonly html: string;
	readonly status?: number;
}

/** One request as it arrived. */
export interface Arrived {
	readonly method: string;
	readonly url: string;
	readonly body: string;
}

/** Serves a page at any address. */
export class PageServer {
	readonly arrived: Arrived[] = [];
	/** Called for each request. Undefined cuts the connection. */
	respond: (request: Arrived) => Served | undefined | Promise<Served | undefined> = () => undefined;
	private server: Server | undefined;
	url = '';

	async start(): Promise<void> {
		this.server = createServer((request, response) => {
			let body = '';
			request.setEncoding('utf8');
			request.on('data', (part: string) => (body += part));
			request.on('end', () => {
				const arrived = { method: request.method ?? '', url: request.url ?? '', body };
				this.arrived.push(arrived);
				void Promise.resolve(this.respond(arrived)).then((served) => {
					if (served === undefined) return response.destroy();
					const own = served.html.includes('data-smtp2go');
					return response
						.writeHead(served.status ?? 200, own ? pageHeaders : { 'Content-Type': 'text/html' })
						.end(served.html);
				});
			});
		});
		await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/ask/7?by=1&signature=abc`;
	}

	reset(): void {
		this.arrived.length = 0;
	}

	posts(): readonly string[] {
		return this.arrived.filter(({ method }) => method === 'POST').map(({ body }) => body);
	}

	stop(): void {
		this.server?.closeAllConnections();
		this.server?.close();
	}
}
