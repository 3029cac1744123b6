/** What is known of an account from one deploy to the next. */
import type { QuestionMemory } from '../approval/open-question';
import type { EventMemory } from '../events/event-memory';
import type { FeedMemory } from '../feed/place';
import type { HealthMemory } from '../health/health-memory';
import type { HookMemory } from '../hook/hook-memory';
import type { OutcomeMemory } from '../outcome/wait';

/** One account. */
export interface AccountMemory extends HookMemory, EventMemory, FeedMemory {
	readonly health: HealthMemory;
	readonly approval: QuestionMemory;
	readonly outcome: OutcomeMemory;
	/** Cancels the removal of its webhook while it does not run: see leftover-hooks.ts. */
	removal: AbortController | undefined;
}
