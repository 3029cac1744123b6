/** HTTP calls of the Node-RED package: responses, timeouts, and lost connections. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createHost } from '../../../node-red/runtime/connection/host';
import type { Proxy } from '../../../node-red/runtime/connection/proxy';
import type { HttpRequest } from '../../../api';

const servers: Server[] = [];
afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => {
			server.close(resolve);
		});
	}
});

async function listen(
	handler: (request: IncomingMessage, response: ServerResponse) => void,
	prepare: (server: Server) => void = () => undefined,
): Promise<string> {
	const server = createServer(handler);
	prepare(server);
	servers.push(server);
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
	method: 'POST',
	url,
	headers: { Accept: 'application/json' },
	body: '{"a":"ä"}',
	timeoutMs: 2_000,
	...more,
});
const host = (proxy?: Proxy, apiKey = 'api-key') => createHost({ apiKey, proxyFor: () => proxy });
const bodyOf = async (incoming: IncomingMessage) => {
	let text = '';
	for await (const chunk of incoming) text += String(chunk);
	return text;
};

describe('a call', () => {
	it('carries method, path, the exact bytes and the key', async () => {
		const seen: unknown[] = [];
		const url = await listen(
			(incoming, response) =>
				void bodyOf(incoming).then((body) => {
					seen.push(
						incoming.method,
						incoming.url,
						body,
						incoming.headers['x-smtp2go-api-key'],
						incoming.headers['content-length'],
						incoming.headers['transfer-encoding'],
					);
					response.setHeader('X-Request-Id', 'r1').writeHead(200).end('{"data":{}}');
				}),
		);
		expect(await host().send(request(`${url}/v3/email/send?x=1`, { method: 'PATCH' }))).toMatchObject({
			answered: true,
			status: 200,
			text: '{"data":{}}',
			headers: { 'x-request-id': 'r1' },
		});
		expect(seen).toEqual(['PATCH', '/v3/email/send?x=1', '{"a":"ä"}', 'api-key', '10', undefined]);
	});

	it('adds the key to the body if the endpoint requires it, and does not change the request', async () => {
		const seen: string[] = [];
		const url = await listen(
			(incoming, response) =>
				void bodyOf(incoming).then((body) => {
					seen.push(body, String(incoming.headers['content-length']));
					response.end('{}');
				}),
		);
		const asked = request(url, { keyInBody: true });
		await host().send(asked);
		expect(seen).toEqual(['{"api_key":"api-key","a":"ä"}', '30']);
		expect(asked.body).toBe('{"a":"ä"}');
	});

	it.each([302, 400, 401, 429, 500])('answers status %i and follows nothing', async (status) => {
		let calls = 0;
		const url = await listen((_incoming, response) => {
			calls++;
			response.setHeader('Location', '/elsewhere').writeHead(status).end('text');
		});
		expect(await host().send(request(url))).toMatchObject({ answered: true, status, text: 'text' });
		expect(calls).toBe(1);
	});

	it.each<[string, Partial<HttpRequest>, string, string]>([
		['a port where nobody listens', { url: 'http://127.0.0.1:1' }, 'no', 'ECONNREFUSED'],
		['a URL that is none', { url: 'nonsense' }, 'no', 'ERR_INVALID_URL'],
		['a header with a line end', { headers: { 'X-Bad': 'a\r\nb' } }, 'no', 'ERR_INVALID_CHAR'],
	])('that never left says so: %s', async (_what, more, arrived, code) => {
		const url = await listen((_incoming, response) => {
			response.end();
		});
		expect(await host().send(request(url, more))).toMatchObject({ answered: false, arrived, code });
	});

	it('with a key that would forge a header never leaves', async () => {
		const url = await listen((_incoming, response) => {
			response.end();
		});
		expect(await host(undefined, 'key\r\nX-Forged: 1').send(request(url))).toMatchObject({
			answered: false,
			arrived: 'no',
		});
	});

	it.each<[string, (response: ServerResponse) => void, string]>([
		['that is reset', (response) => response.socket?.destroy(), 'ECONNRESET'],
		[
			'whose answer breaks off',
			(response) => {
				response.writeHead(200, { 'content-length': '100' });
				response.write('{');
				setTimeout(() => response.socket?.destroy(), 20);
			},
			'ECONNRESET',
		],
		['that is not answered in time', () => undefined, 'ETIMEDOUT'],
	])('%s may have arrived', async (_what, answer, code) => {
		const url = await listen((_incoming, response) => answer(response));
		expect(await host().send(request(url, { timeoutMs: 200 }))).toMatchObject({
			answered: false,
			arrived: 'unknown',
			code,
		});
	});

	it('whose answer never ends is given up before it fills the memory', async () => {
		const url = await listen((_incoming, response) => {
			const chunk = Buffer.alloc(4_000_000, 'x');
			const more = () => {
				while (!response.destroyed && response.write(chunk));
			};
			response.on('drain', more);
			more();
		});
		expect(await host().send(request(url, { timeoutMs: 15_000 }))).toMatchObject({
			answered: false,
			arrived: 'unknown',
			code: 'EMSGSIZE',
		});
	});

	it('stops when it is told to', async () => {
		const stop = new AbortController();
		const url = await listen(() => stop.abort());
		// Longer than a test may take.
		expect(await host().send(request(url, { signal: stop.signal, timeoutMs: 60_000 }))).toMatchObject({
			answered: false,
			arrived: 'unknown',
		});
	});
});

describe('a connection', () => {
	it('serves the next call, and is closed when it has been idle for a second', async () => {
		const connections = new Map<Socket, Promise<unknown>>();
		const url = await listen(
			(incoming, response) => {
				connections.set(incoming.socket, once(incoming.socket, 'close'));
				response.end('{}');
			},
			(server) => {
				// The server itself would keep it open.
				server.keepAliveTimeout = 60_000;
			},
		);
		// On a busy machine, a second can pass between two calls.
		let [calls, began] = [0, 0];
		for (; calls < 20 && calls === connections.size; calls++) {
			began = performance.now();
			await host().send(request(url));
		}
		expect(connections.size).toBeLessThan(calls);
		const [[socket, closed] = []] = [...connections].slice(-1);
		await closed;
		expect(performance.now() - began).toBeGreaterThan(900);
		await host().send(request(url));
		expect([...connections.keys()].at(-1)).not.toBe(socket);
	});

	it('that breaks on its second call may have carried it', async () => {
		let calls = 0;
		const url = await listen((incoming, response) => {
			if (++calls > 1) incoming.socket.resetAndDestroy();
			else response.end('{}');
		});
		await host().send(request(url));
		expect(await host().send(request(url))).toMatchObject({
			answered: false,
			arrived: 'unknown',
			code: 'ECONNRESET',
		});
		expect(calls).toBe(2);
	});
});

describe('a pause', () => {
	it('ends early when it is cancelled', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 20);
		// Longer than a test may take.
		await expect(host().sleep(60_000, stop.signal)).resolves.toBeUndefined();
	});
});

describe('through a proxy', () => {
	it('a call to http asks for the whole URL and shows the proxy its password', async () => {
		const seen: unknown[] = [];
		const proxy = await listen((incoming, response) => {
			seen.push(incoming.url, incoming.headers.host, incoming.headers['proxy-authorization']);
			response.end('{}');
		});
		await host({ url: new URL(proxy), authorization: 'Basic x' }).send(
			request('http://api.example.com/v3/email/send'),
		);
		expect(seen).toEqual(['http://api.example.com/v3/email/send', 'api.example.com', 'Basic x']);
	});

	it('a call to https opens a tunnel, and the key is not shown to the proxy', async () => {
		const seen: string[] = [];
		const proxy = await listen(
			() => undefined,
			(server) =>
				server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
					seen.push(String(incoming.url), JSON.stringify(incoming.headers));
					const upstream = connect((servers[0]?.address() as AddressInfo).port, '127.0.0.1', () => {
						socket.write('HTTP/1.1 200 OK\r\n\r\n');
						socket.pipe(upstream).pipe(socket);
					});
					upstream.on('error', () => socket.destroy());
				}),
		);
		// The far end speaks no TLS, so the handshake fails: before any byte of the request left.
		await listen((_incoming, response) => {
			response.end();
		});
		const outcome = await host({ url: new URL(proxy), authorization: 'Basic x' }).send(
			request('https://api.example.com/v3/email/send'),
		);
		expect(outcome).toMatchObject({ answered: false, arrived: 'no' });
		expect(seen[0]).toBe('api.example.com:443');
		expect(seen[1]).toContain('Basic x');
		expect(seen[1]).not.toContain('api-key');
	});

	it.each([403, 407, 502])('that refuses with %i never left', async (status) => {
		const proxy = await listen(
			() => undefined,
			(server) =>
				server.on('connect', (_incoming, socket: Socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)),
		);
		expect(await host({ url: new URL(proxy) }).send(request('https://api.example.com/'))).toMatchObject({
			answered: false,
			arrived: 'no',
			message: expect.stringContaining(String(status)),
		});
	});

	it('of an unknown kind is told, not passed by', async () => {
		expect(
			await host({ url: new URL('socks5://127.0.0.1:1080') }).send(request('https://api.example.com/')),
		).toMatchObject({ answered: false, arrived: 'no', message: expect.stringContaining('socks5') });
	});
});
