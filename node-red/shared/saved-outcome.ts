/** What the outcome node saves, and which outputs it has. */
import type { TypedValue } from './saved-action';

/** Where outcomes come from, as the dialog lists it. */
export const outcomeSources = ['auto', 'webhook', 'log'] as const;
export type OutcomeSource = (typeof outcomeSources)[number];

/** The outputs in order. */
export const outcomeOutputs = ['delivered', 'failed', 'timedOut'] as const;

/** Units of the durations, in milliseconds. */
export const limitUnits = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** The wait limit of a new node. */
export const FIRST_LIMIT = { limit: 10, limitUnit: 'minutes' } as const;

/**
 * Maximum wait limit in milliseconds: a week. Mail servers give up on an email within five days (RFC 5321, 4.5.4.1).
 */
export const MAX_LIMIT = 7 * limitUnits.days;

/** Where a new node finds the sent emails: in the result of an email node. */
export const SENT: TypedValue = { type: 'msg', value: 'payload' };

/** A saved node. A flow that was written by hand can lack any of it. */
export interface SavedOutcome {
	readonly account?: string;
	/** The property with the sent emails. */
	readonly sent?: TypedValue;
	/** The wait limit; a number, or its text. */
	readonly limit?: number | string;
	/** One of {@link limitUnits}. */
	readonly limitUnit?: string;
	/** Minutes from a soft bounce until the email counts as failed; empty for the wait limit. */
	readonly softLimit?: number | string;
	/** One of {@link outcomeSources}. */
	readonly source?: string;
	readonly version?: number;
}

/**
 * The source of a saved node.
 * @param hasPublicUrl true if SMTP2GO can reach the account's webhook
 */
export function outcomeSourceOf(source: unknown, hasPublicUrl: boolean): OutcomeSource {
	const chosen = outcomeSources.find((one) => one === source) ?? 'auto';
	return chosen === 'auto' && !hasPublicUrl ? 'log' : chosen;
}

/**
 * A duration of a saved node in milliseconds. It can come from an environment variable.
 * @returns undefined if it is not a number greater than 0 (or 0, if `allowsZero`), or longer than {@link MAX_LIMIT}
 */
export function durationOf(saved: number | string, unit: string, allowsZero = false): number | undefined {
	const factor = Object.entries(limitUnits).find(([name]) => name === unit)?.[1] ?? limitUnits.minutes;
	const text = String(saved).trim();
	const duration = text === '' ? NaN : Number(text) * factor;
	return (duration > 0 || (allowsZero && duration === 0)) && duration <= MAX_LIMIT ? duration : undefined;
}
