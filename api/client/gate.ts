/**
 * Limits the concurrency and rate of the calls with one API key, and pauses all of them if SMTP2GO asks. All times are
 * of the monotonic clock.
 */
import type { Rate } from '../catalogue/types';
import type { Host } from './transport';

/** The limits of concurrency and rate. */
export interface CallLimits {
	/** The maximum number of concurrent calls. Unlimited by default. */
	readonly concurrency?: number | undefined;
	/** The minimum time between the starts of two calls, in milliseconds. */
	readonly minInterval?: number | undefined;
	/** The maximum number of calls that start in any 60 seconds. */
	readonly callsPerMinute?: number | undefined;
}

/** A call that waits for its turn. */
export interface Ticket {
	/** The endpoint, and the rate that SMTP2GO accepts. */
	readonly path: string;
	readonly rate?: Rate | undefined;
	/** Leaves the queue. */
	readonly signal?: AbortSignal | undefined;
	/** Called once for a wait of known length, with the milliseconds and the reason. */
	readonly onWait?: ((milliseconds: number, why: string) => void) | undefined;
	/** True for a retry, which goes before the other calls. */
	readonly again?: boolean | undefined;
}

/** Why the next call waits. */
export interface NextWait {
	/** The endpoint. */
	readonly path: string;
	/** Milliseconds until it can start. 0 if it waits for another call to end. */
	readonly milliseconds: number;
	/**
	 * - `busy`: as many calls run as may run at the same time
	 * - `slowDown`: SMTP2GO asked to slow down
	 * - `limit`: a limit, in words in `why`
	 */
	readonly reason: 'busy' | 'slowDown' | 'limit';
	readonly why?: string;
}

/** When a call may start, and why it waits. */
interface Start {
	readonly at: number;
	readonly why?: string;
}

interface Waiter {
	readonly ticket: Ticket;
	readonly enter: (mayStart: boolean) => void;
	/** The start time that `onWait` was called with. */
	told?: number;
}

/** Reports a wait. An error in the callback must not stop other calls. */
export function notify({ onWait }: Pick<Ticket, 'onWait'>, milliseconds: number, why: string): void {
	try {
		onWait?.(milliseconds, why);
	} catch {
		// The call still waits and starts.
	}
}

/** The name under which all calls are counted. */
const ALL = '';
/** Milliseconds added to a limit, because SMTP2GO counts a call when it arrives, not when it leaves. */
const MARGIN = 500;

/** The start times of calls, by endpoint. Gates with the same key share a log. */
export class CallLog {
	private readonly times = new Map<string, number[]>();

	/** Records a start. */
	add(path: string, at: number): void {
		const times = this.times.get(path);
		if (times) times.push(at);
		else this.times.set(path, [at]);
	}

	/** Returns when the next call fits the limit. */
	next(path: string, { calls, seconds }: Rate, now: number): number {
		const since = (this.times.get(path) ?? []).filter((at) => at > now - seconds * 1000 - MARGIN);
		this.times.set(path, since);
		return since.length < calls ? now : (since.at(-calls) ?? now) + seconds * 1000 + MARGIN;
	}
}

function later(starts: readonly Start[]): Start {
	return starts.reduce((one, other) => (other.at > one.at ? other : one));
}

function inWords(seconds: number): string {
	return seconds === 60 ? 'per minute' : seconds === 3600 ? 'per hour' : `in ${seconds} seconds`;
}

/**
 * The gate for the calls of one key. Calls start in order, except that a call that waits for the limit of its endpoint
 * lets others pass.
 */
export class Gate {
	private readonly queue: Waiter[] = [];
	private readonly watched = new WeakSet<AbortSignal>();
	private under = 0;
	private heldUntil = -Infinity;
	private lastStart = -Infinity;
	/** The end of the last pause, in case the host's timer fires before its clock gets there. */
	private reached = -Infinity;
	private alarm: { readonly at: number; readonly off: AbortController } | undefined;

	/** @param log shared with other gates of the same key; a new one by default */
	constructor(
		private readonly host: Pick<Host, 'monotonic' | 'sleep'>,
		private readonly callLimits: CallLimits = {},
		private readonly log = new CallLog(),
	) {}

	/** The number of waiting calls. */
	get waiting(): number {
		return this.queue.length;
	}

	/** The number of running calls. */
	get running(): number {
		return this.under;
	}

	/** Why the next call waits. Undefined if no call does. */
	get nextWait(): NextWait | undefined {
		const now = this.now();
		const next = this.next(now);
		if (next === undefined) return undefined;
		const { path } = next.waiter.ticket;
		const { at, why } = next.start;
		if (this.under >= (this.callLimits.concurrency ?? Infinity)) return { path, milliseconds: 0, reason: 'busy' };
		const milliseconds = Math.max(0, at - now);
		return why === undefined
			? { path, milliseconds, reason: 'slowDown' }
			: { path, milliseconds, reason: 'limit', why };
	}

