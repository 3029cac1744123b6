/** Reads the settled part of the activity log in windows, each whole, oldest first. */
import type { JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { eventsIn, type Batch } from './batch';
import { SECOND, wholeSecond } from './cursor';
import { failedWindow, isWhole, PAGE, type LogReader, type NotWhole, type Page, type Window } from './log-reader';

/** Why a read stops early. */
export type Stop = 'events' | 'calls' | 'time' | 'fault';

/** What is known of the settled part, and how much may be read. */
export interface Settled {
	/** The moment before which the log has settled. */
	readonly horizon: number;
	/** The first page of everything, settled or not. Undefined if it is not a page. */
	readonly page: Page | undefined;
	/** True if everything that has not settled is on this page. */
	readonly reachesBack: boolean;
	/** The number of these entries, if they are on this page. They are kept until the rest is read. */
	readonly unsettled: number;
	/** About how many entries have settled. Undefined if nothing says so. */
	readonly expected: number | undefined;
	readonly maxEvents: number;
	readonly maxCalls: number;
	readonly customHeaders: readonly string[];
}

/** How far the log was read whole, and why no further. */
export interface Reached {
	readonly since: number;
	readonly stopped?: Stop;
}

/** The part of the room that a window aims for, because events are not evenly distributed. */
const FILL = 0.89;
/** How much a window shrinks if nothing says by how much it should, and how much it grows at most. */
const SHRINK = 1 / 4;
const GROW = 8;
/** The maximum number of entries of one second, which cannot be divided. */
const MAX_OF_A_SECOND = 10_000;

/** The entries of a window, or why there are none, and how many there are if SMTP2GO says so. */
interface Found {
	readonly entries: readonly JsonObject[] | NotWhole;
	readonly total?: number | undefined;
}

/** Reads one window with at most so many entries. */
async function readWindow(reader: LogReader, window: Window, most: number): Promise<Result<Found>> {
	const first = await reader.page(window);
	if (!first.ok) return first;
	const page = first.value;
	if (page === undefined) return success({ entries: 'broken' });
	const { total } = page;
	const isFull = page.entries.length >= most && !isWhole(page);
	if (isFull || (total ?? 0) > most) return success({ entries: 'large', total });
	const entries = await reader.rest(window, page, most);
	return entries.ok ? success({ entries: entries.value, total }) : entries;
}

/** The windows of one read: how long each is, learned from those before. */
class Windows {
	from: number;
	private length: number;
	/** The number of entries from here to the horizon, if it is known. */
	private left: number | undefined;
	/** True if the numbers or tokens of this log mislead. Then each window is one page. */
	private isPlain = false;
	/** The end of a window that had too many entries. */
	private tooFar: number | undefined;
	/** True if the last window that was read whole was empty. */
	private isEmpty = false;

	constructor(
		private readonly start: number,
		private readonly settled: Settled,
		room: number,
	) {
		const { horizon, page, reachesBack, expected } = settled;
		this.from = start;
		this.length = horizon - start;
		this.isPlain = page !== undefined && page.total === undefined;
		if (reachesBack) this.left = expected;
		if (expected === undefined || expected <= room) return;
		this.tooFar = horizon;
		this.length *= (FILL * room) / expected;
	}

	get isDone(): boolean {
		return this.from >= this.settled.horizon;
	}

	/** True once a window was read. */
	get hasMoved(): boolean {
		return this.from > this.start;
	}

	/** Makes every window one page from now on. */
	distrust(): void {
		this.isPlain = true;
	}

	/** Returns the next window and the maximum number of its entries. */
	next(room: number): Window & { readonly most: number } {
		const { from, left, settled } = this;
		const most = this.isPlain ? PAGE : room;
		const isRest = !this.isPlain && left !== undefined && left <= room;
		const length = Math.max(SECOND, wholeSecond(this.length));
		const to = isRest ? settled.horizon : Math.min(settled.horizon, from + length);
		const isSecond = to - from <= SECOND;
		return { from, to, most: isSecond ? Math.max(most, MAX_OF_A_SECOND) : most };
	}

	/** Goes on after a window that was read whole, which had so many entries. */
	pass({ from, to }: Window, count: number, room: number): void {
		const aim = FILL * (this.isPlain ? PAGE : room);
		this.isEmpty = count === 0;
		if (this.isEmpty && this.tooFar !== undefined && this.tooFar > to) this.length = (this.tooFar - to) / 2;
		else this.length = (to - from) * Math.min(GROW, this.isEmpty ? GROW : aim / count);
		this.left = this.left === undefined ? undefined : Math.max(0, this.left - count);
		this.from = to;
	}

	/**
	 * Makes a window shorter that could not be read whole.
	 * @returns false if it is a second, which has no shorter part
	 */
	shorten({ from, to, most }: Window & { readonly most: number }, { entries, total }: Found): boolean {
		if (to - from <= SECOND) return false;
		const isForeseen = entries === 'large' && total !== undefined && total > most;
		if (!isForeseen) this.isPlain = true;
		else if (to === this.settled.horizon) this.left = total;
		// In a burst, an even distribution says nothing: halve the rest until it is found.
		const by = !isForeseen ? SHRINK : this.isEmpty ? 1 / 2 : (FILL * most) / total;
		this.tooFar = to;
		this.length = (to - from) * Math.min(1 / 2, by);
		return true;
	}
}

/**
 * Reads what has settled, and adds it to a batch.
 * @param start of everything that is to be read
 * @param end of everything that is to be read, settled or not
 * @returns the error of a fault, if nothing was read whole before it
 */
export async function readSettled(
	reader: LogReader,
	{ from: start, to: end }: Window,
	batch: Batch,
	settled: Settled,
): Promise<Result<Reached>> {
	const { horizon, page, reachesBack, unsettled, maxEvents, maxCalls, customHeaders } = settled;
	const room = () => Math.max(PAGE, Math.min(maxEvents - unsettled - batch.size, (maxCalls - reader.calls) * PAGE));
	const windows = new Windows(start, settled, room());
	// The first page is read already: go on after it, if everything fits into this read.
	if (reachesBack && page?.total !== undefined && page.total <= Math.min(maxEvents, maxCalls * PAGE)) {
		const all = await reader.rest({ from: start, to: end }, page, Math.max(maxEvents, PAGE));
		if (!all.ok) return all;
		if (all.value === 'time') return success({ since: start, stopped: 'time' });
		if (typeof all.value === 'object') {
			batch.add(eventsIn({ from: start, to: horizon }, all.value, customHeaders));
			return success({ since: horizon });
		}
		windows.distrust();
	}

	const stop = (): Stop | undefined => {
		if (reader.isLate) return 'time';
		if (!windows.hasMoved) return undefined;
		if (batch.size > 0 && batch.size + unsettled + PAGE > maxEvents) return 'events';
		return reader.calls >= maxCalls ? 'calls' : undefined;
	};
	while (!windows.isDone) {
		const stopped = stop();
		if (stopped !== undefined) return success({ since: windows.from, stopped });
		const window = windows.next(room());
		const found = await readWindow(reader, window, window.most);
		if (found.ok && found.value.entries === 'time') return success({ since: windows.from, stopped: 'time' });
		if (found.ok && typeof found.value.entries === 'object') {
			batch.add(eventsIn(window, found.value.entries, customHeaders));
			windows.pass(window, found.value.entries.length, room());
			continue;
		}
		if (found.ok && windows.shorten(window, found.value)) continue;
		const failed = found.ok ? failedWindow(window) : found;
		// What was read whole is handed out. The next read begins with the fault, and reports it.
		if (windows.hasMoved && !failed.ok && failed.error.type !== 'cancelled')
			return success({ since: windows.from, stopped: 'fault' });
		return failed;
	}
	return success({ since: horizon });
}
