/** Reads the activity log of a period: its newest entries up to a limit, and the number of all of them. */
import type { Connection } from '../client/call';
import { type JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { readLogEntry } from '../feed/log-entry';
import { LogReader, logSearch } from '../feed/log-reader';
import { buildRequest } from '../request/build';
import type { EventKind } from '../webhook/event-names';
import type { Span } from './period';

/** What a report needs of an entry. */
export interface Entry {
	readonly kind: EventKind;
	/** In lower case. */
	readonly recipient: string;
	readonly emailId: string;
	/** In milliseconds since 1970. */
	readonly at: number;
	readonly reason: string;
}

/** Entries of a period, newest first. */
export interface LogPart {
	readonly entries: readonly Entry[];
	/** The number of entries that were read, also of those that say nothing. */
	readonly read: number;
	/** The number of entries of the period. Undefined if SMTP2GO does not say. */
	readonly total: number | undefined;
	readonly isWhole: boolean;
}

/** The maximum number of consecutive empty pages with a next page. */
const MAX_IDLE = 3;

/** Returns an entry, or undefined if it does not say whom it is about. One without a time counts as the earliest. */
function entryOf(row: JsonObject, { from }: Span): Entry | undefined {
	const { delivery, moment = from } = readLogEntry(row, []);
	const { kind, recipient, recipients, emailId, reason } = delivery.event;
	const about = recipient ?? recipients[0];
	if (about === undefined) return undefined;
	return { kind, recipient: about.toLowerCase(), emailId: emailId ?? '', at: moment, reason: reason ?? '' };
}

/** The activity log, as a report reads it. */
export class ReportLog {
	constructor(
		private readonly connection: Connection,
		private readonly subaccounts: unknown,
	) {}

	private readerOf(kinds: readonly EventKind[]): Result<LogReader> {
		const values = { event_types: kinds, subaccounts: this.subaccounts };
		const request = buildRequest(logSearch, values, this.connection.host.now());
		return request.ok ? success(new LogReader(this.connection, request.value.fields)) : request;
	}

	/** Counts the entries of a period: one call. Its value is undefined if SMTP2GO does not say. */
	async count(kind: EventKind, span: Span): Promise<Result<number | undefined>> {
		const reader = this.readerOf([kind]);
		if (!reader.ok) return reader;
		const page = await reader.value.page(span, undefined, 1);
		return page.ok ? success(page.value?.total) : page;
	}

	/** Reads the newest entries of a period, a call for each 1,000. @param most about how many at most */
	async newest(kinds: readonly EventKind[], span: Span, most: number): Promise<Result<LogPart>> {
		const reader = this.readerOf(kinds);
		if (!reader.ok) return reader;
		const rows: JsonObject[] = [];
		const tokens = new Set<string>();
		let total: number | undefined;
		let token: string | undefined;
		let isBroken = false;
		let idle = 0;
		do {
			if (token !== undefined) tokens.add(token);
			const page = await reader.value.page(span, token);
			if (!page.ok) return page;
			if (page.value === undefined) {
				isBroken = true;
				break;
			}
			for (const row of page.value.entries) rows.push(row);
			total ??= page.value.total;
			token = page.value.token;
			idle = page.value.entries.length === 0 ? idle + 1 : 0;
			// Tokens in a circle would never end, nor would empty pages.
		} while (token !== undefined && rows.length < most && !tokens.has(token) && idle < MAX_IDLE);
		const isWhole = !isBroken && (token === undefined ? (total ?? 0) <= rows.length : total === rows.length);
		const entries = rows.flatMap((row) => entryOf(row, span) ?? []);
		return success({ entries, read: rows.length, total: isWhole ? (total ?? rows.length) : total, isWhole });
	}
}
