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

function rowOf(
	{ event, email }: Found,
	{ include_headers, custom_headers }: Query,
	{ world: { state } }: Call,
): JsonObject {
	const all = event.event === 'processed' ? state.log.eventsOf(email.emailId) : [];
	const account = accountName(state, email.subaccountId);
	return activityRow({ event, email, all, account }, { headers: include_headers, customHeaders: custom_headers });
}

type Test = (found: Found) => boolean;

/**
 * What an entry must fit, without what was not asked for: a test runs for each entry of the period. An entry's row is
 * made only for `search`, which looks into every text of it.
 */
function testsOf(query: Query, call: Call): Test[] {
	const { search: terms, search_email_id, search_subject, search_sender, search_recipient, subaccounts } = query;
	const owner = call.key.subaccountId;
	const users = new Set(query.search_usernames.map((name) => name.slice(0, 16)));
	const types = new Set<string>(query.event_types);
	const all: [boolean, Test][] = [
		[owner !== undefined, ({ email }) => email.subaccountId === owner],
		[search_email_id !== undefined, ({ email }) => email.emailId === search_email_id],
		[users.size > 0, ({ email }) => users.has(email.username)],
		[subaccounts.length > 0, ({ email: { subaccountId = '' } }) => subaccounts.includes(subaccountId)],
		[types.size > 0, ({ event }) => types.has(activityName(event))],
		[search_subject !== undefined, ({ email }) => contains(email.subject, search_subject)],
		[search_sender !== undefined, ({ email }) => contains(fullAddress(email.sender), search_sender)],
		[
			search_recipient !== undefined,
			({ event, email }) => contains(event.recipient ?? recipientsOf(email).join(' '), search_recipient),
		],
		[terms !== undefined, (found) => holdsTerm(found, terms ?? '', query, call)],
	];
	return all.filter(([isAsked]) => isAsked).map(([, test]) => test);
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
	const tests = testsOf(query, call);
	const entries = log.between(start, query.end_date?.getTime() ?? Infinity);
	const isWhole = log.isWhole(now);
	if (isWhole && tests.length === 0) return (entries as Found[]).reverse();
	const found: Found[] = [];
	for (let index = entries.length - 1; index >= 0; index--) {
		const entry = entries[index];
		if (entry === undefined || !isKnown(entry) || (!isWhole && (entry.event.loggedAt ?? 0) > now)) continue;
		if (tests.every((test) => test(entry))) found.push(entry);
	}
	return found;
}

function isKnown(entry: LogEntry): entry is Found {
	return entry.email !== undefined;
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
