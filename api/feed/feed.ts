/** The activity log as a source of events: a cursor in, events and a cursor out. */
import type { Connection } from '../client/call';
import { success, type Result } from '../core/result';
import { buildRequest } from '../request/build';
import type { ReadDelivery } from '../webhook/delivery';
import { Batch, eventsIn } from './batch';
import { AHEAD, isAhead, SECOND, startCursor, startOfCursor, wholeSecond, type FeedCursor } from './cursor';
import { newestOn, reachesBefore, settledBefore, settledOn, timesOn } from './first-page';
import { failedWindow, isWhole, LogReader, logSearch, PAGE, type Page, type Window } from './log-reader';
import { readSettled, type Stop } from './settled';

/**
 * Which events to read, and how much at a time. If kinds, users or subaccounts change, begin with a new cursor:
 * otherwise what was not asked for before comes from the moment of the cursor, which is old if nothing happened since.
 */
export interface FeedOptions {
	/** Kinds of events as the log names them, such as `hard-bounced`. All if undefined or empty. */
	readonly kinds?: readonly string[];
	/** SMTP users or API keys whose emails count. All if undefined or empty. */
	readonly usernames?: readonly string[];
	/** IDs of the subaccounts whose emails count. */
	readonly subaccounts?: readonly string[];
	/** Headers of the email to return with each event. */
	readonly customHeaders?: readonly string[];
	/** The maximum number of events of a read. 10,000 by default. */
	readonly maxEvents?: number;
	/**
	 * The maximum number of calls of a read. 30 by default. Only the search for the first part of a backlog that can be
	 * read whole may take more, or a read might never get anywhere.
	 */
	readonly maxCalls?: number;
	/** A moment by the clock of the host, in milliseconds, after which no further page is begun. */
	readonly deadline?: number;
	/**
	 * How late an entry may appear in the log, in milliseconds. 600,000 by default. An entry that appears even later is
	 * missed.
	 */
	readonly settleMs?: number;
}

/** What a read found. */
export interface FeedRead {
	/** Oldest first, each event once. */
	readonly deliveries: readonly ReadDelivery[];
	/** Store it after the events were handed out. */
	readonly cursor: FeedCursor;
	/** True if there is more to read right now. */
	readonly more: boolean;
	/**
	 * Why the read stopped early: enough events, enough calls, the deadline, or a fault after a part of the backlog was
	 * read whole. The next read returns the error of that fault, if it lasts.
	 */
	readonly stopped?: Stop;
}

const MAX_EVENTS = 10_000;
const MAX_CALLS = 30;
const SETTLE = 600_000;

const YEAR = 366 * 86_400_000;

/** The last moment that the API can be asked for: the last one with a year of four digits. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Returns an option that is a number of at least so much, or what is used without it. */
function numberOr(initial: number, given: number | undefined, least: number): number {
	return given === undefined || Number.isNaN(given) ? initial : Math.max(least, given);
}

/** How much a read may take. */
interface Limits {
	readonly maxEvents: number;
	readonly maxCalls: number;
	/** How late an entry may appear, in milliseconds. */
	readonly settleMs: number;
	readonly customHeaders: readonly string[];
}

function limitsOf({ maxEvents, maxCalls, settleMs, customHeaders = [] }: FeedOptions): Limits {
	return {
		maxEvents: numberOr(MAX_EVENTS, maxEvents, 1),
		maxCalls: numberOr(MAX_CALLS, maxCalls, 1),
		settleMs: numberOr(SETTLE, settleMs, 0),
		customHeaders,
	};
}

/** Returns a reader of the log, or the error of an option. */
function readerOf(
	connection: Connection,
	{ kinds, usernames, subaccounts, customHeaders, deadline }: FeedOptions,
): Result<LogReader> {
	const values = {
		event_types: kinds?.length ? kinds : undefined,
		search_usernames: usernames?.length ? usernames : undefined,
		subaccounts: subaccounts?.length ? subaccounts : undefined,
		custom_headers: customHeaders?.length ? customHeaders : undefined,
	};
	const request = buildRequest(logSearch, values, connection.host.now());
	return request.ok ? success(new LogReader(connection, request.value.fields, deadline)) : request;
}

/**
 * The maximum number of unsettled entries that are read again at each read, however long the log has been silent. Then
 * no clock, however wrong, makes a read skip an entry.
 */
const FEW = 200;

/**
 * Returns the cursor to read from if it is ahead of the clock. Either the clock was wrong when the cursor was made, or
 * it is wrong now. An entry beyond the clock proves that it is wrong now.
 */
async function withoutLead(reader: LogReader, cursor: FeedCursor, now: number): Promise<Result<FeedCursor>> {
	const since = startOfCursor(cursor);
	if (!isAhead(cursor, now)) return success(cursor);
	const window = { from: wholeSecond(now + AHEAD), to: Math.min(since + YEAR, LAST) };
	const beyond = await reader.page(window, undefined, 1);
	if (!beyond.ok) return beyond;
	if (beyond.value === undefined) return failedWindow(window);
	return success(beyond.value.entries.length > 0 ? cursor : startCursor(now));
}

