/**
 * The kinds with a list, and the search in their entries. This file imports nothing, because n8n loads it at every
 * start and Node-RED's editor in the browser.
 */
import type { Kind } from '../catalogue/types';

/** The kinds that have a list. Its source is in fetch.ts. */
export const pickListKinds = [
	'apiKey',
	'ipPool',
	'sender',
	'senderDomain',
	'singleSender',
	'smtpUser',
	'subaccount',
	'template',
	'webhook',
] as const satisfies readonly Kind[];
/** One of these values. */
export type PickListKind = (typeof pickListKinds)[number];

/** True for a kind with a list. */
export function hasPickList(kind: string): kind is PickListKind {
	return pickListKinds.some((one) => one === kind);
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
