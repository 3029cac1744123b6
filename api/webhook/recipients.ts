/** Whom an event is about: the one that it names, which is not the list of the whole email. */
import { bareAddress, splitAddresses } from '../formats/mailbox';
import { isRecord, parseJson } from '../core/json';
import type { EventName } from './event-names';
import { isPlaceholder } from './event-details';

/** What an event says about people. */
export interface Recipients {
	/**
	 * The one that the event is about; null where it names nobody, several, or contradicts itself: a flow may suppress
	 * this address.
	 */
	readonly recipient: string | null;
	/** Everybody the email went to, as far as the event says, and whoever the event names. */
	readonly recipients: string[];
}

type Channel = EventName['channel'];

/**
 * Where an event names the one it is about. SMTP2GO documents the first of each; the others mean nothing else wherever
 * they stand.
 */
const names: Readonly<Record<Channel, readonly string[]>> = {
	email: ['rcpt', 'recipient', 'rcpt_to', 'recipient_address', 'recipient_email'],
	sms: ['destination_number', 'rcpt', 'recipient'],
};

/**
 * The texts in a value: itself, those of a list (also as JSON), or those of the numbered record that a form parser
 * makes of many keys.
 */
function textsIn(value: unknown, depth = 0): string[] {
	if (typeof value === 'number') return [String(value)];
	if (typeof value === 'string') {
		const list = depth === 0 && value.trimStart().startsWith('[') ? parseJson(value) : undefined;
		return Array.isArray(list) ? textsIn(list, 1) : isPlaceholder(value) ? [] : [value];
	}
	if (depth > 1 || typeof value !== 'object' || value === null) return [];
	const address = isRecord(value) ? (value['email'] ?? value['address']) : undefined;
	return typeof address === 'string' ? [address] : Object.values(value).flatMap((one) => textsIn(one, depth + 1));
}

/** What stands under a name, also under the forms that a form has for a list: `name[]`, `name[0]`. */
function textsUnder(raw: Readonly<Record<string, unknown>>, name: string): string[] {
	return Object.keys(raw)
		.filter((key) => key.replace(/\[\d*\]$/, '') === name)
		.flatMap((key) => textsIn(raw[key]));
}

/** The people in a text, each by the bare address. A comma in a name without quotes does not make two of one. */
function peopleIn(text: string): string[] {
	const parts = splitAddresses(text);
	const addresses = parts.map(bareAddress);
	const whole = bareAddress(text);
	if (addresses.includes(undefined) && whole !== undefined && text.split('@').length === 2) return [whole];
	return parts.map((part, index) => addresses[index] ?? part);
}

/** One person by one text, whatever the case of the address or the form of the number. */
function keyOf(person: string, channel: Channel): string {
	const digits = channel === 'sms' ? person.replace(/\D/g, '') : '';
	return digits === '' ? person.toLowerCase() : digits;
}

/** Those of some that others have not, each once. */
function added(people: readonly string[], others: readonly string[], channel: Channel): string[] {
	const known = new Set(others.map((other) => keyOf(other, channel)));
	return people.filter((person) => {
		const key = keyOf(person, channel);
		const isNew = !known.has(key);
		known.add(key);
		return isNew;
	});
}

/** The bare address in the text of one person; the text itself where it holds none, or several. */
export function personIn(text: string): string {
	const people = peopleIn(text);
	return people.length === 1 ? (people[0] ?? text) : text;
}

/**
 * Reads whom an event is about.
 * @param headerNames the headers that the hook asks for: one of such a name is the mail's, not the event's
 */
export function readRecipients(
	raw: Readonly<Record<string, unknown>>,
	{ channel, kind }: EventName,
	headerNames: readonly string[],
): Recipients {
	const [documented, ...others] = names[channel];
	const own = [documented ?? '', ...others.filter((name) => !headerNames.includes(name))];
	const listed = textsUnder(raw, 'recipients').flatMap(peopleIn);
	const named = added(own.flatMap((name) => textsUnder(raw, name)).flatMap(peopleIn), [], channel);
	// Only `processed` is about the whole email. Of any other event the list says who else got it, and may leave out a
	// BCC.
	const about = named.length === 0 && kind === 'processed' ? listed : named;
	const [only] = about;
	const isOne = only !== undefined && about.length === 1 && (channel === 'sms' || bareAddress(only) !== undefined);
	if (!isOne) return { recipient: null, recipients: [...listed, ...added(named, listed, channel)] };
	// In the event's own spelling, so that the one is found in the other.
	const spelled = listed.map((person) => (keyOf(person, channel) === keyOf(only, channel) ? only : person));
	return { recipient: only, recipients: [...spelled, ...added(named, listed, channel)] };
}
