/** Many emails in few calls: cut by number and size, sent through `/email/batch`, each with its own outcome. */
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

/** Emails in a call unless told otherwise, and at most. */
export const DEFAULT_BATCH = 100;
export const MAX_BATCH = 1000;

/** Bytes around the emails of a batch: `{"emails":[` and `]}`. */
const FRAME = 13;

/**
 * Builds one email of a batch, checked as Send checks its own.
 * @param values by API field name, as `buildRequest` takes them
 * @returns an `invalid` error also where the email alone is larger than a call may be
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
 * Cuts emails into calls, in their order: as many as may go together by number and by the true size of their JSON.
 * @param emails from `buildMail`
 * @param most emails in a call, 1 to 1,000
 * @returns for each call the places of its emails in the list
 */
export function cutEmails(emails: readonly BuiltRequest[], max = DEFAULT_BATCH): number[][] {
	const limit = bodyLimit(batch);
	const calls: number[][] = [];
	let bytes = Infinity;
	for (const [index, email] of emails.entries()) {
		const last = calls.at(-1);
		// A comma stands before every email but the first.
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

/** The one call that sends these emails; an `invalid` error where they are too many or too large together. */
export function batchRequest(emails: readonly BuiltRequest[]): Result<BuiltRequest> {
	if (emails.length > MAX_BATCH)
		return failure(
			new Smtp2goError('invalid', `SMTP2GO accepts at most ${MAX_BATCH} emails per call, not ${emails.length}`),
		);
	return toRequest(batch, { emails: emails.map(({ fields }) => fields) });
}

/**
 * Sends emails in one call of `/email/batch`.
 * @returns an outcome for each, in order: SMTP2GO's own entry with its `email_id` or `schedule_id`, or its own error. A
 *   call that failed fails every email of it with the same error, and none is sent singly.
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

/** Sends one email, or a MIME message, by its own call: SMTP2GO's own answer. */
export async function sendEmail(connection: Connection, email: BuiltRequest): Promise<Result<JsonObject>> {
	const outcome = await perform(connection, email, { raw: true });
	if (!outcome.ok) return outcome;
	return success(isJsonObject(outcome.value.result) ? outcome.value.result : {});
}
