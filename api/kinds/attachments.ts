/** Readers of files: attachments, inline images, and a whole MIME message. */
import { success, type Result } from '../core/result';
import { base64Of, decodedText, isDataUrl } from '../files/base64';
import type { WireObject } from '../files/wire';
import { isBytes, toBytes } from '../core/bytes';
import { FileContent, isFileSource } from '../files/content';
import { extensionOf, typeOfFile } from '../files/filetypes';
import { hiddenProblem, isHeaderSafe, shown, trimmed, wellFormed } from '../core/invisible';
import { nameInUrl, isHttpUrl } from '../formats/urls';
import { isRecord, typeNameOf, parsedList } from '../core/json';
import { toList, wrong, wrongValue, type Reader, type ReaderField } from './reader';

/** The content of a file or its URL, with the type if a data URL names it. */
type Content = { readonly fileblob: FileContent; readonly type?: string } | { readonly url: string };

/** Reads the content of a file from one of its properties. */
function readGiven({ fileblob, content, encoding }: Record<string, unknown>, field: ReaderField): Result<Content> {
	const given = fileblob ?? content;
	if (given instanceof FileContent) return success({ fileblob: given });
	if (isFileSource(given)) return success({ fileblob: new FileContent(given) });
	const bytes = toBytes(given);
	if (bytes !== undefined) return success({ fileblob: new FileContent(bytes) });
	if (typeof given !== 'string')
		return wrong(
			field,
			'must have binary data, Base64 text (fileblob) or a URL (url) for each file, not ' +
				`${given === undefined ? 'nothing' : typeNameOf(given)}`,
		);
	const text = decodedText(given, encoding, fileblob === undefined || fileblob === null ? 'utf8' : 'base64');
	if ('problem' in text) return wrongValue(field, `the content of a file ${text.problem}`);
	return success({ fileblob: new FileContent(text.origin), ...(text.type === undefined ? {} : { type: text.type }) });
}

/** Reads the content of a file as SMTP2GO accepts it: exactly one of `fileblob` in Base64 and `url`. */
function readContent(file: Record<string, unknown>, field: ReaderField): Result<Content> {
	const { url, fileblob, content } = file;
	if (url === undefined || url === null || url === '') return readGiven(file, field);
	if ((fileblob ?? content ?? '') !== '')
		return wrong(field, 'must have either content or a URL for each file, not both');
	if (typeof url === 'string' && isDataUrl(url)) return readGiven({ fileblob: url }, field);
	const address = typeof url === 'string' ? trimmed(url) : '';
	const problem = hiddenProblem(address);
	if (problem !== undefined) return wrongValue(field, `the URL ${shown(address)} of a file ${problem}. Remove it`);
	return isHttpUrl(address)
		? success({ url: address })
		: wrong(field, 'contains a URL that does not start with http:// or https://');
}

/** True for an empty name. In Node's email libraries, `false` means no name, too. */
function isNameless(name: unknown): boolean {
	return name === undefined || name === null || name === false || (typeof name === 'string' && name.trim() === '');
}

/**
 * Returns a Content-ID without its delimiters: `<logo@example.com>` in an email header, or `cid:logo` in the HTML body.
 */
export function contentIdOf(cid: unknown): unknown {
	return typeof cid === 'string'
		? cid
				.trim()
				.replace(/^cid:(?=.)/is, '')
				.replace(/^<(.+)>$/s, '$1')
		: cid;
}

/** Returns the name of a file, if it has one. For an inline image it is the Content-ID. */
function givenName(file: Record<string, unknown>, isInline: boolean): unknown {
	const names = [
		isInline ? contentIdOf(file['cid']) : undefined,
		file['filename'],
		file['fileName'],
		nameInUrl(file['url']),
	];
	return names.find((name) => !isNameless(name));
}

/** Reads the type that came with a file. */
function givenType(file: Record<string, unknown>, field: ReaderField): Result<string | undefined> {
	const given = file['mimetype'] ?? file['mimeType'] ?? file['contentType'] ?? undefined;
	if (given === undefined || given === '') return success(undefined);
	return typeof given === 'string' && isHeaderSafe(given)
		? success(given.trim())
		: wrong(field, 'contains a MIME type that is not text on one line');
}

