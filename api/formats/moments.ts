/** The one grammar of moments in text: what a person, a database or an email writes, with or without a zone. */
import { timeOfDate } from '../core/bytes';
import { trimmed } from '../core/invisible';

/**
 * A moment as written: its clock, as milliseconds since 1970 would be if it were UTC, and how far that clock is ahead
 * of UTC.
 */
export interface Written {
	readonly clock: number;
	/** Milliseconds; undefined where the text names no zone. */
	readonly offset: number | undefined;
}

const TIME = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`(?:\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?:\s*\([A-Za-z]{1,5}\))?)?`;

/**
 * ISO 8601 and RFC 3339, as databases write them too: `2026-11-28`, `2026-11-28T09:00:00+01:00`, `2026-11-28
 * 09:00:00.5+00`.
 */
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:(?:T|\s+)${TIME})?${ZONE}$`, 'i');
/**
 * A date as email headers have it: `Sat, 28 Nov 2026 09:00:00 +0100` (RFC 5322 section 3.3). Other words are not
 * guessed
 * at.
 */
const MAIL = new RegExp(
	String.raw`^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+${TIME}${ZONE}$`,
	'i',
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Longest text that is looked at. */
const LONGEST = 64;

/** The first and last moment with a year of four digits. */
const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Clocks of the world are ahead of or behind UTC by less than 16 hours. */
const FURTHEST_ZONE = 16 * 60;

/** Milliseconds of a zone such as `+01:00`, `+0100`, `+00` or `Z`; `null` where none is like that. */
function offsetOf(zone: string | undefined): number | null | undefined {
	if (zone === undefined) return undefined;
	const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
	if (sign === undefined) return 0;
	const total = Number(hours) * 60 + Number(minutes);
	return Number(minutes) < 60 && total < FURTHEST_ZONE ? (sign === '-' ? -total : total) * 60_000 : null;
}

/**
 * The clock of a day and a time; undefined where the calendar or the clock has none such: JavaScript makes 2 March of
 * 30 February.
 */
function clockOf(
	day: readonly [year: number, month: number, date: number],
	time: readonly (string | undefined)[],
): number | undefined {
	const [hour = 0, minute = 0, second = 0] = time.slice(0, 3).map((part) => Number(part ?? 0));
	const [year, month, date] = day;
	const clock = new Date(0);
	clock.setUTCFullYear(year, month - 1, date);
	const isReal =
		year > 0 && clock.getUTCFullYear() === year && clock.getUTCMonth() === month - 1 && clock.getUTCDate() === date;
	if (!isReal || hour > 23 || minute > 59 || second > 59) return undefined;
	return (
		clock.getTime() +
		((hour * 60 + minute) * 60 + second) * 1000 +
		Number((time[3] ?? '').padEnd(3, '0').slice(0, 3))
	);
}

/**
 * Reads a text that names a moment.
 * @returns undefined for any other text, and for days and times that do not exist
 */
export function writtenMoment(given: string): Written | undefined {
	if (given.length > LONGEST * 2) return undefined;
	const text = trimmed(given);
	const iso = ISO.exec(text);
	const mail = iso === null && text.length <= LONGEST ? MAIL.exec(text) : null;
	const parts = iso ?? mail;
	if (parts === null) return undefined;
	const [, first = '', second = '', third = '', ...rest] = parts;
	const day =
		iso === null
			? ([Number(third), MONTHS.indexOf(second.toLowerCase()) + 1, Number(first)] as const)
			: ([Number(first), Number(second), Number(third)] as const);
	const clock = clockOf(day, rest);
	const offset = offsetOf(rest[4]);
	return clock === undefined || offset === null ? undefined : { clock, offset };
}

/** A moment between the years 1 and 9999, which ISO 8601 writes with four digits. */
function within(moment: number): Date | undefined {
	return moment >= FIRST_MOMENT && moment <= LAST_MOMENT ? new Date(moment) : undefined;
}

/** The moment of a date object of another library: Luxon's, which n8n's expressions give. */
function dateIn(value: object): Date | undefined {
	if (!('toJSDate' in value) || typeof value.toJSDate !== 'function') return undefined;
	try {
		const time = timeOfDate(value.toJSDate());
		return time === undefined ? undefined : within(time);
	} catch {
		return undefined;
	}
}

/**
 * Seconds or milliseconds since 1970. Before 2001 there was no SMTP2GO: a smaller number is a mistake, as is one
 * between the two units.
 */
function sinceEpoch(number: number): Date | undefined {
	if (number >= 1e9 && number < 1e10) return within(number * 1000);
	return number >= 1e12 && number < 1e13 ? within(number) : undefined;
}

/**
 * The moment that a value names: a text of the grammar (without a zone UTC is meant), seconds or milliseconds since
 * 1970, a date object of whichever realm.
 */
export function toDate(value: unknown): Date | undefined {
	const time = timeOfDate(value);
	if (time !== undefined) return within(time);
	if (typeof value === 'object' && value !== null) return dateIn(value);
	if (typeof value === 'number') return sinceEpoch(value);
	if (typeof value !== 'string') return undefined;
	if (/^\s*\d{9,13}(?:\.\d{1,9})?\s*$/.test(value.slice(0, LONGEST)))
		return value.length < LONGEST ? sinceEpoch(Number(value)) : undefined;
	const written = writtenMoment(value);
	return written === undefined ? undefined : within(written.clock - (written.offset ?? 0));
}
