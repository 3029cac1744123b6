/** Reads the details of an event: why it failed, and which link was clicked. */
import { bareAddress } from '../formats/mailbox';
import type { EventKind } from './event-names';

/** True for the placeholder that SMTP2GO writes for an empty value (seen in deliveries). */
export function isPlaceholder(text: string): boolean {
	return /^(?:(?:headers )?unavailable)?$/i.test(text.trim());
}

/**
 * Returns the first of these properties that is text or a number, as text. The case of keys matters, because `subject`
 * and `Subject` both occur.
 */
export function pick(raw: Readonly<Record<string, unknown>>, ...keys: string[]): string | null {
	for (const key of keys) {
		const value = Object.hasOwn(raw, key) ? raw[key] : undefined;
		if (typeof value === 'string' && value !== '') return value;
		if (typeof value === 'number') return String(value);
	}
	return null;
}

/** The same without placeholders for an empty value. */
function words(raw: Readonly<Record<string, unknown>>, ...keys: string[]): string | null {
	const text = pick(raw, ...keys);
	return text === null || isPlaceholder(text) ? null : text.trim();
}

/**
 * Kinds of events with a failure, or a possible one. The message of the others is not a reason: a server's "250 OK", or
 * an address.
 */
const withReason: ReadonlySet<EventKind> = new Set<EventKind>([
	'hard-bounced',
	'soft-bounced',
	'rejected',
	'spam',
	'sms-failed',
	'sms-rejected',
	'unknown',
]);

/** Why it failed, as the mail server or SMTP2GO says. */
export function reasonOf(raw: Readonly<Record<string, unknown>>, kind: EventKind): string | null {
	const text = withReason.has(kind) ? words(raw, 'message') : null;
	return text !== null && bareAddress(text) !== undefined ? null : text;
}

/** The link that was clicked. */
export function linkOf(raw: Readonly<Record<string, unknown>>, kind: EventKind): string | null {
	return kind === 'clicked' ? words(raw, 'url', 'link') : null;
}
