/** What outlives a redeploy, by account ID: a node is replaced by a new one with the same ID. */

/** What is known of one account's hook. */
export interface Memory {
	/** The work in progress and all that waits for it. Never rejects. */
	work: Promise<void>;
	/** True where there may be a hook of ours to take away. */
	registered: boolean;
}

const memories = new Map<string, Memory>();

/** The memory of an account; a new one where there is none. */
export function memoryOf(id: string): Memory {
	const memory = memories.get(id) ?? { work: Promise.resolve(), registered: false };
	memories.set(id, memory);
	return memory;
}

/** Forgets an account that is gone for good. */
export function forget(id: string): void {
	memories.delete(id);
}
