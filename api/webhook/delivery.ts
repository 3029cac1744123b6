/** Reads the deliveries of a webhook: JSON or a form, about an email or a text message, into one shape. */
import { createHash } from 'node:crypto';
import { isTooDeep } from '../core/depth';
import { isRecord, parseJson } from '../core/json';
import { toDate } from '../formats/moments';
import { emailEvents, smsEvents } from '../catalogue/reporting/events';
import { eventKeyOf } from './event-key';
import { readEventName, type EventKind } from './event-names';
import { personIn, readRecipients } from './recipients';
import { linkOf, pick, reasonOf } from './event-details';

/**
 * One event, the same for both hosts and both channels. `null` if the delivery does not say. A type, not an interface,
 * because n8n's items accept records.
 */
export type DeliveredEvent = {
	/**
	 * SMTP2GO's ID of the event, the same in a duplicate, or a fingerprint of the body if there is none. The log has no
	 * IDs: there it is the key, with a number if the key occurs several times.
	 */
	eventId: string;
	/**
	 * The same for the same happening from both sources: 22 characters of message, recipient, kind and second. Two
	 * clicks of one recipient in the same second share it.
	 */
	eventKey: string;
	/** Who reports it: a delivery of the webhook, or the activity log. */
	source: 'webhook' | 'log';
	/** Set if a trigger whose webhook missed the event found it in the activity log. */
	caughtUp?: true;
	/** Set if it is a sample: nothing of it happened. */
	sample?: true;
	channel: 'email' | 'sms';
	kind: EventKind;
	bounceType: 'hard' | 'soft' | null;
	/** The bare address or phone number that the event names. Null if it names none or several. */
	recipient: string | null;
	/** All recipients of the email that the event lists, always including the recipient. */
	recipients: string[];
	/** When it happened, as ISO 8601 in UTC. */
	time: string | null;
	/** The `email_id` that the send returned. */
	emailId: string | null;
	messageId: string | null;
	subject: string | null;
	/** The bare From address of the email, or the number that sent the message. */
	sender: string | null;
	/** Why it failed, as the mail server or SMTP2GO says. */
	reason: string | null;
	/** The link that was clicked. */
	link: string | null;
	/** The headers that the webhook asks for, by the requested names. */
	headers: Record<string, string>;
	/** The delivery as received, or the entry of the log. */
	raw: Record<string, unknown>;
};

/** A delivery: its event, and the name by which triggers subscribe to it. */
export interface ReadDelivery {
	readonly event: DeliveredEvent;
	/** For example `bounce`, or `delivered` of the channel `sms`. */
	readonly subscription: string;
}

/**
 * Parses a body. Returns undefined for anything but a JSON object or a form, and for JSON that is nested too deeply. A
 * byte order mark is ignored, and repeated form keys become a list.
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

/** Returns the requested headers, ignoring case. */
export function headersOf(raw: Record<string, unknown>, names: readonly string[]): Record<string, string> {
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

/** Returns ISO 8601 in UTC. A value that is not a date is returned unchanged. */
function timeOf(raw: Record<string, unknown>): string | null {
	const text = pick(raw, 'time', 'received_timestamp', 'submitted_timestamp');
	if (text === null) return null;
	return toDate(text)?.toISOString() ?? text;
}

/**
 * Reads one delivery.
 * @param raw the parsed body
 * @param headerNames the headers that the webhook asks for
 * @returns undefined if it names no event, as in an empty probe
 */
export function readDelivery(raw: Record<string, unknown>, headerNames: readonly string[]): ReadDelivery | undefined {
	const name = pick(raw, 'event');
	if (name === null) return undefined;
	const bounce = Object.hasOwn(raw, 'bounce') ? raw['bounce'] : undefined;
	const number = Object.hasOwn(raw, 'destination_number') ? raw['destination_number'] : undefined;
	const named = readEventName(name, bounce, number !== undefined && number !== null && number !== '');
	const { channel, subscription, kind, bounceType } = named;
	const from = channel === 'sms' ? pick(raw, 'source_number') : pick(raw, 'from_address', 'from', 'sender');
	const identity = {
		eventId: pick(raw, 'id') ?? createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 32),
		channel,
		kind,
		...readRecipients(raw, named, headerNames),
		time: timeOf(raw),
		emailId: pick(raw, 'email_id'),
		messageId: channel === 'sms' ? pick(raw, 'message_id') : pick(raw, 'message-id', 'Message-Id'),
	};
	const { eventId, recipient, recipients, time, emailId, messageId } = identity;
	return {
		subscription,
		event: {
			eventId,
			eventKey: eventKeyOf(identity),
			source: 'webhook',
			channel,
			kind,
			bounceType,
			recipient,
			recipients,
			time,
			emailId,
			messageId,
			subject: pick(raw, 'subject', 'Subject', 'email_subject'),
			sender: from === null || channel === 'sms' ? from : personIn(from),
			reason: reasonOf(raw, kind),
			link: linkOf(raw, kind),
			headers: headersOf(raw, headerNames),
			raw,
		},
	};
}

/** The events that a trigger asks for, by their API names. */
export interface Subscription {
	readonly events: readonly string[];
	readonly smsEvents: readonly string[];
}

/**
 * True if a trigger asks for this event. Events that cannot be selected, such as `resubscribe` and those that SMTP2GO
 * may add later, go to a trigger that asks for all events of the channel.
 */
export function isWanted({ event, subscription }: ReadDelivery, asked: Subscription): boolean {
	const [names, known] = event.channel === 'sms' ? [asked.smsEvents, smsEvents] : [asked.events, emailEvents];
	const canBeAskedFor = known.some(({ value }) => value === subscription);
	return canBeAskedFor ? names.includes(subscription) : known.every(({ value }) => names.includes(value));
}
