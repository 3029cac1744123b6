/** Rates, and how they changed. */
import type { Counts, FigureName, RateBase, ReportFigure } from './types';

/** What is known of a period: SMTP2GO's statistics, and what the activity log counts. */
export interface Known {
	readonly counts: Counts | undefined;
	readonly delivered: number | undefined;
	readonly hardBounces: number | undefined;
	readonly softBounces: number | undefined;
}

function rounded(number: number, decimals: number): number {
	const factor = 10 ** decimals;
	// Not minus zero.
	return Math.round(number * factor) / factor + 0;
}

/** Returns a percentage with at most two decimals. Null if there is nothing to count, or more than there can be. */
export function percentOf(count: number | null, all: number | null): number | null {
	return count === null || all === null || all <= 0 || count > all ? null : rounded((100 * count) / all, 2);
}

/** By how many percent a count changed, with at most one decimal. */
function changeOf(count: number | null, previous: number | null): number | null {
	return count === null || previous === null || previous <= 0
		? null
		: rounded((100 * (count - previous)) / previous, 1);
}

function difference(rate: number | null, previous: number | null): number | null {
	return rate === null || previous === null ? null : rounded(rate - previous, 2);
}

/** The figures in the order of the report, and what their rate is a percentage of. */
const FIGURES: readonly (readonly [FigureName, string, RateBase | null])[] = [
	['sent', 'Sent', null],
	['delivered', 'Delivered', 'sent'],
	['bounces', 'Bounces', 'sent'],
	['hardBounces', 'Hard bounces', 'sent'],
	['softBounces', 'Soft bounces', 'sent'],
	['rejects', 'Rejects', 'sent'],
	['complaints', 'Complaints', 'delivered'],
	['unsubscribes', 'Unsubscribes', 'delivered'],
	['opens', 'Opens', 'delivered'],
	['clicks', 'Clicks', 'delivered'],
];

function countOf(name: FigureName, { counts, ...log }: Known): number | null {
	if (name === 'delivered' || name === 'hardBounces' || name === 'softBounces') return log[name] ?? null;
	return counts?.[name] ?? null;
}

/**
 * Returns all figures. Rates of delivered emails are rates of sent emails if a period does not say how many were
 * delivered, so that both periods can be compared.
 */
export function figuresOf(current: Known, previous: Known): Record<FigureName, ReportFigure> {
	const base = baseOf(current, previous);
	return Object.fromEntries(
		FIGURES.map(([name, label, of]): [FigureName, ReportFigure] => {
			const rateOf = of === 'delivered' ? base : of;
			const count = countOf(name, current);
			const previousCount = countOf(name, previous);
			const rate = rateOf === null ? null : percentOf(count, countOf(rateOf, current));
			const previousRate = rateOf === null ? null : percentOf(previousCount, countOf(rateOf, previous));
			return [
				name,
				{
					label,
					count,
					previousCount,
					changePercent: changeOf(count, previousCount),
					rate,
					previousRate,
					rateChange: difference(rate, previousRate),
					rateOf,
				},
			];
		}),
	) as Record<FigureName, ReportFigure>;
}

/** What opens, clicks, complaints and unsubscribes are a percentage of. */
function baseOf(...periods: readonly Known[]): RateBase {
	const isKnown = periods.every(({ counts, delivered }) => counts === undefined || delivered !== undefined);
	return isKnown ? 'delivered' : 'sent';
}

/** Says how the rates are calculated. */
export function ratesText(figures: Record<FigureName, ReportFigure>): string {
	return figures.opens.rateOf === 'delivered'
		? 'Rates of deliveries, bounces, and rejects are percentages of the emails sent. Rates of complaints, unsubscribes, opens, and clicks are percentages of the emails delivered.'
		: 'All rates are percentages of the emails sent.';
}
