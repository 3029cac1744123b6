/** What happened to an email, as far as its outcome depends on it: little enough to be kept for each email. */
import { isRecord, type DeliveredEvent } from '../../../api';

/** A part of an event. JSON can hold it. */
export type News = Pick<
	DeliveredEvent,
	'eventKey' | 'emailId' | 'kind' | 'bounceType' | 'recipient' | 'recipients' | 'time' | 'reason'
>;

/** The events that decide an outcome, by the names of webhooks. */
export const outcomeEvents = ['delivered', 'bounce', 'reject', 'spam'] as const;

/** The same by the names of the activity log. `unknown` can be a bounce that does not say whether it is hard. */
export const outcomeKinds: readonly string[] = ['delivered', 'hard-bounced', 'soft-bounced', 'rejected', 'spam'];

/** Maximum length of a reason in characters: some mail servers send a whole page. */
const MAX_REASON = 1_000;

/** The part of an event that is kept. */
export function newsOf(event: DeliveredEvent): News {
	const { eventKey, emailId, kind, bounceType, recipient, recipients, time, reason } = event;
	return {
		eventKey,
		emailId,
		kind,
		bounceType,
		recipient,
		// A delivery names them once more for each recipient.
		recipients: recipient === null ? recipients : [],
		time: time ?? new Date().toISOString(),
		reason: reason === null ? null : reason.slice(0, MAX_REASON),
	};
}

/** Adds news to those that are known, unless the other source has reported them. */
export function withNews(known: readonly News[], news: News): readonly News[] {
	return known.some(({ eventKey }) => eventKey === news.eventKey) ? known : [...known, news];
}

/** Reads what is stored; undefined for anything else. */
export function readNews(stored: unknown): News | undefined {
	return isRecord(stored) && typeof stored['eventKey'] === 'string' && Array.isArray(stored['recipients'])
		? (stored as unknown as News)
		: undefined;
}
