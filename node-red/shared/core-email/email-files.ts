/** Files of a message, in the forms that Node-RED's nodes use. */
import { isBytes, isRecord, saysNothing, typeOfName } from '../../../api';

/** Repairs a name in UTF-8 that was read as Latin-1, as multer does with web forms. Keeps any other name. */
function nameAsSent(name: string): string {
	if (!/[\u0080-\u00ff]/.test(name) || /[^\0-\u00ff]/.test(name)) return name;
	const decoded = Buffer.from(name, 'latin1').toString('utf8');
	return decoded.includes('\ufffd') ? name : decoded;
}

/**
 * An upload of the core `http in` node (multer: `originalname`, `buffer`, `mimetype`; its `encoding` is that of the
 * form).
 */
function fromUpload({ originalname, buffer, mimetype }: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return {
		filename: nameAsSent(String(originalname)),
		content: buffer,
		...(mimetype === undefined ? {} : { mimetype }),
	};
}

/** One file in the form that SMTP2GO's reader takes: content or URL. */
function asFile(file: unknown): unknown {
	if (!isRecord(file)) return file;
	if (typeof file['originalname'] === 'string' && isBytes(file['buffer'])) return fromUpload(file);
	// Node's email libraries call a URL `path` or `href`. A path on the server is not a file for an email.
	const { path, href, ...rest } = file;
	const url = href ?? path;
	return typeof url === 'string' && /^(?:https?|data):/i.test(url) ? { ...rest, url } : file;
}

/** One file or several, ready to send; any other value is returned unchanged. */
export function asFiles(files: unknown): unknown {
	return Array.isArray(files) ? files.map(asFile) : asFile(files);
}

/** The type that a file states; undefined if it says nothing. */
function statedType({ mimetype, mimeType, contentType }: Readonly<Record<string, unknown>>): string | undefined {
	const type = mimetype ?? mimeType ?? contentType;
	return typeof type === 'string' && type !== '' && !saysNothing(type) ? type : undefined;
}

/**
 * True for a file that belongs inside the HTML body: it has a Content-ID, and its type and name do not say that it is
 * no image. Email programs give every attachment a Content-ID, and a forwarded report keeps its name only as an
 * attachment.
 */
export function isInline(file: unknown): boolean {
	if (!isRecord(file) || typeof file['cid'] !== 'string' || file['cid'] === '') return false;
	const type = statedType(file) ?? typeOfName(file['filename']);
	return type === undefined || /^image\//i.test(type);
}

/** True for an image, by its type or else by the extension of its name. */
export function isImage(file: Readonly<Record<string, unknown>>): boolean {
	const { filename } = file;
	const type = statedType(file);
	if (type !== undefined) return /^image\//i.test(type);
	return (
		typeof filename === 'string' &&
		(/\.(?:a?png|avif|bmp|gif|heic|ico|jfif|jpe?g|svg|tiff?|webp)$/i.test(filename) || !filename.includes('.'))
	);
}
