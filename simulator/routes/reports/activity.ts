// The activity log: `/activity/search`.
import { activityRow, type Happening } from '../../email/activity';
import { recipientsOf } from '../../email/postman';
import { choice, listOf, object, optional, otherwise, text, wholeNumber, yesNo } from '../../schema/readers';
import { time } from '../../schema/values';
import type { JsonObject } from '../../core/json';
import type { Email, SimulatorEvent } from '../../types';
import { accountName, visibleEmails } from '../shared/owner';
import { newestFirstPage } from '../shared/paging';
import { isIn, midnight } from '../shared/period';
import { type Call, type Route, route } from '../shared/route';

const NAMES = [
	'processed',
	'soft-bounced',
	'hard-bounced',
	'rejected',
	'spam',
	'delivered',
	'unsubscribed',
	'resubscribed',
	'opened',
	'clicked',
] as const;

const searched = object({
	start_date: optional(time),
	end_date: optional(time),
	search: optional(text()),
	search_email_id: optional(text()),
	search_subject: optional(text()),
	search_sender: optional(text()),
	search_recipient: optional(text()),
	// Taken since November 2026. Their values are not published: whatever is given, the search is the usual one.
	search_subject_op: optional(text()),
	search_sender_op: optional(text()),
	search_recipient_op: optional(text()),
	search_usernames: otherwise(listOf(text()), []),
	subaccounts: otherwise(listOf(text()), []),
	limit: otherwise(wholeNumber({ min: 1, max: 1_000 }), 100),
	continue_token: optional(text()),
	only_latest: otherwise(yesNo, false),
	only_latest_by_sent: otherwise(yesNo, false),
	event_types: otherwise(listOf(choice(...NAMES)), []),
	include_headers: otherwise(yesNo, false),
	custom_headers: otherwise(listOf(text()), []),
	region: optional(choice('us', 'eu', 'au')),
});

type Query = ReturnType<typeof searched>;

interface Found extends Happening {
	row: JsonObject;
}

function contains(value: unknown, term: string | undefined): boolean {
	return term === undefined || (typeof value === 'string' && value.toLowerCase().includes(term.trim().toLowerCase()));
}

/** Whether an email is one of those asked for. */
function isWanted(email: Email, { search_email_id, search_usernames, subaccounts }: Query): boolean {
	return (
		(search_email_id === undefined || email.emailId === search_email_id) &&
		(search_usernames.length === 0 || search_usernames.some((name) => name.slice(0, 16) === email.username)) &&
		(subaccounts.length === 0 || (email.subaccountId !== undefined && subaccounts.includes(email.subaccountId)))
	);
}

/** `search` looks into every text of the row; `a | b` means either. */
function fits({ row, email }: Found, query: Query): boolean {
	const terms = query.search?.split('|');
	const texts = [...Object.values(row), ...recipientsOf(email)];
	return (
		(terms === undefined || terms.some((term) => texts.some((value) => contains(value, term)))) &&
		contains(row['subject'], query.search_subject) &&
		contains(row['sender_full'], query.search_sender) &&
		contains(row['recipient'] ?? recipientsOf(email).join(' '), query.search_recipient) &&
		(query.event_types.length === 0 || query.event_types.some((type) => type === row['event']))
	);
}

/** Every event that is asked for, newest first. */
function find(query: Query, call: Call): Found[] {
	const { state } = call.world;
	const period = { start: query.start_date ?? midnight(0), end: query.end_date };
	const emails = visibleEmails(call).filter((email) => isWanted(email, query));
	const eventsOf = new Map<Email, SimulatorEvent[]>(emails.map((email) => [email, []]));
	const options = { headers: query.include_headers, customHeaders: query.custom_headers };
	const happenings = state.events.flatMap((event): Happening[] => {
		const email = state.email(event.emailId);
		const all = email && eventsOf.get(email);
		if (!email || !all) return [];
		all.push(event);
		return isIn(period, event.time) ? [{ event, email, all, account: accountName(state, email.subaccountId) }] : [];
	});
	return happenings
		.reverse()
		.map((happening) => ({ ...happening, row: activityRow(happening, options) }))
		.filter((found) => fits(found, query));
}

/** The newest event of each email; they come in the order of events, or of the mails' sending. */
function latest(found: Found[], bySent: boolean): Found[] {
	const seen = new Set<Email>();
	const newest = found.filter(({ email }) => !seen.has(email) && seen.add(email));
	return bySent ? newest.sort((a, b) => b.email.receivedAt.localeCompare(a.email.receivedAt)) : newest;
}

function search(query: Query, call: Call): JsonObject {
	const { region } = call.world.settings;
	// Another region than the account's knows nothing of its emails.
	const elsewhere = query.region !== undefined && region !== 'any' && query.region !== region;
	const all = elsewhere ? [] : find(query, call);
	const found = query.only_latest || query.only_latest_by_sent ? latest(all, query.only_latest_by_sent) : all;
	const { rows, continueToken } = newestFirstPage(found, query.limit, query.continue_token);
	return { events: rows.map(({ row }) => row), total_events: found.length, continue_token: continueToken };
}

/** Activity: the events of the account's emails, newest first. SMS are not part of it. */
export const activityRoutes: Route[] = [route('POST', '/activity/search', searched, search)];
