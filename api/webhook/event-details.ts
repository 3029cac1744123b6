/** What an event says in words: why something failed, and which link was clicked. */
import { bareAddress } from '../formats/mailbox';
import type { EventKind } from './event-names';

/** True for what SMTP2GO writes where it has nothing to say (seen in deliveries). */
export function isPlaceholder(text: string): boolean {
	return /^(?:(?:headers )?unavailable)?$/i.test(text.trim());
}

/**
 * The first of these keys that has a text or number, as text. Keys differ by case on purpose: `subject` and `Subject`
 * both come.
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
 * Kinds that something went wrong with, or may have. The words of all others say no reason: a server's "250 OK", an
 * address.
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

/** Why it failed, in the words of the other server or of SMTP2GO. */
export function reasonOf(raw: Readonly<Record<string, unknown>>, kind: EventKind): string | null {
	const text = withReason.has(kind) ? words(raw, 'message') : null;
	return text !== null && bareAddress(text) !== undefined ? null : text;
}

/** The link that was clicked. */
export function linkOf(raw: Readonly<Record<string, unknown>>, kind: EventKind): string | null {
	return kind === 'clicked' ? words(raw, 'url', 'link') : null;
}
