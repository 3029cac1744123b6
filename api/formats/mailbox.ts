/**
 * What one person's address looks like: an address alone or `Name <address>` (RFC 5322 section 3.4), and how a line of
 * them is cut.
 */
import { hiddenProblem, isHeaderSafe, shown, trimmed, wellFormed } from '../core/invisible';

/**
 * Greatest length of one person as `Name <address>`: what a line of an email's header holds (RFC 5322 section 2.1.1).
 */
export const MAX_LENGTH = 998;
/** Greatest length of an address: 64 characters, the sign and a domain (RFC 5321 section 4.5.3.1). */
const MAX_ADDRESS = 320;
/** Greatest length of a domain in characters (RFC 1035 section 2.3.4). */
const MAX_DOMAIN = 255;

/** A domain by its look: labels of letters and digits of any script, joined by single dots, at least two. */
const DOMAIN =
	/^(?:[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
/**
 * What stands before the sign: signs of RFC 5322 section 3.2.3, or beyond ASCII (RFC 6531), joined by single dots; or
 * anything in quotes.
 */
const LOCAL = /^[^\s"(),.:;<>@[\\\]]+(?:\.[^\s"(),.:;<>@[\\\]]+)*$|^"(?:[^"\\]|\\.)+"$/u;

/** True for a domain by its look. Whether it exists is SMTP2GO's to say. */
export function isDomain(text: string): boolean {
	return text.length <= MAX_DOMAIN && hiddenProblem(text) === undefined && DOMAIN.test(text) && !/\.\d+$/.test(text);
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
 * Where the quoted string that starts here is closed; the end of a text that never closes it. A backslash and the sign
 * behind it are a pair.
 */
function closeOfQuote(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '"') return at;
	}
	return text.length;
}

/**
 * Cuts a line of addresses at commas, semicolons and line ends, but not inside quotes or angle brackets:
 * `"Doe, Jane" <jane@example.com>, joe@example.com` is two. Takes time in proportion to the length, whatever the text.
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

/** The name and the address of one person, both as written; the name is empty if only an address is given. */
function cut(text: string): { name: string; address: string } {
	const open = text.endsWith('>') ? text.lastIndexOf('<') : -1;
	const [name, address] = open < 0 ? ['', text] : [text.slice(0, open).trim(), text.slice(open + 1, -1)];
	// Links that were copied, as in `Jane <mailto:jane@example.com>`.
	return { name, address: trimmed(trimmed(address).replace(/^mailto:/i, '')) };
}

/**
 * The bare address in `Name <address>` or in an address alone; undefined when there is none. Taken by its look only: an
 * event
 * names addresses that no reader of a field would take.
 */
export function bareAddress(text: string): string | undefined {
	if (text.length > MAX_LENGTH * 2) return undefined;
	const { address } = cut(trimmed(text));
	return /^[^\s@<>,;"]+@[^\s@<>,;"]+$|^"[^"]+"@[^\s@<>,;"]+$/.test(address) ? address : undefined;
}

/** The name without its quoted parts; a quote that is never closed stays. */
function outsideQuotes(name: string): string {
	let outside = '';
	for (let at = 0; at < name.length; at++) {
		const close = name[at] === '"' ? closeOfQuote(name, at) : at;
		if (close === at || close === name.length) outside += name[at];
		else at = close;
	}
	return outside;
}

/** Why a text is not one person's address, as the rest of a sentence; undefined where it is. */
function flawOf(text: string, name: string, address: string): string | undefined {
	if (text.length > MAX_LENGTH) return `is longer than the ${MAX_LENGTH} characters that an email header takes`;
	if (!isHeaderSafe(text)) return `${hiddenProblem(text) ?? 'contains a control character'}. It must be on one line`;
	if (splitAddresses(text).length > 1)
		return 'can be read as several addresses. Put the name in quotes, or give each address by itself';
	const hidden = hiddenProblem(address);
	if (hidden !== undefined) return `${hidden}. Remove it`;
	if (!isAddress(address)) return 'is not a valid email address';
	return name === address || !/[<>@",;]/.test(outsideQuotes(name))
		? undefined
		: 'can be read as several addresses. Put the name in quotes, or give each address by itself';
}

/** One person as read: the text as it travels and the bare address, or why it is none. */
export type Person = { readonly text: string; readonly address: string } | { readonly problem: string };

/** Reads one person. Blanks and invisible characters at the ends of the text and of the address are removed. */
export function personOf(given: string): Person {
	const text = trimmed(given);
	if (text.length > MAX_LENGTH)
		return { problem: `${shown(text)} is longer than the ${MAX_LENGTH} characters that an email header takes` };
	const { name, address } = cut(text);
	const problem = flawOf(text, name, address);
	if (problem !== undefined) return { problem: `${shown(text)} ${problem}` };
	return {
		text: name === '' ? (text.endsWith('>') ? `<${address}>` : address) : `${wellFormed(name)} <${address}>`,
		address,
	};
}

/** A display name as a header takes it: quoted when it holds a special character (RFC 5322 section 3.2.3). */
export function quotedName(name: string): string {
	return /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/(["\\])/g, '\\$1')}"` : name;
}

/**
 * The same for equal addresses: domains are equal in any case, what stands before the sign is the receiver's to
 * compare.
 */
export function sameAs(address: string): string {
	const at = address.lastIndexOf('@');
	return `${address.slice(0, at)}${address.slice(at).toLowerCase()}`;
}
