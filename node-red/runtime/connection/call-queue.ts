/**
 * The queue for one API key. All accounts with the same key and address share it, in whatever flows they are, because
 * SMTP2GO limits calls by key.
 */
import { Gate, Templates, type CallLimits } from '../../../api';
import { clock } from './host';

/** Concurrent calls per API key, unless its account says otherwise. */
export const IN_FLIGHT = 5;

/** What an account allows. */
export type Limits = Pick<CallLimits, 'concurrency' | 'callsPerMinute'>;

/** The lowest of the limits that are set. */
function lowest(limits: Iterable<Limits>, name: keyof Limits): number | undefined {
	const set = [...limits].map((one) => one[name]).filter((limit) => limit !== undefined);
	return set.length === 0 ? undefined : Math.min(...set);
}

/** Called when the whole queue pauses, with the milliseconds. */
export type OnPause = (milliseconds: number) => void;

export class CallQueue extends Gate {
	private readonly watchers = new Set<OnPause>();
	/** The templates that were read with this key. */
	readonly templates = new Templates();

	/** @param limits of each account that has joined */
	constructor(private readonly limits = new Map<object, Limits>()) {
		super(clock, {
			get concurrency() {
				return lowest(limits.values(), 'concurrency') ?? IN_FLIGHT;
			},
			get callsPerMinute() {
				return lowest(limits.values(), 'callsPerMinute');
			},
		});
	}

	/** Maximum number of concurrent calls. */
	get concurrency(): number {
		return lowest(this.limits.values(), 'concurrency') ?? IN_FLIGHT;
	}

	/** @param account whose limits apply until it leaves */
	join(account: object, limits: Limits): void {
		this.limits.set(account, limits);
		this.changed();
	}

	/** Lifts an account's limits. Calls that they held back can go. */
	leave(account: object): void {
		this.limits.delete(account);
		this.changed();
	}

	/** @returns ends the watch */
	watch(onPause: OnPause): () => void {
		this.watchers.add(onPause);
		return () => this.watchers.delete(onPause);
	}

	override hold(milliseconds: number): void {
		super.hold(milliseconds);
		for (const notify of this.watchers) notify(milliseconds);
	}
}
