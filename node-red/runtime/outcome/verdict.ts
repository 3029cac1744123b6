/** When the outcome of an email that waits is decided. */
import type { EmailOutcome, JsonObject, OutcomeName } from '../../../api';
import { outcomeIn } from './email-state';
import type { Wait, WaitingEmail } from './wait';

/** Outcomes of a recipient after which the email cannot be delivered to all of them any more. */
const FAILED: readonly OutcomeName[] = ['hard-bounced', 'rejected', 'spam'];

/** When a soft bounce counts as failed, in milliseconds since 1970; infinite without one, or without its own limit. */
export function softEnd({ softLimit }: Wait, { softAt }: WaitingEmail): number {
	return softLimit === undefined || softAt === undefined ? Infinity : softAt + softLimit;
}

/** Returns the outcome of an email if it is decided, or the last one if a limit is over; undefined while it waits. */
export function judge(wait: Wait, email: WaitingEmail, now: number): EmailOutcome | undefined {
	const known = outcomeIn(email.state);
	if (known === undefined) return undefined;
	if (known.final || FAILED.includes(known.outcome) || wait.expiresAt <= now) return known;
	return known.outcome === 'soft-bounced' && softEnd(wait, email) <= now ? known : undefined;
}

/** The outcome of an email of a batch that SMTP2GO did not accept, or of which that is unknown. */
export function notAccepted({ type, message, to }: JsonObject): EmailOutcome {
	const outcome = type === 'outcomeUnknown' ? 'pending' : 'rejected';
	const reason = typeof message === 'string' ? message : null;
	const recipients = Array.isArray(to) ? to.map(String) : [];
	return {
		emailId: null,
		scheduleId: null,
		outcome,
		final: outcome === 'rejected',
		reason,
		at: null,
		recipients: recipients.map((address) => ({ address, outcome, reason, at: null })),
	};
}
