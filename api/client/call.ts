/** Makes one call to SMTP2GO: waits for its turn, sends, judges the response, and retries what is safe to retry. */
import { Smtp2goError } from '../core/errors';
import { failure, type Result } from '../core/result';
import { CLIENT_NAME, CLIENT_VERSION } from './version';
import type { Operation } from '../catalogue/types';
import type { Body } from '../request/body';
import { faultError, readResponse, readSafely, type ApiResponse } from './response';
import { Gate, notify } from './gate';
import type { Host } from './transport';

/** Where a client calls, and with what limits. */
export interface Connection {
	readonly host: Host;
	/** Base URL of the region, without a slash at the end. */
	readonly baseUrl: string;
	/**
	 * Stops waiting, reading, and further calls. A call that changes something is not interrupted, because its outcome
	 * would be unknown.
	 */
	readonly signal?: AbortSignal | undefined;
	/**
	 * Called before each pause with its length in milliseconds and the reason, such as `at most 60 calls per minute`.
	 */
	readonly onWait?: (milliseconds: number, why: string) => void;
	/**
	 * Where calls wait for their turn. Calls with the same key should share a gate. By default each call gets its own.
	 */
	readonly gate?: Gate | undefined;
	/** The first 16 characters of the API key: its name in SMTP2GO's lists, and no secret. Undefined if not known. */
	readonly keyName?: string | undefined;
}

/** The maximum number of attempts, more if SMTP2GO only asks to wait, and the bounds of a pause in milliseconds. */
const ATTEMPTS = 4;
const ATTEMPTS_AT_LIMIT = 6;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8_000;
/** The longest pause, in milliseconds, that the server can ask for. A longer one is reported as an error. */
const LONGEST_ASKED_PAUSE = 600_000;
/**
 * The pause after a second 429 without a time. SMTP2GO blocks an address for a minute or more (its guide on rate
 * limits).
 */
const MINUTE = 60_000;
/** Timeouts of a call in milliseconds. An email of 50 MB takes longer than a read. */
const READ_TIMEOUT = 30_000;
const SEND_TIMEOUT = 120_000;

/**
 * True if the same call can be made again without a second effect. That holds for a read with a temporary failure, and
 * for other calls only if they provably never arrived (connection refused, no address) or were rejected unread (429).
 */
function mayRepeat(operation: Operation, { type, details }: Smtp2goError): boolean {
	// Only the status shows that a call was rejected unread. The same message can come with any other status.
	if (type === 'rateLimit') return operation.effect === 'reads' || details.httpStatus === 429;
	if (type === 'unreachable') return !/CERT|SIGNATURE|SELF_SIGNED|INVALID_URL/.test(details.networkCode ?? '');
	return operation.effect === 'reads' && type === 'server';
}

/**
 * Returns the milliseconds before the next attempt: what the server asked for, or exponential backoff with full jitter.
 * Returns undefined if the pause is too long.
 */
function pauseBefore(attempt: number, error: Smtp2goError, random: number): number | undefined {
	const asked = error.details.retryAfterMs;
	if (asked !== undefined) return asked <= LONGEST_ASKED_PAUSE ? asked : undefined;
	if (error.type === 'rateLimit' && attempt > 0) return MINUTE * (1 + random / 4);
	return random * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
}

function isAtLimit(result: Result<unknown>): boolean {
	return !result.ok && result.error.type === 'rateLimit';
}

/** Returns the milliseconds after which a failed call is retried, or undefined if it is not. */
function pauseAfter(operation: Operation, attempt: number, error: Smtp2goError, random: number): number | undefined {
	const attempts = error.type === 'rateLimit' ? ATTEMPTS_AT_LIMIT : ATTEMPTS;
	return attempt + 1 < attempts && mayRepeat(operation, error) ? pauseBefore(attempt, error, random) : undefined;
}

/** The headers of every call. The host adds the header with the key. */
export const HEADERS: Readonly<Record<string, string>> = {
	Accept: 'application/json',
	'Content-Type': 'application/json',
	'X-Smtp2go-Api': CLIENT_NAME,
	'X-Smtp2go-Api-Version': CLIENT_VERSION,
};

/** Makes one call without retry and judges the response. */
async function callOnce(
	{ host, baseUrl, signal }: Connection,
	operation: Operation,
	body: Body,
): Promise<Result<ApiResponse>> {
	const outcome = await host.send({
		method: operation.method,
		url: `${baseUrl}${operation.path}`,
		headers: HEADERS,
		body,
		...(operation.keyInBody ? { keyInBody: true } : {}),
		timeoutMs: operation.effect === 'sends' ? SEND_TIMEOUT : READ_TIMEOUT,
		signal: operation.effect === 'reads' ? signal : undefined,
	});
	if (outcome.answered)
		return readSafely(operation, { httpStatus: outcome.status }, () =>
			readResponse(operation, outcome.status, outcome.headers, outcome.text, host.now()),
		);
	return failure(faultError(operation, outcome.arrived, outcome.code, outcome.message));
}

/**
 * Calls an operation with a body from `buildRequest`, and retries it if that is safe. If SMTP2GO rejects calls as too
 * frequent, all calls of the gate pause. Nothing is ever sent twice: an email whose response was lost is the error
 * `outcomeUnknown`.
 */
export async function call(connection: Connection, operation: Operation, body: Body): Promise<Result<ApiResponse>> {
	const { host, signal, onWait, gate = new Gate(host) } = connection;
	const { path, rate } = operation;
	let last: Result<ApiResponse> | undefined;
	for (let attempt = 0; ; attempt++) {
		let pause: number | undefined;
		const result = await gate.pass({ path, rate, signal, onWait, again: attempt > 0 }, async () => {
			const made = await callOnce(connection, operation, body);
			pause = made.ok ? undefined : pauseAfter(operation, attempt, made.error, host.random());
			// Before the slot is free, or the next call would start before the pause.
			if (pause !== undefined && isAtLimit(made)) gate.hold(pause);
			return made;
		});
		if (result === undefined)
			return (
				last ?? failure(new Smtp2goError('cancelled', 'Canceled before anything was sent', { endpoint: path }))
			);
		if (result.ok || pause === undefined) return result;
		last = result;
		notify(connection, pause, isAtLimit(result) ? 'SMTP2GO asks for fewer calls' : result.error.message);
		if (!isAtLimit(result)) await host.sleep(pause, signal);
	}
}
