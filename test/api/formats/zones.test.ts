import { inZone } from '../../../api';
import { isoUtc } from '../../../api/kinds/dates';
import { toDate } from '../../../api/formats/moments';

test.each([
	['2026-11-22T09:00:00', 'Europe/Berlin', '2026-11-22T08:00:00Z'],
	['2026-07-22 09:00', 'Europe/Berlin', '2026-07-22T07:00:00Z'],
	['2026-11-22', 'America/New_York', '2026-11-22T05:00:00Z'],
	['2026-11-22T09:00:00', 'Asia/Kolkata', '2026-11-22T03:30:00Z'],
	['2026-11-22T00:30:00', 'Pacific/Auckland', '2026-11-21T11:30:00Z'],
	['2026-11-22T09:00:00.500', 'UTC', '2026-11-22T09:00:00Z'],
	// Clocks go back at 03:00 on 25 October 2026: the first 02:30 is summer time.
	['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
	['2026-10-25T03:30:00', 'Europe/Berlin', '2026-10-25T02:30:00Z'],
	// Clocks go forward at 02:00 on 29 March 2026: there is no 02:30.
	['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
	['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
])('%s in %s is %s', (text, zone, moment) => {
	const read = inZone(text, zone);
	expect(isoUtc(toDate(read) as Date)).toBe(moment);
	// With the difference of the zone, so that a message shows what was typed; 02:30 on that one day is none.
	if (!text.startsWith('2026-03-29T02')) expect(String(read).slice(0, 10)).toBe(text.slice(0, 10));
	expect(String(read)).toMatch(/T\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
});

test.each([
	'2026-11-22T09:00:00Z',
	'2026-11-22T09:00:00+01:00',
	'2026-13-40',
	'Sun, 22 Nov 2026 09:00:00 GMT',
	'',
	'1795338000',
	1795338000,
	null,
	undefined,
])('%p is left unchanged', (value) => {
	expect(inZone(value, 'Europe/Berlin')).toBe(value);
});

test('an unknown zone leaves the value unchanged', () => {
	expect(inZone('2026-11-22', 'Moon/Base')).toBe('2026-11-22');
});
