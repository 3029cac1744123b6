/** Detects the type of a file by its name or first bytes, if nothing else says it. */

/** Known extensions. Those of images come first. The first extension of a type is used for generated names. */
const extensions: Readonly<Record<string, string>> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	gif: 'image/gif',
	svg: 'image/svg+xml',
	webp: 'image/webp',
	bmp: 'image/bmp',
	ico: 'image/x-icon',
	tif: 'image/tiff',
	tiff: 'image/tiff',
	avif: 'image/avif',
	heic: 'image/heic',
	apng: 'image/apng',
	jfif: 'image/jpeg',
	pdf: 'application/pdf',
	txt: 'text/plain',
	log: 'text/plain',
	md: 'text/markdown',
	csv: 'text/csv',
	tsv: 'text/tab-separated-values',
	html: 'text/html',
	htm: 'text/html',
	css: 'text/css',
	js: 'text/javascript',
	json: 'application/json',
	xml: 'application/xml',
	yaml: 'application/yaml',
	yml: 'application/yaml',
	ics: 'text/calendar',
	vcf: 'text/vcard',
	eml: 'message/rfc822',
	msg: 'application/vnd.ms-outlook',
	rtf: 'application/rtf',
	doc: 'application/msword',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xls: 'application/vnd.ms-excel',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	ppt: 'application/vnd.ms-powerpoint',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	odt: 'application/vnd.oasis.opendocument.text',
	ods: 'application/vnd.oasis.opendocument.spreadsheet',
	odp: 'application/vnd.oasis.opendocument.presentation',
	zip: 'application/zip',
	gz: 'application/gzip',
	tgz: 'application/gzip',
	'7z': 'application/x-7z-compressed',
	tar: 'application/x-tar',
	rar: 'application/vnd.rar',
	mp3: 'audio/mpeg',
	wav: 'audio/wav',
	ogg: 'audio/ogg',
	m4a: 'audio/mp4',
	flac: 'audio/flac',
	mp4: 'video/mp4',
	mov: 'video/quicktime',
	webm: 'video/webm',
	avi: 'video/x-msvideo',
	epub: 'application/epub+zip',
	p7s: 'application/pkcs7-signature',
	p7m: 'application/pkcs7-mime',
	asc: 'application/pgp-signature',
	bin: 'application/octet-stream',
};

/** The first bytes of files by type, in hexadecimal, after an offset. From the specifications of the formats. */
const beginnings: readonly { readonly type: string; readonly bytes: string; readonly after?: number }[] = [
	{ type: 'application/pdf', bytes: '255044462d' },
	{ type: 'image/png', bytes: '89504e470d0a1a0a' },
	{ type: 'image/jpeg', bytes: 'ffd8ff' },
	{ type: 'image/gif', bytes: '47494638' },
	{ type: 'image/webp', bytes: '57454250', after: 8 },
	{ type: 'image/tiff', bytes: '49492a00' },
	{ type: 'image/tiff', bytes: '4d4d002a' },
	{ type: 'image/bmp', bytes: '424d' },
	{ type: 'audio/wav', bytes: '57415645', after: 8 },
	{ type: 'audio/mpeg', bytes: '494433' },
	{ type: 'image/avif', bytes: '6674797061766966', after: 4 },
	{ type: 'image/avif', bytes: '6674797061766973', after: 4 },
	{ type: 'image/heic', bytes: '6674797068656963', after: 4 },
	{ type: 'image/heic', bytes: '6674797068656978', after: 4 },
	{ type: 'image/heic', bytes: '667479706d696631', after: 4 },
	{ type: 'video/mp4', bytes: '66747970', after: 4 },
	{ type: 'application/gzip', bytes: '1f8b08' },
	{ type: 'application/x-7z-compressed', bytes: '377abcaf271c' },
	{ type: 'application/zip', bytes: '504b0304' },
	{ type: 'application/zip', bytes: '504b0506' },
	{ type: 'application/rtf', bytes: '7b5c727466' },
];

/**
 * Types whose first bytes are too short or too common to override the extension: text that starts with BM, or office
 * files, which are archives.
 */
const WEAK = ['image/bmp', 'image/tiff', 'application/zip', 'application/gzip', 'audio/mpeg', 'video/mp4'];
/** The generic type. */
const ANY_BYTES = 'application/octet-stream';
/** Generic types as storage services, download pages, and email programs write them. S3 uses `binary/octet-stream`. */
const SAYS_NOTHING =
	/^(?:(?:application|binary)\/octet-stream|application\/(?:x-|force-)?download|application\/x-unknown)(?=[;\s]|$)/i;
/** The number of bytes to search for the start of an SVG. Drawing programs put their own name before it. */
const BEGINNING = 768;
/** SVG, after anything that XML allows before its first element. */
const SVG = /^\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!DOCTYPE\s+)?svg[\s>/]/i;

/** True for a generic type. */
export function saysNothing(type: string): boolean {
	return SAYS_NOTHING.test(type);
}

/**
 * Detects the type by the first bytes (a few dozen are enough, except for SVG). Returns undefined for an unknown type.
 */
export function typeOfContent(head: Uint8Array): string | undefined {
	const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, BEGINNING));
	const hex = start.toString('hex', 0, 64);
	const known = beginnings.find(({ bytes, after = 0 }) => hex.startsWith(bytes, after * 2))?.type;
	return known ?? (SVG.test(start.toString('utf8')) ? 'image/svg+xml' : undefined);
}

/** Returns the extension of a name, in lower case. A dot in a number or a sentence does not start an extension. */
function endOf(name: unknown): string {
	return typeof name === 'string' ? (/\.(\w{1,10})$/.exec(name.slice(-12))?.[1]?.toLowerCase() ?? '') : '';
}

/** Returns the type of a known extension. */
export function typeOfName(name: unknown): string | undefined {
	const end = endOf(name);
	return Object.hasOwn(extensions, end) ? extensions[end] : undefined;
}

/** Returns the extension for a file without a name, by its type or its first bytes. */
export function extensionOf(told: string | undefined, head: Uint8Array | undefined, isText: boolean): string {
	const type =
		(told === undefined || saysNothing(told)
			? head && typeOfContent(head)
			: (told.split(';', 1)[0] ?? '').trim().toLowerCase()) ?? (isText ? 'text/plain' : ANY_BYTES);
	return Object.entries(extensions).find(([, one]) => one === type)?.[0] ?? 'bin';
}

/** What is known of a file. */
interface Known {
	/** The type that came with the file. */
	readonly told: string | undefined;
	/** The name that is sent. SMTP2GO detects the type by it if no type is sent. */
	readonly sentName: string;
	/** Its names. Its own name comes before its Content-ID. */
	readonly names: readonly unknown[];
	readonly head: Uint8Array | undefined;
	/** True for an inline image, which is shown only if its type is an image. */
	readonly isShown: boolean;
}

/**
 * Returns the MIME type to send: the given one, or, if that is generic, the one by name or content. Undefined if the
 * name that is sent is enough.
 */
export function typeOfFile({ told, sentName, names, head, isShown }: Known): string | undefined {
	if (told !== undefined && !saysNothing(told)) return told;
	const byName = names.map(typeOfName).find((type) => type !== undefined);
	if (byName !== undefined)
		return typeOfName(sentName) !== byName ? byName : isShown && told !== undefined ? byName : told;
	const byContent = head === undefined ? undefined : typeOfContent(head);
	const isNamed = /[a-z]/.test(endOf(sentName)) && !isShown;
	return isNamed && byContent !== undefined && WEAK.includes(byContent) ? told : (byContent ?? told);
}
