/**
 * Decodes text that represents bytes: Base64 in its common forms, data URLs, and the encodings of Node's email
 * libraries.
 */
import { shown, trimmed } from '../core/invisible';

/**
 * The decoded form: bytes, or Base64 ready to be sent, in the alphabet of RFC 4648 section 4, padded, without line
 * ends.
 */
export interface Encoded {
	readonly origin: string | Buffer;
	/** The MIME type in a data URL. */
	readonly type?: string;
}
/** The decoded text, or why it is invalid, as the rest of a sentence. */
export type Decoded = Encoded | { readonly problem: string };

/** The beginning of a data URL in Base64; groups: its type. */
const DATA_URL = /^data:([a-z0-9.+/-]{0,100})(?:;[a-z0-9-]{1,40}=[^;,\s]{0,100}){0,5};base64,/i;

/**
 * Base64 in the standard or the URL-safe alphabet (RFC 4648 sections 4 and 5), with or without padding and line ends.
 */
function readBase64(text: string): Decoded {
	const bare = /[\r\n]|^\s|\s$/.test(text) ? text.trim().replace(/[\r\n]+/g, '') : text;
	const end = bare.endsWith('==') ? 2 : bare.endsWith('=') ? 1 : 0;
	const digits = end === 0 ? bare : bare.slice(0, -end);
	const isSafe = /[-_]/.test(digits);
	if (!(isSafe ? /^[A-Za-z0-9_-]*$/ : /^[A-Za-z0-9+/]*$/).test(digits) || digits.length % 4 === 1)
		return { problem: 'is not valid Base64' };
	if (isSafe) return { origin: Buffer.from(digits, 'base64url') };
	const padding = '='.repeat((4 - (digits.length % 4)) % 4);
	return { origin: padding.length === end ? bare : `${digits}${padding}` };
}

/** True for text that is a Base64 data URL. */
export function isDataUrl(text: string): boolean {
	return DATA_URL.test(text);
}

/** Decodes Base64, alone or in a data URL. */
export function base64Of(text: string): Decoded {
	const [whole, type] = DATA_URL.exec(text.slice(0, 1000)) ?? [];
	if (whole === undefined) return readBase64(text);
	const read = readBase64(text.slice(whole.length));
	return 'problem' in read || !type ? read : { ...read, type: type.toLowerCase() };
}

/** The last character of each one-byte encoding. */
const ONE_BYTE: Readonly<Record<string, number>> = {
	ascii: 0x7f,
	usascii: 0x7f,
	latin1: 0xff,
	binary: 0xff,
	iso88591: 0xff,
};

function readHex(text: string): Decoded {
	const digits = text.replace(/\s+/g, '');
	return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits)
		? { origin: Buffer.from(digits, 'hex') }
		: { problem: 'is not valid hexadecimal' };
}

function readOneByte(text: string, encoding: string, greatest: number): Decoded {
	const isWithin = greatest === 0xff ? /^[\0-\xff]*$/.test(text) : /^[\0-\x7f]*$/.test(text);
	return isWithin
		? { origin: Buffer.from(text, 'latin1') }
		: { problem: `contains characters that ${encoding} cannot represent` };
}

/**
 * Decodes the text of a file.
 * @param encoding as Node.js names it, in any case; if undefined, the default of the property
 */
export function decodedText(text: string, encoding: unknown, byItself: 'base64' | 'utf8'): Decoded {
	if (encoding !== undefined && encoding !== null && typeof encoding !== 'string')
		return { problem: 'has an encoding that is not text' };
	const name =
		trimmed(encoding ?? '')
			.toLowerCase()
			.replace(/[-_ ]/g, '') || (isDataUrl(text) ? 'base64' : byItself);
	if (name === 'base64' || name === 'base64url') return base64Of(text);
	if (name === 'utf8') return { origin: Buffer.from(text, 'utf8') };
	if (name === 'hex') return readHex(text);
	if (name === 'utf16le' || name === 'ucs2') return { origin: Buffer.from(text, 'utf16le') };
	const greatest = Object.hasOwn(ONE_BYTE, name) ? ONE_BYTE[name] : undefined;
	if (greatest !== undefined) return readOneByte(text, String(encoding), greatest);
	return {
		problem: `has the unknown encoding ${shown(String(encoding))}. Use base64, hex, utf8, latin1 or ascii`,
	};
}
