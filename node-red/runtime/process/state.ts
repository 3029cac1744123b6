/** What outlives a redeploy, by account ID: a node is replaced by a new one with the same ID. */
import type { SeenEvents } from '../../../api';
import { HandedOut } from '../events/event-dispatcher';
import type { Place } from '../hook/location';

/** What is known of one account. */
export interface Memory {
	/** The work in progress and all that waits for it. Never rejects. */
	work: Promise<void>;
	/** Where there may be a hook of ours to take away. */
	readonly places: Map<string, Place>;
	/** True once it is known that no hook was left behind before this process began. */
	swept: boolean;
	/** Stops what is done about it while it does not run; see leftovers.ts. */
	leftover: AbortController | undefined;
	/** The events that were handed out; undefined until they were read from the context store. */
	seen: SeenEvents | undefined;
	/** Hands them out, and knows who of its triggers has one that others could not take. */
	readonly handedOut: HandedOut;
}

const memories = new Map<string, Memory>();

/** The memory of an account; a new one where there is none. */
export function memoryOf(id: string): Memory {
	const memory = memories.get(id) ?? {
		work: Promise.resolve(),
		places: new Map<string, Place>(),
		swept: false,
		leftover: undefined,
		seen: undefined,
		handedOut: new HandedOut(),
	};
	memories.set(id, memory);
	return memory;
}

/** IDs of the accounts that are known, running or not. */
export function remembered(): string[] {
	return [...memories.keys()];
}

/** Forgets an account that is gone for good. */
export function forget(id: string): void {
	memories.delete(id);
}

/** Runs one piece of work after the others of this account ID, also those of a node that was just replaced. */
export function enqueue(id: string, work: () => Promise<void>, onThrow: (thrown: unknown) => void): void {
	const memory = memoryOf(id);
	memory.work = memory.work.then(work).catch(onThrow);
}
