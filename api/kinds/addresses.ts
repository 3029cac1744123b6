/** Readers of addresses: senders, recipients, reply-to, and suppressed addresses and domains. */
import { success, type Result } from '../core/result';
import { formatNumber } from '../core/format';
import { hiddenProblem, shown, trimmed } from '../core/invisible';
import { isDomain, MAX_LENGTH, personOf, quotedName, sameAs, splitAddresses } from '../formats/mailbox';
import { isRecord, typeNameOf } from '../core/json';
import { toList, withinCount, wrong, wrongValue, type Reader, type ReaderField } from './reader';

/** Returns the name in an object, quoted for a header, or undefined if it is not text. */
function nameIn(name: unknown): string | undefined {
	if (name === undefined || name === null) return '';
	return typeof name === 'string' || typeof name === 'number' ? quotedName(trimmed(String(name))) : undefined;
}

/** Turns `{ name, email }` or `{ name, address }`, as other nodes write it, into text. */
function textOfPerson(value: Record<string, unknown>, field: ReaderField): Result<string> {
	const given = value['email'] ?? value['address'];
	if (typeof given !== 'string') return wrong(field, 'must have "email" or "address" in each object');
	if (typeof value['name'] === 'string' && value['name'].length > MAX_LENGTH)
		return wrong(field, `must have at most ${MAX_LENGTH} characters in each "name"`);
	const name = nameIn(value['name']);
	if (name === undefined) return wrong(field, `must have text in each "name", not ${typeNameOf(value['name'])}`);
	const person = personOf(given);
	if ('problem' in person) return wrongValue(field, person.problem);
	if (person.text !== person.address) return wrongValue(field, `${shown(given)} is not a valid email address`);
	return success(name === '' ? person.address : `${name} <${person.address}>`);
}

/** Reads an address from text or an object. Returns its text and the bare address. */
function readPerson(value: unknown, field: ReaderField): Result<{ text: string; address: string }> {
	if (!isRecord(value) && typeof value !== 'string')
		return wrong(field, `must be an email address as text, not ${typeNameOf(value)}`);
	const text = isRecord(value) ? textOfPerson(value, field) : success(value);
	if (!text.ok) return text;
	const person = personOf(text.value);
	return 'problem' in person ? wrongValue(field, person.problem) : success(person);
}

/** Reads one sender. */
export const readSender: Reader = (value, field) => {
	if (typeof value === 'string' && trimmed(value) === '') return success(undefined);
	const person = readPerson(value, field);
	return person.ok ? success(person.value.text) : person;
};

/**
 * The maximum length of a list as text, in characters: enough for the maximum of entries, or half of any body except
 * that of an email.
 */
function longestList({ max }: ReaderField): number {
	return max === undefined ? 500_000 : max * (MAX_LENGTH + 2);
}

/** True for an empty entry. */
function isNothing(part: unknown): boolean {
	return part === null || part === undefined || (typeof part === 'string' && trimmed(part) === '');
}

/**
 * Reads each entry of a list, a JSON list, or a line once. Empty entries and duplicates are skipped.
 * @param read returns the text to send for an entry, and a key that is equal for duplicates
 */
function readOnce(
	value: unknown,
	field: ReaderField,
	read: (part: unknown) => Result<{ text: string; address: string }>,
): Result<string[]> {
	if (typeof value === 'string' && value.length > longestList(field))
		return wrong(
			field,
			`must have at most ${formatNumber(longestList(field))} characters, not ${formatNumber(value.length)}`,
		);
	const parts = toList(value, splitAddresses);
	const found = new Map<string, string>();
	const seen = new Set<unknown>();
	for (const part of parts) {
		if (seen.has(part) || isNothing(part)) continue;
		seen.add(part);
		const one = read(part);
		if (!one.ok) return one;
		const same = sameAs(one.value.address);
		if (!found.has(same)) found.set(same, one.value.text);
		// Stops as soon as there are too many.
		if (field.max !== undefined && found.size > field.max)
			return wrong(field, `must have at most ${field.max} entries, not ${parts.length}`);
	}
	return success([...found.values()]);
}

