/**
 * The type of an error:
 * - `invalid`: a value is invalid; nothing was sent
 * - `auth`: the key is unknown in this region
 * - `permission`: the key has no permission for this endpoint
 * - `rateLimit`: too many calls; retry later
 * - `rejected`: SMTP2GO accepted the call but rejected the email
 * - `refused`: SMTP2GO rejected the call
 * - `server`: SMTP2GO failed, and the call can be retried
 * - `unreachable`: the call never arrived
 * - `outcomeUnknown`: the call left, and the response was lost
 * - `cancelled`: the host canceled it
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

/** A field that is invalid according to SMTP2GO or the request builder. */
export interface FieldError {
	readonly field: string;
	readonly message: string;
}

/** Everything known about an error besides its type and sentence. */
export interface ErrorDetails {
	/** What to do about it, in one or two sentences. */
	readonly hint?: string;
	/** The path of the endpoint. For `permission` it is also the missing permission. */
	readonly endpoint?: string;
	readonly httpStatus?: number;
	/** SMTP2GO's own code, such as `E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED`. */
	readonly errorCode?: string;
	/** SMTP2GO's ID of the call, for its support. */
	readonly requestId?: string;
	readonly fieldErrors?: readonly FieldError[];
	/** SMTP2GO's messages about the email that it rejected. */
	readonly failures?: readonly string[];
	/** True if a part was sent. Resending everything would send that part twice. */
	readonly partly?: true;
	/** The recipients and the subject of an email of a batch. */
	readonly to?: readonly string[];
	readonly subject?: string;
	/** The ID of a rejected email, if it has one. */
	readonly emailId?: string;
	/** How long to wait before the next attempt, in milliseconds, if the response says so. */
	readonly retryAfterMs?: number;
	/** The code of the network fault, such as `ECONNRESET`. */
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

	/** A stable code for flows that branch on it, such as `SMTP2GO_OUTCOME_UNKNOWN`. */
	get code(): string {
		return `SMTP2GO_${this.type.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
	}

	/**
	 * The text after the message: what to do, the missing permission, the HTTP status, the error code, and the request
	 * ID.
	 */
	get explanation(): string {
		const { hint, endpoint, httpStatus, errorCode, requestId } = this.details;
		return [
			// Not if the message already says it.
			hint !== undefined && this.message.includes(hint.replace(/\.$/, '')) ? undefined : hint,
			this.type === 'permission' && endpoint && !this.message.includes(endpoint)
				? `Missing permission: ${endpoint}`
				: undefined,
			// A 200 would only mislead.
			httpStatus && httpStatus !== 200 ? `HTTP status: ${httpStatus}` : undefined,
			errorCode ? `Error code: ${errorCode}` : undefined,
			requestId ? `Request ID: ${requestId}` : undefined,
		]
			.filter((part) => part !== undefined)
			.join('. ');
	}
}

/** Masks every SMTP2GO API key in a text (a key is `api-` and 32 letters or digits). */
export function withoutKeys(text: string): string {
	return text.replace(/api-[A-Za-z0-9]{32}/g, 'api-…');
}

/** Masks every key in the texts of a value. */
function redacted<T>(value: T): T;
function redacted(value: unknown): unknown {
	if (typeof value === 'string') return withoutKeys(value);
	if (Array.isArray(value)) return value.map((part: unknown) => redacted(part));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redacted<unknown>(part)]));
}

/** The error for an invalid value of one field. Nothing was sent. */
export function invalid(field: string, message: string): Smtp2goError {
	return new Smtp2goError('invalid', message, { fieldErrors: [{ field, message }] });
}
