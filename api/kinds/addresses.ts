/** Readers of people's addresses: senders, recipients, reply-to, suppressed addresses and domains. */
import { success, type Result } from '../core/result';
import { formatNumber } from '../core/format';
import { hiddenProblem, shown, trimmed } from '../core/invisible';
import { isDomain, MAX_LENGTH, personOf, quotedName, sameAs, splitAddresses } from '../formats/mailbox';
import { isRecord, typeNameOf } from '../core/json';
import { toList, withinCount, wrong, wrongValue, type Reader, type ReaderField } from './reader';

/** The name of an object's person, as a header takes it; undefined where it is no text. */
function nameIn(name: unknown): string | undefined {
	if (name === undefined || name === null) return '';
	return typeof name === 'string' || typeof name === 'number' ? quotedName(trimmed(String(name))) : undefined;
}

/** A person as `{ name, email }` or `{ name, address }`, as other nodes write it, to one text. */
function textOfPerson(value: Record<string, unknown>, field: ReaderField): Result<string> {
	const given = value['email'] ?? value['address'];
	if (typeof given !== 'string') return wrong(field, 'needs an "email" or "address" in each object');
	if (typeof value['name'] === 'string' && value['name'].length > MAX_LENGTH)
		return wrong(field, `takes at most ${MAX_LENGTH} characters as the "name" of a person`);
	const name = nameIn(value['name']);
	if (name === undefined)
		return wrong(field, `must have text as the "name" of a person, not ${typeNameOf(value['name'])}`);
	const person = personOf(given);
	if ('problem' in person) return wrongValue(field, person.problem);
	if (person.text !== person.address) return wrongValue(field, `${shown(given)} is not a valid email address`);
	return success(name === '' ? person.address : `${name} <${person.address}>`);
}

/** One person, by text or object, to its text and its bare address. */
function readPerson(value: unknown, field: ReaderField): Result<{ text: string; address: string }> {
	if (!isRecord(value) && typeof value !== 'string')
		return wrong(field, `must be an email address as text, not ${typeNameOf(value)}`);
	const text = isRecord(value) ? textOfPerson(value, field) : success(value);
	if (!text.ok) return text;
	const person = personOf(text.value);
	return 'problem' in person ? wrongValue(field, person.problem) : success(person);
}

/** One sender. */
export const readSender: Reader = (value, field) => {
	if (typeof value === 'string' && trimmed(value) === '') return success(undefined);
	const person = readPerson(value, field);
	return person.ok ? success(person.value.text) : person;
};

/**
 * Longest text that a list is read from: what so many people take at most, or half of any body but that of an email.
 */
function longestList({ max }: ReaderField): number {
	return max === undefined ? 500_000 : max * (MAX_LENGTH + 2);
}

/** True for an entry that says nothing. */
function isNothing(part: unknown): boolean {
	return part === null || part === undefined || (typeof part === 'string' && trimmed(part) === '');
}

/**
 * Reads each entry of a list, a JSON list or a line once. Empty entries fall away; entries that mean the same are sent
 * once.
 * @param read an entry to what travels, and to what is the same for entries that mean the same
 */
function readOnce(
	value: unknown,
	field: ReaderField,
	read: (part: unknown) => Result<{ text: string; address: string }>,
): Result<string[]> {
	if (typeof value === 'string' && value.length > longestList(field))
		return wrong(
			field,
			`takes at most ${formatNumber(longestList(field))} characters, not ${formatNumber(value.length)}`,
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
		// No more is read than it takes to know that there are too many.
		if (field.max !== undefined && found.size > field.max)
			return wrong(field, `takes at most ${field.max} entries, not ${parts.length}`);
	}
	return success([...found.values()]);
}

/** Recipients: a list, a JSON list, or a line with commas. None at all is the same as not given. */
export const readRecipients: Reader = (value, field) => {
	const people = readOnce(value, field, (part) => readPerson(part, field));
	if (!people.ok || people.value.length > 0) return people.ok ? withinCount(people.value, field) : people;
	return success(undefined);
};

/** An address, or a domain for all its addresses. */
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
			: `${shown(text)} ${hiddenProblem(text.slice(0, MAX_LENGTH)) ?? 'is neither a valid email address nor a domain'}`,
	);
}

/** An address, or a domain for all its addresses. */
export const readAddressOrDomain: Reader = (value, field) => {
	if (typeof value === 'string' && trimmed(value) === '') return success(undefined);
	const read = readEntry(value, field);
	return read.ok ? success(read.value.text) : read;
};

/**
 * Addresses and domains: a list, a JSON list, or a line with commas. An empty list is sent, since it may be meant to
 * clear a list. A list of empty entries comes from missing data and must not clear anything.
 */
export const readAddressesOrDomains: Reader = (value, field) => {
	const entries = readOnce(value, field, (part) => readEntry(part, field));
	if (!entries.ok) return entries;
	const isMissing =
		entries.value.length === 0 &&
		(Array.isArray(value) ? value.length > 0 : typeof value === 'string' && !/^\s*(?:\[\s*\]\s*)?$/.test(value));
	return isMissing ? wrong(field, 'has only empty entries') : withinCount(entries.value, field);
};

/** One address without a name. An empty one is sent, so that a value can be cleared. */
export const readEmailAddress: Reader = (value, field) => {
	if (typeof value !== 'string') return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const text = trimmed(value);
	if (text === '') return success('');
	const person = personOf(text);
	return 'problem' in person ? wrongValue(field, person.problem) : success(person.address);
};

/** A domain. */
export const readDomain: Reader = (value, field) => {
	if (typeof value !== 'string') return wrong(field, `must be text, not ${typeNameOf(value)}`);
	const text = trimmed(value);
	if (text === '') return success(undefined);
	return isDomain(text)
		? success(text)
		: wrongValue(field, `${shown(text)} ${hiddenProblem(text.slice(0, MAX_LENGTH)) ?? 'is not a valid domain'}`);
};
