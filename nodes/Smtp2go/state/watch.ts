/** What the process knows of the webhook of a published trigger, so that it can look after it while n8n runs. */
import type { EventFilter, FeedCursor, Ownership, WantedHook } from '../../../api';

/** A time in which events may have found no webhook. */
export interface Gap {
	/** Begin and end, in milliseconds since 1970. */
	readonly from: number;
	readonly to: number;
}

/** A gap and how far the log was read over it. */
export interface OpenGap extends Gap {
	/** The last moment at which the webhook was in place. Before it, the trigger asked for the earlier events. */
	readonly lostAt: number;
	/** When it was in place again. */
	readonly endedAt: number;
	/** Which events the trigger asked for before the gap. Undefined if the same. */
	readonly earlier: WatchedEvents | undefined;
	/** Where to go on reading. Undefined before the first read. */
	cursor?: FeedCursor;
	/** How often each key occurred in the log so far. */
	counts: Map<string, number>;
	/** How many events were passed on. */
	found: number;
	/** The moment before which the log is not read again, in milliseconds since 1970, after a failure. */
	retryAt?: number;
}

/** Which events of the log a trigger wants. */
export interface WatchedEvents {
	readonly events: readonly string[];
	readonly smsEvents: readonly string[];
	readonly filter: EventFilter;
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly subaccountId: string | undefined;
}

/** A webhook that should exist. */
export interface WatchedHook {
	/** As it should be, with the token that it has. */
	readonly wanted: WantedHook;
	readonly ownership: Ownership;
	/** Which events to catch up on. Undefined if the trigger does not catch up. */
	readonly catchesUp: WatchedEvents | undefined;
}

/** The webhook of one trigger. */
export interface Watch {
	/** Undefined while the trigger is not published. */
	hook?: WatchedHook | undefined;
	/** The last moment at which the webhook was in place, in milliseconds since 1970. */
	inPlaceAt?: number | undefined;
	/** When it was removed, in milliseconds since 1970. */
	removedAt?: number | undefined;
	/** Which events it asked for until then. */
	earlier?: WatchedEvents | undefined;
	/** The look at it that is under way. */
	looking?: Promise<unknown> | undefined;
	/** True if its owner has disabled it, which was logged. */
	isPaused?: boolean;
	/** Why it could not be checked, which was logged. */
	trouble?: string | undefined;
	/** Why the log could not be read, which was logged. */
	cannotRead?: string | undefined;
	/** True if other processes receive deliveries, so this one does not know which events came. */
	isShared?: boolean;
	/** Gaps over which the log is still to be read, oldest first. */
	readonly gaps: OpenGap[];
}
