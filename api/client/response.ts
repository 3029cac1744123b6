/**
 * Reads a response: SMTP2GO's envelope in both its shapes, its errors by their text, and the emails that it rejected.
 */
import { Smtp2goError, type ErrorDetails, type ErrorType, type FieldError } from '../core/errors';
import { isTooDeep } from '../core/depth';
import { failure, success, type Result } from '../core/result';
import {
	numberOrZero,
	isJsonObject,
	isRecord,
	parseJson,
	stringOrEmpty,
	type Json,
	type JsonObject,
} from '../core/json';
import type { Operation } from '../catalogue/types';

/** A call that worked. */
export interface ApiResponse {
	/** `data` of the envelope; `{}` if the endpoint returns none. */
	readonly data: Json;
	readonly requestId: string | null;
	/** When SMTP2GO responded, by its own clock, in milliseconds since 1970. Undefined if it does not say. */
	readonly respondedAt?: number | undefined;
	/** The whole response as received. */
	readonly raw: JsonObject;
}

interface Envelope {
	readonly raw: JsonObject;
	readonly error: string | undefined;
	readonly details: ErrorDetails;
}

const LOOK_UP_SMS =
	'It may have been sent. Before you resend it, wait a few minutes and look for it with the operation "Get many sent SMS"';
const LOOK_UP =
	'It may have been sent. Before you resend it, wait a few minutes and search for its recipient and subject on SMTP2GO\'s page Reports > Activity or with the operation "Search email activity"';
const PARTLY = 'Part of it was sent. Find out which part, and resend only the rest';
const CHECK_STATE = 'It may have taken effect. Check the current state before you retry';

/** Returns what the user can do about an unknown outcome. */
function unknownHint({ effect, result }: Operation): string {
	if (result.is === 'sentSms') return LOOK_UP_SMS;
	return effect === 'sends' ? LOOK_UP : CHECK_STATE;
}

/**
 * The error for a call that left and got no usable response. A read can be retried; anything else may have had its
 * effect.
 */
export function lostResponse(operation: Operation, message: string, details: ErrorDetails): Smtp2goError {
	return operation.effect === 'reads'
		? new Smtp2goError(
				'server',
				message.replace(/^./, (first) => first.toUpperCase()),
				{ hint: 'Try again later', ...details },
			)
		: new Smtp2goError('outcomeUnknown', `Outcome unknown: ${message}`, {
				hint: unknownHint(operation),
				...details,
			});
}

/** The common codes of network faults, in words. */
const FAULTS: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'connection reset',
	ECONNABORTED: 'connection aborted',
	EPIPE: 'connection closed',
	ETIMEDOUT: 'timed out',
	UND_ERR_CONNECT_TIMEOUT: 'timed out',
	ENOTFOUND: 'hostname not found',
	EAI_AGAIN: 'DNS lookup failed',
	EAI_FAIL: 'DNS lookup failed',
	EHOSTUNREACH: 'host unreachable',
	ENETUNREACH: 'network unreachable',
	EADDRNOTAVAIL: 'local address not available',
};

/**
 * Returns a network fault in words, in parentheses. The code goes only into `networkCode`: n8n replaces any message
 * that contains one with a generic sentence, which for ECONNRESET is "You can retry the request immediately"
 * (setDescriptiveErrorMessage of n8n-workflow 2.41.0).
 */
function inWords(code: string, message: string): string {
	const words = FAULTS[code] ?? message;
	return words === '' || /\bE[A-Z_]{3,}\b|getaddrinfo/.test(words) ? '' : ` (${words})`;
}

/** The error of a call that got no response. */
export function faultError(
	operation: Operation,
	arrived: 'no' | 'unknown',
	code: string,
	message: string,
): Smtp2goError {
	const details = { networkCode: code, endpoint: operation.path };
	const fault = inWords(code, message);
	if (arrived === 'no') {
		return new Smtp2goError('unreachable', `SMTP2GO could not be reached${fault}`, {
			hint: 'Nothing was sent. Check your network, your proxy, and the region or base URL of the API key',
			...details,
		});
	}
	return lostResponse(operation, `the connection to SMTP2GO failed before the response arrived${fault}`, details);
}

