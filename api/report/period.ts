/** The period of a report, the one before, and the days of it, in a time zone. */
import { invalid } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { inZone } from '../formats/zones';
import { clockAt, DAY, dayAt, dayLabel, daysText, momentText, weekLabel } from './words';

/** The periods to choose from. */
export type PeriodName = 'last7Days' | 'last30Days' | 'thisMonth' | 'lastMonth' | 'custom';

/** From a moment until before another one, in milliseconds since 1970 and whole seconds. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** A day or a week of a period. */
export interface Step extends Span {
	readonly label: string;
}

/** The period of a report, and the one that it is compared with. */
export interface Periods {
	readonly current: Span;
	readonly previous: Span;
	readonly unit: 'day' | 'week';
	readonly steps: readonly Step[];
}

/** The maximum number of days that are shown one by one, and of a period. Each step is a call. */
const MOST_DAYS = 31;
const LONGEST = 184;

/** Returns the first moment of a day in a time zone. */
function startOf(day: number, zone: string): number {
	return Date.parse(String(inZone(`${new Date(day * DAY).toISOString().slice(0, 10)}T00:00:00`, zone)));
}

/** Returns the first day of the month of a day, or of a month that is later or earlier. */
function firstOfMonth(day: number, months = 0): number {
	const date = new Date(day * DAY);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY;
}

/** Returns whole days, from the first until before the last. */
function days(first: number, end: number, zone: string): Span {
	return { from: startOf(first, zone), to: startOf(end, zone) };
}

/** This month until now, and as much of the month before. */
function thisMonth(now: number, today: number, zone: string): { current: Span; previous: Span } {
	const [first, before] = [firstOfMonth(today), firstOfMonth(today, -1)];
	// In the first second of a month, the period would be empty.
	const time = Math.max(1000, now - startOf(today, zone));
	return {
		current: { from: startOf(first, zone), to: startOf(today, zone) + time },
		previous: {
			from: startOf(before, zone),
			to: Math.min(startOf(before + today - first, zone) + time, startOf(first, zone)),
		},
	};
}

/** True for the first moment of a day. */
function isMidnight(moment: number, zone: string): boolean {
	return startOf(dayAt(moment, zone), zone) === moment;
}

/** The period of as many days before a period, or of the same length if it does not begin and end at midnight. */
function before({ from, to }: Span, zone: string): Span {
	if (!isMidnight(from, zone) || !isMidnight(to, zone)) return { from: from - (to - from), to: from };
	const [first, end] = [dayAt(from, zone), dayAt(to, zone)];
	return days(first - (end - first), first, zone);
}

/** Divides a period into days, or into weeks that begin with its first day. */
function stepsOf({ from, to }: Span, unit: 'day' | 'week', zone: string): Step[] {
	const [first, last] = [dayAt(from, zone), dayAt(to - 1, zone)];
	const length = unit === 'day' ? 1 : 7;
	const steps: Step[] = [];
	for (let day = first; day <= last; day += length) {
		const end = Math.min(day + length - 1, last);
		steps.push({
			from: Math.max(from, startOf(day, zone)),
			to: Math.min(to, startOf(day + length, zone)),
			label: unit === 'day' ? dayLabel(day) : weekLabel(day, end),
		});
	}
	return steps;
}

function customPeriod(start: number | undefined, end: number | undefined, now: number): Result<Span> {
	if (start === undefined)
		return failure(invalid('start_date', 'The period "Custom" needs a start date. Enter its first day'));
	const to = Math.min(end ?? now, now);
	if (start >= to) return failure(invalid('start_date', 'Start Date must be before End Date, and in the past'));
	return success({ from: start, to });
}

function periodOf(name: PeriodName, now: number, zone: string): { current: Span; previous: Span } {
	const today = dayAt(now, zone);
	switch (name) {
		case 'thisMonth':
			return thisMonth(now, today, zone);
		case 'lastMonth': {
			const [end, first, earlier] = [0, -1, -2].map((months) => firstOfMonth(today, months)) as [
				number,
				number,
				number,
			];
			return { current: days(first, end, zone), previous: days(earlier, first, zone) };
		}
		default: {
			const length = name === 'last30Days' ? 30 : 7;
			const current = days(today - length, today, zone);
			return { current, previous: before(current, zone) };
		}
	}
}

/**
 * Returns the periods of a report.
 * @param name complete days for all but `thisMonth`, which ends now, and `custom`
 * @param start of a custom period, and `end` too, in milliseconds since 1970
 */
export function readPeriods(
	name: PeriodName,
	{ start, end }: { readonly start: number | undefined; readonly end: number | undefined },
	now: number,
	zone: string,
): Result<Periods> {
	const second = Math.floor(now / 1000) * 1000;
	let found: { current: Span; previous: Span };
	if (name === 'custom') {
		const custom = customPeriod(start, end, second);
		if (!custom.ok) return custom;
		found = { current: custom.value, previous: before(custom.value, zone) };
	} else {
		const given = start === undefined ? (end === undefined ? undefined : 'end_date') : 'start_date';
		if (given !== undefined)
			return failure(
				invalid(given, 'Start Date and End Date are only for the period "Custom". Select it, or remove them'),
			);
		found = periodOf(name, second, zone);
	}
	const { current, previous } = found;
	const count = dayAt(current.to - 1, zone) - dayAt(current.from, zone) + 1;
	if (count > LONGEST)
		return failure(
			invalid(
				'start_date',
				`The period must have at most ${LONGEST} days, not ${count}. Enter a later start date`,
			),
		);
	const unit = count > MOST_DAYS ? 'week' : 'day';
	return success({ current, previous, unit, steps: stepsOf(current, unit, zone) });
}

/**
 * Returns a period in words. Times of day are part of it if it does not begin and end at midnight.
 * @param isShort true for short names of months and no times of day, as for a subject
 */
export function spanText({ from, to }: Span, zone: string, isShort = false): string {
	if (isShort || (isMidnight(from, zone) && isMidnight(to, zone)))
		return daysText(dayAt(from, zone), dayAt(to - 1, zone), isShort);
	const isOneDay = dayAt(from, zone) === dayAt(to, zone);
	const end = isOneDay ? clockAt(to, zone).toISOString().slice(11, 16) : momentText(to, zone);
	return `${momentText(from, zone)} – ${end}`;
}
