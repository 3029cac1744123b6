/**
 * What waits in an account, such as its questions: in memory across a deploy, and across a restart if Node-RED's
 * default context store is persistent.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as pause } from 'node:timers/promises';
import { isRecord } from '../../../api';
import type { NodeContext } from '../platform/node-context';
import { retryDelay, type Timing } from '../platform/timing';

/** The number of failures of the context store after which an account starts without it. */
const STORE_FAILURES = 3;

/** The entries of an account. state/process-state.ts keeps them: a deploy replaces the account's node. */
export interface EntryMemory<T> {
	/** By their IDs; undefined until they are read from the context store. */
	entries: Map<string, T> | undefined;
	/** The last write to the context store. Never rejects. */
	written: Promise<void>;
}

/** How entries are stored. */
export interface StoreOptions<T> {
	readonly context: NodeContext;
	/** The name in the account node's context. */
	readonly name: string;
	readonly memory: EntryMemory<T>;
	readonly timing: Timing;
	/** What the store keeps of an entry. JSON can hold it. */
	toStored(entry: T): Record<string, unknown>;
	/** Reads a stored entry; undefined for anything else. */
	fromStored(stored: unknown): T | undefined;
	/** Called once the stored entries are known. */
	onRead?(entries: readonly T[]): void;
	/** Milliseconds before so many entries are written: 0 if not given. All of them are written at each change. */
	writeDelay?(count: number): number;
}

export class StoredEntries<T extends { readonly id: string }> {
	private reading: Promise<Map<string, T>> | undefined;
	private queued: Promise<void> | undefined;

	constructor(private readonly options: StoreOptions<T>) {}

	/** All entries, once they are known; none before. */
	get all(): readonly T[] {
		return [...(this.options.memory.entries?.values() ?? [])];
	}

	/** Reads the entries, once. Never rejects. */
	load(): Promise<Map<string, T>> {
		this.reading ??= this.read();
		return this.reading;
	}

	/** Stores all entries. Changes during a write are written together after it. */
	save(): Promise<void> {
		const { context, memory, name, toStored, writeDelay = () => 0 } = this.options;
		this.queued ??= memory.written.then(async () => {
			const delay = writeDelay(memory.entries?.size ?? 0);
			if (delay > 0) await pause(delay, undefined, { ref: false });
			this.queued = undefined;
			const stored = this.all.map((entry) => [entry.id, toStored(entry)] as const);
			await context.set(name, stored.length === 0 ? undefined : Object.fromEntries(stored));
		});
		memory.written = this.queued;
		return this.queued;
	}

	/** Reads what is stored. If the store fails, it gets time to recover, because everything would be lost. */
	private async read(): Promise<Map<string, T>> {
		const { context, memory, timing, name, fromStored, onRead } = this.options;
		for (let failures = 0; memory.entries === undefined; failures++) {
			const stored = await context.get(name);
			// Another account node of the same ID can have read them by now.
			if (memory.entries !== undefined) break;
			if (stored.ok || failures >= STORE_FAILURES) {
				const list = stored.ok && isRecord(stored.value) ? Object.values(stored.value) : [];
				const entries = list.flatMap((one) => fromStored(one) ?? []);
				memory.entries = new Map(entries.map((entry) => [entry.id, entry]));
				onRead?.(entries);
			} else await pause(retryDelay(timing, failures), undefined, { ref: false });
		}
		return memory.entries;
	}
}
