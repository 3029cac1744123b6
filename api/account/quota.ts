/** Reads the quota of the billing period. */
import { isJsonObject, type Json, type JsonObject } from '../core/json';

const QUOTA = ['cycle_start', 'cycle_end', 'cycle_used', 'cycle_remaining', 'cycle_max'];

/** What to do if little of the quota is left. */
export const QUOTA_ADVICE =
	'Send less until the billing period ends, or upgrade your SMTP2GO plan. Emails over the quota do not leave.';

/** A number of a result. SMTP2GO writes some numbers as text. Not a number if the result does not say. */
export function numberAt(result: Json, name: string): number {
	const value = isJsonObject(result) ? result[name] : undefined;
	return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
}

/** Returns the fields about the quota in a response of `/stats/email_cycle`. */
export function quotaDetails(result: Json): JsonObject {
	return isJsonObject(result)
		? Object.fromEntries(Object.entries(result).filter(([name]) => QUOTA.includes(name)))
		: {};
}

/** Formats a percentage with at most two decimals. */
export function percentText(percent: number): string {
	return `${Number(percent.toFixed(2))}%`;
}
