/**
 * What an account does for the nodes that wait for the outcome of emails: it keeps their messages, takes the events of
 * its webhook, and reads the activity log while that can help.
 */
import type { Node } from 'node-red';
import { readFilter, type Smtp2goError } from '../../../api';
import { MAX_LIMIT } from '../../shared/saved-outcome';
import type { HookState, Subscriber } from '../events/subscriber';
import type { LogState } from '../feed/log';
import { toNodeError } from '../platform/errors';
import type { NodeContext } from '../platform/node-context';
import type { Runtime } from '../platform/runtime';
import type { Timing } from '../platform/timing';
import { outcomeEvents } from './email-state';
import { OUTCOME, type OutcomeTaker } from './outcome-log';
import { isHookLive, type OutcomeMemory, type Wait, type Waiter } from './wait';
import { Waits } from './waits';

/** The ID of the account's subscriber and taker, beside those of nodes. */
const ID = 'outcomes';

/** What gets something for all nodes of an account. */
interface Source<T> {
	subscribe(one: T): void;
	unsubscribe(id: string): void;
}

/** What it needs from the account. */
export interface OutcomeOptions {
	readonly context: NodeContext;
	readonly memory: OutcomeMemory;
	readonly timing: Timing;
	areFlowsRunning(): boolean;
	/** The account's webhook. */
	readonly hook: Source<Subscriber>;
	/** The reader of the activity log. */
	readonly reader: Source<OutcomeTaker> & { reconcile(): void };
}

export class Outcomes {
	readonly waits: Waits;
	private hook: HookState = { is: 'registering' };
	private log: LogState = { is: 'reading' };
	/** The last error of the log that nodes were notified of. */
	private logError: string | undefined;
	private isReading = false;
	private readonly subscriber: Subscriber;
	private readonly taker: OutcomeTaker;

	/** @param node the account's node, which writes to the log */
	constructor(
		RED: Runtime,
		node: Pick<Node, 'warn' | 'error'>,
		private readonly options: OutcomeOptions,
	) {
		const { context, memory, timing, areFlowsRunning } = options;
		const now = () => Date.now();
		const waits = new Waits({
			context,
			memory,
			timing,
			areFlowsRunning,
			onChange: () => this.refresh(now()),
			warnOfEnded: (emails) => node.warn(RED._('errors.waitsEnded', { count: String(emails) })),
			report: (thrown) => node.error(toNodeError(thrown).message),
			now,
		});
		this.waits = waits;
		this.subscriber = {
			id: ID,
			source: 'webhook',
			events: outcomeEvents,
			smsEvents: [],
			filter: readFilter({}),
			// A duplicate changes nothing, and another node can have missed the first one.
			skipRepeated: false,
			show: (state) => this.showHook(state),
			fail: (error) => this.failHook(error),
			deliver: ({ event }) => waits.take(event),
		};
		this.taker = {
			id: ID,
			topics: [OUTCOME],
			take: (event) => waits.take(event),
			showLog: (state) => this.showLog(state),
			failLog: (error) => this.failLog(error),
		};
	}

	/** The running nodes that wait. */
	private get waiters(): readonly Waiter[] {
		return [...this.options.memory.waiters.values()];
	}

	/** Adds a node that has started. */
	subscribe(waiter: Waiter): void {
		this.options.memory.waiters.set(waiter.id, waiter);
		if (waiter.source !== 'log') this.options.hook.subscribe(this.subscriber);
		this.show(waiter);
	}

	/** @param removed true if the node was deleted or disabled: its waits end */
	unsubscribe(waiter: Waiter, removed: boolean): Promise<void> {
		const { waiters } = this.options.memory;
		if (waiters.get(waiter.id) === waiter) waiters.delete(waiter.id);
		if (this.waiters.every(({ source }) => source === 'log')) this.options.hook.unsubscribe(ID);
		return this.waits.unsubscribe(waiter, removed);
	}

	/** Follows a deploy: called each time that the flows have started, before the log is read. */
	reconcile(): void {
		this.waits.reconcile();
	}

	/** Stops. Resolves when everything is stored. */
	close(): Promise<void> {
		return this.waits.close();
	}

	/**
	 * When the first email that waits for the log was sent, in milliseconds since 1970, but not longer ago than an
	 * email can wait; infinite if there is none.
	 */
	oldest(): number {
		const now = Date.now();
		return this.waits.all.reduce(
			(oldest, wait) =>
				this.readsLogAt(wait) <= now ? Math.min(oldest, Math.max(wait.sentAt, now - MAX_LIMIT)) : oldest,
			Infinity,
		);
	}

	/**
	 * From when on the log is read for a wait: at once, or when the webhook had its time. Infinite if it never is.
	 */
	private readsLogAt({ node, since }: Wait): number {
		const source = this.options.memory.waiters.get(node)?.source ?? 'webhook';
		if (source === 'webhook') return Infinity;
		return source === 'log' || !isHookLive(this.hook) ? since : since + this.options.timing.grace;
	}

	/** Reads the log while a wait needs it. Returns when the next one does. */
	private refresh(now: number): number {
		const moments = this.waits.all.map((wait) => this.readsLogAt(wait));
		const isNeeded = moments.some((moment) => moment <= now);
		if (isNeeded !== this.isReading) {
			const { reader } = this.options;
			this.isReading = isNeeded;
			if (isNeeded) reader.subscribe(this.taker);
			else reader.unsubscribe(ID);
			reader.reconcile();
		}
		for (const waiter of this.waiters) this.show(waiter);
		return moments.reduce((next, moment) => (moment > now ? Math.min(next, moment) : next), Infinity);
	}

	private show(waiter: Waiter): void {
		const { hook, log, isReading } = this;
		waiter.show({ waiting: this.waits.waitingFor(waiter.id), hook, log, readsLog: isReading });
	}

	private showHook(state: HookState): void {
		this.hook = state;
		// Without the webhook, the log is read at once.
		this.waits.changed();
		for (const waiter of this.waiters) this.show(waiter);
	}

	private showLog(state: LogState): void {
		this.log = state;
		if (state.is === 'read') this.logError = undefined;
		for (const waiter of this.waiters) this.show(waiter);
	}

	private failHook(error: Smtp2goError): void {
		for (const waiter of this.waiters) if (waiter.source !== 'log') waiter.failHook(error);
	}

	/** Reports an error once, although the reader forgets this taker whenever nothing waits. */
	private failLog(error: Smtp2goError): void {
		if (this.logError === error.message) return;
		this.logError = error.message;
		for (const waiter of this.waiters) if (waiter.source !== 'webhook') waiter.failLog(error);
	}
}
