// Rows of `/activity/search`, made from events.
import type { JsonObject } from '../core/json';
import { present } from '../core/json';
import type { Email, Mailbox, SimulatorEvent } from '../types';
import { fullAddress, headerOf, plainHeaders } from './headers';
import { recipientsOf } from './postman';
import { sizeOf } from './source';

/** What is wanted in a row beside what always is. */
export interface RowOptions {
	/** Whether the mail's headers are. */
	headers: boolean;
	/** Names of single headers that are. */
	customHeaders: readonly string[];
}

/** An event of an email, with all that happened to the email. */
export interface Happening {
	event: SimulatorEvent;
	email: Email;
	all: readonly SimulatorEvent[];
	/** What the account is called that sent it. */
	account: string;
}

const NAMES: Record<string, string> = {
	open: 'opened',
	click: 'clicked',
	reject: 'rejected',
	unsubscribe: 'unsubscribed',
	resubscribe: 'resubscribed',
};

/** What activity calls a webhook event. */
export function activityName({ event, bounce }: SimulatorEvent): string {
	return event === 'bounce' ? `${bounce ?? 'hard'}-bounced` : (NAMES[event] ?? event);
}

const list = (boxes: Mailbox[]): string | undefined =>
	boxes.length === 0 ? undefined : boxes.map(({ address }) => address).join(', ');

/** One row of activity; keys without a value are omitted, as in the live service. */
export function activityRow(happening: Happening, options: RowOptions): JsonObject {
	const { event, email, account } = happening;
	const row = {
		date: event.time,
		event: activityName(event),
		email_id: email.emailId,
		from: email.sender.address,
		sender: email.sender.address,
		sender_full: fullAddress(email.sender),
		to: list(email.to),
		cc: list(email.cc),
		bcc: list(email.bcc),
		recipient: event.recipient,
		recipients: recipientsOf(email),
		subject: email.subject,
		username: email.username,
		subaccount_name: account,
		reply_to: headerOf(email, 'reply-to'),
		byte_size: sizeOf(email),
		...detailsOf(happening),
		headers: options.headers ? plainHeaders(email).join('\n') : undefined,
		custom_headers: options.customHeaders.length > 0 ? customHeaders(email, options.customHeaders) : undefined,
	};
	return present(row) as JsonObject;
}

/** What only some kinds of event tell. */
function detailsOf({ event, all }: Happening): JsonObject {
	const { payload } = event;
	const { host = '', message = '', srchost = '' } = payload;
	switch (event.event) {
		case 'processed':
			return {
				originating_host: srchost,
				delivery_attempts: all
					.filter(({ event: name }) => name === 'delivered' || name === 'bounce')
					.map(attempt),
			};
		case 'delivered':
			return { host: addressIn(host), smtp_response: message, outbound_ip: OUTBOUND };
		case 'bounce':
			return {
				host: addressIn(host),
				smtp_response: message,
				reason: message,
				error: message,
				outbound_ip: OUTBOUND,
			};
		case 'reject':
			return { originating_host: srchost, reason: message };
		case 'spam':
		case 'unsubscribe':
			return message === '' ? {} : { reason: message };
		case 'open':
		case 'click':
			return { host: srchost, ...reading(payload) };
		default:
			return {};
	}
}

/** An address for documentation. */
const OUTBOUND = '192.0.2.25';

function reading(payload: JsonObject): JsonObject {
	const pick = (...names: string[]): JsonObject =>
		Object.fromEntries(names.flatMap((name) => (payload[name] === undefined ? [] : [[name, payload[name]]])));
	return {
		email_client: pick('client', 'client-device', 'client-os', 'user-agent'),
		metadata: pick('url', 'read-secs', 'geoip-continent', 'geoip-country', 'geoip-city'),
	};
}

/** The address in a webhook's `mx.example.org [203.0.113.9]`. */
function addressIn(host: JsonObject[string]): string {
	const text = typeof host === 'string' ? host : '';
	return /\[(.+)\]$/.exec(text)?.[1] ?? text;
}

function attempt({ time, payload: { host = '', message = '' } }: SimulatorEvent): JsonObject {
	return { smtptime: time, host: addressIn(host), smtpresponse: message };
}

function customHeaders(email: Email, names: readonly string[]): JsonObject {
	return Object.fromEntries(
		names.flatMap((name) => {
			const value = headerOf(email, name);
			return value === undefined ? [] : [[name, value]];
		}),
	);
}