/**
 * Reads one file. It accepts SMTP2GO's properties (`filename`, `fileblob` or `url`, `mimetype`) and those of Node's
 * email libraries (`content`, `encoding`, `contentType`, `cid`). An inline image is found by its Content-ID, which
 * SMTP2GO takes from the file name (contract, `inlines`).
 * @param isInline true for an image that the HTML body shows
 * @param place position in the list, counted from 1; it names an attachment without a name
 */
function readFile(value: unknown, field: ReaderField, isInline: boolean, place: number): Result<WireObject> {
	if (!isRecord(value))
		return wrong(
			field,
			`must be a list of files, each an object with filename and content, but contains ${typeNameOf(value)}`,
		);
	const content = readContent(value, field);
	if (!content.ok) return content;
	const given = givenType(value, field);
	if (!given.ok) return given;
	const told = given.value ?? ('fileblob' in content.value ? content.value.type : undefined);
	const blob = 'fileblob' in content.value ? content.value.fileblob : undefined;
	const isText =
		typeof value['content'] === 'string' && isNameless(value['encoding']) && isNameless(value['fileblob']);
	const own = givenName(value, isInline);
	const needsName = own === undefined && (isInline || blob === undefined);
	if (needsName)
		return wrong(
			field,
			isInline ? 'must have a file name or cid for each image' : 'must have a file name for each file',
		);
	const filename = own ?? `attachment-${place}.${extensionOf(told, blob?.head, isText)}`;
	if (typeof filename !== 'string') return wrong(field, `must have text as a file name, not ${typeNameOf(filename)}`);
	if (!isHeaderSafe(filename))
		return wrongValue(field, `the file name ${shown(filename)} contains a line end or control character`);
	const mimetype = typeOfFile({
		told,
		sentName: filename,
		names: [value['filename'], value['fileName'], filename],
		head: blob?.head,
		isShown: isInline,
	});
	return success({
		filename: wellFormed(filename),
		...(blob === undefined ? content.value : { fileblob: blob }),
		...(mimetype === undefined ? {} : { mimetype }),
	} as WireObject);
}

/** Reads a list of files, or one file. An empty list counts as not set. */
function readFiles(value: unknown, field: ReaderField, isInline: boolean): Result<WireObject[] | undefined> {
	if (typeof value === 'string' && trimmed(value) === '') return success(undefined);
	const parsed = typeof value === 'string' ? (parsedList(value) ?? value) : value;
	const files: WireObject[] = [];
	for (const [index, part] of toList(parsed, (text) => [text]).entries()) {
		const file = readFile(part, field, isInline, index + 1);
		if (!file.ok) return file;
		files.push(file.value);
	}
	return success(files.length === 0 ? undefined : files);
}

/** Reads attachments. */
export const readAttachments: Reader = (value, field) => readFiles(value, field, false);

/** Reads images that the HTML body shows. */
export const readInlineImages: Reader = (value, field) => readFiles(value, field, true);

/** The start of a message: the name of a header. A URL, a path of a file, or JSON looks similar but does not match. */
const HEADER_LINE = /^[A-Za-z0-9][!-9;-~]*:(?![\\/])/;

/** Reads a whole MIME message: binary data, text with header lines, or Base64. */
export const readMime: Reader = (value, field) => {
	if (value === '') return success(undefined);
	if (isFileSource(value)) return success(new FileContent(value));
	const bytes = isBytes(value) || isRecord(value) ? toBytes(value) : undefined;
	if (bytes !== undefined) return success(new FileContent(bytes));
	if (typeof value !== 'string')
		return wrong(field, `must be a MIME message as text or Base64, not ${typeNameOf(value)}`);
	// A message starts with a header line, and a colon is not a Base64 character, so the two cannot be confused.
	if (!isDataUrl(value) && HEADER_LINE.test(value)) return success(new FileContent(Buffer.from(value, 'utf8')));
	const text = base64Of(value);
	return 'problem' in text
		? wrong(field, 'must start with a header line or be Base64')
		: success(new FileContent(text.origin));
};
