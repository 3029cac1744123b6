/**
 * What a host provides to the client: HTTP calls, pauses, two clocks, and a time zone. The host also adds the API key.
 */
import type { Body } from '../request/body';

/** One HTTP call without the key: the host adds `X-Smtp2go-Api-Key`, and `api_key` to the body if required. */
export interface HttpRequest {
	readonly method: 'POST' | 'PATCH';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	/** JSON: as text, or as bytes of UTF-8 where it carries files. */
	readonly body: Body;
	/** True if the body must contain the key too: `bodyWithKey` adds it. */
	readonly keyInBody?: true;
	/** The timeout of the call in milliseconds. */
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
}

/**
 * Returns the body with the key. A host calls it when it sends, so that nothing else ever sees the key in a body. Bytes
 * come as a Buffer over the same memory, not as a copy.
 */
export function bodyWithKey({ body, keyInBody }: HttpRequest, apiKey: string): string | Buffer {
	if (keyInBody)
		return JSON.stringify({
			api_key: apiKey,
			...(JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as object),
		});
	return typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/**
 * The maximum size of a response in bytes: far more than SMTP2GO's longest list, and far less than a string can hold.
 */
export const MAX_RESPONSE_BYTES = 64_000_000;

/**
 * The outcome: a response with any status, or no response. `arrived` is `no` only if the request provably never
 * arrived.
 */
export type HttpOutcome =
	| {
			readonly answered: true;
			readonly status: number;
			readonly headers: Readonly<Record<string, string | undefined>>;
			readonly text: string;
	  }
	| NoResponse;

/** The outcome of a call without a response. */
export interface NoResponse {
	readonly answered: false;
	readonly arrived: 'no' | 'unknown';
	readonly code: string;
	readonly message: string;
}

/** A file to download by GET, without the key and without following redirects. */
export interface FileRequest {
	readonly url: string;
	/** The timeout of the whole download in milliseconds. */
	readonly timeoutMs: number;
	/** The maximum size in bytes. A larger file is the fault `EMSGSIZE`. */
	readonly mostBytes: number;
	readonly signal?: AbortSignal | undefined;
}

/** The outcome of a download. */
export type FileOutcome =
	| { readonly answered: true; readonly status: number; readonly bytes: Uint8Array }
	| { readonly answered: false; readonly code: string; readonly message: string };

/** The host's side of a client. None of its functions throws or rejects. */
export interface Host {
	/**
	 * Makes one call without retry and without following redirects. Resolves for any status. Header names are in lower
	 * case.
	 */
	send(request: HttpRequest): Promise<HttpOutcome>;
	/** Downloads a file that a response points to. Absent if the host has no use for files. */
	download?(request: FileRequest): Promise<FileOutcome>;
	/** Waits. Returns early if the signal aborts. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** Milliseconds since 1970, for times that SMTP2GO or a person reads. It jumps if the clock is set. */
	now(): number;
	/**
	 * Milliseconds since an arbitrary time, for durations. It never goes back, whatever happens to the clock. The same
	 * for all hosts of a process.
	 */
	monotonic(): number;
	/** A number from 0 to 1, for the jitter of a backoff. */
	random(): number;
	/** The IANA name of the user's time zone, in which days begin. UTC if the host does not say. */
	readonly timeZone?: string;
}

/** Faults before any part of the request reached the server: no address, no connection, or no trust. */
const NEVER_ARRIVED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'UND_ERR_CONNECT_TIMEOUT',
	'ERR_INVALID_URL',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Faults that can also occur after a connection is established, when the network goes down. */
const NEVER_ARRIVED_ON_CONNECT = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT']);

/** A Node.js fault: a code, the system call, and often a cause with more details. */
interface NodeFault {
	readonly code?: unknown;
	readonly syscall?: unknown;
	readonly cause?: unknown;
	readonly message?: unknown;
	readonly errors?: unknown;
}

/**
 * Turns anything that a host's HTTP client threw into an outcome. The first code in the chain of causes decides. A
 * timeout or an unreachable network counts as never arrived only while connecting.
 */
export function outcomeOfFault(thrown: unknown): NoResponse {
	const fault = deepestFault(thrown);
	const code = typeof fault.code === 'string' ? fault.code : 'UNKNOWN';
	const hasNoConnection = fault.syscall === 'connect' && NEVER_ARRIVED_ON_CONNECT.has(code);
	return {
		answered: false,
		arrived: NEVER_ARRIVED.has(code) || hasNoConnection ? 'no' : 'unknown',
		code,
		message: typeof fault.message === 'string' ? fault.message : String(thrown),
	};
}

function deepestFault(thrown: unknown): NodeFault {
	let fault: NodeFault = typeof thrown === 'object' && thrown !== null ? thrown : {};
	for (let depth = 0; depth < 5; depth++) {
		const inner =
			Array.isArray(fault.errors) && fault.errors.length > 0 ? (fault.errors[0] as unknown) : fault.cause;
		if (typeof inner !== 'object' || inner === null) return fault;
		const next: NodeFault = inner;
		if (typeof next.code !== 'string' && typeof fault.code === 'string') return fault;
		fault = next;
	}
	return fault;
}
