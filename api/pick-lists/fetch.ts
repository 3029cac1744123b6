/**
 * Values that can be chosen instead of typed: for each kind, the operation that lists them, and where an entry holds
 * its name and value.
 */
import { run } from '../client/run';
import { valueAt } from '../client/simplify';
import type { Connection } from '../client/call';
import { matchingEntries, hasPickList, type PickListKind, type PickListEntry } from './match';
import { operationOf, type Operation } from '../catalogue';
import { isJsonObject, type Json } from '../core/json';
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { withoutSecret } from '../formats/urls';

/** Which part of a list is wanted, and whose. */
export interface PickListQuery {
	/**
	 * What the person has typed so far, for the entries that fit: SMTP2GO searches itself where it can; undefined for
	 * all, to be searched with `fitting`.
	 */
	readonly typed?: string | undefined;
	/** Where an earlier page said the next one starts. */
	readonly from?: string | undefined;
	/** How many entries are wanted of a list that is read page by page; 100 by default. */
	readonly max?: number;
	/** The subaccount whose entries are listed, if the list depends on the subaccount. */
	readonly subaccountId?: string | undefined;
}

/** A part of a list, and where the next one starts. */
export interface PickListPage {
	readonly entries: readonly PickListEntry[];
	readonly next?: string;
}

/**
 * Where the entries of a kind come from. Paths are those of an entry, as in `domain.fulldomain`; of several the first
 * that is filled counts.
 */
interface ListSource {
	readonly operation: Operation;
	/**
	 * The fields of a search by text, where SMTP2GO searches itself; elsewhere all entries are read and searched here.
	 */
	readonly search?: (text: string) => Readonly<Record<string, unknown>>;
	readonly value: readonly string[];
	readonly label: readonly string[];
	readonly about?: readonly string[];
	/** The path of a yes without which an entry is of no use here. */
	readonly only?: string;
	/** What stands before the value. */
	readonly prefix?: string;
	/** What a person may see of a label that can hold a secret. */
	readonly shown?: (label: string) => string;
}

const singleSenders: ListSource = {
	operation: operationOf('singleSender', 'getAll'),
	value: ['email_address'],
	label: ['email_address'],
};
const domains: ListSource = {
	operation: operationOf('senderDomain', 'getAll'),
	value: ['domain.fulldomain'],
	label: ['domain.fulldomain'],
};

const sources: Readonly<Record<PickListKind, readonly ListSource[]>> = {
	apiKey: [
		{
			operation: operationOf('apiKey', 'getAll'),
			search: (search) => ({ search }),
			value: ['username', 'api_key'],
			label: ['description', 'username', 'api_key'],
			about: ['status'],
		},
	],
	ipPool: [
		{ operation: operationOf('dedicatedIp', 'getAll'), value: ['id'], label: ['name'], about: ['ip_addresses'] },
	],
	// A verified domain may send from any of its addresses: "@example.com" completes what was typed before it.
	sender: [
		{ ...singleSenders, only: 'verified' },
		{ ...domains, only: 'domain.dkim_verified', prefix: '@' },
	],
	senderDomain: [domains],
	singleSender: [singleSenders],
	smtpUser: [
		{
			operation: operationOf('smtpUser', 'getAll'),
			value: ['username'],
			label: ['username'],
			about: ['description', 'status'],
		},
	],
	subaccount: [
		{
			operation: operationOf('subaccount', 'getAll'),
			search: (text) => ({ search_terms: [text], fuzzy_search: true }),
			value: ['id'],
			label: ['name'],
			about: ['email', 'state'],
		},
	],
	template: [
		{
			operation: operationOf('template', 'getAll'),
			search: (text) => ({ search_terms: [text], fuzzy_search: true }),
			value: ['id'],
			label: ['name', 'id'],
			about: ['subject'],
		},
	],
	webhook: [
		{
			operation: operationOf('webhook', 'getAll'),
			value: ['id'],
			label: ['url'],
			shown: withoutSecret,
			about: ['events', 'sms_events'],
		},
	],
};

