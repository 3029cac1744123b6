import type { Mail, Mailbox } from '../types';

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
export function headerOf({ headers }: Mail, name: string): string | undefined {
	return headers.find(({ header }) => header.toLowerCase() === name.toLowerCase())?.value;
}

/** The header lines of an email, without those that tell how its body is written. */
export function plainHeaders(mail: Mail): string[] {
	const list = (name: string, boxes: Mailbox[]): string[] =>
		boxes.length === 0 ? [] : [`${name}: ${boxes.map(fullAddress).join(', ')}`];
	return [
		...list('From', [mail.sender]),
		...list('To', mail.to),
		...list('Cc', mail.cc),
		`Subject: ${encoded(mail.subject)}`,
		...(headerOf(mail, 'date') === undefined
			? [`Date: ${new Date(mail.receivedAt).toUTCString().replace('GMT', '+0000')}`]
			: []),
		...mail.headers.map(({ header, value }) => `${header}: ${encoded(value)}`),
	];
}
