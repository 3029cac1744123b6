/** The windows in which a backlog is read: how long each is, learned from those before. */
import type { JsonObject } from '../core/json';
import { SECOND, wholeSecond } from './cursor';
import { PAGE, type NotWhole, type Page, type Window } from './log-reader';

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

/** A window and the maximum number of its entries. */
export interface SizedWindow extends Window {
	readonly most: number;
}

/** The entries of a window, or why there are none, and how many there are if SMTP2GO says so. */
export interface Found {
	readonly entries: readonly JsonObject[] | NotWhole;
	readonly total?: number | undefined;
}

/** The part of the room that a window aims for, because events are not evenly distributed. */
const FILL = 0.89;
/** How much a window shrinks if nothing says by how much it should, and how much it grows at most. */
const SHRINK = 1 / 4;
const GROW = 8;
/** The maximum number of entries of one second, which cannot be divided. */
const MAX_OF_A_SECOND = 10_000;

/** The windows of one read. */
export class Windows {
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
	next(room: number): SizedWindow {
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
	shorten({ from, to, most }: SizedWindow, { entries, total }: Found): boolean {
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
