// Reads a fake activity log again and again, as a host does.
import {
	readFeed,
	type DeliveredEvent,
	type FeedCursor,
	type FeedOptions,
	type FeedRead,
	type Smtp2goError,
} from '../../../api';
import type { FakeLog } from './fake-log';

/** One read that must succeed. */
export async function read(log: FakeLog, cursor: FeedCursor, options: FeedOptions = {}): Promise<FeedRead> {
	const result = await readFeed(log.host.connection, cursor, options);
	if (!result.ok) throw result.error;
	return result.value;
}

/** The error of a read that must fail. */
export async function failed(log: FakeLog, cursor: FeedCursor, options: FeedOptions = {}): Promise<Smtp2goError> {
	const result = await readFeed(log.host.connection, cursor, options);
	if (result.ok) throw new Error('The read did not fail');
	return result.error;
}

/** The emails of a read, in order. */
export function idsOf({ deliveries }: FeedRead): string[] {
	return deliveries.map(({ event }) => event.emailId ?? '');
}

/** A host that stores the cursor after it has handed out the events. */
export class Follower {
	readonly events: DeliveredEvent[] = [];
	/** Every read, in order. */
	readonly reads: FeedRead[] = [];

	constructor(
		private readonly log: FakeLog,
		public cursor: FeedCursor,
		public options: FeedOptions = {},
	) {}

	get ids(): string[] {
		return this.events.map(({ emailId }) => emailId ?? '');
	}

	/** Reads once. Returns the emails. */
	async read(): Promise<string[]> {
		const found = await read(this.log, this.cursor, this.options);
		this.reads.push(found);
		for (const { event } of found.deliveries) this.events.push(event);
		this.cursor = found.cursor;
		return idsOf(found);
	}

	/** Reads until nothing more is there right now. */
	async catchUp(): Promise<void> {
		do await this.read();
		while (this.reads.at(-1)?.more);
	}
}
