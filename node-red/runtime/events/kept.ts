/**
 * Keeps a list of an account, such as its latest events: in memory across a deploy, and across a restart if Node-RED's
 * default context store is persistent.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { NodeContext } from '../platform/node-context';

/** What can be kept: something that lists itself as JSON. */
interface Listed {
	list(): readonly string[];
}

/** Where the memory of a process holds it; undefined until it is read from the context store. */
export interface Slot<T> {
	get(): T | undefined;
	set(value: T): void;
}

/** How a list is kept. */
interface KeptOptions<T> {
	/** The name in the account node's context. */
	readonly name: string;
	readonly slot: Slot<T>;
	/** Milliseconds before a change is written: longer for a long list. */
	readonly delay: number;
	/** Makes it from what was stored. */
	make(stored: readonly unknown[]): T;
}

/** The number of entries that double the delay of a write. */
const MANY = 5_000;

export class Kept<T extends Listed> {
	private reading: Promise<T> | undefined;
	private timer: NodeJS.Timeout | undefined;

	constructor(
		private readonly context: NodeContext,
		private readonly options: KeptOptions<T>,
	) {}

	/** The list, read once. Never rejects. */
	load(): Promise<T> {
		this.reading ??= this.read();
		return this.reading;
	}

	/** Writes the list soon: a burst of changes is written once. */
	save(): void {
		if (this.timer !== undefined) return;
		const { slot, delay } = this.options;
		const factor = 1 + (slot.get()?.list().length ?? 0) / MANY;
		this.timer = setTimeout(() => {
			void this.write();
		}, delay * factor);
		this.timer.unref();
	}

	/** Writes what is not written yet, unless the account was deleted. */
	async close(removed: boolean): Promise<void> {
		const isDue = this.timer !== undefined;
		clearTimeout(this.timer);
		if (isDue && !removed) await this.write();
	}

	private async read(): Promise<T> {
		const { name, slot, make } = this.options;
		const known = slot.get();
		if (known !== undefined) return known;
		const stored = await this.context.get(name);
		const value = make(stored.ok && Array.isArray(stored.value) ? stored.value : []);
		slot.set(value);
		return value;
	}

	private async write(): Promise<void> {
		this.timer = undefined;
		await this.context.set(this.options.name, [...(await this.load()).list()]);
	}
}
