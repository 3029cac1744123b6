/**
 * What happened lately to the emails of an account, also to those that nobody waits for yet: an event can arrive before
 * the message with the result of the send reaches its node.
 */
import { withNews, type News } from './news';

/** How long it is kept, in milliseconds: a flow can do other things between sending and waiting. */
export const RECENT = 15 * 60_000;

/** Maximum number of emails. */
const MAX_EMAILS = 10_000;

/** Maximum number of events of an email, which can have 300 recipients. */
const MAX_NEWS = 1_000;

export class Recent {
	/** By their IDs; the email with the oldest news first. */
	private readonly emails = new Map<string, { readonly at: number; readonly news: readonly News[] }>();

	/** @param now in milliseconds since 1970 */
	note(emailId: string, news: News, now: number): void {
		const known = this.emails.get(emailId)?.news ?? [];
		this.emails.delete(emailId);
		this.emails.set(emailId, { at: now, news: known.length < MAX_NEWS ? withNews(known, news) : known });
		for (const [id, { at }] of this.emails) {
			if (this.emails.size <= MAX_EMAILS && at > now - RECENT) break;
			this.emails.delete(id);
		}
	}

	/** The news of an email. */
	of(emailId: string, now: number): readonly News[] {
		const found = this.emails.get(emailId);
		return found !== undefined && found.at > now - RECENT ? found.news : [];
	}
}