/**
 * Reads the response to a call that left. If reading it throws, the call may still have had its effect, and the host
 * must not treat it as one that never left.
 */
export function readSafely<T>(operation: Operation, details: ErrorDetails, read: () => Result<T>): Result<T> {
	try {
		return read();
	} catch {
		return failure(
			lostResponse(operation, "SMTP2GO's response could not be read", { endpoint: operation.path, ...details }),
		);
	}
}

/** Returns text as is, and anything else as JSON. */
function words(value: Json): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reads the envelope. The error properties are in `data`; the documentation also shows them at the top level. */
function readEnvelope(raw: JsonObject, operation: Operation, status: number): Envelope {
	const inner = isJsonObject(raw['data']) && 'error' in raw['data'] ? raw['data'] : raw;
	const validation = inner['field_validation_errors'];
	const fieldErrors: FieldError[] = (Array.isArray(validation) ? validation : [validation])
		.filter(isJsonObject)
		.map((entry) => ({ field: stringOrEmpty(entry['fieldname']), message: stringOrEmpty(entry['message']) }))
		.filter(({ message }) => message !== '');
	const { error } = inner;
	return {
		raw,
		error: error === undefined || error === null || error === '' ? undefined : words(error),
		details: {
			endpoint: operation.path,
			httpStatus: status,
			...(typeof inner['error_code'] === 'string' ? { errorCode: inner['error_code'] } : {}),
			...(typeof raw['request_id'] === 'string' ? { requestId: raw['request_id'] } : {}),
			...(fieldErrors.length > 0 ? { fieldErrors } : {}),
		},
	};
}

/**
 * Classifies an error. The text counts before the status, because an unknown key is a 500 and a missing permission a
 * 400.
 */
function classify(text: string, status: number): { type: ErrorType; hint?: string } {
	const has = (part: string) => text.toLowerCase().includes(part);
	if (has("matching the passed 'api_key' was not found") || status === 401) {
		return { type: 'auth', hint: 'Check the API key and the region. A key works only in its own region' };
	}
	if (
		has('do not have permission to access this api endpoint') ||
		has('endpoint_permission_denied') ||
		status === 403
	) {
		return { type: 'permission', hint: "Allow this endpoint for the key on SMTP2GO's page Sending > API Keys" };
	}
	if (status === 429 || has('ratelimit exceeded') || has('rate limited') || has('req_limit_exceeded')) {
		return { type: 'rateLimit', hint: 'Wait a minute or more, and lower Concurrent Calls or Calls per Minute' };
	}
	if (has('must point to a valid destination')) {
		return {
			type: 'refused',
			hint: 'SMTP2GO could not reach this URL. It must be public and respond immediately. Behind a proxy or at home, use a tunnel',
		};
	}
	if (has('not verified') && !has('verified senders'))
		return {
			type: 'refused',
			hint: "Verify the sender's domain or address on SMTP2GO's page Sending > Verified Senders",
		};
	if (status === 404)
		return {
			type: 'refused',
			hint: 'This address has no such endpoint. Check the base URL that you set for the API key. It ends with the version, such as https://api.smtp2go.com/v3',
		};
	return { type: status >= 500 ? 'server' : 'refused' };
}

/** Returns the time of the response by the server's own clock, from its `Date` header. */
function timeOf({ date = '' }: Readonly<Record<string, string | undefined>>): number | undefined {
	const time = Date.parse(date);
	return Number.isFinite(time) ? time : undefined;
}

/**
 * Returns how long the response asks to wait, in milliseconds: `Retry-After` in seconds or as a date, or
 * `x-ratelimit-reset` in seconds. A date is compared with the server's own clock if the response tells it, because this
 * clock may be wrong.
 */
function retryAfter(headers: Readonly<Record<string, string | undefined>>, now: number): { retryAfterMs?: number } {
	const text = headers['retry-after'] ?? headers['x-ratelimit-reset'] ?? headers['x-rate-limit-reset'];
	if (text === undefined) return {};
	const seconds = Number(text);
	const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - (timeOf(headers) ?? now);
	return Number.isFinite(wait) && wait >= 0 ? { retryAfterMs: wait } : {};
}