/** The one operation behind a form of a template's variables. */
export const templateReader: Operation = operationOf('template', 'get');
/** The question what a key may do, which every key may ask. */
export const permissionReader: Operation = operationOf('apiKey', 'getPermissions');
/** The fields of a webhook, which a trigger shares. */
export const hookFields = operationOf('webhook', 'create').fields;

function textAt(entry: Json, path: string): string {
	const value = valueAt(entry, path);
	if (Array.isArray(value)) return value.filter((part) => part !== '').join(', ');
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function firstAt(entry: Json, paths: readonly string[]): string {
	return paths.map((path) => textAt(entry, path)).find((text) => text !== '') ?? '';
}

/** One entry. SMTP2GO masks the end of an API key with asterisks: the part before them is its name. */
function entryOf(
	entry: Json,
	{ value, label, about = [], prefix = '', shown = (text) => text }: ListSource,
): PickListEntry {
	return {
		value: `${prefix}${firstAt(entry, value).replace(/\*+$/, '')}`,
		label: shown(`${prefix}${firstAt(entry, label)}`),
		about: about
			.map((path) => textAt(entry, path))
			.filter((text) => text !== '')
			.join(', '),
	};
}

/**
 * What a person can do where the key may read none of a kind's lists. All permissions that are missing are named at
 * once.
 */
function mayType([first, ...others]: readonly Smtp2goError[]): Smtp2goError {
	const endpoint = [first, ...others].flatMap((error) => error?.details.endpoint ?? []).join(' and ');
	const hint = "Allow this endpoint for the key on SMTP2GO's page Sending > API Keys, or type the value";
	return new Smtp2goError('permission', `The API key has no permission for ${endpoint}`, {
		...first?.details,
		endpoint,
		hint,
	});
}

/** One page of one source. */
async function readSource(
	connection: Connection,
	source: ListSource,
	{ typed, from, max = 100, subaccountId }: PickListQuery,
): Promise<Result<PickListPage>> {
	const { operation, search, only } = source;
	const whose =
		subaccountId && operation.fields.some(({ kind }) => kind === 'subaccount')
			? { subaccount_id: subaccountId }
			: {};
	const outcome = await run(
		connection,
		operation,
		{ ...(typed && search ? search(typed) : {}), ...(from ? { continue_token: from } : {}), ...whose },
		{ limit: operation.paging ? max : Infinity },
	);
	if (!outcome.ok) return outcome;
	const { result, response } = outcome.value;
	const entries = (Array.isArray(result) ? result : [])
		.filter((entry) => only === undefined || valueAt(entry, only) === true)
		.map((entry) => entryOf(entry, source));
	const next = operation.paging && isJsonObject(response.data) ? response.data['continue_token'] : undefined;
	return success({
		entries: typed === undefined || search ? entries : matchingEntries(entries, typed),
		...(typeof next === 'string' && next !== '' ? { next } : {}),
	});
}

/**
 * Reads the list of a kind.
 * @returns undefined for a kind without a list; an error of the kind `permission` when the key may read none of its
 * sources
 */
export async function readPickList(
	connection: Connection,
	kind: string,
	question: PickListQuery = {},
): Promise<Result<PickListPage> | undefined> {
	if (!hasPickList(kind)) return undefined;
	const pages: PickListPage[] = [];
	const denied: Smtp2goError[] = [];
	for (const source of sources[kind]) {
		const page = await readSource(connection, source, question);
		if (page.ok) pages.push(page.value);
		else if (page.error.type !== 'permission') return page;
		else denied.push(page.error);
	}
	if (pages.length === 0 && denied.length > 0) return failure(mayType(denied));
	const [next] = pages.flatMap((page) => page.next ?? []);
	return success({ entries: pages.flatMap(({ entries }) => entries), ...(next === undefined ? {} : { next }) });
}
