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

/** A list, read to its end or to the limit. */
export interface List {
	readonly entries: readonly Json[];
	/** A sentence, if there are more entries than SMTP2GO returns. */
	readonly hint?: string;
	/** The response with the last page. */
	readonly response: ApiResponse;
}

/** Returns the list in a response: at its path, or `data` itself. SMTP2GO returns `webhook/view` in three shapes. */
function listIn({ result: { at } }: Operation, data: Json): readonly Json[] | undefined {
	const found = at && isJsonObject(data) ? data[at] : data;
	if (Array.isArray(found)) return found;
	// No data is an empty list, and one record is a list of one.
	if (!isJsonObject(data)) return data === null || data === '' ? [] : undefined;
	if (Object.keys(data).length === 0 || (at && at in data && found === null)) return [];
	return 'id' in data && !(at && at in data) ? [data] : undefined;
}

/**
 * Returns the body for the next page, or undefined at the end: if the token is null, empty, absent, or repeated, or if
 * the page is not full or the same as the one before.
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

/** True for a page that cannot be right: without a list, or with an unusable reference to the next page. */
function isDubious({ paging, result: { at } }: Operation, data: Json, found: readonly Json[] | undefined): boolean {
	if (found === undefined) return true;
	if (paging === undefined) return false;
	const inside = isJsonObject(data) ? data : {};
	return !Array.isArray(at === undefined ? data : inside[at]) || typeof (inside['continue_token'] ?? '') !== 'string';
}

/** The maximum number of consecutive empty pages with a next page. Without it, the read might never end. */
const MAX_IDLE = 10;

/** The error of a list that may be incomplete. */
function notWhole({ path }: Operation): Result<never> {
	return failure(new Smtp2goError('server', 'SMTP2GO did not return the whole list', { endpoint: path }));
}

/**
 * Reads a list, page by page if the operation has pages.
 * @param body the fields from `buildRequest`
 * @param limit maximum number of entries; Infinity for all
 * @param whole true if a response without a list, or without a certain end, is an error: for callers that rely on what
 * the list does not contain
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
		// A server that ignores the page number would never end.
		const text = operation.paging?.by === 'page' ? JSON.stringify(page) : undefined;
		if (text !== undefined && text === before) return success({ entries, response: result.value });
		before = text;
		for (const entry of page) entries.push(entry);
		idle = page.length === 0 ? idle + 1 : 0;
		if (idle > MAX_IDLE) return notWhole(operation);
		tokens.add(next['continue_token']);
		const further = nextBody(operation, next, result.value, page, whole);
		// Tokens in a circle would never end.
		const following =
			further?.['continue_token'] !== undefined && tokens.has(further['continue_token']) ? undefined : further;
		if (
			whole &&
			following === undefined &&
			(further !== undefined ||
				// The total counts the pages before the first one, too.
				(body['continue_token'] === undefined &&
					numberOrZero(totalIn(operation, result.value.data)) > entries.length))
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
 * Returns the hint for a list that ended too early: SMTP2GO counts more entries than it returned, or the last page was
 * full and names no next one.
 * @param read number of entries, and `last` the number of entries on the last page
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
		? `SMTP2GO returned ${formatNumber(read)} ${read === 1 ? 'entry' : 'entries'}, its maximum, so there may ` +
				`be more. ${advice}`
		: undefined;
}

/** The total number of entries, as SMTP2GO reports it. */
function totalIn({ result: { total } }: Operation, data: Json): Json | undefined {
	return total && isJsonObject(data) ? data[total] : undefined;
}

/** Sets the page size to the maximum or the limit, unless the values set it. */
function withPageSize({ paging }: Operation, body: WireObject, limit: number): WireObject {
	const size = paging?.size;
	return size && body[size.name] === undefined
		? { ...body, [size.name]: Math.max(1, Math.min(size.max, limit)) }
		: body;
}
