/**
 * What went wrong, as far as a person needs to know:
 * - `invalid`: the values are wrong; nothing was sent
 * - `auth`: the key is unknown in this region
 * - `permission`: the key may not call this endpoint
 * - `rateLimit`: too many calls; try later
 * - `rejected`: SMTP2GO took the call but refused the email
 * - `refused`: SMTP2GO refused the call
 * - `server`: SMTP2GO failed, and the call may be repeated
 * - `unreachable`: the call never arrived
 * - `outcomeUnknown`: the call left, the answer was lost
 * - `cancelled`: the host stopped it
 */
export type ErrorType =
	| 'invalid'
	| 'auth'
	| 'permission'
	| 'rateLimit'
	| 'rejected'
	| 'refused'
	| 'server'
	| 'unreachable'
	| 'outcomeUnknown'
	| 'cancelled';

/** A field that SMTP2GO or the request builder complained about. */
export interface FieldError {
	readonly field: string;
	readonly message: string;
}

/** Everything known about an error besides its type and sentence. */
export interface ErrorDetails {
	/** What to do about it, one or two sentences. */
	readonly hint?: string;
	/** Path of the endpoint; for `permission` also the name of the missing permission. */
	readonly endpoint?: string;
	readonly httpStatus?: number;
	/** SMTP2GO's own code, as in `E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED`. */
	readonly errorCode?: string;
	/** SMTP2GO's number of the call, for its support. */
	readonly requestId?: string;
	readonly fieldErrors?: readonly FieldError[];
	/** SMTP2GO's sentences on email that it refused. */
	readonly failures?: readonly string[];
	/** True where a part was sent all the same: to send all again would send that part twice. */
	readonly partly?: true;
	/** To whom an email among several was, and what about. */
	readonly to?: readonly string[];
	readonly subject?: string;
	/** The mail's ID, where a refused one got one. */
	readonly emailId?: string;
	/** How long to wait before the next try, in milliseconds, where the answer said so. */
	readonly retryAfterMs?: number;
	/** Code of the network fault, as in `ECONNRESET`. */
	readonly networkCode?: string;
}

/** The one error of this project. `api/` returns it; only a host throws. */
export class Smtp2goError extends Error {
	override readonly name = 'Smtp2goError';

	readonly details: ErrorDetails;

	constructor(
		readonly type: ErrorType,
		message: string,
		details: ErrorDetails = {},
	) {
		super(withoutKeys(message));
		this.details = redacted(details);
	}

	/** Stable code for flows that branch on it, as in `SMTP2GO_OUTCOME_UNKNOWN`. */
	get code(): string {
		return `SMTP2GO_${this.type.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
	}

	/** What to do, then the missing permission, HTTP status, code and request ID: all after the sentence itself. */
	get explanation(): string {
		const { hint, endpoint, httpStatus, errorCode, requestId } = this.details;
		return [
			// What the sentence itself says already is not said again.
			hint !== undefined && this.message.includes(hint.replace(/\.$/, '')) ? undefined : hint,
			this.type === 'permission' && endpoint && !this.message.includes(endpoint)
				? `Missing permission: ${endpoint}`
				: undefined,
			// With a yes it would only mislead.
			httpStatus && httpStatus !== 200 ? `HTTP status: ${httpStatus}` : undefined,
			errorCode ? `Error code: ${errorCode}` : undefined,
			requestId ? `Request ID: ${requestId}` : undefined,
		]
			.filter((part) => part !== undefined)
			.join('. ');
	}
}

/** The text with every SMTP2GO API key in it masked (a key is `api-` and 32 letters or digits). */
export function withoutKeys(text: string): string {
	return text.replace(/api-[A-Za-z0-9]{32}/g, 'api-…');
}

/** The same value with every key in its texts blotted out. */
function redacted<T>(value: T): T;
function redacted(value: unknown): unknown {
	if (typeof value === 'string') return withoutKeys(value);
	if (Array.isArray(value)) return value.map((part: unknown) => redacted(part));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redacted<unknown>(part)]));
}

/** An error in the values of one field; nothing has been sent. */
export function invalid(field: string, message: string): Smtp2goError {
	return new Smtp2goError('invalid', message, { fieldErrors: [{ field, message }] });
}
