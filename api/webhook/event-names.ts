/** Reads the event names of deliveries: channel, kind, and the name to compare with a subscription. */

/**
 * What happened, by the names of `activity/search` if there is one. SMS kinds have a prefix, because the two channels
 * share names. `unknown` is an event that SMTP2GO may add later.
 */
export type EventKind =
	| 'processed'
	| 'delivered'
	| 'opened'
	| 'clicked'
	| 'hard-bounced'
	| 'soft-bounced'
	| 'rejected'
	| 'spam'
	| 'unsubscribed'
	| 'resubscribed'
	| 'sms-delivered'
	| 'sms-failed'
	| 'sms-rejected'
	| 'sms-sending'
	| 'sms-submitted'
	| 'sms-opt-out'
	| 'unknown';

/** Names seen in deliveries, and their documented form. Some receivers report older spellings. */
const aliases: Readonly<Record<string, string>> = {
	opened: 'open',
	clicked: 'click',
	bounced: 'bounce',
	hard_bounced: 'bounce',
	soft_bounced: 'bounce',
	spam_complaint: 'spam',
	unsubscribed: 'unsubscribe',
	resubscribed: 'resubscribe',
	rejected: 'reject',
};

const emailKinds: Readonly<Record<string, EventKind>> = {
	processed: 'processed',
	delivered: 'delivered',
	open: 'opened',
	click: 'clicked',
	reject: 'rejected',
	spam: 'spam',
	unsubscribe: 'unsubscribed',
	resubscribe: 'resubscribed',
};

const smsKinds: Readonly<Record<string, EventKind>> = {
	delivered: 'sms-delivered',
	failed: 'sms-failed',
	rejected: 'sms-rejected',
	sending: 'sms-sending',
	submitted: 'sms-submitted',
	'opt-out': 'sms-opt-out',
};

/**
 * Spellings of the SMS event `opt-out`. SMTP2GO has not published the one that it sends. No email event has any of
 * them.
 */
const OPT_OUT = /^(sms_)?opt[-_]?out$/i;

/** A parsed event name: its channel, its API name, its kind, and hard or soft for a bounce. */
export interface EventName {
	readonly channel: 'email' | 'sms';
	/** The name to compare with a subscription, such as `bounce` or (SMS) `delivered`. */
	readonly subscription: string;
	readonly kind: EventKind;
	readonly bounceType: 'hard' | 'soft' | null;
}

/**
 * Reads the name of an event.
 * @param event as delivered: `bounce`, `sms_delivered`, an older alias, or something new
 * @param bounce the `bounce` value of the delivery
 * @param isSms true if other fields show that it is about a text message
 */
export function readEventName(event: string, bounce: unknown, isSms: boolean): EventName {
	const isOptOut = OPT_OUT.test(event);
	const sms = event.startsWith('sms_') || isSms || isOptOut;
	const bare = isOptOut ? 'opt-out' : event.replace(/^sms_/, '');
	if (sms) return { channel: 'sms', subscription: bare, kind: own(smsKinds, bare) ?? 'unknown', bounceType: null };
	const name = own(aliases, event) ?? event;
	if (name !== 'bounce')
		return { channel: 'email', subscription: name, kind: own(emailKinds, name) ?? 'unknown', bounceType: null };
	// A bounce without a type is not a hard one, or a flow would suppress an address that works.
	const type =
		event === 'hard_bounced' || bounce === 'hard'
			? 'hard'
			: event === 'soft_bounced' || bounce === 'soft'
				? 'soft'
				: null;
	return {
		channel: 'email',
		subscription: 'bounce',
		kind: type === null ? 'unknown' : `${type}-bounced`,
		bounceType: type,
	};
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(table, key) ? table[key] : undefined;
}
