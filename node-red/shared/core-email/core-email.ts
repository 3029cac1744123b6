/**
 * What the node `smtp2go-email` reads where the dialog leaves a field alone: the same message properties as Node-RED's
 * own e-mail node (node-red-node-email, 61-email.js), so that it can take that node's place. This is the one place
 * of the Node-RED package that names fields of an operation.
 */
import type { NodeMessage } from 'node-red';
import { imagesShown, isBytes, isRecord, toBytes, typeOfContent, type ResourceKey } from '../../../api';
import { hasTags } from './html-tags';
import { isImage, isInline } from './email-files';
import { headersOf, typeOfPayload } from './email-headers';

/** The resource whose fields are read this way; all others read `msg.payload.<field>`. */
export const CORE_EMAIL_RESOURCE: ResourceKey = 'email';

/** How a field is read, and how the dialog says so. */
export interface MessageSource {
	/** Properties of the message, as a dialog shows them. */
	readonly shows: string;
	/** True where an entry of a list of emails never has it from the message that holds the list. */
	readonly perEntry?: true;
	read(msg: NodeMessage): unknown;
}

/** Extensions of file names that are not the second half of the type. */
const EXTENSIONS: Readonly<Record<string, string>> = {
	'image/jpeg': 'jpg',
	'audio/mpeg': 'mp3',
	'application/gzip': 'gz',
	'application/x-7z-compressed': '7z',
};

/**
 * The payload as a body: text, or a number or yes/no as its text. An object is none: a web form must not become an
 * email
 * as a whole.
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

/** A payload that is a file. Only real bytes: JSON that looks like a Buffer may come from anybody. */
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
	// An email needs a body: a file alone is described by its name, which needs no translation.
	if (file !== undefined) return description ?? nameOfPayload(msg, file);
	const body = bodyOf(msg);
	// Beside HTML its source, where there are no better words, as the core node sends it: what looks like a tag stays
	// readable.
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
/**
 * Who gets an email of a list is never said by the message that holds the list: a forgotten one must not send all to
 * one
 * person.
 */
const recipients = (name: string): MessageSource => ({ ...property(name), perEntry: true });

/** Fields of an email and where they come from. */
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

/** Where a field of the resource is read from, or undefined where the general rule applies. */
export function coreEmailSource(resource: string, field: string): MessageSource | undefined {
	return resource === CORE_EMAIL_RESOURCE && Object.hasOwn(sources, field) ? sources[field] : undefined;
}

/**
 * Adds those attached images to the inline images that the HTML body shows by their file name, as in
 * `<img src="cid:logo.png">`; they need no `cid` of their own. They stay attachments too: the body's words may be a
 * visitor's, and nothing vanishes from the attachments because of words (decision 35).
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
