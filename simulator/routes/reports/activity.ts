// The activity log: `/activity/search`.
import { activityName, activityRow } from '../../email/activity';
import { fullAddress } from '../../email/headers';
import { recipientsOf } from '../../email/postman';
import { choice, listOf, object, optional, otherwise, text, wholeNumber, yesNo } from '../../schema/readers';
import { time } from '../../schema/values';
import type { JsonObject } from '../../core/json';
import type { LogEntry } from '../../state/activity-log';
import type { Email } from '../../types';
import { accountName } from '../shared/owner';
import { newestFirstPage, pageByPlace } from '../shared/paging';
import { midnight } from '../shared/period';
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

/** An entry whose email is still known. */
interface Found extends LogEntry {
	email: Email;
}

const DAY = 86_400_000;

function contains(value: unknown, term: string | undefined): boolean {
	return term === undefined || (typeof value === 'string' && value.toLowerCase().includes(term.trim().toLowerCase()));
}

/** Whether an email is one of those asked for. A subaccount's key asks for those of its subaccount. */
function isWanted(email: Email, { search_email_id, search_usernames, subaccounts }: Query, { key }: Call): boolean {
	const { subaccountId } = email;
	return (
		(key.subaccountId === undefined || key.subaccountId === subaccountId) &&
		(search_email_id === undefined || email.emailId === search_email_id) &&
		(search_usernames.length === 0 || search_usernames.some((name) => name.slice(0, 16) === email.username)) &&
		(subaccounts.length === 0 || (subaccountId !== undefined && subaccounts.includes(subaccountId)))
	);
}

function rowOf(
	{ event, email }: Found,
	{ include_headers, custom_headers }: Query,
	{ world: { state } }: Call,
): JsonObject {
	const all = event.event === 'processed' ? state.log.eventsOf(email.emailId) : [];
	const account = accountName(state, email.subaccountId);
	return activityRow({ event, email, all, account }, { headers: include_headers, customHeaders: custom_headers });
}

/** Whether an entry fits the filters. Its row is made only for `search`, which looks into every text of it. */
function fits(found: Found, query: Query, call: Call): boolean {
	const { event, email } = found;
	return (
		(query.event_types.length === 0 || query.event_types.some((type) => type === activityName(event))) &&
		contains(email.subject, query.search_subject) &&
		(query.search_sender === undefined || contains(fullAddress(email.sender), query.search_sender)) &&
		(query.search_recipient === undefined ||
			contains(event.recipient ?? recipientsOf(email).join(' '), query.search_recipient)) &&
		(query.search === undefined || holdsTerm(found, query.search, query, call))
	);
}

/** `a | b` means either. */
function holdsTerm(found: Found, search: string, query: Query, call: Call): boolean {
	const texts = [...Object.values(rowOf(found, query, call)), ...recipientsOf(found.email)];
	return search.split('|').some((term) => texts.some((value) => contains(value, term)));
}

/** Every entry that is asked for and has shown up, newest first. */
function find(query: Query, call: Call): Found[] {
	const { log, logSettings } = call.world.state;
	const now = Date.now();
	const { historyDays } = logSettings;
	const oldest = historyDays === null ? -Infinity : now - historyDays * DAY;
	const start = Math.max((query.start_date ?? midnight(0)).getTime(), oldest);
	return log
		.between(start, query.end_date?.getTime() ?? Infinity)
		.filter(
			(entry): entry is Found =>
				entry.email !== undefined &&
				(entry.event.loggedAt ?? 0) <= now &&
				isWanted(entry.email, query, call) &&
				fits(entry as Found, query, call),
		)
		.reverse();
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
	const isLatest = query.only_latest || query.only_latest_by_sent;
	const found = isLatest ? latest(all, query.only_latest_by_sent) : all;
	const page = isLatest ? newestFirstPage<Found> : pageByPlace<Found>;
	const { rows, continueToken } = page(found, query.limit, query.continue_token);
	return {
		events: rows.map((row) => rowOf(row, query, call)),
		total_events: found.length,
		continue_token: continueToken,
	};
}

/** Activity: the events of the account's emails, newest first. SMS are not part of it. */
export const activityRoutes: Route[] = [route('POST', '/activity/search', searched, search)];
