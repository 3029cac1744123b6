/** Reads an entry of the activity log into the event shape of webhook deliveries. */
import { isJsonObject, type JsonObject } from '../core/json';
import { toDate } from '../formats/moments';
import { headersOf, type DeliveredEvent, type ReadDelivery } from '../webhook/delivery';
import { linkOf, pick, reasonOf } from '../webhook/event-details';
import { eventKeyOf } from '../webhook/event-key';
import { readEventName, type EventKind } from '../webhook/event-names';
import { personIn, readRecipients } from '../webhook/recipients';

/** An entry of the log as an event. */
export interface LogEntry {
	readonly delivery: ReadDelivery;
	/** When it happened, in milliseconds since 1970. Undefined if the log does not say. */
	readonly moment: number | undefined;
}

/** Why it failed: for a bounce the words of the mail server, otherwise those of SMTP2GO. */
function messageOf(entry: JsonObject, isBounce: boolean): string | null {
	return isBounce ? pick(entry, 'smtp_response', 'reason', 'error') : pick(entry, 'reason', 'error', 'smtp_response');
}

/** The link that was clicked, if the log says so. */
function clickedIn(entry: JsonObject, kind: EventKind): string | null {
	const { metadata } = entry;
	return linkOf(entry, kind) ?? (isJsonObject(metadata) ? linkOf(metadata, kind) : null);
}

/**
 * What tells an entry from others if it does not say which email, or names no time that can be read. It must be the
 * same at each read: headers depend on the search, and whatever else an entry shows may change.
 */
function ownIdOf(entry: JsonObject, emailId: string | null, date: string | null): string {
	if (emailId !== null && date !== null) return date;
	return JSON.stringify(Object.entries(entry).filter(([name]) => name !== 'headers' && name !== 'custom_headers'));
}

/**
 * Reads an entry of `activity/search`. What the log does not know is null or empty: the Message-ID, usually the clicked
 * link, and all headers but the requested ones. Details of the reader, such as the user agent, are in `raw`.
 * @param headerNames the headers that the search asked for (`custom_headers`)
 */
export function readLogEntry(entry: JsonObject, headerNames: readonly string[]): LogEntry {
	// The log writes `hard-bounced`; older deliveries wrote `hard_bounced`.
	const named = readEventName((pick(entry, 'event') ?? '').replace('-bounced', '_bounced'), undefined, false);
	const { kind, subscription, bounceType } = named;
	const { recipient: about = null, recipients: all = null } = entry;
	const { recipient, recipients } = readRecipients({ recipient: about, recipients: all }, named, []);
	const date = pick(entry, 'date');
	const moment = date === null ? undefined : toDate(date);
	const time = moment?.toISOString() ?? date;
	const emailId = pick(entry, 'email_id');
	const from = pick(entry, 'sender', 'from', 'sender_full');
	const custom = entry['custom_headers'];
	const eventKey = eventKeyOf({
		eventId: ownIdOf(entry, emailId, date),
		channel: 'email',
		kind,
		recipient,
		time,
		emailId,
		messageId: null,
	});
	const event: DeliveredEvent = {
		eventId: eventKey,
		eventKey,
		source: 'log',
		channel: 'email',
		kind,
		bounceType,
		recipient,
		recipients,
		time,
		emailId,
		messageId: null,
		subject: pick(entry, 'subject'),
		sender: from === null ? null : personIn(from),
		reason: reasonOf({ message: messageOf(entry, bounceType !== null) }, kind),
		link: clickedIn(entry, kind),
		headers: isJsonObject(custom) ? headersOf(custom, headerNames) : {},
		raw: entry,
	};
	return { moment: moment?.getTime(), delivery: { event, subscription } };
}
