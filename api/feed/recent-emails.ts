/** The last emails of an account with the fate of each recipient, in one call. */
import type { Connection } from '../client/call';
import { success, type Result } from '../core/result';
import type { EventKind } from '../webhook/event-names';
import { SECOND, startCursor, startOfCursor, wholeSecond } from './cursor';
import { readLogEntry } from './log-entry';
import { failedWindow, LogReader } from './log-reader';

/** An email to one recipient, and the last that is known of it. */
export interface RecentEmail {
	readonly emailId: string | null;
	readonly recipient: string | null;
	readonly sender: string | null;
	readonly subject: string | null;
	/** The last event, such as `delivered`. `processed` if nothing came after it. */
	readonly kind: EventKind;
	/** When that was, as ISO 8601 in UTC. */
	readonly time: string | null;
	/** Why it failed, as the mail server or SMTP2GO says. */
	readonly reason: string | null;
}

/** Which emails count, and how many of them to return. */
export interface RecentOptions {
	/** Maximum number of emails, each to one recipient. */
	readonly count: number;
	/** How far back to look, in hours. */
	readonly hoursBack: number;
	/** SMTP users or API keys whose emails count. All if empty. */
	readonly usernames: readonly string[];
	/** IDs of the subaccounts whose emails count. */
	readonly subaccounts: readonly string[];
}

/** The events that are read for each email: an email that is opened and clicked has four, most have two. */
const EVENTS_EACH = 8;

/**
 * Reads the last emails, newest first. Not the API's own `only_latest`: it returns one event of an email with several
 * recipients, and so hides a bounce behind the delivery to another recipient.
 */
export async function recentEmails(
	connection: Connection,
	{ count, hoursBack, usernames, subaccounts }: RecentOptions,
): Promise<Result<readonly RecentEmail[]>> {
	const reader = new LogReader(connection, {
		...(usernames.length === 0 ? {} : { search_usernames: [...usernames] }),
		...(subaccounts.length === 0 ? {} : { subaccounts: [...subaccounts] }),
	});
	const now = connection.host.now();
	const window = { from: startOfCursor(startCursor(now, hoursBack)), to: wholeSecond(now) + SECOND };
	const page = await reader.page(window, undefined, count * EVENTS_EACH);
	if (!page.ok) return page;
	if (page.value === undefined) return failedWindow(window);
	const found = new Map<string, RecentEmail>();
	for (const entry of page.value.entries) {
		const { emailId, recipient, recipients, sender, subject, kind, time, reason } = readLogEntry(entry, []).delivery
			.event;
		// An email is processed once for all its recipients.
		for (const one of kind === 'processed' && recipients.length > 0 ? recipients : [recipient]) {
			const key = JSON.stringify([emailId, (one ?? '').toLowerCase()]);
			const known = found.get(key);
			// Newest first, but two events of the same second can be in any order, and an email is processed before all.
			if (known === undefined || known.kind === 'processed')
				found.set(key, { emailId, recipient: one, sender, subject, kind, time, reason });
		}
	}
	return success([...found.values()].slice(0, count));
}
