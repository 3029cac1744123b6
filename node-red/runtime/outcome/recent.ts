/**
 * What is known of the emails of an account that had an event lately, also of those that nobody waits for yet: an event
 * can arrive before the message with the result of the send reaches its node.
 */
import type { DeliveredEvent, WatchState } from '../../../api';
import { afterEvent, newState } from './email-state';

/** How long it is kept, in milliseconds: a flow can do other things between sending and waiting. */
export const RECENT = 15 * 60_000;

/** Maximum number of emails. */
const MAX_EMAILS = 10_000;

export class Recent {
	/** By their IDs; the email whose last event is the oldest first. */
	private readonly emails = new Map<string, { readonly at: number; readonly state: WatchState }>();

	/** @param now in milliseconds since 1970 */
	note(emailId: string, event: DeliveredEvent, now: number): void {
		const state = afterEvent(this.of(emailId, now), event);
		this.emails.delete(emailId);
		this.emails.set(emailId, { at: now, state });
		for (const [id, { at }] of this.emails) {
			if (this.emails.size <= MAX_EMAILS && at > now - RECENT) break;
			this.emails.delete(id);
		}
	}

	/** What is known of an email. */
	of(emailId: string, now: number): WatchState {
		const found = this.emails.get(emailId);
		return found !== undefined && found.at > now - RECENT ? found.state : newState(emailId);
	}
}
