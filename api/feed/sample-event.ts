/** Sample events: well-formed events of emails and text messages that nobody sent, for a look at what a flow gets. */
import { smsEvents, type EmailEvent, type SmsEvent } from '../catalogue/reporting/events';
import type { JsonObject } from '../core/json';
import { isoUtc } from '../kinds/dates';
import { readDelivery, type ReadDelivery } from '../webhook/delivery';
import { readLogEntry } from './log-entry';
import { logKinds } from './log-kinds';

/** The kind of a sample: an event that a trigger can ask for, with the two types of bounces apart. */
export type SampleKind =
	| `events.${Exclude<EmailEvent, 'bounce'>}`
	| 'events.bounce.hard'
	| 'events.bounce.soft'
	| `smsEvents.${SmsEvent}`;

/** What a sample says besides its kind. */
export interface SampleOptions {
	/** In milliseconds since 1970. */
	readonly now: number;
	/** The same for the same sample only: it becomes part of its IDs. */
	readonly id: string;
	/** The headers that the webhook repeats. */
	readonly headers: readonly string[];
	/** Who seems to report it. Text messages are never in the log. */
	readonly source: 'webhook' | 'log';
}

/** Addresses, hosts and numbers that are reserved for examples (RFC 2606, RFC 5737). */
const RECIPIENT = 'jane@example.com';
const SENDER = 'shop@example.com';
const SUBJECT = 'Sample event';
const HOST = 'mx.example.com [203.0.113.22]';
const PHONE = '+12025550123';
const READER: JsonObject = {
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Example/1.0',
	client: 'Example',
	'client-device': 'Other',
	'client-os': 'Linux',
	'geoip-continent': 'NA',
	'geoip-country': 'US',
	'read-secs': '10',
};

/** What a mail server, a person or SMTP2GO says, by the kind of a sample. */
const emails: Readonly<Record<string, JsonObject>> = {
	'events.processed': { event: 'processed' },
	'events.delivered': { event: 'delivered', host: HOST, message: '250 2.0.0 OK' },
	'events.bounce.hard': { event: 'bounce', bounce: 'hard', host: HOST, message: '550 5.1.1 User unknown' },
	'events.bounce.soft': { event: 'bounce', bounce: 'soft', host: HOST, message: '452 4.2.2 Mailbox full' },
	'events.open': { event: 'open', ...READER },
	'events.click': { event: 'click', url: 'https://example.com/', ...READER },
	'events.reject': { event: 'reject', message: 'Recipient is suppressed' },
	'events.spam': { event: 'spam', context: 'feedback', message: '' },
	'events.unsubscribe': { event: 'unsubscribe', context: 'feedback' },
} satisfies Readonly<Record<Extract<SampleKind, `events.${string}`>, JsonObject>>;

/** The kinds of samples for the events that a trigger asks for. */
export function sampleKinds(events: readonly string[], ofSms: readonly string[]): readonly string[] {
	const email = events.flatMap((name) => (name === 'bounce' ? ['bounce.hard', 'bounce.soft'] : [name]));
	return [...email.map((name) => `events.${name}`), ...ofSms.map((name) => `smsEvents.${name}`)];
}

/** A delivery of the webhook about an email. */
function emailDelivery({ event, ...more }: JsonObject, at: string, { id, headers }: SampleOptions): JsonObject {
	const messageId = `<sample-${id}@example.com>`;
	return {
		...Object.fromEntries(headers.map((name) => [name, `Sample of ${name}`])),
		'Message-Id': messageId,
		'message-id': messageId,
		Subject: SUBJECT,
		subject: SUBJECT,
		auth: 'sample',
		email_id: `sample-${id}`,
		sender: SENDER,
		from: SENDER,
		from_address: SENDER,
		from_name: '',
		sendtime: at,
		time: at,
		id: `sample-${id}`,
		event: event ?? null,
		...(event === 'processed' ? { recipients: [RECIPIENT] } : { rcpt: RECIPIENT }),
		...more,
	};
}

/** An entry of the log about an email. */
function logEntry({ event, bounce, message, ...more }: JsonObject, at: string, options: SampleOptions): JsonObject {
	const name = String(event);
	const [logName = name] = logKinds([name], bounce === 'hard' || bounce === 'soft' ? bounce : undefined) ?? [];
	const isServers = name === 'bounce' || name === 'delivered';
	return {
		date: at,
		event: logName,
		email_id: `sample-${options.id}`,
		from: SENDER,
		sender: SENDER,
		to: RECIPIENT,
		recipient: RECIPIENT,
		recipients: [RECIPIENT],
		subject: SUBJECT,
		username: 'sample',
		...(message === undefined || message === '' ? {} : { [isServers ? 'smtp_response' : 'reason']: message }),
		...more,
		custom_headers: Object.fromEntries(options.headers.map((header) => [header, `Sample of ${header}`])),
	};
}

/** A delivery of the webhook about a text message. */
function smsDelivery(name: string, at: string, { id }: SampleOptions): JsonObject {
	return {
		event: name === 'opt-out' ? 'opt-out' : `sms_${name}`,
		id: `sample-${id}`,
		message_id: `sample-${id}`,
		destination_number: PHONE,
		source_number: '+12025550100',
		message_content: SUBJECT,
		status_code: name,
		region: 'US',
		retry_count: '0',
		received_timestamp: at,
		submitted_timestamp: at,
	};
}

/**
 * Makes a sample event. It is read as a real one is, and marked: `sample` is true, its IDs begin with `sample-`, and
 * its addresses are reserved for examples.
 * @param kind one of {@link sampleKinds}
 * @returns undefined for a kind that does not exist
 */
export function sampleEvent(kind: string, options: SampleOptions): ReadDelivery | undefined {
	const at = isoUtc(new Date(options.now));
	const [channel, name = ''] = kind.split('.');
	const email = Object.hasOwn(emails, kind) ? emails[kind] : undefined;
	const isSms = channel === 'smsEvents' && smsEvents.some(({ value }) => value === name);
	if (email === undefined && !isSms) return undefined;
	const read =
		email === undefined
			? readDelivery(smsDelivery(name, at, options), options.headers)
			: options.source === 'log'
				? readLogEntry(logEntry(email, at, options), options.headers).delivery
				: readDelivery(emailDelivery(email, at, options), options.headers);
	return read && { ...read, event: { ...read.event, sample: true } };
}
