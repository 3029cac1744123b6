/** Which of the events that a trigger asked for really start a flow, and on which of several outputs they go. */
import type { Choice, Field } from '../catalogue/types';
import type { DeliveredEvent, ReadDelivery } from './delivery';
import type { EventKind } from './event-names';
import { personIn } from './recipients';

/** What an event must have beyond its name; what is empty or undefined asks for nothing. */
export interface EventFilter {
	readonly bounceType?: 'hard' | 'soft' | undefined;
	/** From addresses or domains of the email (SMS: numbers), compared without regard to case. */
	readonly senders: readonly string[];
	/** Part of the subject, compared without regard to case. */
	readonly subject: string;
	/** SMTP users or API keys that sent the email. */
	readonly users: readonly string[];
	/** Headers of the email and the value of each; the hook must echo them. */
	readonly headers: readonly { readonly header: string; readonly value: string }[];
}

/** The filter as a form asks for it: the fields of both hosts' triggers. */
export const filterFields = [
	{
		name: 'bounce_type',
		label: 'Bounce Type',
		kind: 'choice',
		default: '',
		help: 'Which bounces start the flow; other events are not affected',
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
		help: 'Only emails with these headers and values; SMTP2GO is asked to report the headers',
	},
	{
		name: 'filter_senders',
		label: 'Senders',
		kind: 'addressesOrDomains',
		help: 'Only emails from these addresses or domains, separated by commas; empty means all',
		placeholder: 'e.g. shop@example.com, example.org',
	},
	{
		name: 'filter_subject',
		label: 'Subject Contains',
		kind: 'text',
		help: 'Only emails with this text in the subject, in upper or lower case',
		placeholder: 'e.g. Your order',
	},
	{
		name: 'filter_users',
		label: 'Sent By',
		kind: 'smtpUsers',
		help: 'Only emails sent by these SMTP users or API keys, separated by commas; empty means all',
		placeholder: 'e.g. shop',
	},
] as const satisfies readonly Field[];

/** The headers that a hook must echo: those asked for, and those that filters look at. Each once, whatever its case. */
export function echoedHeaders(asked: readonly string[], filters: readonly EventFilter[]): string[] {
	const all = [...asked, ...filters.flatMap(({ headers }) => headers.map(({ header }) => header))];
	return all.filter((name, index) => all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
}

/** A text to compare with another, whatever the case and outer blanks of both. */
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
 * True for an event that the filter lets through. What an event does not say does not fit: a bounce of neither type is
 * neither hard nor soft.
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

/** Kinds of event that a flow treats alike, in the order of a trigger's outputs. */
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
 * Groups of mail's kinds. Processed, resubscribed and unknown ones are `other`: they must not be taken for a delivery
 * or an unsubscription.
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

/** The group of an event, also of one that a host kept as JSON; every event has one. */
export function groupOf({ channel, kind }: { readonly channel?: unknown; readonly kind?: unknown }): EventGroup {
	return channel === 'sms' ? 'sms' : (groups.get(kind) ?? 'other');
}
