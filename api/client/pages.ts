/** Reads a list to its end, page by page. */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { encode } from '../request/body';
import type { WireObject } from '../files/wire';
import { numberOrZero, isJsonObject, type Json } from '../core/json';
import type { Operation } from '../catalogue/types';
import type { ApiResponse } from './response';
import { formatNumber } from '../core/format';
import { call, type Connection } from './call';

/** A list that was read to its end or to the limit. */
export interface List {
	readonly entries: readonly Json[];
	/** A sentence, where there are more entries than SMTP2GO gives. */
	readonly hint?: string;
	/** The last page's answer. */
	readonly response: ApiResponse;
}

/** The list in an answer: at its place, or `data` itself; SMTP2GO answers `webhook/view` in three shapes. */
function listIn({ result: { at } }: Operation, data: Json): readonly Json[] | undefined {
	const found = at && isJsonObject(data) ? data[at] : data;
	if (Array.isArray(found)) return found;
	// Nothing at all is an empty list, one record stands for a list of one.
	if (!isJsonObject(data)) return data === null || data === '' ? [] : undefined;
	if (Object.keys(data).length === 0 || (at && at in data && found === null)) return [];
	return 'id' in data && !(at && at in data) ? [data] : undefined;
}

/**
 * The body of the next page, or undefined at the end: token null, "", absent or repeated; a page that is not full, or
 * the same as the one before.
 */
function nextBody(
	{ paging }: Operation,
	body: WireObject,
	response: ApiResponse,
	entries: readonly Json[],
	whole: boolean,
): WireObject | undefined {
	if (!paging || (entries.length === 0 && !whole)) return undefined;
	if (paging.by === 'page') {
		const size = Number(paging.size ? body[paging.size.name] : undefined);
		return entries.length < size ? undefined : { ...body, page: Number(body['page'] ?? 1) + 1 };
	}
	const token = isJsonObject(response.data) ? response.data['continue_token'] : undefined;
	return typeof token === 'string' && token !== '' ? { ...body, continue_token: token } : undefined;
}

/**
 * True for a page that cannot be what was asked for: without a list, or with a sign of a next page that nobody can
 * follow.
 */
function isDubious({ paging, result: { at } }: Operation, data: Json, found: readonly Json[] | undefined): boolean {
	if (found === undefined) return true;
	if (paging === undefined) return false;
	const inside = isJsonObject(data) ? data : {};
	return !Array.isArray(at === undefined ? data : inside[at]) || typeof (inside['continue_token'] ?? '') !== 'string';
}

/** Pages in a row that may be empty and yet point to a next one; more would go on for ever. */
const MAX_IDLE = 10;

/** The error of a list that may not be whole. */
function notWhole({ path }: Operation): Result<never> {
	return failure(new Smtp2goError('server', 'SMTP2GO did not return the whole list', { endpoint: path }));
}

/**
 * Reads a list, page by page where the operation has pages.
 * @param body the fields from `buildRequest`
 * @param limit how many entries are wanted at most; Infinity for all
 * @param whole an answer without a list, or without a sure end, is an error and not the end: for those who conclude
 * from what is not in it
 */
export async function readList(
	connection: Connection,
	operation: Operation,
	body: WireObject,
	limit: number,
	whole = false,
): Promise<Result<List>> {
	let next = withPageSize(operation, body, limit);
	const entries: Json[] = [];
	let before: string | undefined;
	let idle = 0;
	const tokens = new Set<unknown>();
	for (;;) {
		const encoded = await encode(next);
		if (!encoded.ok) return encoded;
		const result = await call(connection, operation, encoded.value);
		if (!result.ok) return result;
		const found = listIn(operation, result.value.data);
		if (whole && isDubious(operation, result.value.data, found)) return notWhole(operation);
		const page = found ?? [];
		// An answer that pays no heed to the page's number would go on for ever.
		const text = operation.paging?.by === 'page' ? JSON.stringify(page) : undefined;
		if (text !== undefined && text === before) return success({ entries, response: result.value });
		before = text;
		for (const entry of page) entries.push(entry);
		idle = page.length === 0 ? idle + 1 : 0;
		if (idle > MAX_IDLE) return notWhole(operation);
		tokens.add(next['continue_token']);
		const further = nextBody(operation, next, result.value, page, whole);
		// Tokens that go round in a circle would go on for ever.
		const following =
			further?.['continue_token'] !== undefined && tokens.has(further['continue_token']) ? undefined : further;
		if (
			whole &&
			following === undefined &&
			(further !== undefined || numberOrZero(totalIn(operation, result.value.data)) > entries.length)
		)
			return notWhole(operation);
		if (following === undefined || entries.length >= limit) {
			const hint =
				following === undefined && entries.length < limit
					? cutShort(operation, body, result.value.data, entries.length, page.length)
					: undefined;
			return success({
				entries: entries.slice(0, limit),
				...(hint === undefined ? {} : { hint }),
				response: result.value,
			});
		}
		next = following;
	}
}

/**
 * What to say of a list that ended though there is more: SMTP2GO counts more than it gave, or the last page was as full
 * as it may be and names no next one.
 * @param read how many entries were read, and `last` how many of them were on the last page
 */
function cutShort(operation: Operation, body: WireObject, data: Json, read: number, last: number): string | undefined {
	const { paging, result } = operation;
	const advice = 'To see the rest, narrow the search, for example by date';
	const total = totalIn(operation, data);
	if (typeof total === 'number')
		return total > read && body['continue_token'] === undefined
			? `SMTP2GO returned ${formatNumber(read)} of ${formatNumber(total)} entries. ${advice}`
			: undefined;
	const full = paging?.size ? Number(body[paging.size.name] ?? result.cap) : result.cap;
	return full !== undefined && last >= full
		? `SMTP2GO returned ${formatNumber(read)} ${read === 1 ? 'entry' : 'entries'}, its maximum, so there may be more. ${advice}`
		: undefined;
}

/** How many entries SMTP2GO says that there are, as it says it. */
function totalIn({ result: { total } }: Operation, data: Json): Json | undefined {
	return total && isJsonObject(data) ? data[total] : undefined;
}

/** Pages as long as allowed and no longer than wanted, unless the values set a length. */
function withPageSize({ paging }: Operation, body: WireObject, limit: number): WireObject {
	const size = paging?.size;
	return size && body[size.name] === undefined
		? { ...body, [size.name]: Math.max(1, Math.min(size.max, limit)) }
		: body;
}