/** Returns the main sentence of an error: the message about a field if there is one, else SMTP2GO's. */
function sentence(envelope: Envelope, status: number): string {
	const [field] = envelope.details.fieldErrors ?? [];
	if (field)
		return field.field && !field.message.includes(field.field) ? `${field.field}: ${field.message}` : field.message;
	return envelope.error ?? `SMTP2GO responded with HTTP status ${status}`;
}

/** Returns SMTP2GO's messages about a rejected email, in any form. Empty for other emails. */
function failuresOf({ error, failures, failed }: JsonObject): string[] {
	if (error !== undefined && error !== null && error !== '' && error !== false) return [words(error)];
	const list = Array.isArray(failures) ? failures : [failures ?? null];
	const told = list.filter((entry) => entry !== null && entry !== '').map(words);
	return told.length === 0 && numberOrZero(failed) > 0
		? [`SMTP2GO rejected the email (failed: ${numberOrZero(failed)})`]
		: told;
}

/** True for an ID: text that is not empty. */
function isId(value: Json | undefined): value is string {
	return typeof value === 'string' && value !== '';
}

/**
 * Returns the error of an email that was rejected although the call succeeded: with `failed`, `failures`, or `error`,
 * or without any sign of success.
 */
export function rejectionOf(operation: Operation, email: JsonObject, details: ErrorDetails): Smtp2goError | undefined {
	const { email_id: id, schedule_id: scheduled, succeeded } = email;
	const failures = failuresOf(email);
	const [text] = failures;
	const isTaken = numberOrZero(succeeded) > 0;
	if (text === undefined)
		return isTaken || isId(id) || isId(scheduled)
			? undefined
			: lostResponse(operation, "SMTP2GO's response does not say whether it accepted the email", details);
	const advice = isTaken ? { partly: true as const, hint: PARTLY } : pickHint(classify(failures.join(' '), 200));
	return new Smtp2goError('rejected', text, {
		...details,
		...(isId(id) ? { emailId: id } : {}),
		failures,
		...advice,
	});
}

/** The same for the response to one email. */
function rejectedEmail(operation: Operation, data: Json, details: ErrorDetails): Smtp2goError | undefined {
	return operation.result.is === 'sent' ? rejectionOf(operation, isJsonObject(data) ? data : {}, details) : undefined;
}

/** The statuses of a text message that never reaches its number (contract, `messages.status`). */
const LOST_SMS = ['cancelled', 'expired', 'failed', 'rejected'];

/**
 * Returns the error of text messages that were rejected although the call succeeded, by `statuses`, a count per status.
 */
export function rejectedSms(operation: Operation, data: Json, details: ErrorDetails): Smtp2goError | undefined {
	if (operation.result.is !== 'sentSms') return undefined;
	const { statuses, messages, total_sent: sent } = isJsonObject(data) ? data : {};
	const counts = Object.entries(isJsonObject(statuses) ? statuses : {}).filter(
		([state, number]) => LOST_SMS.includes(state) && numberOrZero(number) > 0,
	);
	const named = (Array.isArray(messages) ? messages : [])
		.filter(isJsonObject)
		.filter(({ status }) => LOST_SMS.includes(stringOrEmpty(status)));
	if (counts.length > 0 || named.length > 0) {
		const failures =
			named.length > 0
				? named.map(({ destination, status }) =>
						[destination, status]
							.filter((part) => part !== undefined)
							.map(words)
							.join(': '),
					)
				: counts.map(([state, number]) => `${numberOrZero(number)} ${state}`);
		const lost = Math.max(
			named.length,
			counts.reduce((sum, [, number]) => sum + numberOrZero(number), 0),
		);
		const partly = numberOrZero(sent) > lost;
		return new Smtp2goError('rejected', `SMTP2GO did not accept the text message: ${failures.join(', ')}`, {
			...details,
			failures,
			...(partly ? { partly, hint: 'The other numbers were accepted. Resend it only to those that failed' } : {}),
		});
	}
	const accepted = numberOrZero(sent) > 0 || (Array.isArray(messages) && messages.length > 0);
	if (accepted) return undefined;
	return sent === 0
		? new Smtp2goError('rejected', 'SMTP2GO did not send the text message to any number', details)
		: lostResponse(operation, "SMTP2GO's response does not say whether it accepted the text message", details);
}

