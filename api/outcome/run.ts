/** The compound operation Wait for Delivery: all entries wait together, and each gets its own outcome. */
import type { Connection } from '../client/call';
import { Smtp2goError } from '../core/errors';
import type { JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import type { WireObject } from '../files/wire';
import type { EmailOutcome, WaitedOutcomes, WatchedEmail } from './types';
import { faultOf, waitForOutcomes } from './wait';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const TIME_LIMIT = 10;
const SENT_WITHIN = 1;

/** A schedule ID is a UUID (contract, `schedule_id`). An email ID is not. */
const SCHEDULE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function numberIn(value: unknown, otherwise: number): number {
	return typeof value === 'number' ? value : otherwise;
}

/** Returns the largest of the values of a field. */
function most(entries: readonly WireObject[], name: string, otherwise: number): number {
	return entries.reduce((largest, entry) => Math.max(largest, numberIn(entry[name], otherwise)), 0);
}

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function emailIn({ email_id: id, recipients, soft_bounce_is_final: soft }: WireObject): WatchedEmail {
	const listed: readonly unknown[] = Array.isArray(recipients) ? recipients : [];
	const name = isText(id) && SCHEDULE_ID.test(id) ? 'scheduleId' : 'emailId';
	return {
		[name]: isText(id) ? id : undefined,
		recipients: listed.filter(isText),
		softBounceCounts: soft === true,
	};
}

/** The error of an email whose outcome is not final when the time is up. */
function notInTime({ emailId, outcome, reason, recipients }: EmailOutcome, minutes: number): Smtp2goError {
	const within = minutes === 0 ? 'so far' : minutes === 1 ? 'within a minute' : `within ${minutes} minutes`;
	const known = outcome === 'pending' ? '' : `. So far: ${outcome}${reason === null ? '' : `, ${reason}`}`;
	return new Smtp2goError('outcomeUnknown', `The outcome of the email was not known ${within}${known}`, {
		hint:
			'SMTP2GO may still deliver the email. Increase Time Limit, or look the email up with the operation ' +
			'"Search email activity"',
		...(emailId === null ? {} : { emailId }),
		to: recipients.flatMap(({ address }) => address ?? []),
	});
}

/** Returns the record of an entry, or its error. @param minutes that all entries had */
function recordOf(
	outcome: EmailOutcome | Smtp2goError | undefined,
	{ log, waitedMs }: WaitedOutcomes,
	{ when_time_is_up: then }: WireObject,
	minutes: number,
): Result<readonly JsonObject[]> {
	if (outcome === undefined) return success([]);
	if (outcome instanceof Smtp2goError) return failure(outcome);
	if (then === 'fail' && !outcome.final) return failure(notInTime(outcome, minutes));
	return success([{ ...outcome, waitedSeconds: Math.round(waitedMs / 1000), log }]);
}

/**
 * Waits for the emails of all entries. The node outputs everything at the same time, so the longest time limit counts
 * for all.
 * @param options `stops`: true if the error of one entry makes the records of the others worthless
 */
export async function runWaitForDelivery(
	connection: Connection,
	entries: readonly WireObject[],
	{ stops }: { readonly stops: boolean } = { stops: false },
): Promise<readonly Result<readonly JsonObject[]>[]> {
	const emails = entries.map(emailIn);
	// One email without an ID would make all others wait for nothing.
	const faults = stops ? emails.map(faultOf) : [];
	if (faults.some((fault) => fault !== undefined))
		return faults.map((fault) => (fault === undefined ? success([]) : failure(fault)));
	const minutes = most(entries, 'time_limit', TIME_LIMIT);
	const waited = await waitForOutcomes(connection, emails, {
		timeoutMs: minutes * MINUTE,
		lookBackMs: most(entries, 'sent_within', SENT_WITHIN) * HOUR,
	});
	if (!waited.ok) return entries.map(() => waited);
	const { outcomes } = waited.value;
	return entries.map((entry, index) => recordOf(outcomes[index], waited.value, entry, minutes));
}
