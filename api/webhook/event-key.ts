/** The key of an event: the same for the same happening, whether a webhook or the activity log reports it. */
import { createHash } from 'node:crypto';
import { toDate } from '../formats/moments';
import type { EventKind } from './event-names';

/** What tells one event from another. */
export interface Identity {
	readonly eventId: string;
	readonly channel: 'email' | 'sms';
	readonly kind: EventKind;
	readonly recipient: string | null;
	/** ISO 8601. */
	readonly time: string | null;
	readonly emailId: string | null;
	readonly messageId: string | null;
}

/** The length of an event key in characters: 132 bits. */
const LENGTH = 22;

/** Returns a short key of a text, in Base64 for URLs. */
export function keyOfText(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, LENGTH);
}

/**
 * Returns the key of an event: 22 characters. It consists of what both sources say: channel, message, recipient, kind
 * and second. An email is processed once for all its recipients. The link is not part of the key, because the log does
 * not promise one. An event that does not say which message, or when, gets a unique key.
 */
export function eventKeyOf({ eventId, channel, kind, recipient, time, emailId, messageId }: Identity): string {
	const message = emailId ?? messageId;
	const second = time === null ? undefined : toDate(time)?.toISOString().slice(0, 19);
	const person = kind === 'processed' ? '' : (recipient ?? '').toLowerCase();
	const parts = [channel, message ?? '', person, kind, second ?? ''];
	return keyOfText(JSON.stringify(message === null || second === undefined ? [...parts, eventId] : parts));
}