/** What a read knows once it has its first page. */
interface Opening {
	readonly reader: LogReader;
	/** Where the read starts. */
	readonly start: FeedCursor;
	/** Everything since then. */
	readonly window: Window;
	/** By the clock of the host, in milliseconds since 1970. */
	readonly now: number;
	readonly limits: Limits;
}

/** Returns what a batch hands out at the end of a read. @param since the moment up to which the log was read whole */
function handOut(batch: Batch, since: number, maxEvents: number, stopped?: Stop): FeedRead {
	const { isCut, ...handed } = batch.handOut(since, maxEvents);
	const why = isCut ? 'events' : stopped;
	return { ...handed, more: why !== undefined, ...(why === undefined ? {} : { stopped: why }) };
}

/** Hands out a log that is whole on its first page. What may still get late entries is read again next time. */
function handOutPage({ start, window, now, limits }: Opening, page: Page): FeedRead {
	const { customHeaders, maxEvents, settleMs } = limits;
	const newest = newestOn(timesOn(page), window.to) ?? now;
	const events = eventsIn(window, page.entries, customHeaders);
	const batch = new Batch(start);
	batch.add(events);
	const isQuiet = events.filter(({ moment }) => moment >= newest - settleMs).length <= FEW;
	const settled = isQuiet ? wholeSecond(newest - settleMs) : settledBefore(newest, now, settleMs);
	return handOut(batch, Math.max(window.from, settled), maxEvents);
}

/** Reads a log that has more than one page. @param page undefined if the response was no page */
async function readBacklog(
	{ reader, start, window, now, limits }: Opening,
	page: Page | undefined,
): Promise<Result<FeedRead>> {
	const { customHeaders, maxEvents, maxCalls, settleMs } = limits;
	const times = page === undefined ? [] : timesOn(page);
	const newest = newestOn(times, window.to) ?? now;
	const horizon = Math.max(window.from, settledBefore(newest, now, settleMs));
	if (page === undefined && horizon === window.from) return failedWindow(window);
	// The page shows everything that has not settled, if it reaches back to what has.
	const reachesBack = page !== undefined && reachesBefore(horizon, times);
	const unsettled = reachesBack ? eventsIn({ from: horizon, to: window.to }, page.entries, customHeaders) : undefined;
	const batch = new Batch(start);
	const rest = await readSettled(reader, window, batch, {
		horizon,
		page,
		reachesBack,
		expected: page === undefined ? undefined : settledOn(page, times, horizon, window.to),
		unsettled: unsettled?.length ?? 0,
		maxEvents,
		maxCalls,
		customHeaders,
	});
	if (!rest.ok) return rest;
	const { since, stopped } = rest.value;
	if (stopped === undefined && unsettled !== undefined) batch.add(unsettled);
	return success(handOut(batch, since, maxEvents, stopped));
}

/**
 * Reads the events since a cursor. If there are at most 1,000, they come in one call. A backlog comes in parts, each of
 * which is read whole before anything of it counts. If more than 1,000 events happened so recently that some may be
 * missing in the log, they come when they have settled.
 *
 * An event comes again if its cursor was not stored, so store the cursor after the events were handed out.
 * @returns an error if SMTP2GO could not be read; then nothing was lost, and the next read starts at the same cursor
 */
export async function readFeed(
	connection: Connection,
	cursor: FeedCursor,
	options: FeedOptions = {},
): Promise<Result<FeedRead>> {
	const made = readerOf(connection, options);
	if (!made.ok) return made;
	const reader = made.value;
	const now = connection.host.now();
	const moved = await withoutLead(reader, cursor, now);
	if (!moved.ok) return moved;
	const start = moved.value;
	const window = { from: startOfCursor(start), to: wholeSecond(now) };
	const nothing: FeedRead = { deliveries: [], cursor: start, more: false };
	if (window.from >= window.to) return success(nothing);

	const first = await reader.page(window);
	if (!first.ok) return first;
	const page = first.value;
	const opening = { reader, start, window, now, limits: limitsOf(options) };
	if (page === undefined || !isWhole(page)) return readBacklog(opening, page);
	return success(page.entries.length === 0 ? nothing : handOutPage(opening, page));
}

/**
 * Returns the newest events of the log, oldest first, in one call. For a form that shows what an event looks like.
 * @param count maximum number of events, up to 1,000
 * @param hoursBack how far back to look
 */
export async function newestEvents(
	connection: Connection,
	count: number,
	hoursBack: number,
	options: FeedOptions = {},
): Promise<Result<readonly ReadDelivery[]>> {
	const reader = readerOf(connection, options);
	if (!reader.ok) return reader;
	const now = connection.host.now();
	const window = { from: startOfCursor(startCursor(now, hoursBack)), to: wholeSecond(now) + SECOND };
	const page = await reader.value.page(window, undefined, Math.max(1, Math.min(PAGE, count)));
	if (!page.ok) return page;
	if (page.value === undefined) return failedWindow(window);
	const batch = new Batch(startCursor(window.from));
	batch.add(eventsIn(window, page.value.entries, options.customHeaders ?? []));
	return success(batch.handOut(window.from, count).deliveries);
}
