/** Says what a report does not know, and what its figures are based on. */
import { formatNumber } from '../core/format';
import { logSearch } from '../feed/log-reader';
import type { LogFindings } from './log-findings';
import type { Known } from './rates';
import type { Reading } from './reading';
import type { FigureName, ReportFigure, ReportStep } from './types';
import { counted, momentText } from './words';

/** The part of the emails sent for which the log must have an outcome, or it is not taken for whole. */
const MIN_COVERAGE = 0.9;

/**
 * Leaves out what the log counts, if it has no outcome for many of the emails that the statistics count: SMTP2GO keeps
 * the log for a limited time.
 * @param what the period, as in `this period`
 */
export function trusted(known: Known, what: string, reading: Reading): Known {
	const { counts, delivered, hardBounces = 0, softBounces = 0 } = known;
	if (counts === undefined || delivered === undefined) return known;
	const found = delivered + hardBounces + softBounces + counts.rejects;
	if (found >= MIN_COVERAGE * counts.sent) return known;
	reading.note(
		`The activity log has an outcome for ${formatNumber(found)} of the ${counted(counts.sent, 'email')} of ${what}, ` +
			'so deliveries and types of bounces are not shown. SMTP2GO keeps the log for a limited time, which depends ' +
			'on the plan.',
	);
	return { counts, delivered: undefined, hardBounces: undefined, softBounces: undefined };
}

/** Notes that the days do not add up to the period. */
function explainSteps(steps: readonly ReportStep[], { count }: ReportFigure, reading: Reading): void {
	const sum = steps.reduce<number | null>(
		(total, { sent }) => (total === null || sent === null ? null : total + sent),
		0,
	);
	if (sum !== null && count !== null && sum !== count)
		reading.note(
			`The parts of the period add up to ${counted(sum, 'email')}, but the period has ${formatNumber(count)}. ` +
				'SMTP2GO may round periods to whole days in UTC.',
		);
}

/** Notes how much of the log the lists are based on. */
function explainLog(
	{ isRead, isWhole, read, total, since, hasAllBounces }: LogFindings,
	zone: string,
	reading: Reading,
): void {
	if (!isRead && !reading.lacks(logSearch.path) && reading.first === undefined)
		reading.note(
			'The activity log was not read, because Maximum Log Entries is 0. Deliveries, types of bounces, recipient ' +
				'domains, and reasons are missing.',
		);
	if (!isRead) return;
	const share =
		total === undefined || total <= 0
			? `${formatNumber(read)} entries`
			: `${formatNumber(read)} of ${formatNumber(total)} entries (${Math.floor((100 * Math.min(read, total)) / total)}%)`;
	if (since !== undefined && !isWhole)
		reading.note(
			`Recipient domains are based on ${share} of the activity log: those since ${momentText(since, zone)}. ` +
				'To read more, increase Maximum Log Entries.',
		);
	if (!hasAllBounces)
		reading.note('Reasons and recipients are those of the newest bounces, because not all entries were read.');
}

/** Notes where the log and the statistics contradict each other. */
function explainCounts(figures: Record<FigureName, ReportFigure>, reading: Reading): void {
	const { sent, delivered, bounces, hardBounces, softBounces } = figures;
	if (delivered.count !== null && sent.count !== null && delivered.count > sent.count)
		reading.note(
			`The activity log has ${counted(delivered.count, 'delivery', 'deliveries')}, more than the ` +
				`${counted(sent.count, 'email')} of the statistics, so there is no rate of deliveries.`,
		);
	if (bounces.count === null || hardBounces.count === null || softBounces.count === null) return;
	const logged = hardBounces.count + softBounces.count;
	if (logged !== bounces.count)
		reading.note(
			`The statistics count ${counted(bounces.count, 'bounce')}, the activity log ${formatNumber(logged)}. ` +
				'SMTP2GO does not say how they differ.',
		);
}

/** Adds the notes about a report. */
export function explain(
	{
		figures,
		steps,
		log,
		zone,
	}: {
		readonly figures: Record<FigureName, ReportFigure>;
		readonly steps: readonly ReportStep[];
		readonly log: LogFindings;
		readonly zone: string;
	},
	reading: Reading,
): void {
	explainSteps(steps, figures.sent, reading);
	explainCounts(figures, reading);
	explainLog(log, zone, reading);
	if (log.isRead)
		reading.note(
			"SMTP2GO's statistics do not count deliveries, types of bounces, or recipient domains. These figures come " +
				'from the activity log.',
		);
	if (figures.opens.count !== null)
		reading.note(
			'SMTP2GO does not say whether repeated opens or clicks of a recipient count once. Some email programs open ' +
				'every email automatically, so read these rates as a trend.',
		);
}
