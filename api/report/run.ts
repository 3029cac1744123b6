/** The compound operation Deliverability Report: reads the form of each entry, and makes its report. */
import type { Connection } from '../client/call';
import { invalid } from '../core/errors';
import type { JsonObject } from '../core/json';
import { failure, success, type Result } from '../core/result';
import type { WireObject } from '../files/wire';
import { toDate } from '../formats/moments';
import { isZone } from '../formats/zones';
import type { PeriodName } from './period';
import { deliverabilityReport, type ReportOptions } from './report';

/** The maximum number of log entries by default: 20 calls, a third of what SMTP2GO accepts per minute. */
const MAX_LOG_ENTRIES = 20_000;

/** Reads the values of a form. @param zone of the user */
function optionsOf(values: WireObject, zone: string): Result<ReportOptions> {
	const { period, start_date, end_date, time_zone, max_log_entries, subaccounts } = values;
	const timeZone = typeof time_zone === 'string' && time_zone !== '' ? time_zone : zone;
	if (!isZone(timeZone))
		return failure(
			invalid('time_zone', `"${timeZone}" is not a time zone. Enter a name such as Europe/Berlin or UTC`),
		);
	return success({
		period: (typeof period === 'string' ? period : 'last7Days') as PeriodName,
		start: toDate(start_date)?.getTime(),
		end: toDate(end_date)?.getTime(),
		timeZone,
		subaccounts: Array.isArray(subaccounts) ? subaccounts.filter((id) => typeof id === 'string') : undefined,
		maxLogEntries: typeof max_log_entries === 'number' ? max_log_entries : MAX_LOG_ENTRIES,
	});
}

/** Makes a report for each entry, one after the other. Entries with the same values share a report. */
export async function runDeliverabilityReport(
	connection: Connection,
	entries: readonly WireObject[],
): Promise<readonly Result<readonly JsonObject[]>[]> {
	const made = new Map<string, Result<readonly JsonObject[]>>();
	const outcomes: Result<readonly JsonObject[]>[] = [];
	for (const values of entries) {
		const key = JSON.stringify(values);
		const known = made.get(key) ?? (await reportOf(connection, values));
		made.set(key, known);
		outcomes.push(known);
	}
	return outcomes;
}

async function reportOf(connection: Connection, values: WireObject): Promise<Result<readonly JsonObject[]>> {
	const options = optionsOf(values, connection.host.timeZone ?? 'UTC');
	if (!options.ok) return options;
	const report = await deliverabilityReport(connection, options.value);
	return report.ok ? success([report.value]) : report;
}
