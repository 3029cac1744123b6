/** What a trigger saves about where its events come from. */
import type { Versioned } from './migrate';

/** The sources that a trigger can have, as its dialog lists them. */
export const sources = ['auto', 'webhook', 'log', 'both'] as const;

/** The source of a trigger that does not say. */
export const FIRST_SOURCE = 'webhook';

/** The part of a saved trigger that says where its events come from. */
export interface SavedTrigger extends Versioned {
	readonly source?: string;
}

/** The steps from each version to the next. Version 1 knew only the webhook. */
export const triggerSteps = {
	1: <T extends SavedTrigger>(def: T): T => ({ ...def, source: def.source ?? FIRST_SOURCE }),
};

/**
 * The source of a trigger.
 * @param source as saved: one of {@link sources}, or anything that a flow written by hand can hold
 * @param hasPublicUrl true if SMTP2GO can reach the account's webhook
 */
export function sourceOf(source: unknown, hasPublicUrl: boolean): 'webhook' | 'log' | 'both' {
	if (source === 'log' || source === 'both') return source;
	return source === 'auto' && !hasPublicUrl ? 'log' : FIRST_SOURCE;
}
