/** Reads the activity log for a watch: one search for all its emails, and at each look only what is new. */
import type { Connection } from '../client/call';
import { success, type Result } from '../core/result';
import { SECOND, wholeSecond } from '../feed/cursor';
import { failedWindow, isEnd, LogReader, logSearch, PAGE, type Page, type Window } from '../feed/log-reader';
import { isoUtc } from '../kinds/dates';
import { buildRequest } from '../request/build';
import { KnownEntries } from './known';
import type { LogKnowledge } from './types';
import { SCHEDULE_HEADER, watchedKinds, type OutcomeWatch } from './watch';

/** How to look. */
export interface LookOptions {
	/** True to read everything that is new now. By default, a look waits for more if it would have to read on soon. */
	readonly whole?: boolean | undefined;
	/** A moment by the clock of the host, in milliseconds, after which no further page is begun. */
	readonly deadline?: number | undefined;
}

/** How late an entry may appear, in milliseconds, as for the event feed. */
const SETTLE = 600_000;
/** How long before the time in an email ID its first event may be, in milliseconds. */
const SLACK = 5 * SECOND;
/** The same for a time by the clock of the host: before SMTP2GO's clock is known, and after. */
const CLOCKS = 600_000;
const ROUND_TRIP = 60_000;
/** The end of a search, in milliseconds from now: no clock is so wrong that the newest entries are beyond. */
const AHEAD = 86_400_000;
const HOUR = 3_600_000;
/** So many of the missing entries are as good as all: the others may never come. */
const NEARLY = 0.98;

/** The maximum number of emails that a look asks for one by one: half of what SMTP2GO accepts per minute. */
const MAX_SINGLE = 30;

/** A search of one look, and what it found so far. */
interface Search {
	readonly reader: LogReader;
	readonly window: Window;
	readonly first: Page;
	/** The number of new entries. Undefined if SMTP2GO does not say how many there are. */
	readonly wanted: number | undefined;
	/** Takes a page, and returns the number of new entries so far. */
	readonly take: (page: Page) => number;
}

/** The activity log, as far as it was read for a watch. */
export class OutcomeLog {
	private readonly known = new KnownEntries();
	/** Emails that were watched at an earlier look. */
	private readonly met = new Set<string>();
	/** Emails whose outcome changed and that no look has returned yet. */
	private readonly changed = new Set<string>();
	private readonly begun: number;
	private offset: number | undefined;
	private total: number | undefined;
	private calls = 0;
	private readAt: number | undefined;
	private completeUntil: number | undefined;
	private problem: string | null = null;

	/** @param options `lookBackMs`: how old an email can be whose ID and `sentAt` do not tell, an hour by default */
	constructor(
		private readonly connection: Connection,
		private readonly options: { readonly lookBackMs?: number | undefined } = {},
	) {
		this.begun = connection.host.now();
	}

	/** What is known of the log. */
	get knowledge(): LogKnowledge {
		const { readAt, completeUntil, calls, problem } = this;
		return { readAt: timeText(readAt), completeUntil: timeText(completeUntil), calls, problem };
	}

	/**
	 * Looks for what became of the emails that are not settled.
	 *
	 * The search shows the newest entries first and says how many there are, so a look reads until it has met as many
	 * new ones as there are. In a large log it waits until that is worth it: until nearly all emails can have an
	 * outcome, or no more entries come. If the emails are fewer than the pages to read, it asks for each email instead.
	 * @returns the keys of the emails whose outcome changed. After an error, the next look goes on where it failed, and
	 *   returns what this one found
	 */
	async look(watch: OutcomeWatch, options: LookOptions = {}): Promise<Result<readonly string[]>> {
		const open = watch.keys().filter((key) => !watch.isSettled(key));
		const looked = open.length === 0 ? success(undefined) : await this.search(watch, open, options);
		if (!looked.ok) {
			const { type, message } = looked.error;
			this.problem = type === 'cancelled' ? 'The last look at the activity log was stopped' : message;
			return looked;
		}
		this.problem = null;
		const keys = [...this.changed];
		this.changed.clear();
		return success(keys);
	}

	/** The time now by SMTP2GO's clock, if it is known. */
	private get now(): number {
		return this.connection.host.now() + (this.offset ?? 0);
	}

	private async search(watch: OutcomeWatch, open: readonly string[], options: LookOptions): Promise<Result<void>> {
		const starts = open.map((key) => this.startOf(watch, key));
		const from = wholeSecond(starts.reduce((least, start) => Math.min(least, start)));
		this.meet(watch, open);
		this.known.forgetBefore(from);
		const headers = watch.needsSchedules ? [SCHEDULE_HEADER] : [];
		const reader = this.reader(options, { custom_headers: headers.length > 0 ? headers : undefined });
		if (!reader.ok) return reader;
		const window = { from, to: wholeSecond(this.now + AHEAD) };
		const first = await this.page(reader.value, window);
		if (!first.ok) return first;
		const { total } = first.value;
		const entries = this.known.read(headers, this.now);
		const wanted = total === undefined ? undefined : total - this.known.size;
		const take = (page: Page) => {
			for (const entry of page.entries) this.feed(watch, entries.take(entry).delivery.event);
			return entries.fresh;
		};
		const search: Search = { reader: reader.value, window, first: first.value, wanted, take };
		return this.finish(watch, search, options);
	}

