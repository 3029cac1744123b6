// Faults to switch on: rate limits, server errors, timeouts, resets and more.
import { matches } from '../core/path-pattern';

/** The types of faults. */
export type FaultType =
	/** 429 with an error body. */
	| 'rate-limit'
	/** 5xx (`status`, default 503) with an error body. */
	| 'server-error'
	/** No answer at all. */
	| 'timeout'
	/** The connection is reset. */
	| 'reset'
	/** The right answer, `ms` late. */
	| 'slow'
	/** 200 with `succeeded: 0, failed: 1` and `failures`. */
	| 'failures'
	/** 200 with `data.error`. */
	| 'error'
	/** 200 with a page of HTML. */
	| 'not-json'
	/** 200 whose body stops half way. */
	| 'truncated'
	/** The `continue_token` that the call brought comes back. Spares calls without one. */
	| 'token-repeats'
	/** The list of events lacks its last half, and there is no next page. `total_events` stays. */
	| 'rows-missing';

/** One fault, switched on. */
export interface Fault {
	/** API path without `/v3`; `*` matches anything: `/email/send`, `/email/*`, `*`. */
	path: string;
	fault: FaultType;
	/**
	 * Whether the call takes effect before it goes wrong. Default `before`: it takes none. `during`, for `reset`: the
	 * connection is reset while the call is still coming in.
	 */
	when?: 'before' | 'during' | 'after';
	/** How many calls it hits; default 1, 0 means every one. */
	times?: number;
	/**
	 * It hits only calls beyond this number in the last 60 seconds: with `rate-limit` and 60 the live limit of
	 * `/activity/search`.
	 */
	perMinute?: number;
	/** Status for `server-error`. */
	status?: number;
	/** Seconds (or a date) for `rate-limit`. */
	retryAfter?: number | string;
	/** Further response headers, e.g. `x-ratelimit-reset`. */
	headers?: Record<string, string>;
	/** Delay for `slow`, default 1,000. */
	ms?: number;
	/** Texts for `failures`. */
	failures?: string[];
	/** Text for `error`, `rate-limit` and `server-error`. */
	message?: string;
}

/** The faults that are on. */
export class Faults {
	private active: { fault: Fault; left: number; passed: number[] }[] = [];

	/** Switches a fault on, behind those already on. */
	add(fault: Fault): void {
		this.active.push({ fault, left: fault.times === 0 ? Infinity : (fault.times ?? 1), passed: [] });
	}

	/** Switches all faults off. */
	clear(): void {
		this.active = [];
	}

	/** The faults that are on, with what is left of `times` (0: no end). */
	list(): Fault[] {
		return this.active.map(({ fault, left }) => ({ ...fault, times: left === Infinity ? 0 : left }));
	}

	/**
	 * The first fault for a path, at the end of a call or `during` it; counts it down.
	 * @param paged whether the call asks for a further page
	 */
	take(path: string, { during = false, paged = false } = {}): Fault | undefined {
		const hit = this.active.find(
			(entry) =>
				(entry.fault.when === 'during') === during &&
				(entry.fault.fault !== 'token-repeats' || paged) &&
				matches(entry.fault.path, path) &&
				!passes(entry),
		);
		if (!hit) return undefined;
		hit.left--;
		if (hit.left <= 0) this.active = this.active.filter((entry) => entry !== hit);
		return hit.fault;
	}
}

/** Whether a call is still within the fault's limit a minute; if so it is counted. */
function passes({ fault: { perMinute }, passed }: { fault: Fault; passed: number[] }): boolean {
	if (perMinute === undefined) return false;
	const now = performance.now();
	while ((passed[0] ?? now) <= now - 60_000) passed.shift();
	if (passed.length >= perMinute) return false;
	passed.push(now);
	return true;
}
