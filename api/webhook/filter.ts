/** Filters the events of a trigger, and selects the output of each. */
import type { Choice, Field } from '../catalogue/types';
import { isRecord } from '../core/json';
import { headerPairs } from '../kinds/headers';
import { textList } from '../formats/lists';
import type { DeliveredEvent, ReadDelivery } from './delivery';
import type { EventKind } from './event-names';
import { personIn } from './recipients';

/** A header of an email, and the value that it must have. */
export interface HeaderValue {
	readonly header: string;
	readonly value: string;
}

/** One filter of a trigger: the field of the form, and what its value does. */
interface Filter<Name extends string, Value> extends Field {
	readonly name: Name;
	/** Reads the field as a form gives it. A value that is empty or not set filters nothing. */
	readonly read: (value: unknown) => Value;
	/**
	 * True for an event that matches the filter. A missing value does not match: a bounce without a type is neither
	 * hard nor soft.
	 */
	readonly accepts: (delivery: ReadDelivery, wanted: { readonly [N in Name]: Value }) => boolean;
}

/** Makes a filter from its field, the reader of its value, and the test of an event. */
function filter<const Name extends string, Value>(
	field: Field & { readonly name: Name },
	read: (value: unknown) => Value,
	accepts: (delivery: ReadDelivery, wanted: Value) => boolean,
): Filter<Name, Value> {
	return { ...field, read, accepts: (delivery, wanted) => accepts(delivery, wanted[field.name]) };
}

function readText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Names and values of headers. An entry without a name filters nothing. */
function readHeaderValues(value: unknown): readonly HeaderValue[] {
	if (value === undefined || value === '') return [];
	return headerPairs(value)
		.filter(isRecord)
		.map(({ header, value: wanted }) => ({ header: readText(header), value: readText(wanted) }))
		.filter(({ header }) => header !== '');
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

/** SMTP2GO reports an API key by its first 16 characters (seen in deliveries, and in its sample of the log). */
function isUser(auth: unknown, asked: string): boolean {
	if (typeof auth !== 'string' || auth === '') return false;
	return auth === asked.trim() || (/^api-/i.test(auth) && auth.length >= 16 && asked.trim().startsWith(auth));
}

/** The SMTP user or API key that sent the email. The activity log names it differently than a delivery. */
function userOf({ raw, source }: DeliveredEvent): unknown {
	return raw[source === 'log' ? 'username' : 'auth'];
}

function hasHeader({ headers }: DeliveredEvent, { header, value }: HeaderValue): boolean {
	const name = Object.keys(headers).find((key) => plain(key) === plain(header));
	return name !== undefined && plain(headers[name] ?? '') === plain(value);
}

/**
 * The filters of both hosts' triggers. A new filter is one entry here: the forms, the reader and the test of an event
 * follow.
 */
export const filterFields = [
	filter(
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
		(value) => (value === 'hard' || value === 'soft' ? value : undefined),
		// What an event does not say does not match: a bounce of neither type is neither hard nor soft.
		({ event, subscription }, wanted) =>
			wanted === undefined ||
			event.channel !== 'email' ||
			subscription !== 'bounce' ||
			event.bounceType === wanted,
	),
	filter(
		{
			name: 'filter_headers',
			label: 'Header Values',
			kind: 'headers',
			help: 'React only to emails with these header values; the events then include these headers',
		},
		readHeaderValues,
		({ event }, wanted) => wanted.every((header) => hasHeader(event, header)),
	),
	filter(
		{
			name: 'filter_senders',
			label: 'Senders',
			kind: 'addressesOrDomains',
			help: 'React only to emails from these addresses or domains, separated by commas',
			placeholder: 'e.g. shop@example.com, example.org',
		},
		textList,
		({ event }, wanted) => wanted.length === 0 || wanted.some((sender) => isFrom(event.sender, sender)),
	),
	filter(
		{
			name: 'filter_subject',
			label: 'Subject Contains',
			kind: 'text',
			help: 'React only to emails whose subject contains this text, ignoring case',
			placeholder: 'e.g. Your order',
		},
		readText,
		({ event }, wanted) => wanted === '' || plain(event.subject ?? '').includes(plain(wanted)),
	),
	filter(
		{
			name: 'filter_users',
			label: 'Sent By',
			kind: 'smtpUsers',
			help: 'React only to emails sent by these SMTP users or API keys, separated by commas',
			placeholder: 'e.g. shop',
		},
		textList,
		({ event }, wanted) => wanted.length === 0 || wanted.some((user) => isUser(userOf(event), user)),
	),
] as const;

type AnyFilter = (typeof filterFields)[number];

/** The name of a filter. */
export type FilterName = AnyFilter['name'];

/** What an event must match beyond its name. A value that is empty or undefined filters nothing. */
export type EventFilter = { readonly [F in AnyFilter as F['name']]: ReturnType<F['read']> };

/**
 * Reads the filters of a trigger, the same on both hosts.
 * @param values by the names of `filterFields`; a name that is missing filters nothing
 */
export function readFilter(values: { readonly [N in FilterName]?: unknown }): EventFilter {
	return Object.fromEntries(filterFields.map(({ name, read }) => [name, read(values[name])])) as EventFilter;
}

/** True for an event that every filter lets through. */
export function passes(delivery: ReadDelivery, wanted: EventFilter): boolean {
	return filterFields.every(({ accepts }) => accepts(delivery, wanted));
}

/**
 * Returns the headers that a webhook must echo: the requested ones and those of the filters, without duplicates in any
 * case.
 */
export function echoedHeaders(asked: readonly string[], filters: readonly EventFilter[]): string[] {
	const all = [...asked, ...filters.flatMap(({ filter_headers: headers }) => headers.map(({ header }) => header))];
	return all.filter((name, index) => all.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === index);
}

/** Groups of similar events, in the order of a trigger's outputs. */
export const eventGroups = [
	{ value: 'delivered', label: 'Delivered' },
	{ value: 'engaged', label: 'Opened or Clicked' },
	{ value: 'hardBounce', label: 'Hard Bounce' },
	{ value: 'softBounce', label: 'Soft Bounce' },
	{ value: 'complaint', label: 'Spam Complaint' },
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
