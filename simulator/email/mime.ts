// Reads a MIME message of `/email/mime`.
import PostalMime from 'postal-mime';
import { FieldFailure } from '../schema/readers';
import { parseMailbox } from '../schema/values';
import type { Mailbox, StoredFile } from '../types';
import type { Draft } from './compose';

/** Headers that the email carries elsewhere. */
const TAKEN = ['from', 'to', 'cc', 'bcc', 'subject', 'content-type', 'content-transfer-encoding', 'mime-version'];

/**
 * Makes a draft out of a full MIME message.
 * @throws FieldFailure if it has no sender or no recipient
 */
export async function draftFromMime(message: Buffer): Promise<Draft> {
	const parsed = await PostalMime.parse(message);
	const sender = mailboxes(parsed.from ? [parsed.from] : [])[0];
	const to = mailboxes(parsed.to);
	const cc = mailboxes(parsed.cc);
	const bcc = mailboxes(parsed.bcc);
	if (!sender) throw new FieldFailure('mime_email', 'The MIME message has no valid From header');
	if (to.length + cc.length + bcc.length === 0)
		throw new FieldFailure('mime_email', 'The MIME message has no recipient');
	const headers = parsed.headers
		.filter(({ key }) => !TAKEN.includes(key))
		.map(({ originalKey, value }) => ({ header: originalKey, value }));
	const isInline = ({ related, disposition }: PostalMime.Attachment): boolean =>
		related === true || disposition === 'inline';
	return {
		via: '/email/mime',
		sender,
		to,
		cc,
		bcc,
		subject: parsed.subject ?? '',
		html: parsed.html ?? '',
		text: parsed.text ?? '',
		headers,
		attachments: parsed.attachments
			.filter((file) => !isInline(file))
			.map((file) => stored(file, file.filename ?? 'attachment')),
		// In a send request an inline image's file name is its Content-ID; here the MIME part brings its own.
		inlines: parsed.attachments
			.filter(isInline)
			.map((file) => stored(file, file.contentId?.replace(/^<|>$/g, '') ?? file.filename ?? 'inline')),
	};
}

function stored({ content, mimeType }: PostalMime.Attachment, filename: string): StoredFile {
	const bytes =
		typeof content === 'string'
			? Buffer.from(content)
			: Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content);
	return { filename, mimetype: mimeType, content: bytes };
}

function mailboxes(addresses: PostalMime.Address[] = []): Mailbox[] {
	return addresses.flatMap((entry) => {
		if (entry.group) return mailboxes(entry.group);
		const text = entry.name ? `${entry.name} <${entry.address}>` : (entry.address ?? '');
		const parsed = parseMailbox(entry.address ?? '');
		return parsed ? [{ name: entry.name, address: parsed.address, text }] : [];
	});
}
