/** Reads everything that a deliverability report says, one call after the other. */
import type { Connection } from '../client/call';
import { countCalls } from '../client/count';
import { failure, success, type Result } from '../core/result';
import { isoUtc } from '../kinds/dates';
import { reasonsOf, worstOf } from './bounces';
import { domainsOf } from './domains';
import { reportHtml } from './html';
import { readLog, type LogFindings } from './log-findings';
import { explain, trusted } from './notes';
import { readPeriods, spanText, type PeriodName, type Periods, type Span } from './period';
import { figuresOf, percentOf, ratesText, type Known } from './rates';
import { Reading } from './reading';
import { countNames, history, readHistory, readQuota, sumOf, type BySender } from './statistics';
import { summaryOf } from './summary';
import { reportText } from './text';
import type { DeliverabilityReport, ReportData, ReportPeriod, ReportStep, SenderRow } from './types';

/** What to report. */
export interface ReportOptions {
	readonly period: PeriodName;
	/** The first moment of a custom period, in milliseconds since 1970. */
	readonly start?: number | undefined;
	/** The moment before which a custom period ends. Now by default. */
	readonly end?: number | undefined;
	/** The IANA name of the time zone in which days begin. */
	readonly timeZone: string;
	/** IDs of the subaccounts to report on. The account as a whole by default. */
	readonly subaccounts?: unknown;
	/** About how many entries of the activity log are read. 0 for none. */
	readonly maxLogEntries: number;
}

/** The maximum number of rows of each list in the data. */
const MAX_ROWS = 50;

/** What was read for a report. */
interface Findings {
	readonly current: BySender | undefined;
	readonly previous: BySender | undefined;
	/** The counts of each day or week, as far as they could be read. */
	readonly steps: readonly (BySender | undefined)[];
	readonly log: LogFindings;
	readonly quota: ReportData['quota'];
}

/** Reads the steps of a period. After a step that cannot be read, no other is tried. */
async function readSteps(
	connection: Connection,
	{ steps }: Periods,
	whole: BySender | undefined,
	subaccounts: unknown,
	reading: Reading,
): Promise<(BySender | undefined)[]> {
	if (whole === undefined) return [];
	// The period is its only step.
	if (steps.length === 1) return [whole];
	const read: (BySender | undefined)[] = [];
	for (const step of steps) {
		const counts = await readHistory(connection, step, subaccounts);
		const taken = reading.take(`A part of the figures by day, beginning with ${step.label},`, counts);
		if (taken === undefined) break;
		read.push(taken);
	}
	return read;
}

async function readAll(
	connection: Connection,
	periods: Periods,
	{ subaccounts, maxLogEntries }: ReportOptions,
	reading: Reading,
): Promise<Findings> {
	const counts = async (what: string, span: Span): Promise<BySender | undefined> =>
		reading.ended === undefined && !reading.lacks(history.path)
			? reading.take(what, await readHistory(connection, span, subaccounts))
			: undefined;
	const current = await counts('Every figure from the statistics', periods.current);
	const previous = await counts('The comparison with the period before', periods.previous);
	const steps =
		reading.ended === undefined ? await readSteps(connection, periods, current, subaccounts, reading) : [];
	const log = await readLog(connection, periods, { subaccounts, most: maxLogEntries }, reading);
	const quota = reading.ended === undefined ? reading.take('The quota', await readQuota(connection)) : undefined;
	return { current, previous, steps, log, quota: quota ?? null };
}

function knownOf(senders: BySender | undefined, log: LogFindings['current']): Known {
	return { counts: senders === undefined ? undefined : sumOf([...senders.values()]), ...log };
}

/** Returns the senders, those with the most emails first. */
function sendersOf(senders: BySender | undefined): SenderRow[] {
	return [...(senders ?? [])]
		.map(([sender, counts]) => ({
			sender,
			...counts,
			bounceRate: percentOf(counts.bounces, counts.sent),
			rejectRate: percentOf(counts.rejects, counts.sent),
			complaintRate: percentOf(counts.complaints, counts.sent),
		}))
		.filter((row) => countNames.some((name) => row[name] > 0))
		.sort((one, other) => other.sent - one.sent || (one.sender < other.sender ? -1 : 1));
}

function stepRows({ steps }: Periods, read: readonly (BySender | undefined)[]): ReportStep[] {
	return steps.map(({ label, from, to }, index) => {
		const senders = read[index];
		const counts = senders === undefined ? undefined : sumOf([...senders.values()]);
		return {
			from: isoUtc(new Date(from)),
			to: isoUtc(new Date(to)),
			label,
			...(Object.fromEntries(countNames.map((name) => [name, counts?.[name] ?? null])) as Omit<
				ReportStep,
				'from' | 'to' | 'label'
			>),
		};
	});
}

function periodOf(span: Span, zone: string): ReportPeriod {
	return {
		from: isoUtc(new Date(span.from)),
		to: isoUtc(new Date(span.to)),
		label: spanText(span, zone),
	};
}

function dataOf(periods: Periods, zone: string, findings: Findings, reading: Reading, calls: number): ReportData {
	const { log } = findings;
	const current = trusted(knownOf(findings.current, log.current), 'this period', reading);
	const previous = trusted(knownOf(findings.previous, log.previous), 'the period before', reading);
	const figures = figuresOf(current, previous);
	const senders = sendersOf(findings.current);
	const domains = domainsOf(log.sample);
	const steps = stepRows(periods, findings.steps);
	explain({ figures, steps, log, zone }, reading);
	return {
		period: periodOf(periods.current, zone),
		previousPeriod: periodOf(periods.previous, zone),
		timeZone: zone,
		summary: summaryOf(figures),
		figures,
		rates: ratesText(figures),
		stepUnit: periods.unit,
		steps,
		senderCount: senders.length,
		senders: senders.slice(0, MAX_ROWS),
		recipientDomainCount: domains.length,
		recipientDomains: domains.slice(0, MAX_ROWS),
		bounceReasons: reasonsOf(log.bounces).slice(0, MAX_ROWS),
		worstBounces: worstOf(log.bounces).slice(0, MAX_ROWS),
		log: {
			read: log.read,
			total: log.total ?? null,
			share:
				log.total === undefined
					? null
					: log.total === 0
						? 100
						: percentOf(Math.min(log.read, log.total), log.total),
			since: log.since === undefined ? null : isoUtc(new Date(log.since)),
		},
		quota: findings.quota,
		notes: reading.notes,
		missingPermissions: reading.missingPermissions,
		calls,
	};
}

/**
 * Reads a deliverability report. A part that cannot be read is left out, and a note says why.
 * @returns an error if an option is invalid, the key is unknown, the run is canceled, or nothing could be read
 */
export async function deliverabilityReport(
	connection: Connection,
	options: ReportOptions,
): Promise<Result<DeliverabilityReport>> {
	const { period, start, end, timeZone } = options;
	const periods = readPeriods(period, { start, end }, connection.host.now(), timeZone);
	if (!periods.ok) return periods;
	const reading = new Reading();
	const counting = countCalls(connection);
	const findings = await readAll(counting.connection, periods.value, options, reading);
	const { ended, first } = reading;
	if (ended !== undefined) return failure(ended);
	const isEmpty = findings.current === undefined && !findings.log.isRead;
	if (isEmpty && first !== undefined) return failure(first);
	const data = dataOf(periods.value, timeZone, findings, reading, counting.count());
	const subject = `Deliverability report: ${spanText(periods.value.current, timeZone, true)}`;
	return success({ ...data, subject, text: reportText(data), html: reportHtml(data, subject) });
}
