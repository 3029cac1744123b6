// A fake activity log: entries that appear late and out of order, in pages, with faults on demand.
import type { HttpOutcome, JsonObject } from '../../../api';
import { FakeHost, json, parsed } from './fake-host';

/** What happened: in milliseconds since 1970, when the log shows it, and what the entry says. */
export interface Happening {
	readonly at: number;
	readonly shownAt?: number;
	readonly entry?: JsonObject;
}

export interface LogSearch {
	readonly start_date: string;
	readonly end_date: string;
	readonly limit: number;
	readonly continue_token?: string;
	readonly event_types?: readonly string[];
	readonly custom_headers?: readonly string[];
	readonly search_usernames?: readonly string[];
	readonly search_email_id?: string;
}

export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

function iso(moment: number): string {
	return new Date(moment).toISOString().replace('.000Z', 'Z');
}

/** One row of the log per happening; the email of each has the number of the happening. */
export class FakeLog {
	readonly host: FakeHost;
	/** The searches that were made, in order. */
	readonly searches: LogSearch[] = [];
	/** Changes the data of a response, such as a wrong total. */
	change: (found: JsonObject, search: LogSearch) => JsonObject = (found) => found;
	/** Answers instead of the log. */
	answer: (search: LogSearch, count: number) => HttpOutcome | undefined = () => undefined;
	/** How far back the log reaches, in milliseconds. */
	history = Infinity;
	/** The time at SMTP2GO, if the clock of the host is wrong. */
	lead = 0;
	/** Whether responses tell the time at SMTP2GO. */
	tellsTime = false;

	private rows: { at: number; shownAt: number; row: JsonObject }[] = [];
	private count = 0;

	constructor(happenings: readonly Happening[] = []) {
		this.host = new FakeHost((request) => this.respond(parsed(request.body) as unknown as LogSearch));
		this.add(happenings);
	}

	/** The email of every row, newest first. */
	get emails(): string[] {
		return this.rows.map(({ row }) => String(row['email_id']));
	}

	private get dateLine(): string {
		return new Date(this.time).toUTCString();
	}

	/** The time at SMTP2GO. */
	get time(): number {
		return this.host.now() - this.lead;
	}

	add(happenings: readonly Happening[]): void {
		for (const { at, shownAt = at, entry } of happenings) {
			const id = `e${this.count++}`;
			const row = { date: iso(at), event: 'delivered', email_id: id, recipient: `r-${id}@example.org`, ...entry };
			this.rows.push({ at, shownAt, row });
		}
		this.rows.sort((one, other) => other.at - one.at);
	}

	/** The index of the newest row before a moment. */
	private firstBefore(moment: number): number {
		let [low, high] = [0, this.rows.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.rows[middle]?.at ?? 0) < moment) high = middle;
			else low = middle + 1;
		}
		return low;
	}

	private respond(search: LogSearch): HttpOutcome {
		this.searches.push(search);
		const scripted = this.answer(search, this.searches.length);
		if (scripted !== undefined) return scripted;
		const [from, to] = [Date.parse(search.start_date), Date.parse(search.end_date)];
		const now = this.time;
		const found = this.rows
			.slice(this.firstBefore(to), this.firstBefore(from))
			.filter(
				({ at, shownAt, row }) =>
					shownAt <= now &&
					at >= now - this.history &&
					(search.search_email_id === undefined || row['email_id'] === search.search_email_id) &&
					(search.event_types === undefined || search.event_types.includes(String(row['event']))),
			);
		const skip = Number(search.continue_token ?? 0);
		const events = found.slice(skip, skip + search.limit).map(({ row }) => row);
		const next = skip + search.limit;
		const token = next < found.length ? String(next) : null;
		const page = this.change({ events, total_events: found.length, continue_token: token }, search);
		return json(200, { request_id: 'r-1', data: page }, { ...(this.tellsTime ? { date: this.dateLine } : {}) });
	}
}

/** Happenings in equal steps: `count` of them before `end`. */
export function evenly(count: number, end: number, span: number): Happening[] {
	return Array.from({ length: count }, (_, index) => ({ at: Math.floor(end - span + (span * index) / count) }));
}
