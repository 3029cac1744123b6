/** Adds the user's time zone to dates and times without one. */
import { writtenMoment } from './moments';

/** Returns the offset of a time zone from UTC at a time, in milliseconds. */
export function offsetAt(moment: number, zone: string): number {
	const clock = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	});
	const parts = Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
	const shown = Date.UTC(
		parts['year'] ?? 0,
		(parts['month'] ?? 1) - 1,
		parts['day'],
		parts['hour'],
		parts['minute'],
		parts['second'],
	);
	return shown - Math.floor(moment / 1000) * 1000;
}

/** True for an IANA name of a time zone. */
export function isZone(zone: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
	} catch {
		return false;
	}
}

/** Formats an offset from UTC in milliseconds as ISO 8601, as in `+01:00`. */
function differenceOf(offset: number): string {
	const minutes = Math.round(Math.abs(offset) / 60_000);
	const two = (number: number) => String(number).padStart(2, '0');
	return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * Adds a time zone to a date and time without one, in any format of `writtenMoment`.
 * @param value any value of a field; anything else is returned unchanged
 * @param zone IANA name, such as `Europe/Berlin`; for an unknown one the value is returned unchanged
 * @returns ISO 8601 with the offset at that time, so that an error shows what was typed. A time that a clock change
 * skips counts as an hour later, and a time that occurs twice as the first
 */
export function inZone(value: unknown, zone: string): unknown {
	const written = typeof value === 'string' ? writtenMoment(value) : undefined;
	if (written === undefined || written.offset !== undefined || !isZone(zone)) return value;
	const local = Math.floor(written.clock / 1000) * 1000;
	const before = local - offsetAt(local - 86_400_000, zone);
	const moment = local - offsetAt(before, zone);
	const right = offsetAt(moment, zone) === local - moment ? moment : before;
	const offset = offsetAt(right, zone);
	return `${new Date(right + offset).toISOString().slice(0, 19)}${differenceOf(offset)}`;
}
