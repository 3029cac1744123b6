/** What is known of an account's webhook, and the work on it, from one deploy to the next. */
import type { HookLocation } from './location';

/** One account's webhook. state/process-state.ts keeps it: a deploy replaces the account's node. */
export interface HookMemory {
	/** The work in progress and everything queued behind it. Never rejects. */
	work: Promise<void>;
	/** The locations where a webhook of ours can be. */
	readonly locations: Map<string, HookLocation>;
	/** True once it is known that no webhook was left behind before this process began. */
	checkedForStrays: boolean;
	/** The last event that the webhook delivered. */
	lastEvent?: HookEvent;
}

/** An event that arrived. */
export interface HookEvent {
	/** Such as `hard-bounced`. */
	readonly kind: string;
	/** When it arrived, in milliseconds since 1970. */
	readonly at: number;
}

/** Runs work on a webhook after the work that came before it, also that of a node which was just replaced. */
export function enqueue(memory: HookMemory, work: () => Promise<void>, onThrow: (thrown: unknown) => void): void {
	memory.work = memory.work.then(work).catch(onThrow);
}
