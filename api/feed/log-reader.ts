/** Reads pages and whole windows of the activity log, and counts the calls. */
import { operationOf } from '../catalogue';
import type { Operation } from '../catalogue/types';
import { call, type Connection } from '../client/call';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import { Smtp2goError } from '../core/errors';
import { formatNumber } from '../core/format';
import { toDate } from '../formats/moments';
import type { WireObject } from '../files/wire';
import { isoUtc } from '../kinds/dates';
import { encode } from '../request/body';

/** `activity/search`. */
export const logSearch: Operation = operationOf('activity', 'search');

/** The maximum number of entries of a page (contract, `limit`). */
export const PAGE = 1000;

/** The maximum number of consecutive empty pages with a next page, and of pages more than a window should have. */
const MAX_IDLE = 3;

/**
 * How far an entry may lie outside of its window, in milliseconds. One beyond has a time of another zone, or the window
 * was ignored. It must not be taken for an entry of another window, which would lose it.
 */
const STRAY = 600_000;

/** A part of the log, in milliseconds since 1970 and whole seconds: from the first moment until before the second. */
export interface Window {
	readonly from: number;
	readonly to: number;
}

/** A page of a window, newest entry first. */
export interface Page {
	readonly entries: readonly JsonObject[];
	/** The number of entries of the window, if SMTP2GO says so. */
	readonly total: number | undefined;
	/** Where the next page begins. Undefined on the last one. */
	readonly token: string | undefined;
	/** When SMTP2GO responded, by its own clock, in milliseconds since 1970. Undefined if it does not say. */
	readonly respondedAt?: number | undefined;
}

/**
 * Why a window could not be read whole: it has too many entries, its pages contradict each other, or the deadline has
 * passed.
 */
export type NotWhole = 'large' | 'broken' | 'time';

/** Returns the number of entries that a response states, which may be text. */
function totalIn(count: Json | undefined): number | undefined {
	const total = typeof count === 'string' && count.trim() !== '' ? Number(count) : count;
	return typeof total === 'number' && Number.isFinite(total) ? total : undefined;
}

/** True if an entry is far outside of the window. One without a time is not. */
function isStray(entry: JsonObject | undefined, { from, to }: Window): boolean {
	const moment = toDate(entry?.['date'])?.getTime();
	return moment !== undefined && (moment < from - STRAY || moment >= to + STRAY);
}

/**
 * Returns a page, or undefined for data that is none. SMTP2GO may write an empty list as null, but data without a list
 * and a number says nothing. A row that is null is an entry without content.
 */
function pageIn(data: Json, window: Window): Page | undefined {
	if (!isJsonObject(data)) return undefined;
	const { events = null, total_events: count, continue_token: next = null } = data;
	const total = totalIn(count);
	const rows = events === null && total === 0 && !next ? [] : events;
	if (!Array.isArray(rows) || (next !== null && typeof next !== 'string')) return undefined;
	const entries = rows.map((row) => row ?? {});
	if (!entries.every(isJsonObject) || isStray(entries[0], window) || isStray(entries.at(-1), window))
		return undefined;
	return { entries, total, token: next === '' || next === null ? undefined : next };
}

/** True if nothing follows these entries: no token, or a last page that is not full and completes the number. */
export function isEnd({ token, total, entries }: Page, read: number): boolean {
	return token === undefined || (total === read && entries.length < PAGE);
}

/** True if the page is the whole window. */
export function isWhole(page: Page): boolean {
	return isEnd(page, page.entries.length) && (page.total ?? 0) <= page.entries.length;
}

/** Returns the failure of a window that SMTP2GO does not return whole. */
export function failedWindow({ from }: Window): Result<never> {
	const message = `SMTP2GO did not return all entries of the activity log at ${isoUtc(new Date(from))}`;
	const hint = 'No event was skipped. The next read starts there again';
	return failure(new Smtp2goError('server', message, { endpoint: logSearch.path, hint }));
}

/** Returns the failure of a second with more entries than a window may have. It lasts until fewer are asked for. */
export function crowdedSecond({ from, most }: Window & { readonly most: number }): Result<never> {
	const at = isoUtc(new Date(from));
	const message = `SMTP2GO reports more than ${formatNumber(most)} events at ${at}, which is too many for one read`;
	const hint = 'Select fewer events, or only some SMTP users. No event was skipped. The next read starts there again';
	return failure(new Smtp2goError('invalid', message, { endpoint: logSearch.path, hint }));
}

/** The activity log of one account, as one read sees it. */
export class LogReader {
	private made = 0;

	/**
	 * @param fields of the search, without dates and paging
	 * @param deadline the moment after which no further page is begun, by the clock of the host
	 */
	constructor(
		private readonly connection: Connection,
		private readonly fields: WireObject,
		private readonly deadline = Infinity,
	) {}

	/** The number of pages that were requested. */
	get calls(): number {
		return this.made;
	}

	/** True if the deadline has passed. */
	get isLate(): boolean {
		return this.connection.host.now() >= this.deadline;
	}

	/** Reads one page. Its value is undefined if the response is not a page. */
	async page({ from, to }: Window, token?: string, limit = PAGE): Promise<Result<Page | undefined>> {
		this.made++;
		const body = await encode({
			...this.fields,
			start_date: isoUtc(new Date(from)),
			end_date: isoUtc(new Date(to)),
			limit,
			...(token === undefined ? {} : { continue_token: token }),
		});
		if (!body.ok) return body;
		const response = await call(this.connection, logSearch, body.value);
		if (!response.ok) return response;
		const { data, respondedAt } = response.value;
		const page = pageIn(data, { from, to });
		return success(page === undefined || respondedAt === undefined ? page : { ...page, respondedAt });
	}

	/**
	 * Reads the rest of a window.
	 * @param first its first page
	 * @param most the maximum number of entries
	 * @returns all entries of the window, newest first, or why there are none
	 */
	async rest(window: Window, first: Page, most: number): Promise<Result<JsonObject[] | NotWhole>> {
		const entries = [...first.entries];
		const tokens = new Set<string>();
		let last = first;
		for (let idle = 0; last.token !== undefined && !isEnd(last, entries.length); ) {
			// Tokens in a circle would never end, nor would pages with a few entries each.
			const isEndless = idle > MAX_IDLE || tokens.size > most / PAGE + MAX_IDLE;
			if (tokens.has(last.token) || isEndless) return success('broken');
			if (this.isLate) return success('time');
			tokens.add(last.token);
			const next = await this.page(window, last.token);
			if (!next.ok) return next;
			const page = next.value;
			// Another number means that entries came or went, and the pages may have shifted.
			if (page === undefined || (page.total && first.total && page.total !== first.total))
				return success('broken');
			if (entries.length + page.entries.length > most) return success('large');
			for (const entry of page.entries) entries.push(entry);
			idle = page.entries.length === 0 ? idle + 1 : 0;
			last = { ...page, total: page.total === undefined || page.total === 0 ? first.total : page.total };
		}
		return success((first.total ?? 0) > entries.length ? 'broken' : entries);
	}
}
