/**
 * The kinds with a list, and the search in their entries. This file imports nothing, because n8n loads it at every
 * start and Node-RED's editor in the browser.
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

/** True for a kind with a list. */
export function hasPickList(kind: string): kind is PickListKind {
	return Object.hasOwn(listed, kind);
}

/** One entry of a list: the value of the field, and the label. */
export interface PickListEntry {
	readonly value: string;
	readonly label: string;
	/** More text, such as the subject of a template. */
	readonly about: string;
}

/**
 * The local part before a verified domain as long as none is typed: an address that works and shows that others do,
 * too.
 */
const FIRST_NAME = 'noreply';

/** Completes the typed text with a domain, if the entry is a domain. Returns undefined if that is not an address. */
function completed(entry: PickListEntry, typed: string): PickListEntry | undefined {
	if (!entry.value.startsWith('@')) return entry;
	const text = typed.trim();
	const [name = '', domain] = text.split('@');
	const address = `${name === '' ? FIRST_NAME : name}${entry.value}`;
	const fits = !/\s/.test(name) && (domain === undefined || entry.value.startsWith(`@${domain}`));
	return fits ? { ...entry, value: address, label: address } : undefined;
}

/**
 * Returns the entries that match the typed text: those that contain it, and for each verified domain the address that
 * it starts. Without typed text, each domain has an example address.
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
