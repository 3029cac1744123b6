/** Reads the recipients, sender, and subject in the header of a MIME message. */
import { splitAddresses } from '../formats/mailbox';
import type { FileContent } from './content';

/** The recipients, sender, and subject. */
export interface MimeHead {
	readonly to: readonly string[];
	readonly cc: readonly string[];
	readonly bcc: readonly string[];
	readonly subject: string | null;
	readonly sender: string | null;
}

/** The number of bytes of a message that may contain its header: enough for several hundred addresses. */
const MAX_HEAD = 65_536;

/** Decodes an encoded word (RFC 2047): Base64, or "Q" with "_" for a space. */
function bytesOf(encoding: string, text: string): Buffer {
	if (encoding.toUpperCase() === 'B') return Buffer.from(text, 'base64');
	return Buffer.from(
		text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	);
}

/** Decodes the encoded words in a text. Words in an unknown character set are kept. */
function decoded(text: string): string {
	// Spaces between two encoded words are not part of the text (RFC 2047 section 6.2).
	return text
		.replace(/(=\?[^?\s]+\?[BQ]\?[^?\s]*\?=)[ \t]+(?==\?)/gi, '$1')
		.replace(/=\?([^?\s]+)\?([BQ])\?([^?\s]*)\?=/gi, (word, charset: string, encoding: string, content: string) => {
			try {
				return new TextDecoder(charset).decode(bytesOf(encoding, content));
			} catch {
				return word;
			}
		});
}

/** Reads the headers, unfolded, by name in lower case. The first of several with the same name counts. */
function headersOf(head: string): Map<string, string> {
	const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
	const pairs = lines.flatMap((line): [string, string][] => {
		const colon = line.indexOf(':');
		return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
	});
	return new Map(pairs.reverse());
}

/**
 * Reads the header of a message. Empty for a message that cannot be read, which is sent anyway.
 * @param content of the message
 */
export async function readMimeHead(content: FileContent): Promise<MimeHead> {
	const beginning = await content.beginning(MAX_HEAD);
	const [head = ''] = new TextDecoder().decode(beginning).split(/\r?\n\r?\n/, 1);
	const headers = headersOf(head);
	const people = (name: string) => splitAddresses(headers.get(name) ?? '').map(decoded);
	const text = (name: string) => (headers.has(name) ? decoded(headers.get(name) ?? '') : null);
	return { to: people('to'), cc: people('cc'), bcc: people('bcc'), subject: text('subject'), sender: text('from') };
}
