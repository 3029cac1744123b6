/**
 * Where calls wait for their turn. It limits how many run concurrently and how many start per minute, and holds all of
 * them when SMTP2GO asks for a pause. All times are those of the monotonic clock.
 */
import type { Rate } from '../catalogue/types';
import type { Host } from './transport';

/** How many calls leave, and how fast. */
export interface CallLimits {
	/** Maximum number of concurrent calls; unlimited by default. */
	readonly concurrency?: number | undefined;
	/** Least time between the starts of two calls, in milliseconds. */
	readonly minInterval?: number | undefined;
	/** Maximum number of calls in any 60 seconds. */
	readonly callsPerMinute?: number | undefined;
}

/** One call that asks to pass. */
export interface Ticket {
	/** The endpoint, and how often SMTP2GO takes it. */
	readonly path: string;
	readonly rate?: Rate | undefined;
	/** Gives the place up. */
	readonly signal?: AbortSignal | undefined;
	/** Called once for a wait of known length, with the milliseconds and the reason. */
	readonly onWait?: ((milliseconds: number, why: string) => void) | undefined;
	/** True for a call that was turned away and tries again: it goes before the others. */
	readonly again?: boolean | undefined;
}

/** When a call may start, and what it waits for. */
interface Start {
	readonly at: number;
	readonly why?: string;
}

interface Waiter {
	readonly ticket: Ticket;
	readonly enter: (mayStart: boolean) => void;
	/** The moment of which `onWait` was told. */
	told?: number;
}

/** Tells of a wait. Whoever is told must not stop the others by a mistake of his own. */
export function notify({ onWait }: Pick<Ticket, 'onWait'>, milliseconds: number, why: string): void {
	try {
		onWait?.(milliseconds, why);
	} catch {
		// The call waits and starts all the same.
	}
}

/** The name under which all calls together are counted. */
const ALL = '';
/** Milliseconds added to a known limit: SMTP2GO counts when a call arrives, not when it leaves. */
const MARGIN = 500;

/** When calls left, by endpoint: shared by several gates of one key, so that each knows of the other's. */
export class CallLog {
	private readonly times = new Map<string, number[]>();

	/** Notes a start. */
	add(path: string, at: number): void {
		const times = this.times.get(path);
		if (times) times.push(at);
		else this.times.set(path, [at]);
	}

	/** When the next call fits into the limit. */
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
 * A gate for the calls of one key. Calls pass in the order in which they came, except that one which waits for its
 * endpoint's own limit lets the others by.
 */
export class Gate {
	private readonly queue: Waiter[] = [];
	private readonly watched = new WeakSet<AbortSignal>();
	private under = 0;
	private heldUntil = -Infinity;
	private lastStart = -Infinity;
	/** The clock as far as pauses are over, in case a host's pause is shorter than its clock says. */
	private reached = -Infinity;
	private alarm: { readonly at: number; readonly off: AbortController } | undefined;

	/** @param log of other gates of the same key; own ones unless given */
	constructor(
		private readonly host: Pick<Host, 'monotonic' | 'sleep'>,
		private readonly callLimits: CallLimits = {},
		private readonly log = new CallLog(),
	) {}

	/** How many calls wait. */
	get waiting(): number {
		return this.queue.length;
	}

	/** How many calls are under way. */
	get running(): number {
		return this.under;
	}

	/** Lets no call start for so many milliseconds: all pause together when one is told to slow down. */
	hold(milliseconds: number): void {
		this.heldUntil = Math.max(this.heldUntil, this.now() + milliseconds);
	}

	/**
	 * Waits for its turn, then does the work.
	 * @param work one call; its promise ends when the place is free again
	 * @returns undefined where the signal came first: nothing was started then
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
		// One listener for a signal, however many calls of it wait.
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

	/** Takes out whoever was stopped. */
	private sweep(): void {
		const stopped = this.queue.filter(({ ticket }) => ticket.signal?.aborted);
		for (const waiter of stopped) {
			this.queue.splice(this.queue.indexOf(waiter), 1);
			waiter.enter(false);
		}
		this.alarm?.off.abort();
	}

	/** The earliest start of any call. */
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

	/** The call that may start first, and when; of several the one that came first. */
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

	/** Starts all that may start, and sets an alarm for the next. */
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
