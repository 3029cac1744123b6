/** Files of a message, in the forms in which Node-RED's nodes give them. */
import { isBytes, isRecord, saysNothing, typeOfName } from '../../../api';

/** Repairs a name sent in UTF-8 but read as Latin-1, as multer does with web forms; keeps any other name. */
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

/** One file, with its content and its address where SMTP2GO's reader looks for them. */
function asFile(file: unknown): unknown {
	if (!isRecord(file)) return file;
	if (typeof file['originalname'] === 'string' && isBytes(file['buffer'])) return fromUpload(file);
	// Node's mail libraries name an address `path` or `href`; a path of the server is no file for an email.
	const { path, href, ...rest } = file;
	const url = href ?? path;
	return typeof url === 'string' && /^(?:https?|data):/i.test(url) ? { ...rest, url } : file;
}

/** One file or several, ready to send; any other value is returned unchanged. */
export function asFiles(files: unknown): unknown {
	return Array.isArray(files) ? files.map(asFile) : asFile(files);
}

/** What is told of a file's type, where it says anything. */
function toldType({ mimetype, mimeType, contentType }: Readonly<Record<string, unknown>>): string | undefined {
	const type = mimetype ?? mimeType ?? contentType;
	return typeof type === 'string' && type !== '' && !saysNothing(type) ? type : undefined;
}

/**
 * A file with a Content-ID belongs inside the HTML body, unless its type or name says that it is no image: email
 * programs
 * give a Content-ID to every attachment, and a forwarded report keeps its name only as an attachment.
 */
export function isInline(file: unknown): boolean {
	if (!isRecord(file) || typeof file['cid'] !== 'string' || file['cid'] === '') return false;
	const type = toldType(file) ?? typeOfName(file['filename']);
	return type === undefined || /^image\//i.test(type);
}

/** True for a file that a mail program can show: by its type, else by the extension of its name. */
export function isImage(file: Readonly<Record<string, unknown>>): boolean {
	const { filename } = file;
	const type = toldType(file);
	if (type !== undefined) return /^image\//i.test(type);
	return (
		typeof filename === 'string' &&
		(/\.(?:a?png|avif|bmp|gif|heic|ico|jfif|jpe?g|svg|tiff?|webp)$/i.test(filename) || !filename.includes('.'))
	);
}
