/** Reads dates and times in text, as a person, a database, or an email writes them, with or without a time zone. */
import { timeOfDate } from '../core/bytes';
import { trimmed } from '../core/invisible';

/** A date and time as written: its clock, as milliseconds since 1970 if it were UTC, and the offset from UTC. */
export interface Written {
	readonly clock: number;
	/** Milliseconds. Undefined if the text names no time zone. */
	readonly offset: number | undefined;
}

const TIME = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?`;
const ZONE = String.raw`(?:\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)(?:\s*\([A-Za-z]{1,5}\))?)?`;

/**
 * ISO 8601 and RFC 3339, also as databases write them: `2026-11-28`, `2026-11-28T09:00:00+01:00`, `2026-11-28
 * 09:00:00.5+00`.
 */
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:(?:T|\s+)${TIME})?${ZONE}$`, 'i');
/**
 * The date of an email header: `Sat, 28 Nov 2026 09:00:00 +0100` (RFC 5322 section 3.3). Other words are not guessed.
 */
const MAIL = new RegExp(
	String.raw`^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s*)?(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})\s+${TIME}${ZONE}$`,
	'i',
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The maximum length of a text in characters. */
const LONGEST = 64;

/** The first and last time with a year of four digits. */
const FIRST_MOMENT = Date.parse('0001-01-01T00:00:00Z');
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** The maximum offset from UTC in minutes: less than 16 hours anywhere. */
const FURTHEST_ZONE = 16 * 60;

/**
 * Returns the milliseconds of an offset such as `+01:00`, `+0100`, `+00`, or `Z`, or `null` if there is no such offset.
 */
function offsetOf(zone: string | undefined): number | null | undefined {
	if (zone === undefined) return undefined;
	const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
	if (sign === undefined) return 0;
	const total = Number(hours) * 60 + Number(minutes);
	return Number(minutes) < 60 && total < FURTHEST_ZONE ? (sign === '-' ? -total : total) * 60_000 : null;
}

/**
 * Returns the clock of a date and time, or undefined if they do not exist. JavaScript would turn 30 February into 2
 * March.
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
 * Reads text that is a date and time.
 * @returns undefined for any other text, and for dates and times that do not exist
 */
export function writtenMoment(given: string): Written | undefined {
	if (given.length > LONGEST * 2) return undefined;
	const text = trimmed(given);
	const iso = ISO.exec(text);
	const email = iso === null && text.length <= LONGEST ? MAIL.exec(text) : null;
	const parts = iso ?? email;
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

/** Returns a time between the years 1 and 9999, which ISO 8601 writes with four digits. */
function within(moment: number): Date | undefined {
	return moment >= FIRST_MOMENT && moment <= LAST_MOMENT ? new Date(moment) : undefined;
}

/** Reads a date object of another library, such as Luxon, which n8n's expressions return. */
function dateIn(value: object): Date | undefined {
	if (!('toJSDate' in value) || typeof value.toJSDate !== 'function') return undefined;
	try {
		const time = timeOfDate(value.toJSDate());
		return time === undefined ? undefined : within(time);
	} catch {
		return undefined;
	}
}

/** Reads seconds or milliseconds since 1970. A number before 2001, or between the two units, is a mistake. */
function sinceEpoch(number: number): Date | undefined {
	if (number >= 1e9 && number < 1e10) return within(number * 1000);
	return number >= 1e12 && number < 1e13 ? within(number) : undefined;
}

/**
 * Reads a date and time: text (UTC if it names no time zone), seconds or milliseconds since 1970, or a date object of
 * any realm.
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
