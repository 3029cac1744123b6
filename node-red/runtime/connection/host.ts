/** What the client in `api/` needs from Node-RED: HTTP calls, pauses, and clocks. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-hardcoded-secrets */
import { setTimeout as pause } from 'node:timers/promises';
import {
	bodyWithKey,
	outcomeOfFault,
	type FileOutcome,
	type FileRequest,
	type Host,
	type HttpOutcome,
	type HttpRequest,
} from '../../../api';
import { exchange } from './http';
import type { Proxy } from './proxy';

/** The header that carries the key (contract, security scheme). */
const KEY_HEADER = 'X-Smtp2go-Api-Key';

/** What calls need from an account. */
export interface HostSettings {
	readonly apiKey: string;
	/** The proxy for a target. If it throws, the call was never sent. */
	proxyFor(target: URL): Proxy | undefined;
}

async function send({ apiKey, proxyFor }: HostSettings, request: HttpRequest): Promise<HttpOutcome> {
	const progress = { left: false };
	try {
		const withKey = {
			...request,
			headers: { ...request.headers, [KEY_HEADER]: apiKey },
			body: bodyWithKey(request, apiKey),
		};
		const response = await exchange(withKey, proxyFor(new URL(request.url)), progress);
		return {
			answered: true,
			status: response.status,
			headers: response.headers,
			text: response.bytes.toString('utf8'),
		};
	} catch (thrown) {
		const outcome = outcomeOfFault(thrown);
		// Whatever the error says: here it is known whether the request was sent.
		return { ...outcome, arrived: progress.left ? 'unknown' : 'no' };
	}
}

/** Fetches a file, without the API key. */
async function download({ proxyFor }: HostSettings, request: FileRequest): Promise<FileOutcome> {
	try {
		const { status, bytes } = await exchange(
			{ ...request, method: 'GET', headers: {}, body: '' },
			proxyFor(new URL(request.url)),
			{ left: false },
		);
		return { answered: true, status, bytes };
	} catch (thrown) {
		const { code, message } = outcomeOfFault(thrown);
		return { answered: false, code, message };
	}
}

/** Waits for this many milliseconds, or until the signal aborts. */
async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	try {
		await pause(milliseconds, undefined, signal ? { signal } : {});
	} catch {
		// Aborted: the caller checks the signal.
	}
}

/** Pauses and clocks, which need no account. */
export const clock: Pick<Host, 'now' | 'monotonic' | 'sleep'> = {
	sleep,
	now: () => Date.now(),
	monotonic: () => performance.now(),
};

/** A host for one account. None of its functions rejects. */
export function createHost(settings: HostSettings): Host {
	return {
		...clock,
		send: (request) => send(settings, request),
		download: (request) => download(settings, request),
		random: Math.random,
		get timeZone() {
			return Intl.DateTimeFormat().resolvedOptions().timeZone;
		},
	};
}
