/**
 * Reads which addresses and domains of a list are suppressed, by as few calls as possible. `/suppression/view` lists
 * everything page by page, or looks for many recipients at once. Its contract names neither a page size nor a maximum
 * of recipients, so the first page of the list tells which way needs fewer calls.
 */
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { readList, type List } from '../client/pages';
import { simplified } from '../client/simplify';
import { Smtp2goError } from '../core/errors';
import { isJsonObject, numberOrZero, stringOrEmpty, type Json, type JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import { sameAddress } from '../formats/mailbox';

const suppressionList = operationOf('suppression', 'getAll');

/** An entry of the suppression list: an address, or a domain for all its addresses. */
export interface Suppression {
	/** As SMTP2GO lists it. */
	readonly entry: string;
	/** SMTP2GO's reasons, such as `bounce`. An address can be listed for several. */
	readonly reason: string;
	/** The first date, as ISO 8601 in UTC. Empty if SMTP2GO does not say. */
	readonly since: string;
}

/** SMTP2GO's default is the last 30 days. The service is younger than this. */
const BEFORE_ALL = '2000-01-01T00:00:00Z';
/** Milliseconds that the search looks ahead, because the clock of the host may be slow. */
const AHEAD = 86_400_000;
/** The maximum size of the names in a call, in bytes of JSON. SMTP2GO accepts bodies of 1,000,000 bytes. */
const MAX_BYTES = 900_000;

function nameOf(entry: JsonObject): string {
	return sameAddress(stringOrEmpty(entry['email_address']).trim()).replace(/^@/, '');
}

/** Splits names into groups that fit a call each. */
function groupsOf(names: Iterable<string>): string[][] {
	const groups: string[][] = [];
	let size = Infinity;
	for (const name of names) {
		const bytes = Buffer.byteLength(JSON.stringify(name)) + 1;
		if (size + bytes > MAX_BYTES) {
			groups.push([]);
			size = 0;
		}
		groups.at(-1)?.push(name);
		size += bytes;
	}
	return groups;
}

/** The names of entries that are in the list for certain: an address and a domain, as far as there are any. */
function knownNames(entries: readonly Json[]): string[] {
	const names = entries.filter(isJsonObject).map(nameOf);
	return [names.find((name) => name.includes('@')), names.find((name) => name !== '' && !name.includes('@'))].filter(
		(name) => name !== undefined,
	);
}

/** Reads the suppression list of one account. */
class SuppressionReader {
	readonly byName = new Map<string, Suppression>();
	private readonly range: JsonObject;

	constructor(
		private readonly connection: Connection,
		subaccountId: string | undefined,
	) {
		this.range = {
			start_date: BEFORE_ALL,
			end_date: new Date(connection.host.now() + AHEAD).toISOString(),
			// What is added while the list is read comes last.
			sort: 'asc',
			...(subaccountId === undefined ? {} : { subaccount_id: subaccountId }),
		};
	}

	/** Reads the first page, and then the way with fewer calls. */
	async find(names: ReadonlySet<string>): Promise<Result<true>> {
		const first = await this.read({}, 1);
		if (!first.ok) return first;
		const data = isJsonObject(first.value.response.data) ? first.value.response.data : {};
		const page = Array.isArray(data['results']) ? data['results'] : [];
		const token = stringOrEmpty(data['continue_token']);
		this.keep(page);
		if (token === '') return success(true);
		const total = numberOrZero(data['total_results']);
		const groups = groupsOf(names);
		const known = knownNames(page);
		if (known.length > 0 && groups.length < Math.ceil(total / page.length) - 1) {
			const asked = await this.ask(groups, known);
			if (!asked.ok || asked.value) return asked.ok ? success(true) : asked;
		}
		const rest = await this.read({ continue_token: token }, Infinity);
		if (!rest.ok) return rest;
		if (page.length + rest.value.entries.length < total)
			return failure(
				new Smtp2goError('server', 'SMTP2GO did not return the whole suppression list', {
					endpoint: suppressionList.path,
				}),
			);
		this.keep(rest.value.entries);
		return success(true);
	}

	/**
	 * Looks for names. Entries that are in the list for certain are part of each search: if one is not found, the
	 * search does not work as its contract says, and its result is not used.
	 * @returns false if the list itself must be read: SMTP2GO rejects the search, or does not find what it must
	 */
	private async ask(groups: readonly string[][], known: readonly string[]): Promise<Result<boolean>> {
		for (const group of groups) {
			const found = await this.read({ recipients: [...new Set([...group, ...known])], fuzzy: false }, Infinity);
			if (!found.ok) return found.error.type === 'refused' ? success(false) : found;
			const names = new Set(found.value.entries.filter(isJsonObject).map(nameOf));
			if (!known.every((name) => names.has(name))) return success(false);
			this.keep(found.value.entries);
		}
		return success(true);
	}

	private read(body: JsonObject, limit: number): Promise<Result<List>> {
		return readList(this.connection, suppressionList, { ...this.range, ...body }, limit, true);
	}

	private keep(entries: readonly Json[]): void {
		for (const raw of entries) {
			const entry = simplified(raw, suppressionList.result);
			if (!isJsonObject(entry)) continue;
			const name = nameOf(entry);
			const [reason, since] = [stringOrEmpty(entry['reason']), stringOrEmpty(entry['timestamp'])];
			const before = this.byName.get(name);
			const reasons = new Set([...(before?.reason.split(', ') ?? []), reason].filter((one) => one !== ''));
			const dates = [before?.since ?? '', since].filter((date) => date !== '').sort();
			this.byName.set(name, {
				entry: stringOrEmpty(entry['email_address']).trim(),
				reason: [...reasons].join(', '),
				since: dates[0] ?? '',
			});
		}
	}
}

/**
 * Finds out which names are suppressed.
 * @param names addresses and domains in lower case
 * @param subaccountId the subaccount whose list is read; undefined for the account of the key
 * @returns suppressed addresses and domains by their name in lower case, also others than asked for; an error if the
 * list cannot be read to its end
 */
export async function findSuppressions(
	connection: Connection,
	names: ReadonlySet<string>,
	subaccountId?: string,
): Promise<Result<ReadonlyMap<string, Suppression>>> {
	const reader = new SuppressionReader(connection, subaccountId);
	const found = await reader.find(names);
	return found.ok ? success(reader.byName) : found;
}
