/**
 * The queue for one API key: all accounts with the same key and address share it, whatever flows they are in, because
 * SMTP2GO counts by key. It outlives a deploy, so that calls that are still finishing count.
 */
import { createHash } from 'node:crypto';
import { Gate, Templates, type Flow } from '../../../api';
import { clock } from './host';

/** Concurrent calls per API key, unless its account says otherwise. */
export const IN_FLIGHT = 5;

/** What an account allows. */
export type Limits = Pick<Flow, 'inFlight' | 'callsPerMinute'>;

/** The lowest of the limits that are set. */
function lowest(limits: Iterable<Limits>, name: keyof Limits): number | undefined {
	const set = [...limits].map((one) => one[name]).filter((limit) => limit !== undefined);
	return set.length === 0 ? undefined : Math.min(...set);
}

/** Told when the whole queue pauses: for how many milliseconds. */
export type OnPause = (milliseconds: number) => void;

export class Queue extends Gate {
	private readonly watchers = new Set<OnPause>();
	/** The templates that were read with this key. */
	readonly templates = new Templates();

	private constructor(private readonly limits = new Map<object, Limits>()) {
		super(clock, {
			get inFlight() {
				return lowest(limits.values(), 'inFlight') ?? IN_FLIGHT;
			},
			get callsPerMinute() {
				return lowest(limits.values(), 'callsPerMinute');
			},
		});
	}

	private static readonly all = new Map<string, Queue>();

	/** The queue for an API key at an address. */
	static of(apiKey: string, baseUrl: string): Queue {
		const name = createHash('sha256').update(`${baseUrl} ${apiKey}`).digest('hex');
		const queue = this.all.get(name) ?? new Queue();
		this.all.set(name, queue);
		return queue;
	}

	/** Calls that may be under way at a time. */
	get inFlight(): number {
		return lowest(this.limits.values(), 'inFlight') ?? IN_FLIGHT;
	}

	/** @param account whose limits hold from now on, until it leaves */
	join(account: object, limits: Limits): void {
		this.limits.set(account, limits);
		this.changed();
	}

	/**
	 * A limit that was lifted holds nobody any longer. When flows stop, the calls of their nodes have given up before.
	 */
	leave(account: object): void {
		this.limits.delete(account);
		this.changed();
	}

	/** @returns a function that ends it */
	watch(onPause: OnPause): () => void {
		this.watchers.add(onPause);
		return () => this.watchers.delete(onPause);
	}

	override hold(milliseconds: number): void {
		super.hold(milliseconds);
		for (const tell of this.watchers) tell(milliseconds);
	}
}
