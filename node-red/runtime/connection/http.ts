/**
 * Makes one HTTP request with Node's own client. `fetch` ignores proxy settings, and follows redirects unless it is
 * told not to.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { MAX_RESPONSE_BYTES, type HttpRequest } from '../../../api';
import type { Proxy } from './proxy';

/**
 * Milliseconds that a connection stays open for the next call. Enough for calls in a row, and far less than a server
 * keeps one open: a reset on an old connection looks like one after the email was sent, so its outcome would be
 * unknown.
 */
const KEEP_ALIVE_TIME = 1_000;
const agents = {
	'http:': new http.Agent({ keepAlive: true, timeout: KEEP_ALIVE_TIME }),
	'https:': new https.Agent({ keepAlive: true, timeout: KEEP_ALIVE_TIME }),
};

/** A response of any status, with header names in lowercase. */
export interface HttpResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly bytes: Buffer;
}

/** A request, ready to be sent. */
export interface OutgoingRequest extends Omit<HttpRequest, 'body' | 'method'> {
	readonly method: HttpRequest['method'] | 'GET';
	/**
	 * Text, or bytes that are sent as they are: an email with files is large, and each copy takes its size in memory.
	 */
	readonly body: string | Uint8Array;
	/** Maximum length of the response in bytes; by default far more than SMTP2GO's longest list. */
	readonly mostBytes?: number | undefined;
}

/** How far a request has got, updated while it runs. */
export interface Progress {
	/** True once the connection is open, and bytes of the request may have been sent. */
	left: boolean;
}

function fault(message: string, code: string): Error {
	return Object.assign(new Error(message), { code });
}

/** Opens a tunnel through a proxy (RFC 9110 section 9.3.6). */
function openTunnel(proxy: Proxy, target: URL, signal: AbortSignal): Promise<Duplex> {
	const authority = `${target.hostname}:${target.port || '443'}`;
	return new Promise((resolve, reject) => {
		const client = proxy.url.protocol === 'https:' ? https : http;
		const request = client.request(proxy.url, {
			method: 'CONNECT',
			path: authority,
			agent: false,
			signal,
			headers: {
				Host: authority,
				...(proxy.authorization ? { 'Proxy-Authorization': proxy.authorization } : {}),
			},
		});
		const refuse = (status: number | undefined) =>
			reject(fault(`The proxy ${proxy.url.host} returned HTTP status ${status ?? 0}`, 'ECONNREFUSED'));
		request.once('error', reject);
		request.once('response', (response) => {
			response.destroy();
			refuse(response.statusCode);
		});
		request.once('connect', (response, socket) => {
			if (response.statusCode === 200) return resolve(socket);
			socket.destroy();
			refuse(response.statusCode);
		});
		request.end();
	});
}

/** Where to connect: to the target, through a tunnel, or to a proxy that takes the full URL. */
async function route(
	target: URL,
	proxy: Proxy | undefined,
	signal: AbortSignal,
): Promise<https.RequestOptions & { headers: Record<string, string> }> {
	const direct = {
		protocol: target.protocol,
		hostname: target.hostname.replace(/^\[|\]$/g, ''),
		port: target.port,
		path: `${target.pathname}${target.search}`,
		headers: { Host: target.host },
	};
	if (proxy === undefined) return { ...direct, agent: agents[target.protocol === 'https:' ? 'https:' : 'http:'] };
	if (!/^https?:$/.test(proxy.url.protocol))
		throw fault(`Proxies with the protocol ${proxy.url.protocol} are not supported`, 'ERR_INVALID_URL');
	if (target.protocol === 'https:') {
		// An agent would ignore `createConnection`. Without one, each call has its own connection too.
		const socket = await openTunnel(proxy, target, signal);
		return { ...direct, createConnection: () => tls.connect({ socket, servername: target.hostname }) };
	}
	const headers = {
		Host: target.host,
		...(proxy.authorization ? { 'Proxy-Authorization': proxy.authorization } : {}),
	};
	return {
		protocol: proxy.url.protocol,
		hostname: proxy.url.hostname,
		port: proxy.url.port,
		path: target.href,
		headers,
		agent: false,
	};
}

function readResponse(response: http.IncomingMessage, most = MAX_RESPONSE_BYTES): Promise<HttpResponse> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		response.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			chunks.push(chunk);
			if (bytes <= most) return;
			reject(fault(`The response is longer than ${most} bytes`, 'EMSGSIZE'));
			response.destroy();
		});
		response.once('error', reject);
		response.once('aborted', () => reject(fault('The connection was closed during the response', 'ECONNRESET')));
		response.once('end', () => {
			const headers = Object.fromEntries(
				Object.entries(response.headers).map(([name, value]) => [
					name,
					Array.isArray(value) ? value.join(', ') : value,
				]),
			);
			resolve({ status: response.statusCode ?? 0, headers, bytes: Buffer.concat(chunks) });
		});
	});
}

/**
 * Makes one request, and returns a response of any status.
 * @param request with the API key in its headers
 * @param progress updated when bytes may have been sent
 * @throws the errors of Node's client; `ETIMEDOUT` after `timeoutMs`
 */
export async function exchange(
	request: OutgoingRequest,
	proxy: Proxy | undefined,
	progress: Progress,
): Promise<HttpResponse> {
	const stop = new AbortController();
	const cancel = () => stop.abort(fault('Stopped', 'ECANCELED'));
	const timer = setTimeout(
		() => stop.abort(fault(`No response within ${request.timeoutMs / 1000} s`, 'ETIMEDOUT')),
		request.timeoutMs,
	);
	request.signal?.addEventListener('abort', cancel, { once: true });
	try {
		const target = new URL(request.url);
		const { headers, ...options } = await route(target, proxy, stop.signal);
		const body = typeof request.body === 'string' ? Buffer.from(request.body, 'utf8') : request.body;
		const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
			const call = (options.protocol === 'https:' ? https : http).request(
				{
					...options,
					method: request.method,
					signal: stop.signal,
					headers: {
						...request.headers,
						...headers,
						...(request.method === 'GET' ? {} : { 'Content-Length': body.byteLength }),
					},
				},
				resolve,
			);
			call.once('error', reject);
			call.once('socket', (socket) => {
				// A reused connection takes the request at once.
				if (call.reusedSocket) progress.left = true;
				else
					socket.once(options.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
						progress.left = true;
					});
			});
			call.end(body);
		});
		return await readResponse(response, request.mostBytes);
	} finally {
		clearTimeout(timer);
		request.signal?.removeEventListener('abort', cancel);
	}
}
