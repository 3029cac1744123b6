// The source of an email (.eml) and its size in bytes.
import { plainHeaders } from './headers';
import type { Email, StoredFile } from '../types';

/** A part of a message: headers that say what it is, and its content. */
interface Entity {
	type: string;
	/** Headers beside Content-Type. */
	headers: string[];
	content: string;
}

/** The email as it goes over the wire (an .eml file), with CRLF. Blind copies are not named. */
export function sourceOf(email: Email): string {
	const { type, headers, content } = entityOf(email);
	return [...plainHeaders(email), 'MIME-Version: 1.0', `Content-Type: ${type}`, ...headers, '', content].join('\r\n');
}

const sizes = new WeakMap<Email, number>();

/** Bytes of the email on the wire. Worked out once an email: nothing changes in it. */
export function sizeOf(email: Email): number {
	const size = sizes.get(email) ?? Buffer.byteLength(sourceOf(email));
	sizes.set(email, size);
	return size;
}

function entityOf(email: Email): Entity {
	const bodies = [
		...(email.text === '' ? [] : [body('plain', email.text)]),
		...(email.html === '' ? [] : [body('html', email.html)]),
	];
	const readable = joined('alternative', bodies, email);
	const withImages = joined('related', [readable, ...email.inlines.map((file) => filed(file, 'inline'))], email);
	return joined('mixed', [withImages, ...email.attachments.map((file) => filed(file, 'attachment'))], email);
}

function body(kind: 'plain' | 'html', text: string): Entity {
	return base64(`text/${kind}; charset=utf-8`, Buffer.from(text));
}

function filed({ filename, mimetype, content }: StoredFile, disposition: 'inline' | 'attachment'): Entity {
	const entity = base64(mimetype, content);
	const name = `Content-Disposition: ${disposition}; filename*=UTF-8''${encodeURIComponent(filename).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`;
	// An inline image's file name is its Content-ID.
	const id = disposition === 'inline' ? [`Content-ID: <${filename}>`] : [];
	return { ...entity, headers: [...entity.headers, name, ...id] };
}

function base64(type: string, content: Buffer): Entity {
	return {
		type,
		headers: ['Content-Transfer-Encoding: base64'],
		content: content.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n'),
	};
}

/** Several parts combined into one; a single part is returned unchanged, and no parts give an empty text. */
function joined(kind: 'alternative' | 'related' | 'mixed', parts: Entity[], { emailId }: Email): Entity {
	const [first = body('plain', ''), ...more] = parts;
	if (more.length === 0) return first;
	const boundary = `=_${kind}_${emailId}`;
	const written = parts.map(({ type, headers, content }) =>
		[`--${boundary}`, `Content-Type: ${type}`, ...headers, '', content].join('\r\n'),
	);
	return {
		type: `multipart/${kind}; boundary="${boundary}"`,
		headers: [],
		content: [...written, `--${boundary}--`, ''].join('\r\n'),
	};
}
