/**
 * The format of an email address: an address alone or `Name <address>` (RFC 5322 section 3.4), and how a line of them
 * is split.
 */
import { hiddenProblem, isHeaderSafe, shown, trimmed, wellFormed } from '../core/invisible';

/** The maximum length of `Name <address>` in characters: a header line of an email (RFC 5322 section 2.1.1). */
export const MAX_LENGTH = 998;
/** The maximum length of an address in characters: 64, the @ sign, and a domain (RFC 5321 section 4.5.3.1). */
const MAX_ADDRESS = 320;
/** The maximum length of a domain in characters (RFC 1035 section 2.3.4). */
const MAX_DOMAIN = 255;

/** The format of a domain: at least two labels of letters and digits of any script, joined by single dots. */
const DOMAIN =
	/^(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
/**
 * The part before the @ sign: characters of RFC 5322 section 3.2.3, or beyond ASCII (RFC 6531), joined by single dots;
 * or anything in quotes.
 */
const LOCAL = /^[^\s"(),.:;<>@[\\\]]+(?:\.[^\s"(),.:;<>@[\\\]]+)*$|^"(?:[^"\\]|\\.)+"$/u;

/**
 * An address as nearly all are, in ASCII and without anything special. All grammars here accept it unchanged, so
 * nothing else is checked: of a list with thousands of addresses, each is read several times.
 */
const PLAIN = /^[\w%+-]+(?:\.[\w%+-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i;
/** The maximum length of such an address in characters: a domain has at most 255. */
const MAX_PLAIN = 254;

/** True for text in the format of a domain. Whether it exists is for SMTP2GO to check. */
export function isDomain(text: string): boolean {
	return text.length <= MAX_DOMAIN && hiddenProblem(text) === undefined && DOMAIN.test(text) && !/\.\d+$/.test(text);
}

/** Returns the same text for addresses that differ only in case or in how accents are encoded. */
export function sameAddress(address: string): string {
	return address.normalize('NFC').toLowerCase();
}

/** True for an address without a name. */
function isAddress(text: string): boolean {
	const at = text.lastIndexOf('@');
	return (
		at > 0 &&
		text.length <= MAX_ADDRESS &&
		isDomain(text.slice(at + 1)) &&
		hiddenProblem(text) === undefined &&
		LOCAL.test(text.slice(0, at))
	);
}

/**
 * Returns the end of the quoted string that starts here, or the end of the text if it is never closed. A backslash
 * escapes the next character.
 */
function closeOfQuote(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '"') return at;
	}
	return text.length;
}

/**
 * Splits a line of addresses at commas, semicolons, and line ends, but not inside quotes or angle brackets: `"Doe,
 * Jane" <jane@example.com>, joe@example.com` is two. Takes linear time for any text.
 */
export function splitAddresses(line: string): string[] {
	const parts: string[] = [];
	let start = 0;
	let bracketed = false;
	const end = (at: number) => {
		const part = line.slice(start, at).trim();
		if (part !== '') parts.push(part);
		start = at + 1;
	};
	for (let at = 0; at < line.length; at++) {
		const sign = line[at];
		if (sign === '"') at = closeOfQuote(line, at);
		else if (sign === '<') bracketed = true;
		else if (sign === '>') bracketed = false;
		else if (!bracketed && (sign === ',' || sign === ';' || sign === '\n')) end(at);
	}
	end(line.length);
	return parts;
}

/** Splits text into name and address, both as written. The name is empty if there is only an address. */
function cut(text: string): { name: string; address: string } {
	const open = text.endsWith('>') ? text.lastIndexOf('<') : -1;
	const [name, address] = open < 0 ? ['', text] : [text.slice(0, open).trim(), text.slice(open + 1, -1)];
	// Links that were copied, as in `Jane <mailto:jane@example.com>`.
	return { name, address: trimmed(trimmed(address).replace(/^mailto:/i, '')) };
}

/**
 * Returns the bare address in `Name <address>` or in an address alone, or undefined. It checks only the format, because
 * events contain addresses that no field would accept.
 */
export function bareAddress(text: string): string | undefined {
	if (text.length > MAX_LENGTH * 2) return undefined;
	const { address } = cut(trimmed(text));
	return /^[^\s@<>,;"]+@[^\s@<>,;"]+$|^"[^"]+"@[^\s@<>,;"]+$/.test(address) ? address : undefined;
}

/** Returns the name without its quoted parts. A quote that is never closed stays. */
function outsideQuotes(name: string): string {
	let outside = '';
	for (let at = 0; at < name.length; at++) {
		const close = name[at] === '"' ? closeOfQuote(name, at) : at;
		if (close === at || close === name.length) outside += name[at];
		else at = close;
	}
	return outside;
}

/** Returns why text is not one email address, as the rest of a sentence, or undefined. */
function flawOf(text: string, name: string, address: string): string | undefined {
	if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters, the maximum in an email header`;
	if (!isHeaderSafe(text)) return `${hiddenProblem(text) ?? 'contains a control character'}. It must be on one line`;
	if (splitAddresses(text).length > 1)
		return 'could be several addresses. Put the name in quotes, or enter each address separately';
	const hidden = hiddenProblem(address);
	if (hidden !== undefined) return `${hidden}. Remove it`;
	if (!isAddress(address)) return 'is not a valid email address';
	return name === address || !/[<>@",;]/.test(outsideQuotes(name))
		? undefined
		: 'could be several addresses. Put the name in quotes, or enter each address separately';
}

/** An address as read: the text to send and the bare address, or why it is invalid. */
export type Person = { readonly text: string; readonly address: string } | { readonly problem: string };

/**
 * Reads one address with or without a name. Spaces and invisible characters at the ends of the text and of the address
 * are removed.
 */
export function personOf(given: string): Person {
	if (given.length <= MAX_PLAIN && PLAIN.test(given)) return { text: given, address: given };
	const text = trimmed(given);
	if (text.length > MAX_LENGTH)
		return { problem: `${shown(text)} is longer than ${MAX_LENGTH} characters, the maximum in an email header` };
	const { name, address } = cut(text);
	const problem = flawOf(text, name, address);
	if (problem !== undefined) return { problem: `${shown(text)} ${problem}` };
	return {
		text: name === '' ? (text.endsWith('>') ? `<${address}>` : address) : `${wellFormed(name)} <${address}>`,
		address,
	};
}

/** Returns a display name for a header, quoted if it contains a special character (RFC 5322 section 3.2.3). */
export function quotedName(name: string): string {
	return /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/(["\\])/g, '\\$1')}"` : name;
}

/** Returns the same text for equal addresses. Domains ignore case; the part before the @ sign may not. */
export function sameAs(address: string): string {
	const at = address.lastIndexOf('@');
	return `${address.slice(0, at)}${address.slice(at).toLowerCase()}`;
}

/** Returns the name in `Name <address>` without its quotes, or an empty text. */
export function displayName(text: string): string {
	const { name } = cut(trimmed(text));
	return /^"(?:[^"\\]|\\.)*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}
