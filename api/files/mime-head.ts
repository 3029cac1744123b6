/** Reads from the head of a MIME message to whom it goes, from whom, and its subject. */
import { splitAddresses } from '../formats/mailbox';
import type { FileContent } from './content';

/** What the head says. */
export interface MimeHead {
	readonly to: readonly string[];
	readonly cc: readonly string[];
	readonly bcc: readonly string[];
	readonly subject: string | null;
	readonly sender: string | null;
}

/** Bytes of a message in which its head is looked for: a hundred addresses fit in four times. */
const MAX_HEAD = 65_536;

/** The bytes of an encoded word (RFC 2047): Base64, or "Q" with "_" for a blank. */
function bytesOf(encoding: string, text: string): Buffer {
	if (encoding.toUpperCase() === 'B') return Buffer.from(text, 'base64');
	return Buffer.from(
		text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	);
}

/** A text with its encoded words decoded. Those in an unknown character set are kept. */
function decoded(text: string): string {
	// Blanks between two encoded words are none of the text (RFC 2047 section 6.2).
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

/** The header lines, unfolded, by their names in lower case; of several of one name the first. */
function headersOf(head: string): Map<string, string> {
	const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
	const pairs = lines.flatMap((line): [string, string][] => {
		const colon = line.indexOf(':');
		return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
	});
	return new Map(pairs.reverse());
}

/**
 * What the head of a message says. Nothing of a message that cannot be read: it was sent all the same.
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
