/**
 * Reads the values that can be selected instead of typed: for each kind, the operation that lists them, and the paths
 * to the name and value of an entry.
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

/** The part of a list to read, and of which account. */
export interface PickListQuery {
	/**
	 * What the user has typed so far. SMTP2GO searches if it can. Undefined reads all entries, to be searched later.
	 */
	readonly typed?: string | undefined;
	/** The start of the page, from the previous page. */
	readonly from?: string | undefined;
	/** The maximum number of entries of a list with pages. 100 by default. */
	readonly max?: number;
	/** The subaccount whose entries are read, if the list depends on it. */
	readonly subaccountId?: string | undefined;
}

/** A part of a list, and the start of the next one. */
export interface PickListPage {
	readonly entries: readonly PickListEntry[];
	readonly next?: string;
}

/**
 * The source of the entries of a kind. Paths are relative to an entry, as in `domain.fulldomain`. Of several, the first
 * with a value counts.
 */
interface ListSource {
	readonly operation: Operation;
	/** The fields for a search by SMTP2GO. Without it, all entries are read and searched here. */
	readonly search?: (text: string) => Readonly<Record<string, unknown>>;
	readonly value: readonly string[];
	readonly label: readonly string[];
	readonly about?: readonly string[];
	/** The path to a boolean. Entries for which it is not true are skipped. */
	readonly only?: string;
	/** Text before the value. */
	readonly prefix?: string;
	/** Masks a label that may contain a secret. */
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
	// Any address of a verified domain can send: "@example.com" completes what was typed before it.
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

/** The operation that a form of template variables calls. */
export const templateReader: Operation = operationOf('template', 'get');
/** The fields of a webhook, which the triggers share. */
export const hookFields = operationOf('webhook', 'create').fields;

function textAt(entry: Json, path: string): string {
	const value = valueAt(entry, path);
	if (Array.isArray(value)) return value.filter((part) => part !== '').join(', ');
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function firstAt(entry: Json, paths: readonly string[]): string {
	return paths.map((path) => textAt(entry, path)).find((text) => text !== '') ?? '';
}

/** Returns one entry. SMTP2GO masks the end of an API key with asterisks. The part before them is its name. */
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

/** The error if the key can read none of the lists of a kind. It names all missing permissions at once. */
function mayType([first, ...others]: readonly Smtp2goError[]): Smtp2goError {
	const endpoint = [first, ...others].flatMap((error) => error?.details.endpoint ?? []).join(' and ');
	const hint = "Allow this endpoint for the key on SMTP2GO's page Sending > API Keys, or type the value";
	return new Smtp2goError('permission', `The API key has no permission for ${endpoint}`, {
		...first?.details,
		endpoint,
		hint,
	});
}

/** Reads one page of one source. */
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
 * @returns undefined for a kind without a list; a `permission` error if the key can read none of its sources
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
