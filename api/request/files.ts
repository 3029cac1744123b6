/** Readers of what a mail carries beside its body: attachments, inline images, headers, a whole MIME message. */
import { success, type Result } from '../result';
import type { Field, JsonObject } from '../catalogue/types';
import { isHeaderSafe } from './invisible';
import type { WireObject } from './body';
import { FileContent, isFileSource, type FileSource } from './content';
import { typeOfContent } from './filetypes';
import { nameInUrl } from './urls';
import { isHttpUrl, isRecord, nameOf, parseJson, toList, wrong, type Reader } from './values';

/** Headers that SMTP2GO sets itself and refuses (contract, `custom_headers`). */
const RESERVED_HEADERS = ['content-type', 'content-transfer-encoding', 'mime-version'];

/** True for Base64 (RFC 4648 section 4), with or without line ends and padding. */
export function isBase64(text: string): boolean {
	const bare = text.replace(/[\r\n]/g, '');
	return /^[A-Za-z0-9+/]*={0,2}$/.test(bare) && bare.replace(/=+$/, '').length % 4 !== 1;
}

/** Content that is no Base64 text: bytes, a file that is read later, or text in UTF-8. */
function contentOf(content: Uint8Array | FileSource | string): FileContent {
	return new FileContent(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
}

/** The content that a file object holds, under one of its names; undefined where there is none. */
function givenContent({ fileblob, content, encoding }: Record<string, unknown>): unknown {
	if (fileblob !== undefined && fileblob !== null) return fileblob;
	return typeof content === 'string' && encoding !== 'base64' ? contentOf(content) : content;
}

/** The file's content as SMTP2GO takes it: `fileblob` in Base64 or `url`, exactly one of the two. */
function readContent(file: Record<string, unknown>, field: Field): Result<{ fileblob: FileContent } | { url: string }> {
	const { url } = file;
	const given = givenContent(file);
	if (url !== undefined && url !== '') {
		if (given !== undefined && given !== '') return wrong(field, 'needs either content or a URL for each file, not both');
		return typeof url === 'string' && isHttpUrl(url) ? success({ url }) : wrong(field, 'holds a URL that does not start with http:// or https://');
	}
	if (given instanceof FileContent) return success({ fileblob: given });
	if (given instanceof Uint8Array || isFileSource(given)) return success({ fileblob: contentOf(given) });
	if (typeof given !== 'string') return wrong(field, 'needs Base64 content (fileblob) or a URL (url) for each file');
	if (!isBase64(given)) return wrong(field, 'holds a file whose content is not Base64');
	return success({ fileblob: new FileContent(given.replace(/[\r\n]/g, '')) });
}

/** A type that says no more than that there are bytes. */
const ANY_BYTES = 'application/octet-stream';

/** The MIME type: the given one, or, where neither that nor an extension of the name says anything, what the content looks like. */
function typeOf(given: string | undefined, filename: string, content: FileContent | undefined): string | undefined {
	const isTold = (given !== undefined && given !== ANY_BYTES) || /\.\w+$/.test(filename);
	return isTold || content === undefined ? given : typeOfContent(content.head) ?? given;
}

/**
 * One file. Understood are SMTP2GO's names (`filename`, `fileblob` or `url`, `mimetype`) and those of Node's mail
 * libraries (`content`, `encoding`, `contentType`, `cid`); an inline image is found by its Content-ID, which
 * SMTP2GO takes from the file name (contract, `inlines`).
 */
function readFile(value: unknown, field: Field): Result<WireObject> {
	if (!isRecord(value)) return wrong(field, `must be a list of files, each an object with filename and content, but holds ${nameOf(value)}`);
	const named = (field.kind === 'inlines' ? value['cid'] : undefined) ?? value['filename'] ?? value['fileName'];
	const filename = named === null || named === undefined || named === '' ? nameInUrl(value['url']) : named;
	if (typeof filename !== 'string' || filename === '') return wrong(field, 'needs a file name for each file');
	if (!isHeaderSafe(filename)) return wrong(field, 'holds a file name with a line end or control character');
	const content = readContent(value, field);
	if (!content.ok) return content;
	const given = value['mimetype'] ?? value['mimeType'] ?? value['contentType'];
	if (given !== undefined && (typeof given !== 'string' || !isHeaderSafe(given))) return wrong(field, 'holds a MIME type that is no text on one line');
	const mimetype = typeOf(given === '' ? undefined : given, filename, 'fileblob' in content.value ? content.value.fileblob : undefined);
	return success({ filename, ...content.value, ...(mimetype === undefined ? {} : { mimetype }) });
}

/** A list of files, or one. None at all is the same as not given. */
export const readFiles: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const parsed = typeof value === 'string' ? parseJson(value) ?? value : value;
	const files: WireObject[] = [];
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
	if (value instanceof Uint8Array || isFileSource(value)) return success(contentOf(value));
	if (typeof value !== 'string') return wrong(field, `must be a MIME message as text or Base64, not ${nameOf(value)}`);
	// A message starts with a header line, and a colon is no Base64 character: the two cannot be confused.
	if (/^[!-9;-~]+:/.test(value)) return success(contentOf(value));
	return isBase64(value) ? success(new FileContent(value.replace(/[\r\n]/g, ''))) : wrong(field, 'must start with a header line, or be Base64');
};
