/** The events that a trigger has passed on, by their key, whether a delivery or the activity log brought them. */

/** What came with one key. Two clicks of one recipient in the same second share a key. */
interface Entry {
	/** When the first of them came, in milliseconds since 1970. */
	readonly at: number;
	/** When the event happened, in milliseconds since 1970. Undefined if it does not say. */
	readonly happened: number | undefined;
	/** How many came by a delivery. */
	delivered: number;
	/** How many came from the log. */
	caughtUp: number;
	/** How many of those from the log were delivered after that. */
	late: number;
}

/** The number of keys that are remembered, as many as fingerprints. */
const MAX_KEYS = 10_000;

/** Counts the events of one trigger, in memory. */
export class EventLedger {
	private readonly entries = new Map<string, Entry>();

	/** When the last delivery came, in milliseconds since 1970. */
	lastAt = 0;

	/** When what it knows was last written to n8n's static data, in milliseconds since 1970. */
	savedAt = 0;

	/**
	 * @param completeSince the moment, in milliseconds since 1970, since which every event of this process is in here
	 * @param max the number of keys to remember
	 */
	constructor(
		public completeSince: number,
		private readonly max = MAX_KEYS,
	) {}

	private entry(key: string, at: number, happened: number | undefined): Entry {
		const known = this.entries.get(key);
		if (known) return known;
		const entry: Entry = { at, happened, delivered: 0, caughtUp: 0, late: 0 };
		this.entries.set(key, entry);
		const [oldest] = this.entries;
		if (this.entries.size > this.max && oldest) {
			this.entries.delete(oldest[0]);
			this.completeSince = Math.max(this.completeSince, oldest[1].at);
		}
		return entry;
	}

	/**
	 * Notes a delivery.
	 * @returns false if the log has already brought this event
	 */
	deliver(key: string, at: number, happened: number | undefined): boolean {
		this.lastAt = at;
		const entry = this.entry(key, at, happened);
		if (entry.late < entry.caughtUp) {
			entry.late++;
			return false;
		}
		entry.delivered++;
		return true;
	}

	/** Forgets a delivery that n8n did not accept: SMTP2GO delivers it again. */
	withdraw(key: string): void {
		const entry = this.entries.get(key);
		if (entry && entry.delivered > 0) entry.delivered--;
	}

	/**
	 * Notes an event of the log.
	 * @param count how many events with this key the log has shown so far, including this one
	 * @returns false if it came before
	 */
	catchUp(key: string, count: number, at: number, happened: number | undefined): boolean {
		const entry = this.entry(key, at, happened);
		if (count <= entry.delivered + entry.caughtUp) return false;
		entry.caughtUp++;
		return true;
	}

	/** Notes keys that an earlier process wrote down. */
	remember(keys: readonly string[], at: number): void {
		for (const key of keys) {
			const entry = this.entry(key, at, undefined);
			if (entry.delivered + entry.caughtUp === 0) entry.delivered = 1;
		}
	}

	/** Returns the newest keys, oldest first. */
	newest(count: number): string[] {
		return [...this.entries.keys()].slice(-count);
	}

	/** Returns when the first of these keys came, in milliseconds since 1970. Unknown keys do not count. */
	firstAt(keys: readonly string[]): number {
		return keys.reduce((first, key) => Math.min(first, this.entries.get(key)?.at ?? Infinity), this.lastAt);
	}

	/** Returns the keys of delivered events that happened between two moments, in milliseconds since 1970. */
	between(from: number, to: number): string[] {
		return [...this.entries]
			.filter(([, { delivered, happened = NaN }]) => delivered > 0 && happened >= from && happened <= to)
			.map(([key]) => key);
	}
}
