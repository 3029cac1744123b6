/** A map of limited size: the entry that was not used for the longest time makes room for a new one. */
export class RecentMap<V> {
	private readonly entries = new Map<string, V>();

	constructor(private readonly max: number) {}

	/** The number of entries. */
	get size(): number {
		return this.entries.size;
	}

	/** Reads an entry, which thereby counts as used. */
	get(key: string): V | undefined {
		const value = this.entries.get(key);
		if (value !== undefined) this.set(key, value);
		return value;
	}

	/** Removes an entry. */
	delete(key: string): void {
		this.entries.delete(key);
	}

	/** Adds or replaces an entry. */
	set(key: string, value: V): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		const [oldest] = this.entries.keys();
		if (this.entries.size > this.max && oldest !== undefined) this.entries.delete(oldest);
	}
}
