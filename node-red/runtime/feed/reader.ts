/** Reads one log of an account at intervals, for all nodes that want something of it. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Connection, Result, Smtp2goError } from '../../../api';
import type { NodeContext } from '../platform/node-context';
import { retryDelay, type Timing } from '../platform/timing';
import type { Log, LogState, LogTaker } from './log';
import { hasStarted, readPlace, startsOf, type FeedMemory, type Place } from './place';

/**
 * The number of items that are handed out before the place is stored. If Node-RED is killed in between, they come again
 * after the restart.
 */
const CHUNK = 10;

/** Milliseconds before the first read of a reader that starts now: soon, since it shows whether the key may read. */
const FIRST_READ = 1_500;

/** The number of failures of the context store after which a reader starts without it. */
const STORE_FAILURES = 3;

/** What a reader needs of its account. */
export interface ReaderOptions {
	readonly context: NodeContext;
	readonly memory: FeedMemory;
	/** Milliseconds from the end of one read to the next. */
	readonly interval: number;
	readonly timing: Timing;
	connect(signal: AbortSignal): Result<Connection>;
	/** False while a deploy stops and starts flows: a node can be missing. */
	areFlowsRunning(): boolean;
	/** Logs an error of our own. */
	report(thrown: unknown): void;
	now(): number;
}

/** How a read ended. */
type Ending = 'read' | 'interrupted' | 'failed';

export class LogReader<Item, Cursor, Taker extends LogTaker> {
	private readonly takers = new Map<string, Taker>();
	private readonly closed = new AbortController();
	private timer: NodeJS.Timeout | undefined;
	/** The read in progress. Never rejects. */
	private work: Promise<void> | undefined;
	private state: LogState = { is: 'reading' };
	private failures = 0;
	/** The lasting error that each node was notified of. It is not repeated at each retry. */
	private readonly notified = new Map<Taker, string>();

	constructor(
		private readonly log: Log<Item, Cursor, Taker>,
		private readonly options: ReaderOptions,
	) {}

	subscribe(taker: Taker): void {
		this.takers.set(taker.id, taker);
		taker.showLog(this.state);
	}

	unsubscribe(id: string): void {
		const taker = this.takers.get(id);
		if (taker) this.notified.delete(taker);
		this.takers.delete(id);
	}

	/** The running nodes. */
	get all(): readonly Taker[] {
		return [...this.takers.values()];
	}

	/**
	 * Follows a deploy: reads if a node wants something, or stops and forgets the place. Called each time that the
	 * flows have started.
	 */
	reconcile(): void {
		if (this.takers.size > 0) {
			// What a node asks for, it asks for from now on.
			if (this.place) this.begin(this.place);
			// While all is well, a deploy of other nodes changes nothing.
			if (this.work === undefined && (this.timer === undefined || this.failures > 0)) this.readIn(0);
			return;
		}
		clearTimeout(this.timer);
		this.timer = undefined;
		if (this.options.memory.places.delete(this.log.name)) void this.options.context.set(this.log.name, undefined);
	}

	/** Ends the read in progress. Resolves when what was handed out is stored. */
	async close(): Promise<void> {
		this.closed.abort();
		clearTimeout(this.timer);
		await this.work;
	}

	/** The place, once it is known. */
	private get place(): Place<Cursor> | undefined {
		return this.options.memory.places.get(this.log.name) as Place<Cursor> | undefined;
	}

	/** Adds nodes that are new to a place, and forgets those that are gone. */
	private begin(place: Place<Cursor>): void {
		const starts = startsOf(this.all, place.starts, this.options.now());
		if (JSON.stringify(starts) !== JSON.stringify(place.starts)) void this.keep({ ...place, starts });
		else this.options.memory.places.set(this.log.name, place);
	}

	private show(state: LogState): void {
		this.state = state;
		for (const taker of this.all) taker.showLog(state);
	}