	/** Starts no call for a number of milliseconds. If SMTP2GO slows down one call, all of them pause. */
	hold(milliseconds: number): void {
		this.heldUntil = Math.max(this.heldUntil, this.now() + milliseconds);
	}

	/**
	 * Waits for a turn, then does the work.
	 * @param work one call; the slot is free again when its promise settles
	 * @returns undefined if the signal aborts first. Then nothing was started
	 */
	async pass<T>(ticket: Ticket, work: () => Promise<T>): Promise<T | undefined> {
		if (!(await this.turn(ticket))) return undefined;
		try {
			return await work();
		} finally {
			this.under--;
			this.advance();
		}
	}

	/** The limits have changed: checks again which calls can start. */
	protected changed(): void {
		this.alarm?.off.abort();
		this.alarm = undefined;
		this.advance();
	}

	private now(): number {
		return Math.max(this.host.monotonic(), this.reached);
	}

	private turn(ticket: Ticket): Promise<boolean> {
		const { signal } = ticket;
		if (signal?.aborted) return Promise.resolve(false);
		// One listener per signal, however many of its calls wait.
		if (signal && !this.watched.has(signal)) {
			this.watched.add(signal);
			signal.addEventListener('abort', () => this.sweep(), { once: true });
		}
		return new Promise((enter) => {
			if (ticket.again) this.queue.unshift({ ticket, enter });
			else this.queue.push({ ticket, enter });
			this.advance();
		});
	}

	/** Removes canceled calls. */
	private sweep(): void {
		const stopped = this.queue.filter(({ ticket }) => ticket.signal?.aborted);
		for (const waiter of stopped) {
			this.queue.splice(this.queue.indexOf(waiter), 1);
			waiter.enter(false);
		}
		this.alarm?.off.abort();
	}

	/** Returns the earliest start of any call. */
	private earliest(now: number): Start {
		const { minInterval: waitBetween = 0, callsPerMinute } = this.callLimits;
		const starts: Start[] = [
			{ at: now },
			{ at: this.heldUntil },
			{ at: this.lastStart + waitBetween, why: 'the minimum time between calls' },
		];
		if (callsPerMinute !== undefined)
			starts.push({
				at: this.log.next(ALL, { calls: callsPerMinute, seconds: 60 }, now),
				why: `at most ${callsPerMinute} calls per minute`,
			});
		return later(starts);
	}

	/** Returns the call that may start first, and when. Of several, the one that came first. */
	private next(now: number): { waiter: Waiter; start: Start } | undefined {
		const any = this.earliest(now);
		let first: { waiter: Waiter; start: Start } | undefined;
		for (const waiter of this.queue) {
			const { path, rate } = waiter.ticket;
			const start = rate
				? later([
						any,
						{
							at: this.log.next(path, rate, now),
							why: `SMTP2GO accepts ${path} at most ${rate.calls} times ${inWords(rate.seconds)}`,
						},
					])
				: any;
			if (first === undefined || start.at < first.start.at) first = { waiter, start };
			if (start.at <= any.at) break;
		}
		return first;
	}

	/** Starts all calls that may start, and sets a timer for the next. */
	private advance(): void {
		while (this.under < (this.callLimits.concurrency ?? Infinity)) {
			const now = this.now();
			const next = this.next(now);
			if (next === undefined) return;
			const { waiter, start } = next;
			if (start.at > now) return this.wakeAt(waiter, start);
			this.queue.splice(this.queue.indexOf(waiter), 1);
			this.under++;
			this.lastStart = now;
			if (this.callLimits.callsPerMinute !== undefined) this.log.add(ALL, now);
			if (waiter.ticket.rate) this.log.add(waiter.ticket.path, now);
			waiter.enter(true);
		}
	}

	private wakeAt(waiter: Waiter, { at, why }: Start): void {
		const wait = at - this.now();
		if (why !== undefined && waiter.told !== at) {
			waiter.told = at;
			notify(waiter.ticket, wait, why);
		}
		if (this.alarm && this.alarm.at <= at) return;
		this.alarm?.off.abort();
		const alarm = { at, off: new AbortController() };
		this.alarm = alarm;
		void this.host.sleep(wait, alarm.off.signal).then(() => {
			if (!alarm.off.signal.aborted) this.reached = Math.max(this.reached, at);
			if (this.alarm === alarm) this.alarm = undefined;
			this.advance();
		});
	}
}
