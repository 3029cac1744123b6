/**
 * Readers of dates and times. A host adds the user's time zone to a time without one (`inZone`). A time that still has
 * none is UTC, as at SMTP2GO.
 */
import { success } from '../core/result';
import { shown, trimmed } from '../core/invisible';
import { toDate } from '../formats/moments';
import { typeNameOf } from '../core/json';
import { wrong, wrongValue, type KindReader, type Reader, type ReaderField } from './reader';

/** How far ahead SMTP2GO schedules an email, in milliseconds: 3 days (contract, `schedule`). */
const FURTHEST = 3 * 24 * 60 * 60 * 1000;

/** ISO 8601 in UTC without fractions of a second: `2026-11-22T09:00:00Z`. */
export function isoUtc(date: Date): string {
	return `${date.toISOString().slice(0, 19)}Z`;
}

/** The error for an invalid date and time, with an example. */
function noMoment(value: unknown, field: ReaderField, example: string): ReturnType<Reader> {
	if (typeof value === 'string' || typeof value === 'number')
		return wrongValue(
			field,
			`${shown(String(value))} is not a valid date and time. Use a format such as ${example}`,
		);
	return wrong(field, `must be a date and time, such as ${example}, not ${typeNameOf(value)}`);
}

function isEmpty(value: unknown): boolean {
	return typeof value === 'string' && trimmed(value) === '';
}

/** Reads a date and time. It is sent in UTC. */
export const readDateTime: Reader = (value, field) => {
	if (isEmpty(value)) return success(undefined);
	const date = toDate(value);
	return date ? success(isoUtc(date)) : noMoment(value, field, '2026-11-22T09:00:00Z');
};

/** Returns a date and time as the user typed it, if that is readable. */
function asGiven(value: unknown, date: Date): string {
	return typeof value === 'string' && /\D/.test(value.trim()) ? trimmed(value) : isoUtc(date);
}

/** Reads when to send an email: at most 3 days from now. It is sent as `2026-11-22 09:00:00 +0000`. */
export const readSchedule: KindReader = (value, field, { now }) => {
	if (isEmpty(value)) return success(undefined);
	const date = toDate(value);
	if (!date) return noMoment(value, field, '2026-11-22T09:00:00+01:00');
	// The value that is sent has no fractions of a second.
	const moment = Math.floor(date.getTime() / 1000) * 1000;
	if (moment <= now) return wrong(field, `must be in the future, but ${asGiven(value, date)} has passed`);
	if (moment > now + FURTHEST)
		return wrong(field, `must be at most 3 days from now, but ${asGiven(value, date)} is later`);
	return success(`${isoUtc(date).slice(0, 19).replace('T', ' ')} +0000`);
};
