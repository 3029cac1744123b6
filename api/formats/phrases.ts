/** Encodes names in headers that are sent as is: text beyond ASCII becomes encoded words (RFC 2047). */
import { quotedName } from './mailbox';

/** The maximum bytes of one encoded word, so that it has at most 75 characters with its Base64 and delimiters. */
const MAX_BYTES = 45;

/** Splits a text into encoded words of whole characters. */
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

/** Returns a name without its quotes. */
function unquoted(name: string): string {
	return /^"(?:[^"\\]|\\.)*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}

/** Returns an address with its name encoded for a header. */
export function encodedPerson(person: string): string {
	const open = person.endsWith('>') ? person.lastIndexOf('<') : -1;
	const name = open < 0 ? '' : person.slice(0, open).trim();
	// Unquoted, a colon would start a group of addresses, and brackets and backslashes are not part of a name (RFC 5322
	// section 3.4).
	if (/^[\x20-\x7e]*$/.test(name))
		return /[:[\]\\]/.test(name) && !name.includes('"') ? `${quotedName(name)} ${person.slice(open)}` : person;
	return `${encodedWords(unquoted(name))} ${person.slice(open)}`;
}
