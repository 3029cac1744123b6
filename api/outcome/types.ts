/** What became of an email: the words, and the shapes that a watch takes and gives. */
import type { Smtp2goError } from '../core/errors';

/**
 * What became of an email, or of one of its recipients:
 * - `delivered`: the recipient's mail server accepted it
 * - `hard-bounced`: the mail server rejected it for good
 * - `soft-bounced`: the mail server rejected it for now; SMTP2GO may still deliver it
 * - `rejected`: SMTP2GO did not send it
 * - `spam`: it arrived, and the recipient reported it as spam
 * - `pending`: nothing of this is known yet
 */
export type OutcomeName = 'delivered' | 'hard-bounced' | 'soft-bounced' | 'rejected' | 'spam' | 'pending';

/** An email to watch. It needs an email ID or a schedule ID. */
export interface WatchedEmail {
	/** The `emailId` that the send returned. */
	readonly emailId?: string | null | undefined;
	/** The `scheduleId` of a scheduled email. Its email ID becomes known with its first event. */
	readonly scheduleId?: string | null | undefined;
	/**
	 * The recipients whose outcome counts, also as `Name <address>`. If empty, those that SMTP2GO names in the events.
	 */
	readonly recipients?: readonly string[] | undefined;
	/** True if a soft bounce is an outcome of this email. By default, the option of the watch decides. */
	readonly softBounceCounts?: boolean | undefined;
	/**
	 * When it was sent, or when a scheduled email is due, in milliseconds since 1970 by the clock of the host. By
	 * default, an email ID tells the time.
	 */
	readonly sentAt?: number | undefined;
}

/** What became of an email for one recipient. A type, because hosts output it as JSON. */
export type RecipientOutcome = {
	/** The bare address. Null if SMTP2GO names none. */
	address: string | null;
	outcome: OutcomeName;
	/** Why, in the words of the mail server or of SMTP2GO. */
	reason: string | null;
	/** When it happened, as ISO 8601 in UTC. */
	at: string | null;
};

/** What became of an email. A type, because hosts output it as JSON. */
export type EmailOutcome = {
	emailId: string | null;
	scheduleId: string | null;
	/** The outcome of its worst recipient: spam, hard-bounced, rejected, soft-bounced, pending, delivered. */
	outcome: OutcomeName;
	/** False if it can still become another one: a recipient is pending, or a soft bounce is not final. */
	final: boolean;
	/** The reason and the time of that recipient. */
	reason: string | null;
	at: string | null;
	recipients: RecipientOutcome[];
};

/** How a watch decides, and how much it keeps. */
export interface WatchOptions {
	/** True if a soft bounce is an outcome. By default, SMTP2GO's next attempts count. */
	readonly softBouncesCount?: boolean | undefined;
	/** The maximum number of emails. 100,000 by default. */
	readonly maxEmails?: number | undefined;
	/**
	 * The maximum number of emails whose events are kept although nobody watches them yet, because a webhook can be
	 * faster than the response to a send. The oldest ones are dropped. 1,000 by default; 0 for none.
	 */
	readonly maxEarly?: number | undefined;
}

/** What is known of the activity log after a look at it. A type, because hosts output it as JSON. */
export type LogKnowledge = {
	/** When the log was last read, by SMTP2GO's clock, as ISO 8601 in UTC. Null if it was never read. */
	readAt: string | null;
	/**
	 * Up to when the log is known to have everything that happened, as ISO 8601 in UTC. Entries appear up to 10 minutes
	 * late. Null if that is not known.
	 */
	completeUntil: string | null;
	/** The number of calls so far. */
	calls: number;
	/** Why the last look failed. Null if it did not. */
	problem: string | null;
};

/** How long to wait, and how. */
export interface WaitOptions extends WatchOptions {
	/** The time limit in milliseconds. */
	readonly timeoutMs: number;
	/**
	 * How long ago the emails were sent at most, in milliseconds, for those whose email ID and `sentAt` do not tell.
	 * An hour by default.
	 */
	readonly lookBackMs?: number | undefined;
}

/** What a wait found: an outcome for each email, in order, and what is known of the log. */
export interface WaitedOutcomes {
	readonly outcomes: readonly (EmailOutcome | Smtp2goError)[];
	readonly log: LogKnowledge;
	readonly waitedMs: number;
}
