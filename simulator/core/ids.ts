// IDs, keys and passwords in the form that the live service gives them.
import { randomInt, randomUUID } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function letters(count: number): string {
	return Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** Whole seconds since 1970 in base 62, as a message id of Exim begins. Six characters until 2028 and long after. */
function seconds(at: number): string {
	let [left, text] = [Math.floor(at / 1_000), ''];
	for (; left > 0; left = Math.floor(left / ALPHABET.length)) text = ALPHABET.charAt(left % ALPHABET.length) + text;
	return text.padStart(6, '0');
}

/**
 * An email id in the live form, e.g. `1w4x2g-FnQW0hPru7M-NRRC`. It begins with the time, as seen in a delivery of
 * 2026-03-24 08:23:14.
 */
export const newEmailId = (at = Date.now()): string => `${seconds(at)}-${letters(11)}-${letters(4)}`;

/** An event id: 32 hex digits. */
export const newEventId = (): string => randomUUID().replaceAll('-', '');

/** An API key in the live form: `api-` and 32 letters or digits. */
export const newApiKey = (): string => `api-${letters(32)}`;

/** The key that every simulator knows by default. It cannot be a real one: `api-` and eight times DEMO. */
export const DEMO_API_KEY = `api-${'DEMO'.repeat(8)}`;

/** A password for an SMTP user who was given none: 95 bits. */
export const newPassword = (): string => letters(16);

/** A subaccount's id in the live form, e.g. `34l8oj`. */
export const newSubaccountId = (): string => letters(6);

/** A UUID, as used for request ids and schedule ids. */
export const newUuid = (): string => randomUUID();

/** What stats, activity and webhooks call a key: its first 16 characters. */
export const usernameOf = (key: string): string => key.slice(0, 16);
