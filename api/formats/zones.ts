/** Moments as a person writes them, without a zone: theirs is meant. */
import { writtenMoment } from './moments';

/** Milliseconds by which the clocks of a zone are ahead of UTC at a moment. */
function offsetAt(moment: number, zone: string): number {
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

function isZone(zone: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: zone }));
	} catch {
		return false;
	}
}

/** A difference to UTC as ISO 8601 writes it, as in `+01:00`, from milliseconds. */
function differenceOf(offset: number): string {
	const minutes = Math.round(Math.abs(offset) / 60_000);
	const two = (number: number) => String(number).padStart(2, '0');
	return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * Gives a text that names a moment without a zone, in any form that is read (`writtenMoment`), the zone of the person
 * who wrote it.
 * @param value any value of a field; anything but such a text is returned unchanged
 * @param zone IANA name, as in `Europe/Berlin`; an unknown one leaves the value unchanged
 * @returns ISO 8601 with the zone's difference to UTC at that time, so that an error shows what was typed. A time that
 * a change of clocks skips is taken as an hour later, one that comes twice as the first
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
