/**
 * Sends many emails in few calls: splits them by number and size, sends them by `/email/batch`, and gives each its own
 * outcome.
 */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { operationOf } from '../catalogue';
import { isJsonObject, type JsonObject } from '../core/json';
import type { Connection } from '../client/call';
import { perform } from '../client/run';
import { withEmail } from '../client/sent';
import { bodyLimit, buildRequest, toRequest, type BuiltRequest } from '../request/build';
import { formatNumber } from '../core/format';

const single = operationOf('email', 'send');
const batch = operationOf('email', 'sendBatch');

/** The default and the maximum number of emails in a call. */
export const DEFAULT_BATCH = 100;
export const MAX_BATCH = 1000;

/** Bytes around the emails of a batch: `{"emails":[` and `]}`. */
const FRAME = 13;

/**
 * Builds one email of a batch, with the same checks as Send.
 * @param values by API field name, as `buildRequest` takes them
 * @returns an `invalid` error also if the email alone is too large for a call
 */
export function buildEmail(values: Readonly<Record<string, unknown>>, now: number): Result<BuiltRequest> {
	const email = buildRequest(single, values, now);
	if (!email.ok) return email;
	const bytes = email.value.bytes + FRAME;
	const limit = bodyLimit(batch);
	return bytes <= limit
		? email
		: failure(
				new Smtp2goError(
					'invalid',
					`The email has ${formatNumber(bytes)} bytes; SMTP2GO accepts at most ${formatNumber(limit)}`,
				),
			);
}

/**
 * Splits emails into calls, in their order, by number and by the size of their JSON.
 * @param emails from `buildEmail`
 * @param most emails in a call, 1 to 1,000
 * @returns for each call the positions of its emails in the list
 */
export function cutEmails(emails: readonly BuiltRequest[], max = DEFAULT_BATCH): number[][] {
	const limit = bodyLimit(batch);
	const calls: number[][] = [];
	let bytes = Infinity;
	for (const [index, email] of emails.entries()) {
		const last = calls.at(-1);
		// Every email except the first has a comma before it.
		const longer = bytes + 1 + email.bytes;
		if (last !== undefined && last.length < max && longer <= limit) {
			last.push(index);
			bytes = longer;
		} else {
			calls.push([index]);
			bytes = FRAME + email.bytes;
		}
	}
	return calls;
}

/** Builds the call that sends these emails. Returns an `invalid` error if they are too many or too large together. */
export function batchRequest(emails: readonly BuiltRequest[]): Result<BuiltRequest> {
	if (emails.length > MAX_BATCH)
		return failure(
			new Smtp2goError('invalid', `SMTP2GO accepts at most ${MAX_BATCH} emails per call, not ${emails.length}`),
		);
	return toRequest(batch, { emails: emails.map(({ fields }) => fields) });
}

/**
 * Sends emails in one call of `/email/batch`.
 * @returns an outcome for each, in order: SMTP2GO's entry with `email_id` or `schedule_id`, or an error. A call that
 * fails fails all its emails with the same error, and none is sent separately.
 */
export async function sendEmails(
	connection: Connection,
	emails: readonly BuiltRequest[],
): Promise<Result<JsonObject>[]> {
	const request = batchRequest(emails);
	const outcome = request.ok ? await perform(connection, request.value, { raw: true }) : request;
	return outcome.ok
		? [...(outcome.value.emails ?? [])]
		: emails.map(({ fields }) => failure(withEmail(outcome.error, fields)));
}

/** Sends one email or MIME message by its own call. Returns SMTP2GO's response. */
export async function sendEmail(connection: Connection, email: BuiltRequest): Promise<Result<JsonObject>> {
	const outcome = await perform(connection, email, { raw: true });
	if (!outcome.ok) return outcome;
	return success(isJsonObject(outcome.value.result) ? outcome.value.result : {});
}
