// IDs, keys and passwords in the form that the live service gives them.
import { randomInt, randomUUID } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function letters(count: number): string {
	return Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}

/** An email id in the live form, e.g. `1u0SwL-B9zBpi9ffUq-JAB2`. */
export const newEmailId = (): string => `1${letters(5)}-${letters(11)}-${letters(4)}`;

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
