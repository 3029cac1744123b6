/**
 * What the node `smtp2go-email` reads where the dialog leaves a field alone: the same message properties as Node-RED's
 * own e-mail node (node-red-node-email, 61-email.js), so that it can take that node's place. This is the one place
 * of the Node-RED package that names fields of an operation.
 */
import type { NodeMessage } from 'node-red';
import { isRecord, typeOfContent, type ResourceKey } from '../../api';

/** The resource whose fields are read this way; all others read `msg.payload.<field>`. */
export const CORE_EMAIL_RESOURCE: ResourceKey = 'email';

/** How a field is read, and how the dialog says so. */
export interface Source {
	/** Properties of the message, as a dialog shows them. */
	readonly shows: string;
	/** True where an entry of a list of mails never has it from the message that holds the list. */
	readonly perEntry?: true;
	read(msg: NodeMessage): unknown;
}

/** Extensions of file names that are not the second half of the type. */
const EXTENSIONS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'audio/mpeg': 'mp3', 'application/gzip': 'gz', 'application/x-7z-compressed': '7z' };
/** Levels of `msg.priority`, as the headers that mail programs read. */
const PRIORITIES: Readonly<Record<string, string>> = { high: '1 (Highest)', normal: '3 (Normal)', low: '5 (Lowest)' };

/** The payload as a body: text, or a number or yes/no as its text. */
function bodyOf({ payload }: NodeMessage): string | undefined {
	return typeof payload === 'string' ? payload : typeof payload === 'number' || typeof payload === 'boolean' ? String(payload) : undefined;
}

/** Tags make a payload HTML, as in the core node: `<` and a letter, and somewhere behind them `>`. Its own pattern takes minutes over a hostile text. */
function hasTags(text: string): boolean {
	const start = text.search(/<[a-z]/i);
	return start >= 0 && text.lastIndexOf('>') >= start + 2;
}

function htmlBody(msg: NodeMessage): unknown {
	const body = bodyOf(msg);
	return body !== undefined && hasTags(body) ? body : undefined;
}

/** The name of a binary payload as an attachment. */
function nameOfPayload({ filename }: NodeMessage, payload: Uint8Array): string {
	if (typeof filename === 'string' && filename !== '') return filename.replace(/^.*[\\/]/, '') || 'attachment.bin';
	const type = typeOfContent(payload);
	return `attachment.${type === undefined ? 'bin' : EXTENSIONS[type] ?? type.replace(/^.*\//, '')}`;
}

function textBody(msg: NodeMessage): unknown {
	const { payload, plaintext, description } = msg;
	// A mail needs a body: a file alone is described by its name, which needs no translation.
	if (payload instanceof Uint8Array) return description ?? nameOfPayload(msg, payload);
	const body = bodyOf(msg);
	return body !== undefined && hasTags(body) ? plaintext : body;
}

/** A file of Node's mail libraries whose content lies behind a URL, as SMTP2GO takes it. */
function withUrl(file: unknown): unknown {
	if (!isRecord(file)) return file;
	const { path, href, ...rest } = file;
	const url = href ?? path;
	return typeof url === 'string' && /^https?:/i.test(url) ? { ...rest, url } : file;
}

function filesOf({ attachments }: NodeMessage): unknown[] {
	return (Array.isArray(attachments) ? attachments : attachments === undefined || attachments === null ? [] : [attachments]).map(withUrl);
}

/** A file with a Content-ID belongs inside the HTML body. */
function isInline(file: unknown): boolean {
	return isRecord(file) && typeof file['cid'] === 'string' && file['cid'] !== '';
}

function attachments(msg: NodeMessage): unknown {
	const { payload } = msg;
	const own = payload instanceof Uint8Array ? [{ filename: nameOfPayload(msg, payload), content: payload }] : [];
	const files = [...own, ...filesOf(msg).filter((file) => !isInline(file))];
	return files.length > 0 ? files : undefined;
}

