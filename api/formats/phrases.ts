/** Names of people in headers that travel as they are: what is not ASCII becomes encoded words (RFC 2047). */
import { quotedName } from './mailbox';

/** Bytes that one word takes: Base64 of them and what stands around it are at most 75 characters long. */
const MAX_BYTES = 45;

/** A text in words that hold whole characters. */
function encodedWords(text: string): string {
	const words: string[] = [];
	let word = '';
	for (const character of text) {
		if (Buffer.byteLength(word + character) > MAX_BYTES) {
			words.push(word);
			word = '';
		}
		word += character;
	}
	return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ');
}

/** A name without the quotes around it. */
function unquoted(name: string): string {
	return /^"(?:[^"\\]|\\.)*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}

/** One person, as a reader of addresses gives it, with the name as headers carry it. */
export function encodedPerson(person: string): string {
	const open = person.endsWith('>') ? person.lastIndexOf('<') : -1;
	const name = open < 0 ? '' : person.slice(0, open).trim();
	// Read as they are, a colon starts a group of addresses, and brackets and backslashes are no name (RFC 5322 section
	// 3.4).
	if (/^[\x20-\x7e]*$/.test(name))
		return /[:[\]\\]/.test(name) && !name.includes('"') ? `${quotedName(name)} ${person.slice(open)}` : person;
	return `${encodedWords(unquoted(name))} ${person.slice(open)}`;
}
