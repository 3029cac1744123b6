// The webhook body of an email's event, with the keys that the live service sends.
import type { JsonObject } from '../core/json';
import { microsecondsTime, secondsTime } from '../core/time';
import type { EmailEventName, Email } from '../types';

/** Details of an event that is raised by hand. */
export interface EventDetails {
	/** hard (default) or soft; `bounce` only. */
	bounce?: 'hard' | 'soft' | undefined;
	/** The clicked link; `click` only. Default: the mail's first link. */
	url?: string | undefined;
	/** The receiver's answer or the reason. */
	message?: string | undefined;
}

const LINK = /<a\s[^>]*href\s*=\s*["'](https?:\/\/[^"']+)["']/i;

/** The first full link of an HTML body; click tracking works on nothing else. */
export function firstLink(html: string): string | undefined {
	return LINK.exec(html)?.[1]?.replace(/&amp;/g, '&');
}

const READER: JsonObject = {
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Simulator/1.0',
	client: 'Simulator',
	'client-device': 'Desktop',
	'client-os': 'Linux',
	'geoip-continent': 'OC',
	'geoip-country': 'NZ',
	'geoip-city': 'Auckland',
	srchost: '192.0.2.10',
	context: 'Unavailable',
	message: 'Unavailable',
};

/** Keys that every email event has. Two spellings of two keys are what the live service sends. */
export function commonPayload(email: Email, at: Date): JsonObject {
	const messageId = email.headers.find(({ header }) => header.toLowerCase() === 'message-id')?.value ?? '';
	const { address, name, text } = email.sender;
	return {
		'Message-Id': messageId,
		'message-id': messageId,
		Subject: email.subject,
		subject: email.subject,
		auth: email.username,
		email_id: email.emailId,
		sender: address,
		from: name === '' ? address : text,
		from_address: address,
		from_name: name,
		sendtime: microsecondsTime(at),
		time: secondsTime(at),
	};
}

/** How long somebody read: 5 to 30 seconds. It follows from the time, so that an event reads the same every time. */
function readSeconds(at: string): string {
	return String(5 * (1 + ((Date.parse(at) / 1_000) % 6)));
}

type Extra = (recipient: string, details: EventDetails, at: string, email: Email) => JsonObject;

const EXTRAS: Record<Exclude<EmailEventName, 'processed'>, Extra> = {
	delivered: (recipient, { message }) => ({
		host: `mx.${recipient.split('@')[1] ?? ''} [203.0.113.9]`,
		message: message ?? '250 2.0.0 Ok: queued',
		context: 'Unavailable',
	}),
	bounce: (recipient, { bounce = 'hard', message }) => ({
		bounce,
		host: `mx.${recipient.split('@')[1] ?? ''} [203.0.113.9]`,
		message: message ?? (bounce === 'hard' ? '550 5.1.1 user unknown' : '452 4.2.2 mailbox full'),
		context: `RCPT TO:<${recipient}>`,
	}),
	open: (_recipient, _details, at) => ({ ...READER, 'opened-at': at, 'read-secs': readSeconds(at) }),
	click: (_recipient, { url }, at, email) => ({
		...READER,
		'clicked-at': at,
		url: url ?? firstLink(email.html) ?? 'https://example.com/',
	}),
	spam: () => ({ context: 'feedback', message: '' }),
	unsubscribe: (recipient) => ({ context: 'feedback', message: recipient }),
	resubscribe: (recipient) => ({ context: 'feedback', message: recipient }),
	reject: (_recipient, { message }) => ({
		context: 'submission',
		message: message ?? 'sender not verified',
		srchost: '127.0.0.1',
	}),
};

/**
 * The webhook body of an event without its id and without echoed headers. `processed` names all recipients, the others
 * one.
 */
export function eventPayload(
	email: Email,
	event: EmailEventName,
	recipients: string[],
	details: EventDetails,
	at: Date,
): JsonObject {
	const common = { ...commonPayload(email, at), event };
	if (event === 'processed') return { ...common, recipients, srchost: '127.0.0.1' };
	const [recipient = ''] = recipients;
	return { ...common, rcpt: recipient, ...EXTRAS[event](recipient, details, secondsTime(at), email) };
}