	/** Goes on after the first page, as long as that is worthwhile now. */
	private async finish(watch: OutcomeWatch, search: Search, options: LookOptions): Promise<Result<void>> {
		const { first, wanted, take } = search;
		const before = watch.keys().filter((key) => !watch.isSettled(key));
		const [last, total] = [this.total, first.total];
		this.total = total;
		const fresh = take(first);
		const open = before.filter((key) => !watch.isSettled(key));
		if (isEnd(first, first.entries.length) || (wanted !== undefined && fresh >= wanted)) return this.completed();
		if (wanted === undefined) return this.readOn(search);
		const pages = Math.ceil((wanted - fresh) / PAGE);
		const ids = open.map((key) => watch.outcomeOf(key)?.emailId ?? undefined);
		if (open.length <= Math.min(pages, MAX_SINGLE) && ids.every((id) => id !== undefined))
			return this.askEach(watch, open, ids, options);
		const grown = total === undefined || last === undefined ? 0 : total - last;
		const isWorthIt =
			wanted >= NEARLY * before.length || (last !== undefined && grown < (1 - NEARLY) * open.length);
		return options.whole === true || isWorthIt ? this.readOn(search) : success(undefined);
	}

	/** Reads pages until as many new entries were met as there are. */
	private async readOn({ reader, window, first, wanted = Infinity, take }: Search): Promise<Result<void>> {
		const tokens = new Set<string>();
		let [page, read, fresh] = [first, first.entries.length, 0];
		while (page.token !== undefined && !isEnd(page, read) && fresh < wanted) {
			// A token that comes again would never end.
			if (tokens.has(page.token)) return failedWindow(window);
			if (reader.isLate) return success(undefined);
			tokens.add(page.token);
			const next = await this.page(reader, window, page.token);
			if (!next.ok) return next;
			page = next.value;
			read += page.entries.length;
			fresh = take(page);
		}
		return this.completed();
	}

	/** Asks for each email, which takes one call each. */
	private async askEach(
		watch: OutcomeWatch,
		keys: readonly string[],
		ids: readonly (string | undefined)[],
		options: LookOptions,
	): Promise<Result<void>> {
		for (const [index, key] of keys.entries()) {
			const reader = this.reader(options, { search_email_id: ids[index] });
			if (!reader.ok) return reader;
			if (reader.value.isLate) return success(undefined);
			const window = { from: wholeSecond(this.startOf(watch, key)), to: wholeSecond(this.now + AHEAD) };
			const page = await this.page(reader.value, window);
			if (!page.ok) return page;
			const entries = this.known.read([], this.now);
			for (const entry of page.value.entries) this.feed(watch, entries.take(entry).delivery.event);
		}
		return this.completed();
	}

	private feed(watch: OutcomeWatch, event: Parameters<OutcomeWatch['feed']>[0]): void {
		const key = watch.feed(event);
		if (key !== undefined) this.changed.add(key);
	}

	private reader({ deadline }: LookOptions, fields: Readonly<Record<string, unknown>>): Result<LogReader> {
		const { host } = this.connection;
		const request = buildRequest(logSearch, { event_types: watchedKinds, ...fields }, host.now());
		return request.ok ? success(new LogReader(this.connection, request.value.fields, deadline)) : request;
	}

	private async page(reader: LogReader, window: Window, token?: string): Promise<Result<Page>> {
		this.calls++;
		const read = await reader.page(window, token);
		if (!read.ok) return read;
		if (read.value === undefined) return failedWindow(window);
		const { respondedAt } = read.value;
		if (respondedAt !== undefined) this.offset = respondedAt - this.connection.host.now();
		this.readAt = respondedAt ?? this.now;
		return success(read.value);
	}

	private completed(): Result<void> {
		if (this.readAt !== undefined) this.completeUntil = this.readAt - SETTLE;
		return success(undefined);
	}

	/** Returns the moment from which on an email can have events, by SMTP2GO's clock. */
	private startOf(watch: OutcomeWatch, key: string): number {
		const { offset, options } = this;
		const sent = watch.sentAt(key, this.now);
		if (sent?.by === 'smtp2go') return sent.moment - SLACK;
		if (sent === undefined) return this.begun + (offset ?? 0) - Math.max(options.lookBackMs ?? HOUR, CLOCKS);
		return offset === undefined ? sent.moment - CLOCKS : sent.moment + offset - ROUND_TRIP;
	}

	/** An email that is new may have entries that were read before it was watched: they count as new again. */
	private meet(watch: OutcomeWatch, open: readonly string[]): void {
		for (const key of open) {
			if (this.met.has(key)) continue;
			this.met.add(key);
			const start = this.startOf(watch, key);
			if (this.readAt !== undefined && start < this.readAt) this.known.forgetSince(start);
		}
		if (this.met.size > 2 * open.length + PAGE) {
			this.met.clear();
			for (const key of open) this.met.add(key);
		}
	}
}

function timeText(moment: number | undefined): string | null {
	return moment === undefined ? null : isoUtc(new Date(moment));
}
