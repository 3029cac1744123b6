/**
 * One HTTP exchange over Node's own client. `fetch` is not used because it ignores proxy settings and follows
 * redirects unless told otherwise.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { LONGEST_ANSWER, type HttpRequest } from '../../../api';
import type { Proxy } from './proxy';

/**
 * Milliseconds that a connection stays open for the next call. Enough for calls in a row; far less than a server keeps
 * one, because a reset on an old connection cannot be told from one after the email left: its outcome would be unknown.
 */
const KEPT_OPEN = 1_000;
const agents = {
	'http:': new http.Agent({ keepAlive: true, timeout: KEPT_OPEN }),
	'https:': new https.Agent({ keepAlive: true, timeout: KEPT_OPEN }),
};

/** An answer of any status; header names in lower case. */
export interface HttpAnswer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly bytes: Buffer;
}

/** A call as it leaves. */
export interface OutgoingRequest extends Omit<HttpRequest, 'body' | 'method'> {
	readonly method: HttpRequest['method'] | 'GET';
	/** Text, or bytes that leave as they are: an email with files is large, and each copy costs its size again. */
	readonly body: string | Uint8Array;
	/** Greatest answer in bytes that is read; far more than SMTP2GO's longest list unless given. */
	readonly mostBytes?: number | undefined;
}

/** How far an exchange got, told while it runs. */
export interface Progress {
	/** True once the connection stands and bytes of the request may have left. */
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
			reject(fault(`The proxy ${proxy.url.host} answered with HTTP status ${status ?? 0}`, 'ECONNREFUSED'));
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

/** Where to connect: to the target, through a tunnel, or to a proxy that is asked for the full URL. */
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
		throw fault(`A proxy of the kind ${proxy.url.protocol} is not supported`, 'ERR_INVALID_URL');
	if (target.protocol === 'https:') {
		// An agent would ignore `createConnection`: without one each call has its own connection too.
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

function readAnswer(response: http.IncomingMessage, most = LONGEST_ANSWER): Promise<HttpAnswer> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		response.on('data', (chunk: Buffer) => {
			bytes += chunk.length;
			chunks.push(chunk);
			if (bytes <= most) return;
			reject(fault(`The answer is longer than ${most} bytes`, 'EMSGSIZE'));
			response.destroy();
		});
		response.once('error', reject);
		response.once('aborted', () => reject(fault('The answer broke off', 'ECONNRESET')));
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
 * Makes one call and answers every status.
 * @param request as the client hands it over; `headers` must already hold the key
 * @param progress is told when bytes may have left
 * @throws whatever Node's client reports, `ETIMEDOUT` after `timeoutMs`
 */
export async function exchange(
	request: OutgoingRequest,
	proxy: Proxy | undefined,
	progress: Progress,
): Promise<HttpAnswer> {
	const stop = new AbortController();
	const cancel = () => stop.abort(fault('Stopped', 'ECANCELED'));
	const timer = setTimeout(
		() => stop.abort(fault(`No answer within ${request.timeoutMs / 1000} s`, 'ETIMEDOUT')),
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
				// One that stands already takes the request at once.
				if (call.reusedSocket) progress.left = true;
				else
					socket.once(options.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
						progress.left = true;
					});
			});
			call.end(body);
		});
		return await readAnswer(response, request.mostBytes);
	} finally {
		clearTimeout(timer);
		request.signal?.removeEventListener('abort', cancel);
	}
}