	private readIn(delay: number): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => {
			this.work = this.readAll()
				.catch((thrown: unknown) => {
					this.options.report(thrown);
					return this.options.interval;
				})
				.then((wait) => {
					this.work = undefined;
					if (wait !== undefined && !this.closed.signal.aborted) this.readIn(wait);
				});
		}, delay);
		this.timer.unref();
	}

	/**
	 * Reads until there is no backlog. Returns the milliseconds until the next read; undefined if a deploy brings it.
	 */
	private async readAll(): Promise<number | undefined> {
		const { interval, timing } = this.options;
		const isKnown = await this.open();
		if (isKnown === undefined) return retryDelay(timing, this.failures++);
		if (!isKnown) return Math.min(FIRST_READ, interval);
		for (;;) {
			const ending = await this.readOnce();
			if (ending === 'more') continue;
			if (ending === 'interrupted') {
				this.timer = undefined;
				return this.options.areFlowsRunning() ? 0 : undefined;
			}
			return typeof ending === 'number' ? ending : interval;
		}
	}

	/**
	 * Finds the place, and adds nodes that are new.
	 * @returns false if the reader starts now; undefined if the context store failed
	 */
	private async open(): Promise<boolean | undefined> {
		const { log } = this;
		if (this.place) return true;
		const stored = await this.options.context.get(log.name);
		// Without the store, everything since the last read would be missed: it gets time to come back.
		if (!stored.ok && this.failures < STORE_FAILURES) return undefined;
		const place = stored.ok ? readPlace(stored.value, log.readCursor) : undefined;
		this.begin(place ?? { cursor: log.start(this.options.now()), handed: [], starts: {} });
		return place !== undefined;
	}

	/** Remembers the place, and stores it. */
	private async keep(place: Place<Cursor>): Promise<void> {
		const { memory, context } = this.options;
		memory.places.set(this.log.name, place);
		await context.set(this.log.name, { ...place });
	}

	private async readOnce(): Promise<Ending | 'more' | number> {
		const { log } = this;
		const { connect, areFlowsRunning } = this.options;
		const { signal } = this.closed;
		const { place } = this;
		if (place === undefined || signal.aborted || !areFlowsRunning()) return 'interrupted';
		const connection = connect(signal);
		const read = connection.ok ? await log.read(connection.value, place.cursor, this.all) : connection;
		if (signal.aborted) return 'interrupted';
		if (!read.ok) return this.fail(read.error);
		const { items, cursor, more } = read.value;
		if (!(await this.handOut(items)) || this.place === undefined) return 'interrupted';
		await this.keep({ ...this.place, cursor, handed: [] });
		log.onRead?.(cursor);
		this.failures = 0;
		this.notified.clear();
		if (signal.aborted) return 'interrupted';
		this.show(more ? { is: 'behind', since: log.sinceOf(cursor) } : { is: 'read', time: new Date().toISOString() });
		return more ? 'more' : 'read';
	}

	/**
	 * Hands out what was not handed out yet. A deploy in between ends it, and the next read hands out the rest.
	 * @returns false if it was ended
	 */
	private async handOut(items: readonly Item[]): Promise<boolean> {
		const { log } = this;
		const handed = new Set(this.place?.handed);
		const rest = items.filter((item) => !handed.has(log.idOf(item)));
		for (let from = 0; from < rest.length; from += CHUNK) {
			const { place } = this;
			if (place === undefined || this.closed.signal.aborted || !this.options.areFlowsRunning()) return false;
			for (const item of rest.slice(from, from + CHUNK)) {
				this.pass(item, place);
				handed.add(log.idOf(item));
			}
			// The last part is stored with the new cursor.
			if (from + CHUNK < rest.length) await this.keep({ ...place, handed: [...handed] });
		}
		return true;
	}

	private pass(item: Item, { starts }: Place<Cursor>): void {
		const { log } = this;
		const [topic, moment] = [log.topicOf(item), log.momentOf(item)];
		const asking = this.all.filter(({ id }) => hasStarted(starts, id, topic, moment));
		if (asking.length === 0) return;
		try {
			log.handOut(item, asking);
		} catch (thrown) {
			// The flow could not take it, and would not take it later.
			this.options.report(thrown);
		}
	}

	/** Shows an error. One that passes changes the status only; one that stays is reported once to each flow. */
	private fail(error: Smtp2goError): number {
		const { timing } = this.options;
		this.show({ is: 'failed', error });
		if (!isLasting(error)) return retryDelay(timing, this.failures++);
		this.failures++;
		for (const taker of this.all) {
			if (this.notified.get(taker) === error.message) continue;
			this.notified.set(taker, error.message);
			taker.failLog(error);
		}
		// The key can get the permission at SMTP2GO, without a deploy.
		return timing.lastRetry;
	}
}

/** True for an error that stays until somebody changes the key or the account. */
function isLasting({ type }: Smtp2goError): boolean {
	return type === 'auth' || type === 'permission' || type === 'invalid';
}
