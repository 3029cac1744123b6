/** Readers of people's addresses: senders, recipients, reply-to, suppressed addresses and domains. */
import { success, type Result } from '../result';
import type { Field } from '../catalogue/types';
import { isRecord, nameOf, toList, withinCount, wrong, type Reader } from './values';

/** Characters that could end a header line and start another (RFC 5322 section 2.2). */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** True when a text may stand in a header of a mail: no line end and no other control character. */
export function isHeaderSafe(text: string): boolean {
	return !CONTROL.test(text);
}

/**
 * Cuts a line of addresses at commas and semicolons, but not inside quotes or angle brackets:
 * `"Doe, Jane" <jane@example.com>, joe@example.com` is two.
 */
export function splitAddresses(line: string): string[] {
	const parts: string[] = [];
	let part = '';
	let quoted = false;
	let bracketed = false;
	for (const character of line) {
		if (character === '"' && !part.endsWith('\\')) quoted = !quoted;
		if (!quoted && character === '<') bracketed = true;
		if (!quoted && character === '>') bracketed = false;
		const ends = !quoted && !bracketed && (character === ',' || character === ';' || character === '\n');
		if (ends) parts.push(part);
		part = ends ? '' : part + character;
	}
	return [...parts, part].map((text) => text.trim()).filter((text) => text !== '');
}

/** Greatest length of one person as `Name <address>`: what a line of a mail's header holds (RFC 5322 section 2.1.1). */
const MAX_LENGTH = 998;

/** The bare address in `Name <address>` or in an address alone; undefined when there is none. */
export function bareAddress(text: string): string | undefined {
	const inBrackets = /<([^<>]*)>\s*$/.exec(text);
	const address = (inBrackets?.[1] ?? text).trim();
	return /^[^\s@<>,;"]+@[^\s@<>,;"]+$|^"[^"]+"@[^\s@<>,;"]+$/.test(address) ? address : undefined;
}

/** True where a text is one person: outside quotes the name holds nothing that could be read as another address. */
function isOnePerson(text: string, address: string): boolean {
	if (splitAddresses(text).length !== 1) return false;
	const name = text.endsWith('>') ? text.slice(0, text.lastIndexOf('<')).trim() : '';
	return name === address || !/[<>@"]/.test(name.replace(/"(?:[^"\\]|\\.)*"/g, ''));
}

/** One person: text as given, or an object `{ name, email }` or `{ name, address }` as other nodes write it. */
function readPerson(value: unknown, field: Field): Result<string> {
	if (isRecord(value)) {
		const given = value['email'] ?? value['address'];
		if (typeof given !== 'string') return wrong(field, 'needs an "email" or "address" in each object');
		const address = given.trim();
		if (address.length > MAX_LENGTH || bareAddress(address) !== address) return wrong(field, `holds "${shortened(address)}", which is no email address`);
		return readPerson(typeof value['name'] === 'string' && value['name'] !== '' ? `${quotedName(value['name'])} <${address}>` : address, field);
	}
	if (typeof value !== 'string') return wrong(field, `must be an address as text, not ${nameOf(value)}`);
	const text = value.trim();
	if (!isHeaderSafe(text)) return wrong(field, 'must be on one line, without control characters');
	if (text.length > MAX_LENGTH) return wrong(field, `holds "${shortened(text)}", which is longer than the ${MAX_LENGTH} characters that a mail takes`);
	const address = bareAddress(text);
	if (address === undefined) return wrong(field, `holds "${shortened(text)}", which is no email address`);
	return isOnePerson(text, address) ? success(text) : wrong(field, `holds "${shortened(text)}", which may be read as several addresses: put the name in quotes, or give each address by itself`);
}

/** A display name as a header takes it: quoted when it holds a special character (RFC 5322 section 3.2.3). */
function quotedName(name: string): string {
	return /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/(["\\])/g, '\\$1')}"` : name;
}

function shortened(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** One sender. */
export const readSender: Reader = (value, field) => (value === '' ? success(undefined) : readPerson(value, field));

/** Recipients: a list, a JSON list, or a line with commas. None at all is the same as not given. */
export const readRecipients: Reader = (value, field) => {
	const people: string[] = [];
	for (const part of toList(value, splitAddresses)) {
		if (typeof part === 'string' && part.trim() === '') continue;
		const person = readPerson(part, field);
		if (!person.ok) return person;
		people.push(person.value);
	}
	return people.length === 0 ? success(undefined) : withinCount(people, field);
};

/** Greatest length of a domain in characters (RFC 1035 section 2.3.4). */
const MAX_DOMAIN = 255;

/** A domain by its look: a dot, and nothing that only an address or a header could hold. */
function isDomain(text: string): boolean {
	return text.length <= MAX_DOMAIN && !text.includes('@') && /^[^\s<>,;"/:]+\.[^\s<>,;"/:]+$/.test(text) && isHeaderSafe(text);
}

/** The bare address of one person or a domain; undefined for what is neither. */
function addressOrDomain(text: string): string | undefined {
	if (isDomain(text)) return text;
	return bareAddressOf(text);
}

/** The bare address in a text that may stand in a header; undefined for any other. */
function bareAddressOf(text: string): string | undefined {
	return text.length <= MAX_LENGTH && isHeaderSafe(text) ? bareAddress(text) : undefined;
}

/** An address, or a domain for all its addresses. */
export const readAddressOrDomain: Reader = (value, field) => {
	if (value === '') return success(undefined);
	if (typeof value !== 'string') return wrong(field, `must be text, not ${nameOf(value)}`);
	const read = addressOrDomain(value.trim());
	return read === undefined ? wrong(field, `holds "${shortened(value.trim())}", which is neither an email address nor a domain`) : success(read);
};

/** Addresses and domains: a list, a JSON list, or a line with commas. An empty list is sent as it is, since it may be what a list is replaced by. */
export const readAddressesOrDomains: Reader = (value, field) => {
	const entries: string[] = [];
	for (const part of toList(value, splitAddresses)) {
		const read = readAddressOrDomain(part, field);
		if (!read.ok) return read;
		if (typeof read.value === 'string') entries.push(read.value);
	}
	return withinCount(entries, field);
};

/** One address without a name. An empty one is sent as it is, so that a value can be cleared. */
export const readEmailAddress: Reader = (value, field) => {
	if (value === '') return success('');
	if (typeof value !== 'string') return wrong(field, `must be text, not ${nameOf(value)}`);
	const address = bareAddressOf(value.trim());
	return address === undefined ? wrong(field, `holds "${shortened(value.trim())}", which is no email address`) : success(address);
};

/** A domain. */
export const readDomain: Reader = (value, field) => {
	if (value === '') return success(undefined);
	if (typeof value !== 'string') return wrong(field, `must be text, not ${nameOf(value)}`);
	return isDomain(value.trim()) ? success(value.trim()) : wrong(field, `holds "${shortened(value.trim())}", which is no domain`);
};
