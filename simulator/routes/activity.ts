import { choice, listOf, object, optional, otherwise, text, wholeNumber, yesNo } from '../schema/readers';
import { time } from '../schema/values';
import type { JsonObject } from '../state/json';
import type { Mail, SimulatorEvent } from '../state/types';
import { pageOf } from './paging';
import { type Call, type Route, route } from './route';

const NAMES = ['processed', 'soft-bounced', 'hard-bounced', 'rejected', 'spam', 'delivered', 'unsubscribed', 'resubscribed', 'opened', 'clicked'] as const;

const searched = object({
	start_date: optional(time),
	end_date: optional(time),
	search: optional(text()),
	search_email_id: optional(text()),
	search_subject: optional(text()),
	search_sender: optional(text()),
	search_recipient: optional(text()),
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

/** What activity calls a webhook event. */
function activityName({ event, bounce }: SimulatorEvent): string {
	const names: Record<string, string> = { open: 'opened', click: 'clicked', reject: 'rejected', unsubscribe: 'unsubscribed', resubscribe: 'resubscribed' };
	return event === 'bounce' ? `${bounce ?? 'hard'}-bounced` : (names[event] ?? event);
}

/** One row; keys without a value are left out, as live. */
function row(event: SimulatorEvent, mail: Mail, query: Query): JsonObject {
	const { message, host } = event.payload;
	const wanted = query.custom_headers.flatMap((name) => {
		const found = mail.headers.find(({ header }) => header.toLowerCase() === name.toLowerCase());
		return found ? [[name, found.value] as const] : [];
	});
	return {
		date: event.time,
		event: activityName(event),
		email_id: mail.emailId,
		from: mail.sender.address,
		sender: mail.sender.address,
		to: mail.to.map(({ address }) => address).join(', '),
		subject: mail.subject,
		username: mail.username,
		subaccount_name: 'Master account',
		...(event.recipient === undefined ? {} : { recipient: event.recipient }),
		...(mail.cc.length > 0 ? { cc: mail.cc.map(({ address }) => address).join(', ') } : {}),
		...(host !== undefined && message !== undefined ? { host, smtp_response: message } : {}),
		...(event.event === 'reject' && message !== undefined ? { reason: message } : {}),
		...(query.include_headers ? { headers: mail.headers.map(({ header, value }) => `${header}: ${value}`).join('\n') } : {}),
		...(query.custom_headers.length > 0 ? { custom_headers: Object.fromEntries(wanted) } : {}),
	};
}

function contains(value: unknown, term: string | undefined): boolean {
	return term === undefined || (typeof value === 'string' && value.toLowerCase().includes(term.trim().toLowerCase()));
}

/** `search` looks into every text field; `a | b` means either. */
function fits(entry: JsonObject, mail: Mail, query: Query): boolean {
	const terms = query.search?.split('|');
	const recipients = [...mail.to, ...mail.cc, ...mail.bcc].map(({ address }) => address).join(' ');
	return (
		(terms === undefined || terms.some((term) => Object.values(entry).some((value) => contains(value, term)))) &&
		(query.search_email_id === undefined || entry['email_id'] === query.search_email_id) &&
		contains(entry['subject'], query.search_subject) &&
		contains(entry['sender'], query.search_sender) &&
		contains(entry['recipient'] ?? recipients, query.search_recipient) &&
		(query.search_usernames.length === 0 || query.search_usernames.some((name) => name.slice(0, 16) === mail.username)) &&
		(query.event_types.length === 0 || query.event_types.some((type) => type === entry['event']))
	);
}

function search(query: Query, { world: { state } }: Call): JsonObject {
	const start = query.start_date?.getTime() ?? new Date().setUTCHours(0, 0, 0, 0);
	const end = query.end_date?.getTime() ?? Infinity;
	const seen = new Set<string>();
	const found = [...state.events].reverse().flatMap((event) => {
		const at = Date.parse(event.time);
		const mail = state.mail(event.emailId);
		if (!mail || at < start || at >= end) return [];
		const entry = row(event, mail, query);
		if (!fits(entry, mail, query)) return [];
		if ((query.only_latest || query.only_latest_by_sent) && seen.has(mail.emailId)) return [];
		seen.add(mail.emailId);
		return [entry];
	});
	const { rows, continueToken } = pageOf(found, query.limit, query.continue_token);
	return { events: rows, total_events: found.length, continue_token: continueToken };
}

/** Activity: the events of the account, newest first. */
export const activityRoutes: Route[] = [route('POST', '/activity/search', searched, search)];
