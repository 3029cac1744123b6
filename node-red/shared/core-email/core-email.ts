/**
 * Where the node `smtp2go-email` reads unset fields: from the same message properties as Node-RED's own e-mail node
 * (node-red-node-email, 61-email.js), so that it can replace that node. No other file of the Node-RED package names
 * fields of an operation.
 */
import type { NodeMessage } from 'node-red';
import { imagesShown, isBytes, isRecord, toBytes, typeOfContent, type ResourceKey } from '../../../api';
import { hasTags } from './html-tags';
import { isImage, isInline } from './email-files';
import { headersOf, typeOfPayload } from './email-headers';

/** The resource whose fields are read this way; all others read `msg.payload.<field>`. */
export const CORE_EMAIL_RESOURCE: ResourceKey = 'email';

/** Where a field is read in a message. */
export interface MessageSource {
	/** The message properties, as the dialog shows them. */
	readonly shows: string;
	/** True if an entry of a list of emails never takes it from the message that holds the list. */
	readonly perEntry?: true;
	read(msg: NodeMessage): unknown;
}

/** File extensions that are not the second half of the type. */
const EXTENSIONS: Readonly<Record<string, string>> = {
	'image/jpeg': 'jpg',
	'audio/mpeg': 'mp3',
	'application/gzip': 'gz',
	'application/x-7z-compressed': '7z',
};

/**
 * The payload as a body: text, a number, or true or false. An object is not a body: a web form must not become an
 * email as a whole.
 */
function bodyOf({ payload }: NodeMessage): string | undefined {
	return typeof payload === 'string'
		? payload
		: typeof payload === 'number' || typeof payload === 'boolean'
			? String(payload)
			: undefined;
}

function htmlBody(msg: NodeMessage): unknown {
	const body = bodyOf(msg);
	return body !== undefined && hasTags(body) ? body : undefined;
}

/** The payload as a file. Only real bytes count: JSON that looks like a Buffer can come from anybody. */
function fileOf({ payload }: NodeMessage): Buffer | undefined {
	return isBytes(payload) ? toBytes(payload) : undefined;
}

/** The name of a binary payload as an attachment. */
function nameOfPayload({ filename }: NodeMessage, payload: Uint8Array): string {
	if (typeof filename === 'string' && filename !== '') return filename.replace(/^.*[\\/]/, '') || 'attachment.bin';
	const type = typeOfContent(payload);
	return `attachment.${type === undefined ? 'bin' : (EXTENSIONS[type] ?? type.replace(/^.*\//, ''))}`;
}

function textBody(msg: NodeMessage): unknown {
	const { plaintext, description } = msg;
	const file = fileOf(msg);
	// An email needs a body. For a file alone, that is its name, which needs no translation.
	if (file !== undefined) return description ?? nameOfPayload(msg, file);
	const body = bodyOf(msg);
	// Beside HTML without `msg.plaintext`, the source of the HTML, as the core node sends it.
	return body !== undefined && hasTags(body) ? (plaintext ?? body) : body;
}

function subject({ topic, title }: NodeMessage): unknown {
	return topic === undefined || topic === null || topic === '' ? (title ?? topic) : topic;
}

function filesIn({ attachments }: NodeMessage): unknown[] {
	return Array.isArray(attachments)
		? attachments
		: attachments === undefined || attachments === null
			? []
			: [attachments];
}

function attachments(msg: NodeMessage): unknown {
	const file = fileOf(msg);
	const contentType = typeOfPayload(msg);
	const own =
		file === undefined
			? []
			: [
					{
						filename: nameOfPayload(msg, file),
						content: file,
						...(contentType === undefined ? {} : { contentType }),
					},
				];
	const files = [...own, ...filesIn(msg).filter((one) => !isInline(one))];
	return files.length > 0 ? files : undefined;
}

function inlines(msg: NodeMessage): unknown {
	const files = filesIn(msg).filter(isInline);
	return files.length > 0 ? files : undefined;
}

const property = (name: string): MessageSource => ({ shows: `msg.${name}`, read: (msg) => msg[name] });
/** Recipients of an email in a list never come from the message that holds the list: one person would get them all. */
const recipients = (name: string): MessageSource => ({ ...property(name), perEntry: true });

/** The fields of an email, and where they are read. */
const sources: Readonly<Record<string, MessageSource>> = {
	sender: property('from'),
	to: recipients('to'),
	cc: recipients('cc'),
	bcc: recipients('bcc'),
	reply_to: property('replyTo'),
	subject: { shows: 'msg.topic, msg.title', read: subject },
	html_body: { shows: 'msg.payload (HTML)', perEntry: true, read: htmlBody },
	text_body: { shows: 'msg.payload, msg.plaintext, msg.description', perEntry: true, read: textBody },
	attachments: { shows: 'msg.attachments, msg.payload (Buffer)', read: attachments },
	inlines: { shows: 'msg.attachments (cid)', read: inlines },
	custom_headers: { shows: 'msg.headers, msg.priority, msg.inReplyTo, msg.references', read: headersOf },
};

/** Where a field of a resource is read; undefined if the general rule applies. */
export function coreEmailSource(resource: string, field: string): MessageSource | undefined {
	return resource === CORE_EMAIL_RESOURCE && Object.hasOwn(sources, field) ? sources[field] : undefined;
}

/**
 * Adds attached images to the inline images if the HTML body shows them by their file name, as in
 * `<img src="cid:logo.png">`. They stay attachments too: the body can contain a visitor's text, which must not remove
 * an attachment (decision 35).
 */
export function placeInlines(resource: string, values: Record<string, unknown>): void {
	const { attachments: files, html_body: html, inlines: given } = values;
	if (resource !== CORE_EMAIL_RESOURCE || !Array.isArray(files) || (given !== undefined && !Array.isArray(given)))
		return;
	const names = imagesShown(html);
	const shown: unknown[] = files.filter(
		(file) =>
			isRecord(file) && typeof file['filename'] === 'string' && names.has(file['filename']) && isImage(file),
	);
	if (shown.length > 0) values['inlines'] = [...(given ?? ([] as unknown[])), ...shown];
}