function inlines(msg: NodeMessage): unknown {
	const files = filesOf(msg).filter(isInline);
	return files.length > 0 ? files : undefined;
}

/** What the core `http request` node adds to the headers of an answer (core/network/21-httprequest.js). */
const ANSWER_MARK = 'x-node-red-request-node';

/** The mail's own headers. Those of a web request (`msg.req`) or of the answer to one are not meant for a mail. */
function ownHeaders(msg: NodeMessage): unknown {
	const { headers: own } = msg;
	return msg['req'] !== undefined || (isRecord(own) && Object.hasOwn(own, ANSWER_MARK)) ? undefined : own;
}

/** Own headers and those that stand for properties of their own. */
function headers(msg: NodeMessage): unknown {
	const { inReplyTo, references, priority } = msg;
	const level = typeof priority === 'string' && Object.hasOwn(PRIORITIES, priority) ? PRIORITIES[priority] : undefined;
	const extra = Object.fromEntries(Object.entries({
		'In-Reply-To': inReplyTo,
		References: Array.isArray(references) ? references.join(' ') : references,
		'X-Priority': level,
	}).filter(([, value]) => value !== undefined));
	const own = ownHeaders(msg);
	if (Object.keys(extra).length === 0) return own;
	if (Array.isArray(own)) return [...own as unknown[], ...Object.entries(extra).map(([header, value]) => ({ header, value }))];
	return { ...extra, ...(isRecord(own) ? own : {}) };
}

const property = (name: string): Source => ({ shows: `msg.${name}`, read: (msg) => msg[name] });
/** Who gets a mail of a list is never said by the message that holds the list: a forgotten one must not send all to one person. */
const recipients = (name: string): Source => ({ ...property(name), perEntry: true });

/** Fields of a mail and where they come from. */
const sources: Readonly<Record<string, Source>> = {
	sender: property('from'),
	to: recipients('to'),
	cc: recipients('cc'),
	bcc: recipients('bcc'),
	reply_to: property('replyTo'),
	subject: property('topic'),
	html_body: { shows: 'msg.payload (HTML)', perEntry: true, read: htmlBody },
	text_body: { shows: 'msg.payload, msg.plaintext', perEntry: true, read: textBody },
	attachments: { shows: 'msg.attachments, msg.payload (Buffer)', read: attachments },
	inlines: { shows: 'msg.attachments (cid)', read: inlines },
	custom_headers: { shows: 'msg.headers, msg.priority, msg.inReplyTo, msg.references', read: headers },
};

/** Where a field of the resource is read from, or undefined where the general rule applies. */
export function coreEmailSource(resource: string, field: string): Source | undefined {
	return resource === CORE_EMAIL_RESOURCE && Object.hasOwn(sources, field) ? sources[field] : undefined;
}

/** The names that an HTML body shows as `<img src="cid:NAME">`. */
function namesShown(html: unknown): ReadonlySet<string> {
	const found = typeof html === 'string' ? [...html.matchAll(/\bcid:([^"'\s)>]+)/gi)].map(([, name = '']) => name) : [];
	return new Set(found.flatMap((name) => [name, name.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'))]));
}

/** Makes those attachments inline images that the HTML body shows by their file name; they need no `cid` of their own. */
export function placeInlines(resource: string, values: Record<string, unknown>): void {
	const { attachments: files, html_body: html, inlines: given } = values;
	if (resource !== CORE_EMAIL_RESOURCE || !Array.isArray(files)) return;
	const names = namesShown(html);
	const isShown = (file: unknown) => isRecord(file) && typeof file['filename'] === 'string' && names.has(file['filename']);
	const shown: unknown[] = files.filter(isShown);
	if (shown.length === 0 || (given !== undefined && !Array.isArray(given))) return;
	const rest = files.filter((file) => !isShown(file));
	Object.assign(values, { attachments: rest.length > 0 ? rest : undefined, inlines: [...given ?? [] as unknown[], ...shown] });
}
