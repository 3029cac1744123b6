/** The entries of the activity log that were read, so that the number of new ones is known before they are read. */
import { readLogEntry, type LogEntry } from '../feed/log-entry';
import type { JsonObject } from '../core/json';

/** The entries of a part of the log that were read. */
export class KnownEntries {
	/** When each happened, by its key. */
	private readonly moments = new Map<string, number>();

	/** The number of entries. */
	get size(): number {
		return this.moments.size;
	}

	/** Forgets what happened before a moment, because the next search begins there. */
	forgetBefore(moment: number): void {
		for (const [key, at] of this.moments) if (at < moment) this.moments.delete(key);
	}

	/** Forgets what happened since a moment, so that it counts as new and is read again. */
	forgetSince(moment: number): void {
		for (const [key, at] of this.moments) if (at >= moment) this.moments.delete(key);
	}

	/** Begins a read, which sees each entry once. */
	read(headers: readonly string[], now: number): EntryReader {
		return new EntryReader(this.moments, headers, now);
	}
}

/** One read of the log. */
class EntryReader {
	private readonly counts = new Map<string, number>();
	private found = 0;

	constructor(
		private readonly moments: Map<string, number>,
		private readonly headers: readonly string[],
		private readonly now: number,
	) {}

	/** The number of entries of this read that are new. */
	get fresh(): number {
		return this.found;
	}

	/** Takes an entry, and notes it. Two entries with the same key in one read are two entries. */
	take(entry: JsonObject): LogEntry {
		const read = readLogEntry(entry, this.headers);
		const { eventKey } = read.delivery.event;
		const count = (this.counts.get(eventKey) ?? 0) + 1;
		this.counts.set(eventKey, count);
		const key = count === 1 ? eventKey : `${eventKey}#${count}`;
		if (!this.moments.has(key)) this.found++;
		this.moments.set(key, read.moment ?? this.now);
		return read;
	}
}
