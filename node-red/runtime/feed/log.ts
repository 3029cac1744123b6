/** What a reader reads, and who gets it. */
import type { Connection, Result, Smtp2goError } from '../../../api';

/** A part of a log. */
export interface LogPart<Item, Cursor> {
	/** Oldest first. */
	readonly items: readonly Item[];
	/** Where the next part begins. It counts when all items were handed out. */
	readonly cursor: Cursor;
	/** True if there is more to read right now. */
	readonly more: boolean;
}

/** A log at SMTP2GO. */
export interface Log<Item, Cursor, Taker extends LogTaker> {
	/** The name in the account node's context. */
	readonly name: string;
	/** The cursor of a reader that starts at this moment, in milliseconds since 1970. */
	start(now: number): Cursor;
	/** Reads a stored cursor; undefined for anything else. */
	readCursor(stored: unknown): Cursor | undefined;
	/** Up to when the log was read whole, as ISO 8601. */
	sinceOf(cursor: Cursor): string;
	read(connection: Connection, cursor: Cursor, takers: readonly Taker[]): Promise<Result<LogPart<Item, Cursor>>>;
	/** Its ID, the same at each read. */
	idOf(item: Item): string;
	/** The topic that takers ask for. */
	topicOf(item: Item): string;
	/** When it happened, in milliseconds since 1970; undefined if the log does not say. */
	momentOf(item: Item): number | undefined;
	/**
	 * Passes an item to those takers that want it, without a pause.
	 * @param takers who asked for its topic before it happened
	 */
	handOut(item: Item, takers: readonly Taker[]): void;
	/** Called after everything up to the cursor was handed out. */
	onRead?(cursor: Cursor): void;
}

/** The state of a reader, as a node shows it. */
export type LogState =
	| { readonly is: 'reading' }
	/** Everything was read. */
	| { readonly is: 'read'; readonly time: string }
	/** There is a backlog. It was read up to this moment (ISO 8601). */
	| { readonly is: 'behind'; readonly since: string }
	| { readonly is: 'failed'; readonly error: Smtp2goError };

/** A node that gets what is read. */
export interface LogTaker {
	/** Its node's ID, which a deploy does not change. */
	readonly id: string;
	/** What it asks for. */
	readonly topics: readonly string[];
	showLog(state: LogState): void;
	/** Reports an error to its flow, where a Catch node can take it. */
	failLog(error: Smtp2goError): void;
}
