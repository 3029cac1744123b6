/** What is known of an account's events, from one deploy to the next. */
import type { SeenEvents } from '../../../api';
import type { Arrivals } from './arrivals';
import type { EventDispatcher } from './event-dispatcher';

/** One account's events. state/process-state.ts keeps it: a deploy replaces the account's node. */
export interface EventMemory {
	/** The latest events; undefined until they are read from the context store. */
	seen: SeenEvents | undefined;
	/** What came from the webhook and from the log; undefined until it is read. */
	arrivals: Arrivals | undefined;
	/** Remembers which triggers have an event that others could not take. */
	readonly dispatcher: EventDispatcher;
}
