/**
 * Which kinds are chosen from a list, and which entries fit what a person types. Needs nothing else: n8n loads it at
 * every start, Node-RED's editor into the browser.
 */
import type { PickListKind } from '../kinds';

export type { PickListKind };

/** The kinds whose values can be listed, as their records say: a forgotten or wrong name does not compile. */
const listed: Readonly<Record<PickListKind, true>> = {
	apiKey: true,
	ipPool: true,
	sender: true,
	senderDomain: true,
	singleSender: true,
	smtpUser: true,
	subaccount: true,
	template: true,
	webhook: true,
};
/** Their names. */
export const pickListKinds = Object.keys(listed) as readonly PickListKind[];

/** True for a kind that has a list. */
export function hasPickList(kind: string): kind is PickListKind {
	return Object.hasOwn(listed, kind);
}

/** One entry of a list: what the field takes, and how a person tells it from others. */
export interface PickListEntry {
	readonly value: string;
	readonly label: string;
	/** Further words, as the subject of a template. */
	readonly about: string;
}

/**
 * The name before a verified domain while nobody has typed one: an address that works, and that shows that any other
 * does too.
 */
const FIRST_NAME = 'noreply';

/**
 * An address for what was typed, where an entry stands for all addresses of a domain; undefined where none comes of it.
 */
function completed(entry: PickListEntry, typed: string): PickListEntry | undefined {
	if (!entry.value.startsWith('@')) return entry;
	const text = typed.trim();
	const [name = '', domain] = text.split('@');
	const address = `${name === '' ? FIRST_NAME : name}${entry.value}`;
	const fits = !/\s/.test(name) && (domain === undefined || entry.value.startsWith(`@${domain}`));
	return fits ? { ...entry, value: address, label: address } : undefined;
}

/**
 * The entries that fit what was typed, out of some that were read: those that hold the text, and for each verified
 * domain the address that the text begins. Where nothing was typed, each domain is there with a first name.
 */
export function matchingEntries(entries: readonly PickListEntry[], typed: string): PickListEntry[] {
	const wanted = typed.trim().toLowerCase();
	return entries
		.map((entry) => completed(entry, typed))
		.filter(
			(entry): entry is PickListEntry =>
				entry !== undefined && `${entry.value} ${entry.label} ${entry.about}`.toLowerCase().includes(wanted),
		);
}
