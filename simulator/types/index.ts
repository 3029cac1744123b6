// What the simulator stores. The shapes follow the API where the API shows them.
import type { SenderSettings, SenderStatus } from './account';
import type { JsonObject } from '../core/json';
import type { Email } from './email';

export type * from './account';
export type * from './hook';
export type * from './email';
export type * from './health';
export type * from './log';
export type * from './sms';

/** The names of email events in webhooks. */
export type EmailEventName =
	| 'processed'
	| 'delivered'
	| 'open'
	| 'click'
	| 'bounce'
	| 'spam'
	| 'unsubscribe'
	| 'resubscribe'
	| 'reject';

/** Something that happened to an email or an SMS. `payload` is the webhook body without echoed headers. */
export interface SimulatorEvent {
	/** 32 hex digits; the same on every repeat of a delivery. */
	id: string;
	channel: 'email' | 'sms';
	event: string;
	emailId?: string;
	/** Missing for `processed`, which covers all recipients. */
	recipient?: string;
	bounce?: 'hard' | 'soft';
	username: string;
	time: string;
	/** When it shows up in the activity log, if that is later: milliseconds since 1970. */
	loggedAt?: number;
	/** Made by the generator, not by an email that was sent. */
	generated?: true;
	payload: JsonObject;
}

/** An address or domain that gets no email. */
export interface Suppression {
	email_address: string;
	reason: 'manual' | 'spam' | 'unsubscribe' | 'bounce' | 'compliance';
	block_description: string;
	complaint: string;
	subject: string | null;
	timestamp: string;
	subaccountId?: string;
}

/** A template; bodies and subject are Handlebars. */
export interface Template {
	id: string;
	name: string;
	subject: string;
	html_body: string;
	text_body: string;
	template_variables: JsonObject;
	tags: string[];
	last_updated: string;
}

/** Email waiting for its time. */
export interface ScheduledEmail {
	scheduleId: string;
	/** ISO time it is due. */
	due: string;
	clientIp: string;
	email: Email;
	sandbox: boolean;
}

/** An API key. */
export interface ApiKey {
	key: string;
	/** Endpoint paths; `*` and `/email/*` are understood. */
	permissions: string[];
	status: SenderStatus;
	/**
	 * What SMTP2GO says about the key's sending, for example after it was blocked for misuse. Default `allowed`. Only
	 * shown: how sends are refused then is not known.
	 */
	sendingStatus?: string;
	region: Region;
	/** Endpoint paths that were taken from it, whatever `permissions` says. */
	lost?: string[];
	/** What was set over the API; missing for a key that came another way. */
	settings?: SenderSettings;
	/** The subaccount it belongs to, if any; so do the emails and SMS it sends. */
	subaccountId?: string;
}

/** The account regions of SMTP2GO; `any` is known everywhere. */
export type Region = 'any' | 'us' | 'eu' | 'au';

/** One API request as it came in. */
export interface RequestRecord {
	at: string;
	method: string;
	/** Without `/v3`, e.g. `/email/send`. */
	path: string;
	/** Without the headers that carry the key. */
	headers: Record<string, string>;
	/** First 16 characters of the key, '' if there was none. */
	username: string;
	/** The body exactly as received. */
	body: string;
	/** HTTP status answered; missing while under way or if a fault cut the connection. */
	status?: number;
}
