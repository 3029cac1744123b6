/** Reads the recipient of an event, which may be only one of the recipients of the email. */
import { bareAddress, splitAddresses } from '../formats/mailbox';
import { isRecord, parseJson } from '../core/json';
import type { EventName } from './event-names';
import { isPlaceholder } from './event-details';

/** The recipients in an event. */
export interface Recipients {
	/**
	 * The recipient that the event is about. Null if it names none or several, or contradicts itself, because a flow
	 * may suppress this address.
	 */
	readonly recipient: string | null;
	/** All recipients that the event lists or names. */
	readonly recipients: string[];
}

type Channel = EventName['channel'];

/**
 * The properties that name the recipient of an event. SMTP2GO documents the first of each. The others have no other
 * meaning.
 */
const names: Readonly<Record<Channel, readonly string[]>> = {
	email: ['rcpt', 'recipient', 'rcpt_to', 'recipient_address', 'recipient_email'],
	sms: ['destination_number', 'rcpt', 'recipient'],
};

/**
 * Returns the text in a value: text itself, a list (also as JSON), or a numbered record, which a form parser makes of
 * many keys.
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

/** Returns the text in a property, also in the list forms of a form: `name[]`, `name[0]`. */
function textsUnder(raw: Readonly<Record<string, unknown>>, name: string): string[] {
	return Object.keys(raw)
		.filter((key) => key.replace(/\[\d*\]$/, '') === name)
		.flatMap((key) => textsIn(raw[key]));
}

/** Returns the bare addresses in a text. A comma in an unquoted name does not split an address. */
function peopleIn(text: string): string[] {
	const parts = splitAddresses(text);
	const addresses = parts.map(bareAddress);
	const whole = bareAddress(text);
	if (addresses.includes(undefined) && whole !== undefined && text.split('@').length === 2) return [whole];
	return parts.map((part, index) => addresses[index] ?? part);
}

/** Returns a key that is equal for the same address in any case, or the same number in any format. */
function keyOf(person: string, channel: Channel): string {
	const digits = channel === 'sms' ? person.replace(/\D/g, '') : '';
	return digits === '' ? person.toLowerCase() : digits;
}

/** Returns the recipients that are not in the others, without duplicates. */
function added(people: readonly string[], others: readonly string[], channel: Channel): string[] {
	const known = new Set(others.map((other) => keyOf(other, channel)));
	return people.filter((person) => {
		const key = keyOf(person, channel);
		const isNew = !known.has(key);
		known.add(key);
		return isNew;
	});
}

/** Returns the bare address in a text, or the text itself if it contains none or several. */
export function personIn(text: string): string {
	const people = peopleIn(text);
	return people.length === 1 ? (people[0] ?? text) : text;
}

/**
 * Reads the recipients of an event.
 * @param headerNames the headers that the webhook asks for; a property with such a name belongs to the email, not to
 * the event
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
	// Only `processed` is about the whole email. For any other event, the list names the other recipients, too, and may
	// omit a BCC.
	const about = named.length === 0 && kind === 'processed' ? listed : named;
	const [only] = about;
	const isOne = only !== undefined && about.length === 1 && (channel === 'sms' || bareAddress(only) !== undefined);
	if (!isOne) return { recipient: null, recipients: [...listed, ...added(named, listed, channel)] };
	// In the spelling of the event, so that the recipient is found in the list.
	const spelled = listed.map((person) => (keyOf(person, channel) === keyOf(only, channel) ? only : person));
	return { recipient: only, recipients: [...spelled, ...added(named, listed, channel)] };
}
