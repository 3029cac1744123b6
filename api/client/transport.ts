/** What a host hands to the client: one HTTP call, a pause, two clocks. The host also adds the API key. */
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
	/** Milliseconds until the host gives the call up. */
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
}

/**
 * The body that leaves. Called by a host when it sends, so that nothing before it has ever seen the key in a body.
 * Bytes come as a Buffer over the same memory, not as a copy.
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
 * Greatest answer in bytes that a host reads: far more than SMTP2GO's longest list, and far less than a text may have.
 */
export const MAX_RESPONSE_BYTES = 64_000_000;

/**
 * What came of it: an answer of any status, or no answer. `arrived: false` only where the request provably never left.
 */
export type HttpOutcome =
	| {
			readonly answered: true;
			readonly status: number;
			readonly headers: Readonly<Record<string, string | undefined>>;
			readonly text: string;
	  }
	| NoResponse;

/** A call that got none. */
export interface NoResponse {
	readonly answered: false;
	readonly arrived: 'no' | 'unknown';
	readonly code: string;
	readonly message: string;
}

/** A file to fetch, by GET, without the key and without following redirects. */
export interface FileRequest {
	readonly url: string;
	/** Milliseconds until the host gives up, however fast the bytes come. */
	readonly timeoutMs: number;
	/** Greatest length that is read; more is the fault `EMSGSIZE`. */
	readonly mostBytes: number;
	readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export type FileOutcome =
	| { readonly answered: true; readonly status: number; readonly bytes: Uint8Array }
	| { readonly answered: false; readonly code: string; readonly message: string };

/** The host's side of a client. None of its functions throws or rejects. */
export interface Host {
	/**
	 * Makes one call without retry and without following redirects, and answers every status. Header names in lower
	 * case.
	 */
	send(request: HttpRequest): Promise<HttpOutcome>;
	/** Fetches a file that an answer points to; missing where the host has no use for files. */
	download?(request: FileRequest): Promise<FileOutcome>;
	/** Waits; returns early when the signal aborts. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** Milliseconds since 1970: for moments that SMTP2GO or a person reads. It jumps when somebody sets the clock. */
	now(): number;
	/**
	 * Milliseconds since a moment that does not matter, for durations: it only goes forward, whatever is done to the
	 * clock. The same for all hosts of a process.
	 */
	monotonic(): number;
	/** A number from 0 to 1, for the jitter of a backoff. */
	random(): number;
}

/** Faults at which nothing of the request reached the server: no address, no connection, no trust. */
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

/**
 * Faults that also come while a request travels over a connection that stands, when the network on the way goes away.
 */
const NEVER_ARRIVED_ON_CONNECT = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT']);

/** A fault as an object of Node's: with a code, the system call, and often a cause that knows more. */
interface NodeFault {
	readonly code?: unknown;
	readonly syscall?: unknown;
	readonly cause?: unknown;
	readonly message?: unknown;
	readonly errors?: unknown;
}

/**
 * Turns whatever a host's HTTP client threw into an outcome. The first code found along the chain of causes decides;
 * a time-out or a network that cannot be reached counts as never arrived only while connecting.
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
	let fault: NodeFault = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
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
