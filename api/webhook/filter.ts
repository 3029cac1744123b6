/** Filters the events of a trigger, and selects the output of each. */
import type { Choice, Field } from '../catalogue/types';
import type { DeliveredEvent, ReadDelivery } from './delivery';
import type { EventKind } from './event-names';
import { personIn } from './recipients';

/** The conditions of a filter. Empty and undefined ones match every event. */
export interface EventFilter {
	readonly bounceType?: 'hard' | 'soft' | undefined;
	/** From addresses or domains of the email (SMS: numbers), ignoring case. */
	readonly senders: readonly string[];
	/** Part of the subject, ignoring case. */
	readonly subject: string;
	/** SMTP users or API keys that sent the email. */
	readonly users: readonly string[];
	/** Email headers and their values. The webhook must echo them. */
	readonly headers: readonly { readonly header: string; readonly value: string }[];
}

/** The fields of the filter in the triggers of both hosts. */
export const filterFields = [
	{
		name: 'bounce_type',
		label: 'Bounce Type',
		kind: 'choice',
		default: '',
		help: 'The bounces to react to; other events are not affected',
		choices: [
			{ value: '', label: 'Any' },
			{ value: 'hard', label: 'Hard Only' },
			{ value: 'soft', label: 'Soft Only' },
		],
	},
	{
		name: 'filter_headers',
		label: 'Header Values',
		kind: 'headers',
		help: 'React only to emails with these headers and values, which the webhook then includes',
	},
	{
		name: 'filter_senders',
		label: 'Senders',
		kind: 'addressesOrDomains',
		help: 'React only to emails from these addresses or domains, separated by commas; if empty, all emails',
		placeholder: 'e.g. shop@example.com, example.org',
	},
	{
		name: 'filter_subject',
		label: 'Subject Contains',
		kind: 'text',
		help: 'React only to emails whose subject contains this text, ignoring case',
		placeholder: 'e.g. Your order',
	},
	{
		name: 'filter_users',
		label: 'Sent By',
		kind: 'smtpUsers',
		help: 'React only to emails sent by these SMTP users or API keys, separated by commas; if empty, all emails',
		placeholder: 'e.g. shop',
	},
] as const satisfies readonly Field[];

/**
 * Returns the headers that a webhook must echo: the requested ones and those of the filters, without duplicates in any
 * case.
 */
export function echoedHeaders(asked: readonly string[], filters: readonly EventFilter[]): string[] {
	const all = [...asked, ...filters.flatMap(({ headers }) => headers.map(({ header }) => header))];
	return all.filter((name, index) => all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
}

/** Returns a text for a comparison that ignores case and outer spaces. */
function plain(text: string): string {
	return text.trim().toLowerCase();
}

function isFrom(sender: string | null, asked: string): boolean {
	if (sender === null) return false;
	const [from, wanted] = [plain(sender), plain(personIn(asked))];
	return from === wanted || from.endsWith(`@${wanted.replace(/^@/, '')}`);
}

/** SMTP2GO reports an API key by its first 16 characters (seen in deliveries). */
function isUser(auth: unknown, asked: string): boolean {
	if (typeof auth !== 'string' || auth === '') return false;
	return auth === asked.trim() || (/^api-/i.test(auth) && auth.length >= 16 && asked.trim().startsWith(auth));
}

function hasHeader({ headers }: DeliveredEvent, { header, value }: EventFilter['headers'][number]): boolean {
	const name = Object.keys(headers).find((key) => plain(key) === plain(header));
	return name !== undefined && plain(headers[name] ?? '') === plain(value);
}

/**
 * True for an event that matches the filter. A missing value does not match: a bounce without a type is neither hard
 * nor soft.
 */
export function passes(
	{ event, subscription }: ReadDelivery,
	{ bounceType, senders, subject, users, headers }: EventFilter,
): boolean {
	if (
		bounceType !== undefined &&
		event.channel === 'email' &&
		subscription === 'bounce' &&
		event.bounceType !== bounceType
	)
		return false;
	if (senders.length > 0 && !senders.some((asked) => isFrom(event.sender, asked))) return false;
	if (subject !== '' && !plain(event.subject ?? '').includes(plain(subject))) return false;
	if (users.length > 0 && !users.some((asked) => isUser(event.raw['auth'], asked))) return false;
	return headers.every((header) => hasHeader(event, header));
}

/** Groups of similar events, in the order of a trigger's outputs. */
export const eventGroups = [
	{ value: 'delivered', label: 'Delivered' },
	{ value: 'engaged', label: 'Engaged' },
	{ value: 'hardBounce', label: 'Hard Bounce' },
	{ value: 'softBounce', label: 'Soft Bounce' },
	{ value: 'complaint', label: 'Complaint' },
	{ value: 'unsubscribed', label: 'Unsubscribed' },
	{ value: 'rejected', label: 'Rejected' },
	{ value: 'sms', label: 'SMS' },
	{ value: 'other', label: 'Other' },
] as const satisfies readonly Choice[];

export type EventGroup = (typeof eventGroups)[number]['value'];

/**
 * The groups of email events. Processed, resubscribed, and unknown ones are `other`, because they must not count as a
 * delivery or an unsubscription.
 */
const groups: ReadonlyMap<unknown, EventGroup> = new Map<EventKind, EventGroup>([
	['delivered', 'delivered'],
	['opened', 'engaged'],
	['clicked', 'engaged'],
	['hard-bounced', 'hardBounce'],
	['soft-bounced', 'softBounce'],
	['spam', 'complaint'],
	['unsubscribed', 'unsubscribed'],
	['rejected', 'rejected'],
]);

/** Returns the group of an event, also of one that a host stored as JSON. Every event has one. */
export function groupOf({ channel, kind }: { readonly channel?: unknown; readonly kind?: unknown }): EventGroup {
	return channel === 'sms' ? 'sms' : (groups.get(kind) ?? 'other');
}
