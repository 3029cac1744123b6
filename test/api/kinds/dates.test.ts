/** Moments in every accepted form: with a zone, without one, and on no calendar. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports -- values of another realm are made with node:vm */
import vm from 'node:vm';
import { buildRequest, findOperation, inZone, success, type Operation } from '../../../api';
import { toDate } from '../../../api/formats/moments';
import { readSchedule } from '../../../api/kinds/dates';

const search = findOperation('activity', 'search') as Operation;

function read(start: unknown): unknown {
	const built = buildRequest(search, { start_date: start }, 0);
	return built.ok ? built.value.fields['start_date'] : built.error.message;
}

test.each([
	'2026-11-28T09:00:00Z',
	'2026-11-28t09:00:00z',
	'2026-11-28 09:00:00+00',
	'2026-11-28 14:30:00+0530',
	'2026-11-28 14:30:00 +05:30',
	'2026-11-28T09:00Z',
	'2026-11-28 09:00:00 UTC',
	'2026-11-28 09:00:00.123456+00',
	'2026-11-28T10:00:00,5+01',
	'2026-11-28T04:00:00-05',
	'Sat, 28 Nov 2026 09:00:00 GMT',
	'28 Nov 2026 09:00:00 +0000',
	'28 nov 2026 10:00 +0100',
	'Sat, 28 Nov 2026 10:00:00 +0100 (CET)',
	'28  Nov  2026 09:00:00 Z',
	'\u200e2026-11-28T09:00:00Z\u200e',
	1_795_856_400,
	'1795856400',
	'1795856400.123456',
	1_795_856_400_000,
	new Date(1_795_856_400_000),
	vm.runInNewContext('new Date(1795856400000)'),
	{ toJSDate: () => vm.runInNewContext('new Date(1795856400000)') as Date },
])('%p is 09:00 in UTC', (given) => {
	expect(read(given)).toBe('2026-11-28T09:00:00Z');
});

test.each([
	'2026-11-28 09:00:00',
	'2026-11-28T09:00',
	'2026-11-28t09:00:00',
	'28 Nov 2026 09:00:00',
	'Sat, 28 Nov 2026 09:00',
	'28 NOV 2026 09:00:00.5',
	'2026-11-28T09:00:00,123',
	' 28 Nov 2026  09:00 \u200b',
])("%p without a zone is in the workflow's", (given) => {
	expect(inZone(given, 'America/New_York')).toBe('2026-11-28T09:00:00-05:00');
	expect(read(inZone(given, 'America/New_York'))).toBe('2026-11-28T14:00:00Z');
	expect(inZone(inZone(given, 'America/New_York'), 'Asia/Tokyo')).toBe('2026-11-28T09:00:00-05:00');
	// Where no host gives a zone, UTC is meant, whatever that of the process.
	expect(read(given)).toBe('2026-11-28T09:00:00Z');
});

test.each([
	'31 Feb 2026 09:00:00 GMT',
	'31 Feb 2026 09:00:00',
	'30 Feb 2026 09:00 +0100',
	'2026-02-30',
	'2026-02-29T09:00:00Z',
	'2026-04-31 09:00:00+00',
	'0 Nov 2026 09:00',
	'2026-00-10',
	'2026-11-28T24:00:00Z',
	'2026-11-28T09:60:00Z',
	'2026-11-28T09:00:61Z',
	'28 Nov 2026 25:00',
	'28 Foo 2026 09:00',
	'Xyz, 28 Nov 2026 09:00',
	'28 Nov 26 09:00',
	'2026-11-28T09:00:00+25:00',
	'2026-11-28T09:00:00+01:75',
	'2026-11-28T09:00:00 EST',
	'0000-01-01',
	'9999-12-31T23:59:59-14:00',
	'202611280900',
	202_611_280_900,
	'20261128',
	'20261128T090000Z',
	'Nov 28, 2026 9:00 AM',
	'11/28/2026',
	new Date(NaN),
	{ toJSDate: () => 'x' },
	{
		toJSDate: () => {
			throw new Error('no');
		},
	},
])('%p is refused, and no zone makes it another moment', (given) => {
	expect(read(given)).toMatch(/^Start Date(: ".*" is not a valid date and time| must be a date and time)/);
	expect(inZone(given, 'America/New_York')).toBe(given);
	expect(toDate(given)).toBeUndefined();
});

describe('when an email is scheduled', () => {
	const NOW = Date.parse('2026-11-22T12:00:00.400Z');
	const schedule = (value: unknown, now = NOW) => {
		const readEmail = () => success({});
		const read = readSchedule(value, { name: 'schedule', label: 'Schedule' }, { now, readEmail });
		return read.ok ? read.value : read.error.message;
	};

	test('now is too late, and three days from now is not', () => {
		const now = Date.parse('2026-11-22T12:00:00Z');
		expect(schedule(now, now)).toMatch(/must be in the future/);
		expect(schedule(now + 1_000, now)).toBe('2026-11-22 12:00:01 +0000');
		expect(schedule('2026-11-25T12:00:00Z', now)).toBe('2026-11-25 12:00:00 +0000');
		expect(schedule('2026-11-25T12:00:01Z', now)).toMatch(/at most 3 days/);
	});

	test.each<[unknown, unknown]>([
		['', undefined],
		[' \u200b', undefined],
		['2026-11-22T12:00:01Z', '2026-11-22 12:00:01 +0000'],
		['2026-11-22T12:00:01.999Z', '2026-11-22 12:00:01 +0000'],
		// In the past without its fraction of a second, which is not sent.
		['2026-11-22T12:00:00.900Z', 'Schedule must be in the future, but 2026-11-22T12:00:00.900Z has passed'],
		['2026-11-25T12:00:00.900Z', '2026-11-25 12:00:00 +0000'],
		['2026-11-25T12:00:01Z', 'Schedule must be at most 3 days from now, but 2026-11-25T12:00:01Z is later'],
		[' 2026-11-21\u200b', 'Schedule must be in the future, but 2026-11-21 has passed'],
		[1_795_000_000, 'Schedule must be in the future, but 2026-11-18T11:06:40Z has passed'],
		['1795000000 ', 'Schedule must be in the future, but 2026-11-18T11:06:40Z has passed'],
		['soon', 'Schedule: "soon" is not a valid date and time. Use a format such as 2026-11-22T09:00:00+01:00'],
		[7, 'Schedule: "7" is not a valid date and time. Use a format such as 2026-11-22T09:00:00+01:00'],
		[{}, 'Schedule must be a date and time, such as 2026-11-22T09:00:00+01:00, not an object'],
		[true, 'Schedule must be a date and time, such as 2026-11-22T09:00:00+01:00, not a boolean'],
	])('as %p, it becomes %p', (value, expected) => {
		expect(schedule(value)).toBe(expected);
	});
});

test.each<[unknown, unknown]>([
	['', undefined],
	[' \u200b', undefined],
	['soon', 'Start Date: "soon" is not a valid date and time. Use a format such as 2026-11-22T09:00:00Z'],
	[{}, 'Start Date must be a date and time, such as 2026-11-22T09:00:00Z, not an object'],
	[null, undefined],
])('%j as a date and time is %j', (value, expected) => {
	expect(read(value)).toBe(expected);
});
