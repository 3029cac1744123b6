/** Reads what SMTP2GO posts to a hook: JSON or a form, an email's event or a text message's, into one shape. */
import { createHash } from 'node:crypto';
import { isTooDeep } from '../core/depth';
import { isRecord, parseJson } from '../core/json';
import { toDate } from '../formats/moments';
import { emailEvents, smsEvents } from '../catalogue/reporting/events';
import { readEventName, type EventKind } from './event-names';
import { personIn, readRecipients } from './recipients';
import { linkOf, pick, reasonOf } from './event-details';

/**
 * One event, the same for both hosts and both channels; `null` where the delivery says nothing. A type, not an
 * interface: n8n's items take records.
 */
export type DeliveredEvent = {
	/** SMTP2GO's id of the event, the same when it repeats a delivery; a fingerprint of the body where it sent none. */
	eventId: string;
	channel: 'email' | 'sms';
	kind: EventKind;
	bounceType: 'hard' | 'soft' | null;
	/** The bare address or the phone number that the event itself names; null where it names nobody or several. */
	recipient: string | null;
	/** Everybody the email went to, as far as the event says, and always the recipient. */
	recipients: string[];
	/** When it happened, ISO 8601 in UTC. */
	time: string | null;
	/** The `email_id` that the send was answered with. */
	emailId: string | null;
	messageId: string | null;
	subject: string | null;
	/** Bare From address of the email, or number the message came from. */
	sender: string | null;
	/** Why it failed, in the words of the other server or of SMTP2GO. */
	reason: string | null;
	/** The link that was clicked. */
	link: string | null;
	/** The headers that the hook asks for, under the names asked for. */
	headers: Record<string, string>;
	/** The delivery as received. */
	raw: Record<string, unknown>;
};

/** A delivery that was read: its event, and the name by which triggers subscribe to it. */
export interface ReadDelivery {
	readonly event: DeliveredEvent;
	/** As in `bounce`, or `delivered` of the channel `sms`. */
	readonly subscription: string;
}

/**
 * A body as text to the record it carries; undefined for what is neither JSON object nor form, and for JSON that is
 * nested
 * too deep. A byte order mark is no part of it, and repeated form keys become a list.
 */
export function parseBody(text: string, contentType: string | undefined): Record<string, unknown> | undefined {
	const body = text.replace(/^\uFEFF/, '');
	const json = parseJson(body);
	if (isRecord(json)) return isTooDeep(json) ? undefined : json;
	if (json !== undefined || !/x-www-form-urlencoded/i.test(contentType ?? '')) return undefined;
	const form = new Map<string, string[]>();
	for (const [key, value] of new URLSearchParams(body)) {
		const values = form.get(key);
		if (values === undefined) form.set(key, [value]);
		else values.push(value);
	}
	return Object.fromEntries([...form].map(([key, values]) => [key, values.length === 1 ? values[0] : values]));
}

/** The asked-for headers, found whatever their case. */
function headersOf(raw: Record<string, unknown>, names: readonly string[]): Record<string, string> {
	const keys = Object.keys(raw);
	return Object.fromEntries(
		names.flatMap((name) => {
			const key = Object.hasOwn(raw, name)
				? name
				: keys.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
			const value = key === undefined ? undefined : raw[key];
			return typeof value === 'string' ? [[name, value]] : [];
		}),
	);
}

/** ISO 8601 in UTC; a value that cannot be read as a date is passed on unchanged. */
function timeOf(raw: Record<string, unknown>): string | null {
	const text = pick(raw, 'time', 'received_timestamp', 'submitted_timestamp');
	if (text === null) return null;
	return toDate(text)?.toISOString() ?? text;
}

/**
 * Reads one delivery.
 * @param raw the parsed body
 * @param headerNames the headers that the hook asks for
 * @returns undefined when it names no event, as an empty probe does
 */
export function readDelivery(raw: Record<string, unknown>, headerNames: readonly string[]): ReadDelivery | undefined {
	const name = pick(raw, 'event');
	if (name === null) return undefined;
	const bounce = Object.hasOwn(raw, 'bounce') ? raw['bounce'] : undefined;
	const number = Object.hasOwn(raw, 'destination_number') ? raw['destination_number'] : undefined;
	const named = readEventName(name, bounce, number !== undefined && number !== null && number !== '');
	const { channel, subscription, kind, bounceType } = named;
	const from = channel === 'sms' ? pick(raw, 'source_number') : pick(raw, 'from_address', 'from', 'sender');
	return {
		subscription,
		event: {
			eventId: pick(raw, 'id') ?? createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 32),
			channel,
			kind,
			bounceType,
			...readRecipients(raw, named, headerNames),
			time: timeOf(raw),
			emailId: pick(raw, 'email_id'),
			messageId: channel === 'sms' ? pick(raw, 'message_id') : pick(raw, 'message-id', 'Message-Id'),
			subject: pick(raw, 'subject', 'Subject', 'email_subject'),
			sender: from === null || channel === 'sms' ? from : personIn(from),
			reason: reasonOf(raw, kind),
			link: linkOf(raw, kind),
			headers: headersOf(raw, headerNames),
			raw,
		},
	};
}

/** Which events a trigger asked for, by the API's names. */
export interface Subscription {
	readonly events: readonly string[];
	readonly smsEvents: readonly string[];
}

/**
 * True where a trigger asked for this event. Names that nobody can ask for, such as `resubscribe` and what SMTP2GO
 * may add later, reach a trigger that asked for every event of the channel.
 */
export function isWanted({ event, subscription }: ReadDelivery, asked: Subscription): boolean {
	const [names, known] = event.channel === 'sms' ? [asked.smsEvents, smsEvents] : [asked.events, emailEvents];
	const canBeAskedFor = known.some(({ value }) => value === subscription);
	return canBeAskedFor ? names.includes(subscription) : known.every(({ value }) => names.includes(value));
}
