/** Reads SMTP2GO's statistics: counts by sender for a period, and the quota. */
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { run } from '../client/run';
import { isJsonObject, numberOrZero, stringOrEmpty, type Json, type JsonObject } from '../core/json';
import { success, type Result } from '../core/result';
import { isoUtc } from '../kinds/dates';
import type { Span } from './period';
import type { Counts, ReportQuota } from './types';

/** `/stats/email_history`. */
export const history = operationOf('statistics', 'getHistory');
const quota = operationOf('statistics', 'getQuota');

/** The counts of an entry of the history, by the API's names. */
const NAMES: Readonly<Record<keyof Counts, string>> = {
	sent: 'used',
	bounces: 'bounces',
	rejects: 'rejects',
	complaints: 'spam',
	unsubscribes: 'unsubscribes',
	opens: 'opens',
	clicks: 'clicks',
};

/** The names of the counts, in the order of the report. */
export const countNames = Object.keys(NAMES) as (keyof Counts)[];

function made(valueOf: (name: keyof Counts) => number): Counts {
	return Object.fromEntries(countNames.map((name) => [name, valueOf(name)])) as Counts;
}

/** Returns the sum of counts. */
export function sumOf(all: readonly Counts[]): Counts {
	return made((name) => all.reduce((sum, counts) => sum + counts[name], 0));
}

/** The counts of a period by sender. */
export type BySender = ReadonlyMap<string, Counts>;

function countsOf(entries: readonly Json[]): BySender {
	const senders = new Map<string, Counts>();
	for (const entry of entries.filter(isJsonObject)) {
		const sender = stringOrEmpty(entry['email_address']).trim();
		const counts = made((name) => Math.max(0, numberOrZero(entry[NAMES[name]])));
		const known = senders.get(sender);
		senders.set(sender, known === undefined ? counts : sumOf([known, counts]));
	}
	return senders;
}

/** Reads the counts of a period by sender: one call. */
export async function readHistory(
	connection: Connection,
	{ from, to }: Span,
	subaccounts: unknown,
): Promise<Result<BySender>> {
	const values = {
		group_by: 'email_address',
		start_date: isoUtc(new Date(from)),
		end_date: isoUtc(new Date(to)),
		subaccounts,
	};
	const outcome = await run(connection, history, values, { whole: true });
	if (!outcome.ok) return outcome;
	const { result } = outcome.value;
	return success(countsOf(Array.isArray(result) ? result : []));
}

function quotaIn(record: JsonObject): ReportQuota | null {
	const max = numberOrZero(record['cycle_max']);
	if (max <= 0) return null;
	return {
		used: numberOrZero(record['cycle_used']),
		remaining: numberOrZero(record['cycle_remaining']),
		max,
		ends: stringOrEmpty(record['cycle_end']),
	};
}

/** Reads the quota: one call. Null for an account without one. */
export async function readQuota(connection: Connection): Promise<Result<ReportQuota | null>> {
	const outcome = await run(connection, quota, {});
	if (!outcome.ok) return outcome;
	const { result } = outcome.value;
	return success(isJsonObject(result) ? quotaIn(result) : null);
}
