/** Runs the checks for the entries of a run, which share their calls. */
import type { Connection } from '../client/call';
import { stringOrEmpty, type JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { wireEntries, type WireObject } from '../files/wire';
import { checkRecipients } from './recipients';
import { checkSetup } from './setup';

/** The records of each entry, in order. */
type Records = readonly Result<readonly JsonObject[]>[];

function textAt(entry: WireObject, name: string): string | undefined {
	return stringOrEmpty(entry[name]) || undefined;
}

/** Groups the places of entries by a text. */
function placesBy(entries: readonly WireObject[], keyOf: (entry: WireObject) => string): Map<string, number[]> {
	const places = new Map<string, number[]>();
	for (const [place, entry] of entries.entries()) {
		const key = keyOf(entry);
		const known = places.get(key);
		if (known) known.push(place);
		else places.set(key, [place]);
	}
	return places;
}

/** The addresses of an entry. One without any is a row without an address. */
function addressesOf({ addresses }: WireObject): readonly unknown[] {
	return addresses === undefined ? [''] : wireEntries(addresses);
}

/** Checks the addresses of all entries of a subaccount together, so that duplicates are found across entries. */
export async function runCheckRecipients(connection: Connection, entries: readonly WireObject[]): Promise<Records> {
	const records: Result<readonly JsonObject[]>[] = [];
	for (const [subaccount, places] of placesBy(entries, (entry) => textAt(entry, 'subaccount_id') ?? '')) {
		const lists = places.map((place) => addressesOf(entries[place] ?? {}));
		const checked = await checkRecipients(connection, lists.flat(), { subaccountId: subaccount || undefined });
		let start = 0;
		for (const [index, place] of places.entries()) {
			const end = start + (lists[index]?.length ?? 0);
			records[place] = checked.ok ? success(checked.value.verdicts.slice(start, end)) : checked;
			start = end;
		}
	}
	return records;
}

/** Checks the setup once for each different sender and set of jobs. */
export async function runCheckSetup(connection: Connection, entries: readonly WireObject[]): Promise<Records> {
	const records: Result<readonly JsonObject[]>[] = [];
	for (const places of placesBy(entries, ({ sender, jobs }) => JSON.stringify([sender, jobs])).values()) {
		const entry = entries[places[0] ?? 0] ?? {};
		const checked = await checkSetup(connection, {
			sender: textAt(entry, 'sender'),
			jobs:
				entry['jobs'] === undefined
					? undefined
					: wireEntries(entry['jobs']).filter((job): job is string => typeof job === 'string'),
		});
		for (const place of places) records[place] = checked.ok ? success([checked.value]) : checked;
	}
	return records;
}
