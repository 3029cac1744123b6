// The headers of an email as text.
import type { Email, Mailbox } from '../types';

/** A header's text: what is not ASCII becomes an encoded word. */
function encoded(text: string): string {
	return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

/** A mailbox with its name quoted, or encoded. */
export function fullAddress({ name, address }: Mailbox): string {
	if (name === '') return address;
	return `${/^[\w ]+$/.test(name) ? name : /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encoded(name)} <${address}>`;
}

/** The first header of a name, in any case. */
export function headerOf({ headers }: Email, name: string): string | undefined {
	return headers.find(({ header }) => header.toLowerCase() === name.toLowerCase())?.value;
}

/** The header lines of an email, without those that tell how its body is written. */
export function plainHeaders(email: Email): string[] {
	const list = (name: string, boxes: Mailbox[]): string[] =>
		boxes.length === 0 ? [] : [`${name}: ${boxes.map(fullAddress).join(', ')}`];
	return [
		...list('From', [email.sender]),
		...list('To', email.to),
		...list('Cc', email.cc),
		`Subject: ${encoded(email.subject)}`,
		...(headerOf(email, 'date') === undefined
			? [`Date: ${new Date(email.receivedAt).toUTCString().replace('GMT', '+0000')}`]
			: []),
		...email.headers.map(({ header, value }) => `${header}: ${encoded(value)}`),
	];
}
