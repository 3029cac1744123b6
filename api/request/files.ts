/** Readers of what a mail carries beside its body: attachments, inline images, headers, a whole MIME message. */
import { success, type Result } from '../result';
import type { Field, JsonObject } from '../catalogue/types';
import { isHeaderSafe } from './addresses';
import { isHttpUrl, isRecord, nameOf, parseJson, toList, wrong, type Reader } from './values';

/** Headers that SMTP2GO sets itself and refuses (contract, `custom_headers`). */
const RESERVED_HEADERS = ['content-type', 'content-transfer-encoding', 'mime-version'];

/** True for Base64 (RFC 4648 section 4), with or without line ends and padding. */
export function isBase64(text: string): boolean {
	const bare = text.replace(/[\r\n]/g, '');
	return /^[A-Za-z0-9+/]*={0,2}$/.test(bare) && bare.replace(/=+$/, '').length % 4 !== 1;
}

/** Base64 of binary data or of text in UTF-8. */
function toBase64(content: Uint8Array | string): string {
	return (typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content.buffer, content.byteOffset, content.byteLength)).toString('base64');
}

/** The file's content as SMTP2GO takes it: `fileblob` in Base64 or `url`, exactly one of the two. */
function readContent(file: Record<string, unknown>, field: Field): Result<{ fileblob: string } | { url: string }> {
	const { url, content } = file;
	const blob = file['fileblob'] ?? (content instanceof Uint8Array ? toBase64(content) : undefined);
	const base64 = blob ?? (typeof content === 'string' ? (file['encoding'] === 'base64' ? content : toBase64(content)) : undefined);
	if (url !== undefined && url !== '') {
		if (base64 !== undefined && base64 !== '') return wrong(field, 'needs either content or a URL for each file, not both');
		return typeof url === 'string' && isHttpUrl(url) ? success({ url }) : wrong(field, 'holds a URL that does not start with http:// or https://');
	}
	if (base64 instanceof Uint8Array) return success({ fileblob: toBase64(base64) });
	if (typeof base64 !== 'string') return wrong(field, 'needs Base64 content (fileblob) or a URL (url) for each file');
	if (!isBase64(base64)) return wrong(field, 'holds a file whose content is not Base64');
	return success({ fileblob: base64.replace(/[\r\n]/g, '') });
}

/**
 * One file. Understood are SMTP2GO's names (`filename`, `fileblob` or `url`, `mimetype`) and those of Node's mail
 * libraries (`content`, `encoding`, `contentType`, `cid`); an inline image is found by its Content-ID, which
 * SMTP2GO takes from the file name (contract, `inlines`).
 */
function readFile(value: unknown, field: Field): Result<JsonObject> {
	if (!isRecord(value)) return wrong(field, `must be a list of files, each an object with filename and content, but holds ${nameOf(value)}`);
	const filename = (field.kind === 'inlines' ? value['cid'] : undefined) ?? value['filename'] ?? value['fileName'];
	if (typeof filename !== 'string' || filename === '') return wrong(field, 'needs a file name for each file');
	if (!isHeaderSafe(filename)) return wrong(field, 'holds a file name with a line end or control character');
	const content = readContent(value, field);
	if (!content.ok) return content;
	const mimetype = value['mimetype'] ?? value['mimeType'] ?? value['contentType'];
	if (mimetype !== undefined && mimetype !== '' && (typeof mimetype !== 'string' || !isHeaderSafe(mimetype))) return wrong(field, 'holds a MIME type that is no text on one line');
	return success({ filename, ...content.value, ...(mimetype ? { mimetype } : {}) });
}

/** A list of files, or one. None at all is the same as not given. */
export const readFiles: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const parsed = typeof value === 'string' ? parseJson(value) ?? value : value;
	const files: JsonObject[] = [];
	for (const part of toList(parsed, (text) => [text])) {
		const file = readFile(part, field);
		if (!file.ok) return file;
		files.push(file.value);
	}
	return success(files.length === 0 ? undefined : files);
};

/** Name and value pairs from a list `[{ header, value }]` or from an object `{ name: value }`. */
export function headerPairs(value: unknown): unknown[] {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	return isRecord(parsed) && !('header' in parsed) ? Object.entries(parsed).map(([header, text]) => ({ header, value: text })) : toList(parsed, (text) => [text]);
}

/** Own headers of a mail. Line ends in a name or value are refused: they would forge further headers. */
export const readHeaders: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const headers: JsonObject[] = [];
	for (const pair of headerPairs(value)) {
		const name = isRecord(pair) ? pair['header'] : undefined;
		const given = isRecord(pair) ? pair['value'] : undefined;
		const text = typeof given === 'number' || typeof given === 'boolean' ? String(given) : given;
		if (typeof name !== 'string' || typeof text !== 'string') return wrong(field, 'must be a list of { "header", "value" }, or an object of header names and values');
		if (!/^[!-9;-~]+$/.test(name)) return wrong(field, 'holds a header name with a space, colon, line end or letter outside ASCII');
		if (!isHeaderSafe(text)) return wrong(field, `holds a line end or control character in the value of ${name}`);
		if (RESERVED_HEADERS.includes(name.toLowerCase())) return wrong(field, `holds ${name}, which SMTP2GO sets itself`);
		headers.push({ header: name, value: text });
	}
	return success(headers.length === 0 ? undefined : headers);
};

/** A whole MIME message: binary data, text with header lines, or Base64 already. */
export const readMime: Reader = (value, field) => {
	if (value === '') return success(undefined);
	if (value instanceof Uint8Array) return success(toBase64(value));
	if (typeof value !== 'string') return wrong(field, `must be a MIME message as text or Base64, not ${nameOf(value)}`);
	// A message starts with a header line, and a colon is no Base64 character: the two cannot be confused.
	if (/^[!-9;-~]+:/.test(value)) return success(toBase64(value));
	return isBase64(value) ? success(value.replace(/[\r\n]/g, '')) : wrong(field, 'must start with a header line, or be Base64');
};