/**
 * Judges a response. Success is HTTP 200, no `error`, and no rejected email.
 * @param headers names in lower case
 */
export function readResponse(
	operation: Operation,
	status: number,
	headers: Readonly<Record<string, string | undefined>>,
	text: string,
	now: number,
): Result<ApiResponse> {
	const parsed = parseJson(text);
	const waiting = retryAfter(headers, now);
	if (!isRecord(parsed)) return failure(withoutEnvelope(operation, status, waiting, 'not JSON'));
	if (isTooDeep(parsed)) return failure(withoutEnvelope(operation, status, waiting, 'too deeply nested'));
	const envelope = readEnvelope(parsed as JsonObject, operation, status);
	const details = { ...envelope.details, ...waiting };
	const data = envelope.raw['data'] ?? {};
	if (status !== 200 || envelope.error !== undefined) {
		if (wasTaken(operation, data) && !saysNothing(status))
			return failure(takenInPart(envelope, sentence(envelope, status), details));
		const { type, hint } = classify(`${envelope.error ?? ''} ${details.errorCode ?? ''}`, status);
		// Whatever the message says: only an unknown key and a missing permission are known to come with a 500.
		const mayHaveHappened =
			saysNothing(status) && operation.effect !== 'reads' && type !== 'auth' && type !== 'permission';
		if (type === 'server' || mayHaveHappened)
			return failure(lostResponse(operation, sentence(envelope, status), details));
		return failure(new Smtp2goError(type, sentence(envelope, status), { ...details, ...(hint ? { hint } : {}) }));
	}
	const refused = rejectedEmail(operation, data, details) ?? rejectedSms(operation, data, details);
	return refused
		? failure(refused)
		: success({ data, requestId: details.requestId ?? null, respondedAt: timeOf(headers), raw: envelope.raw });
}

/**
 * True for a status that leaves open whether the call had its effect. SMTP2GO's success is 200 only, and a timeout or
 * failure may come after the effect.
 */
function saysNothing(status: number): boolean {
	return status >= 500 || (status > 200 && status < 300) || status === 408 || status === 499;
}

/** True if a response counts accepted emails or messages, whatever its error. */
function wasTaken({ effect }: Operation, data: Json): boolean {
	return (
		effect === 'sends' &&
		isJsonObject(data) &&
		(numberOrZero(data['succeeded']) > 0 || numberOrZero(data['total_sent']) > 0)
	);
}

/** The error of a call that was accepted in part. */
function takenInPart({ raw }: Envelope, message: string, details: ErrorDetails): Smtp2goError {
	const { email_id: id } = isJsonObject(raw['data']) ? raw['data'] : {};
	return new Smtp2goError('rejected', message, {
		...details,
		...(isId(id) ? { emailId: id } : {}),
		failures: [message],
		partly: true,
		hint: PARTLY,
	});
}

/**
 * The error of a response that is not SMTP2GO's: the page of a proxy, a truncated body, or JSON that is nested too
 * deeply.
 */
function withoutEnvelope(
	operation: Operation,
	status: number,
	waiting: { retryAfterMs?: number },
	what: string,
): Smtp2goError {
	const details = { endpoint: operation.path, httpStatus: status, ...waiting };
	if (status === 429)
		return new Smtp2goError('rateLimit', 'Too many calls (HTTP 429)', {
			...details,
			...pickHint(classify('', 429)),
		});
	if (status >= 300 && !saysNothing(status)) {
		const hint = 'The response is not from SMTP2GO. Check the base URL, and any proxy or firewall in between';
		return new Smtp2goError('refused', `The response (HTTP status ${status}) is ${what}`, { hint, ...details });
	}
	return lostResponse(operation, `the response (HTTP status ${status}) is ${what}`, details);
}

function pickHint({ hint }: { hint?: string }): ErrorDetails {
	return hint ? { hint } : {};
}