/** Reads recipients: a list, a JSON list, or a line with commas. An empty list counts as not set. */
export const readRecipients: Reader = (value, field) => {
	const people = readOnce(value, field, (part) => readPerson(part, field));
	if (!people.ok || people.value.length > 0) return people.ok ? withinCount(people.value, field) : people;
	return success(undefined);
};

/** Reads an address, or a domain for all its addresses. */
function readEntry(value: unknown, field: ReaderField): Result<{ text: string; address: string }> {
	if (typeof value !== 'string') return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const text = trimmed(value);
	if (isDomain(text)) return success({ text, address: `@${text}` });
	const person = personOf(text);
	if (!('problem' in person)) return success({ text: person.address, address: person.address });
	return wrongValue(
		field,
		text.includes('@')
			? person.problem
			: `${shown(text)} ` +
					`${hiddenProblem(text.slice(0, MAX_LENGTH)) ?? 'is neither a valid email address nor a domain'}`,
	);
}

/** Reads an address, or a domain for all its addresses. */
export const readAddressOrDomain: Reader = (value, field) => {
	if (typeof value === 'string' && trimmed(value) === '') return success(undefined);
	const read = readEntry(value, field);
	return read.ok ? success(read.value.text) : read;
};

/**
 * Reads addresses and domains: a list, a JSON list, or a line with commas. An empty list is sent, because it may be
 * meant to clear a list. A list of empty entries comes from missing data and must not clear anything.
 */
export const readAddressesOrDomains: Reader = (value, field) => {
	const entries = readOnce(value, field, (part) => readEntry(part, field));
	if (!entries.ok) return entries;
	const isMissing =
		entries.value.length === 0 &&
		(Array.isArray(value) ? value.length > 0 : typeof value === 'string' && !/^\s*(?:\[\s*\]\s*)?$/.test(value));
	return isMissing ? wrong(field, 'has only empty entries') : withinCount(entries.value, field);
};

/** The maximum number of entries of a list that is checked. */
const MAX_LIST = 100_000;

/**
 * Reads a list of addresses without judging them: each invalid one is told when the list is checked. An object keeps
 * only its address.
 */
export const readAddressList: Reader = (value, field) => {
	const parts = isNothing(value) ? [''] : toList(value, splitAddresses);
	const max = field.max ?? MAX_LIST;
	if (parts.length > max)
		return wrong(field, `must have at most ${formatNumber(max)} entries, not ${formatNumber(parts.length)}`);
	const entries: string[] = [];
	for (const part of parts) {
		const given = isRecord(part) ? (part['email'] ?? part['address'] ?? part['email_address']) : part;
		// A cell of a table may be a number. It is told with the other invalid entries.
		if (typeof given === 'object' && given !== null)
			return wrong(field, `must be a list of email addresses, but contains ${typeNameOf(given)}`);
		entries.push(isNothing(given) ? '' : String(given));
	}
	return success(entries);
};

/** Reads one address without a name. An empty one is sent, so that a value can be cleared. */
export const readEmailAddress: Reader = (value, field) => {
	if (typeof value !== 'string') return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const text = trimmed(value);
	if (text === '') return success('');
	const person = personOf(text);
	return 'problem' in person ? wrongValue(field, person.problem) : success(person.address);
};

/** Reads a domain. */
export const readDomain: Reader = (value, field) => {
	if (typeof value !== 'string') return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const text = trimmed(value);
	if (text === '') return success(undefined);
	return isDomain(text)
		? success(text)
		: wrongValue(field, `${shown(text)} ${hiddenProblem(text.slice(0, MAX_LENGTH)) ?? 'is not a valid domain'}`);
};
