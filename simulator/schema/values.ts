// Readers of mailboxes, Base64, URLs and times.
import { readTime } from '../core/time';
import type { Mailbox } from '../types';
import { expected, FieldFailure, type Reader } from './readers';

const ADDRESS = /^[^\s@<>,;"()[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]*$/u;
const NAMED = /^(?:"((?:[^"\\\r\n]|\\.)*)"|([^<>"\r\n]*?))\s*<([^<>]+)>$/;
const DAY = 86_400_000;

/** Takes `a@b.c`, `<a@b.c>`, `Ann <a@b.c>` or `"Ann, Dr." <a@b.c>` apart; undefined if it is none of them. */
export function parseMailbox(text: string): Mailbox | undefined {
	const named = NAMED.exec(text.trim());
	const address = named ? (named[3] ?? '').trim() : text.trim();
	if (!ADDRESS.test(address)) return undefined;
	const name = named?.[1]?.replace(/\\(.)/g, '$1') ?? named?.[2] ?? '';
	return { name: name.trim(), address, text: text.trim() };
}

/** A sender or recipient. */
export const mailbox: Reader<Mailbox> = (value, field) => {
	const found = typeof value === 'string' ? parseMailbox(value) : undefined;
	// List entries are reported under the list's name, and in this wording, as the live service does for `sender`.
	const name = field.replace(/\[\d+\]$/, '');
	if (!found) throw expected('a valid RFC-822 formatted email field', value, name);
	return found;
};

/** Base64, with the right padding; line breaks are allowed. */
export const base64: Reader<Buffer> = (value, field) => {
	if (typeof value !== 'string') throw expected('a Base64 string', value, field);
	const clean = /[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, '') : value;
	const padding = clean.endsWith('==') ? 2 : clean.endsWith('=') ? 1 : 0;
	const bytes = Buffer.from(clean, 'base64');
	// Buffer skips what is no Base64 and knows the URL-safe alphabet, so length and alphabet tell. Without its padding
	// the right side is a fraction.
	const whole = bytes.length === (clean.length / 4) * 3 - padding;
	if (!whole || clean.includes('-') || clean.includes('_')) throw expected('a Base64 string', value, field);
	return bytes;
};

/** An http or https URL. */
export const webUrl: Reader<string> = (value, field) => {
	if (typeof value !== 'string' || !/^https?:\/\//i.test(value) || !URL.canParse(value))
		throw expected('a URL', value, field);
	return value;
};

/** A time in any format the API knows. */
export const time: Reader<Date> = (value, field) => {
	const at = typeof value === 'string' ? readTime(value) : undefined;
	if (!at) throw expected('a datetime', value, field);
	return at;
};

/** A time in the future, at most three days ahead. SMTP2GO's PHP client sends seconds since 1970. */
export const schedule: Reader<Date> = (value, field) => {
	const at = typeof value === 'string' || typeof value === 'number' ? readTime(value) : undefined;
	if (!at) throw expected('a datetime', value, field);
	const ahead = at.getTime() - Date.now();
	if (ahead <= 0) throw new FieldFailure(field, `The field '${field}' must be in the future`);
	if (ahead > 3 * DAY) throw new FieldFailure(field, `The field '${field}' must be within the next 3 days`);
	return at;
};
