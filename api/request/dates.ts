/** Readers of moments in time. A host gives a date without a zone that of the person (`inZone`); what is still without one is taken as UTC, as SMTP2GO does. */
import { success } from '../result';
import { wrong, type Reader } from './values';

/** How far ahead SMTP2GO takes a mail, in milliseconds: 3 days (contract, `schedule`). */
const FURTHEST = 3 * 24 * 60 * 60 * 1000;

/** A date as mail headers have it: `Sun, 22 Nov 2026 09:00:00 +0100` (RFC 5322 section 3.3). Other words are not guessed at. */
const MAIL_DATE = /^([A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(:\d\d)?( ([+-]\d{4}|GMT|UTC|Z))?$/;
/** The last moment with a year of four digits. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59);

/** The moment that a value names: an ISO date with or without zone, seconds or milliseconds since 1970, a date object. */
export function toDate(value: unknown): Date | undefined {
	if (value instanceof Date) return Math.abs(value.getTime()) <= LAST_MOMENT ? value : undefined;
	// Luxon's DateTime, which n8n's expressions give.
	if (typeof value === 'object' && value !== null && 'toJSDate' in value && typeof value.toJSDate === 'function') return toDate(value.toJSDate());
	if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,13}$/.test(value.trim()))) {
		const number = Number(value);
		// Before 2001 in seconds there was no SMTP2GO: a smaller number is a mistake.
		return number < 1e9 ? undefined : toDate(new Date(number < 1e11 ? number * 1000 : number));
	}
	if (typeof value !== 'string') return undefined;
	const [, day, time, zone] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/.exec(value.trim()) ?? [];
	if (day === undefined) return MAIL_DATE.test(value.trim()) ? toDate(new Date(value)) : undefined;
	// JavaScript makes 2 March of 30 February.
	if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day) return undefined;
	const offset = zone === undefined || zone === 'Z' ? 'Z' : zone.replace(/^(...):?(..)$/, '$1:$2');
	const date = new Date(`${day}T${time ?? '00:00:00'}${offset}`);
	return Number.isNaN(date.getTime()) ? undefined : date;
}

/** ISO 8601 in UTC without fractions of a second: `2026-11-22T09:00:00Z`. */
export function isoUtc(date: Date): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}

/** A moment, sent in UTC. */
export const readDateTime: Reader = (value, field) => {
	if (value === '') return success(undefined);
	const date = toDate(value);
	return date ? success(isoUtc(date)) : wrong(field, 'must be a date and time, as in 2026-11-22T09:00:00Z');
};

/** A moment as a person gave it, where that can be read. */
function asGiven(value: unknown, date: Date): string {
	return typeof value === 'string' && value.includes('-') ? value.trim() : isoUtc(date);
}

/** When to send a mail: in the future and at most 3 days ahead; written as `2026-11-22 09:00:00 +0000`. */
export function readSchedule(now: number): Reader {
	return (value, field) => {
		if (value === '') return success(undefined);
		const date = toDate(value);
		if (!date) return wrong(field, 'must be a date and time, as in 2026-11-22T09:00:00+01:00');
		if (date.getTime() <= now) return wrong(field, `must be in the future, but ${asGiven(value, date)} has passed`);
		if (date.getTime() > now + FURTHEST) return wrong(field, `must be at most 3 days ahead, but ${asGiven(value, date)} is further`);
		return success(`${isoUtc(date).slice(0, 19).replace('T', ' ')} +0000`);
	};
}
