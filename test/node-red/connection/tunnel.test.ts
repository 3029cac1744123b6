/** Calls through an HTTP proxy. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createHost } from '../../../node-red/runtime/connection/host';

// TLS is left out, so that what travels through the tunnel can be read without a certificate.
jest.mock('node:tls', () => ({
	connect: ({ socket }: { socket: Socket }) => {
		setImmediate(() => socket.emit('secureConnect'));
		return socket;
	},
}));

it('a call through a tunnel reaches its server as if there were no proxy', async () => {
	const seen: unknown[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString();
		});
		request.on('end', () => {
			seen.push(
				request.method,
				request.url,
				request.headers.host,
				request.headers['x-smtp2go-api-key'],
				request.headers['proxy-authorization'],
				body,
			);
			response.end('{"data":{}}');
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const proxy = createServer().on('connect', (request: IncomingMessage, socket: Socket) => {
		seen.push(request.url);
		const upstream = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 OK\r\n\r\n');
			socket.pipe(upstream).pipe(socket);
		});
	});
	await new Promise<void>((resolve) => {
		proxy.listen(0, '127.0.0.1', resolve);
	});

	const url = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
	const host = createHost({ apiKey: 'api-key', proxyFor: () => ({ url, authorization: 'Basic x' }) });
	const outcome = await host.send({
		method: 'POST',
		url: 'https://eu-api.smtp2go.com/v3/email/send',
		headers: {},
		body: '{"a":1}',
		timeoutMs: 2_000,
	});
	expect(outcome).toMatchObject({ answered: true, status: 200, text: '{"data":{}}' });
	expect(seen).toEqual([
		'eu-api.smtp2go.com:443',
		'POST',
		'/v3/email/send',
		'eu-api.smtp2go.com',
		'api-key',
		undefined,
		'{"a":1}',
	]);
	for (const one of [server, proxy])
		await new Promise((resolve) => {
			one.closeAllConnections();
			one.close(resolve);
		});
});
