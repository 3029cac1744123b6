/** Reads the quota of the billing period, in one call. */
import { numberAt } from '../account/quota';
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { run } from '../client/run';
import { isJsonObject } from '../core/json';
import { success, type Result } from '../core/result';

/** The quota, in emails. */
export interface Quota {
	readonly used: number;
	/** 0 if the account has no limit. */
	readonly max: number;
	/** When the period ends, as ISO 8601 in UTC. Null if SMTP2GO does not say. */
	readonly end: string | null;
}

/** Reads the quota. */
export async function readQuota(connection: Connection): Promise<Result<Quota>> {
	const quota = await run(connection, operationOf('statistics', 'getQuota'), {});
	if (!quota.ok) return quota;
	const { result } = quota.value;
	const end = isJsonObject(result) ? result['cycle_end'] : null;
	return success({
		used: numberAt(result, 'cycle_used') || 0,
		max: numberAt(result, 'cycle_max') || 0,
		end: typeof end === 'string' ? end : null,
	});
}
