/** What is known of an email that waits, or that may wait soon, as JSON. */
import { OutcomeWatch, type DeliveredEvent, type EmailOutcome, type WatchState } from '../../../api';

/** The events that decide an outcome, by the names of webhooks. */
export const outcomeEvents = ['delivered', 'bounce', 'reject', 'spam'] as const;

/** Each watch has one email, and keeps nothing about others. */
const OPTIONS = { maxEmails: 1, maxEarly: 0 } as const;

/** The state of an email of which nothing is known yet. */
export function newState(emailId: string, recipients: readonly string[] = []): WatchState {
	return withRecipients({ version: 1, emails: [] }, emailId, recipients);
}

/** A state in which these recipients count. If there are none, those count that events name. */
export function withRecipients(state: WatchState, emailId: string, recipients: readonly string[]): WatchState {
	const watch = OutcomeWatch.read(state, OPTIONS);
	watch.add({ emailId, recipients });
	return watch.toJSON();
}

/** When an email was sent, in milliseconds since 1970, as far as its ID tells. @param now the time now */
export function sentAt(state: WatchState, now: number): number | undefined {
	const watch = OutcomeWatch.read(state, OPTIONS);
	const [key = ''] = watch.keys();
	return watch.sentAt(key, now)?.moment;
}

/** The state after an event. */
export function afterEvent(state: WatchState, event: DeliveredEvent): WatchState {
	const watch = OutcomeWatch.read(state, OPTIONS);
	watch.feed(event);
	return watch.toJSON();
}

/** The outcome in a state, final or not. */
export function outcomeIn(state: WatchState): EmailOutcome | undefined {
	const watch = OutcomeWatch.read(state, OPTIONS);
	const [key = ''] = watch.keys();
	return watch.outcomeOf(key);
}
