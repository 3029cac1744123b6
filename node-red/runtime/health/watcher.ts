/** Looks at the health of an account at intervals, and reports what has changed. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import {
	readHealth,
	readHealthState,
	type Connection,
	type HealthReport,
	type HealthState,
	type HealthWatch,
	type Result,
	type Smtp2goError,
} from '../../../api';
import type { NodeContext } from '../platform/node-context';
import type { HealthMemory } from './health-memory';
import { retryDelay, type Timing } from '../platform/timing';

/** The name in the node's context. */
const KEY = 'health';

/** What a look found, as a node shows it. */
export type Finding =
	| { readonly is: 'checking' }
	| { readonly is: 'checked'; readonly problems: number; readonly unread: number }
	| { readonly is: 'failed'; readonly error: Smtp2goError };

/** What a watcher needs. */
export interface WatcherOptions {
	readonly watch: HealthWatch;
	/** Milliseconds from one look to the next. */
	readonly interval: number;
	readonly timing: Timing;
	connect(signal: AbortSignal): Result<Connection>;
	show(finding: Finding): void;
	report(report: HealthReport): void;
	/** Called once for an error that does not go away by itself. */
	fail(error: Smtp2goError): void;
	/** Called for an error of our own. */
	onThrow(thrown: unknown): void;
}

/** True for an error that stays until somebody changes the key or the node. */
export function isLasting({ type }: Smtp2goError): boolean {
	return type === 'auth' || type === 'permission' || type === 'invalid';
}

export class HealthWatcher {
	private readonly closed = new AbortController();
	private timer: NodeJS.Timeout | undefined;
	private failures = 0;
	/** The look in progress. Never rejects. */
	private work = Promise.resolve();
	/** The lasting error that was reported. It is not repeated at each look. */
	private reported: string | undefined;

	/**
	 * @param id of the node, which a deploy does not change
	 * @param account the ID of its account
	 */
	constructor(
		private readonly id: string,
		private readonly account: string,
		private readonly context: NodeContext,
		private readonly memory: HealthMemory,
		private readonly options: WatcherOptions,
	) {}

	/** Looks now, and then at intervals. */
	start(): void {
		this.options.show({ is: 'checking' });
		this.next(0);
	}

	/**
	 * Ends the look in progress; the next watcher looks again. Resolves when what was reported is stored.
	 * @param removed true if the node was deleted or disabled
	 */
	async close(removed: boolean): Promise<void> {
		this.closed.abort();
		clearTimeout(this.timer);
		await this.work;
		if (removed) this.memory.states.delete(this.id);
	}

	private next(delay: number): void {
		this.timer = setTimeout(() => {
			this.work = this.look()
				.catch((thrown: unknown) => {
					this.options.onThrow(thrown);
					return this.options.interval;
				})
				.then((wait) => {
					if (!this.closed.signal.aborted) this.next(wait);
				});
		}, delay);
		this.timer.unref();
	}

	/** The known problems. Without a configured context store, Node-RED empties a node's context with each deploy. */
	private async state(): Promise<HealthState> {
		const known = this.memory.states.get(this.id);
		if (known !== undefined) return known;
		const stored = await this.context.get(KEY);
		return readHealthState(stored.ok ? stored.value : undefined, this.account);
	}

	/** Looks once. Returns the milliseconds until the next look. */
	private async look(): Promise<number> {
		const { watch, interval, timing, connect, show, report } = this.options;
		const { signal } = this.closed;
		const connection = connect(signal);
		const look = connection.ok ? await readHealth(connection.value, watch, await this.state()) : connection;
		if (signal.aborted) return interval;
		if (!look.ok) return this.failed(look.error);
		this.reported = undefined;
		const { reports, state, skipped } = look.value;
		for (const one of reports) report(one);
		this.memory.states.set(this.id, state);
		await this.context.set(KEY, state);
		if (signal.aborted) return interval;
		this.failures = skipped.length === 0 ? 0 : this.failures + 1;
		show({ is: 'checked', problems: Object.keys(state.problems).length, unread: skipped.length });
		return skipped.length === 0 ? interval : Math.min(interval, retryDelay(timing, this.failures - 1));
	}

	/** Shows an error. A passing one is retried soon, and only the status says so. */
	private failed(error: Smtp2goError): number {
		const { interval, timing, show, fail } = this.options;
		show({ is: 'failed', error });
		if (isLasting(error)) {
			if (this.reported !== error.message) fail(error);
			this.reported = error.message;
			return interval;
		}
		return Math.min(interval, retryDelay(timing, this.failures++));
	}
}
