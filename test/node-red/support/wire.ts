/** A line to a server that breaks on demand, below HTTP: what a simulator cannot do to its own connections. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where the line breaks: when it stands, while the request travels, or when the answer comes. */
export type Break = 'before' | 'during' | 'after' | 'silent';

export class Wire {
	private next: { readonly at: Break; left: number } | undefined;
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: Server,
		private readonly port: number,
	) {}

	/** @param port of the server at the other end, on 127.0.0.1 */
	static async start(port: number): Promise<Wire> {
		const server = createServer();
		const wire = new Wire(server, port);
		server.on('connection', (socket) => wire.carry(socket));
		await new Promise<void>((resolve) => {
			server.listen(0, '127.0.0.1', resolve);
		});
		return wire;
	}

	get host(): string {
		return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** @param times how many connections it hits; Infinity for every one */
	breakAt(at: Break | undefined, times = Infinity): void {
		this.next = at === undefined ? undefined : { at, left: times };
		// A connection that is kept open would pass the break by.
		for (const socket of this.sockets) socket.destroy();
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => {
			this.server.close(resolve);
		});
	}

	private take(): Break | undefined {
		const fault = this.next;
		if (fault === undefined || fault.left <= 0) return undefined;
		fault.left--;
		return fault.at;
	}

	private carry(near: Socket): void {
		this.keep(near);
		const fault = this.take();
		if (fault === 'silent') return;
		// A moment later; otherwise the reset would reach some callers before their connection is even established.
		if (fault === 'before') return void setTimeout(() => near.resetAndDestroy(), 20);
		// The head of the request has come, its body not yet or in part: none of it is passed on.
		if (fault === 'during') return void near.once('data', () => near.resetAndDestroy());
		const far = this.keep(connect(this.port, '127.0.0.1'));
		near.pipe(far);
		if (fault === 'after')
			far.once('data', () => {
				near.resetAndDestroy();
				far.destroy();
			});
		else far.pipe(near);
	}

	private keep(socket: Socket): Socket {
		this.sockets.add(socket);
		socket.on('error', () => socket.destroy());
		return socket.once('close', () => this.sockets.delete(socket));
	}
}
