/** The periods of a report: their days in a time zone, and the period before. */
import { readPeriods, spanText, type PeriodName } from '../../../api/report/period';

function iso(moment: number): string {
	return new Date(moment).toISOString().replace('.000Z', 'Z');
}

function periods(name: PeriodName, now: string, zone: string, start?: string, end?: string) {
	const custom = {
		start: start === undefined ? undefined : Date.parse(start),
		end: end === undefined ? undefined : Date.parse(end),
	};
	const read = readPeriods(name, custom, Date.parse(now), zone);
	if (!read.ok) throw read.error;
	return read.value;
}

function shown(...given: Parameters<typeof periods>) {
	const { current, previous, steps, unit } = periods(...given);
	const show = ({ from, to }: { from: number; to: number }) => `${iso(from)} ${iso(to)}`;
	return { current: show(current), previous: show(previous), steps: steps.length, unit };
}

test.each<[PeriodName, string, string, string, string, number]>([
	[
		'last7Days',
		'2026-11-28T08:00:00Z',
		'UTC',
		'2026-11-21T00:00:00Z 2026-11-28T00:00:00Z',
		'2026-11-14T00:00:00Z 2026-11-21T00:00:00Z',
		7,
	],
	// It is already the 28th in Tokyo.
	[
		'last7Days',
		'2026-11-27T16:00:00Z',
		'Asia/Tokyo',
		'2026-11-20T15:00:00Z 2026-11-27T15:00:00Z',
		'2026-11-13T15:00:00Z 2026-11-20T15:00:00Z',
		7,
	],
	// The clock went back on October 25, so this day has 25 hours.
	[
		'last7Days',
		'2026-10-28T08:00:00Z',
		'Europe/Berlin',
		'2026-10-20T22:00:00Z 2026-10-27T23:00:00Z',
		'2026-10-13T22:00:00Z 2026-10-20T22:00:00Z',
		7,
	],
	[
		'last30Days',
		'2026-11-28T08:00:00Z',
		'UTC',
		'2026-10-29T00:00:00Z 2026-11-28T00:00:00Z',
		'2026-09-29T00:00:00Z 2026-10-29T00:00:00Z',
		30,
	],
	[
		'lastMonth',
		'2026-03-31T08:00:00Z',
		'UTC',
		'2026-02-01T00:00:00Z 2026-03-01T00:00:00Z',
		'2026-01-01T00:00:00Z 2026-02-01T00:00:00Z',
		28,
	],
	[
		'lastMonth',
		'2027-01-15T08:00:00Z',
		'UTC',
		'2026-12-01T00:00:00Z 2027-01-01T00:00:00Z',
		'2026-11-01T00:00:00Z 2026-12-01T00:00:00Z',
		31,
	],
	[
		'thisMonth',
		'2026-11-28T08:00:00Z',
		'UTC',
		'2026-11-01T00:00:00Z 2026-11-28T08:00:00Z',
		'2026-10-01T00:00:00Z 2026-10-28T08:00:00Z',
		28,
	],
	// February is shorter.
	[
		'thisMonth',
		'2026-03-30T08:00:00Z',
		'UTC',
		'2026-03-01T00:00:00Z 2026-03-30T08:00:00Z',
		'2026-02-01T00:00:00Z 2026-03-01T00:00:00Z',
		30,
	],
	[
		'thisMonth',
		'2026-11-01T00:00:00Z',
		'UTC',
		'2026-11-01T00:00:00Z 2026-11-01T00:00:01Z',
		'2026-10-01T00:00:00Z 2026-10-01T00:00:01Z',
		1,
	],
])('%s at %s in %s', (name, now, zone, current, previous, steps) => {
	expect(shown(name, now, zone)).toEqual({ current, previous, steps, unit: 'day' });
});

test('compares whole days with as many days before, whatever the clock does', () => {
	const [start, end] = ['2026-10-24T22:00:00Z', '2026-10-26T23:00:00Z'];
	expect(shown('custom', '2026-11-28T08:00:00Z', 'Europe/Berlin', start, end)).toEqual({
		current: `${start} ${end}`,
		previous: `2026-10-22T22:00:00Z ${start}`,
		steps: 2,
		unit: 'day',
	});
});

test('compares other custom periods with one of the same length, and cuts their first and last day', () => {
	const { current, previous, steps } = periods('custom', '2026-11-28T08:00:00Z', 'UTC', '2026-11-26T06:00:00Z');
	expect([iso(current.to), iso(previous.from), iso(previous.to)]).toEqual([
		'2026-11-28T08:00:00Z',
		'2026-11-24T04:00:00Z',
		'2026-11-26T06:00:00Z',
	]);
	expect(steps.map(({ from, to, label }) => [iso(from), iso(to), label])).toEqual([
		['2026-11-26T06:00:00Z', '2026-11-27T00:00:00Z', 'Thu, Nov 26'],
		['2026-11-27T00:00:00Z', '2026-11-28T00:00:00Z', 'Fri, Nov 27'],
		['2026-11-28T00:00:00Z', '2026-11-28T08:00:00Z', 'Sat, Nov 28'],
	]);
});

test('shows more than 31 days as weeks, and ends now at the latest', () => {
	const { steps, unit } = periods(
		'custom',
		'2026-11-28T00:00:00Z',
		'UTC',
		'2026-10-27T00:00:00Z',
		'2027-01-01T00:00:00Z',
	);
	expect(unit).toBe('week');
	expect(steps.map(({ label }) => label)).toEqual([
		'Oct 27 – Nov 2',
		'Nov 3–9',
		'Nov 10–16',
		'Nov 17–23',
		'Nov 24–27',
	]);
	expect(iso(steps.at(-1)?.to ?? 0)).toBe('2026-11-28T00:00:00Z');
});

test.each<[string, PeriodName, string | undefined, string | undefined, string]>([
	['no start', 'custom', undefined, '2026-11-02T00:00:00Z', 'start_date'],
	['a start in the future', 'custom', '2026-11-29T00:00:00Z', undefined, 'start_date'],
	['more than 184 days', 'custom', '2026-05-01T00:00:00Z', undefined, 'start_date'],
	['a start for another period', 'last7Days', '2026-11-02T00:00:00Z', undefined, 'start_date'],
	['an end for another period', 'lastMonth', undefined, '2026-11-02T00:00:00Z', 'end_date'],
])('rejects %s', (_, name, start, end, field) => {
	const read = readPeriods(
		name,
		{ start: (start && Date.parse(start)) || undefined, end: (end && Date.parse(end)) || undefined },
		Date.parse('2026-11-28T08:00:00Z'),
		'UTC',
	);
	expect(read.ok ? [] : [read.error.type, read.error.details.fieldErrors?.[0]?.field]).toEqual(['invalid', field]);
});

test.each([
	['2026-11-21T00:00:00Z', '2026-11-28T00:00:00Z', 'November 21–27, 2026', 'Nov 21–27, 2026'],
	['2026-10-28T00:00:00Z', '2026-11-28T00:00:00Z', 'October 28 – November 27, 2026', 'Oct 28 – Nov 27, 2026'],
	[
		'2026-12-28T00:00:00Z',
		'2027-01-04T00:00:00Z',
		'December 28, 2026 – January 3, 2027',
		'Dec 28, 2026 – Jan 3, 2027',
	],
	['2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z', 'November 21, 2026', 'Nov 21, 2026'],
	['2026-11-21T08:00:00Z', '2026-11-21T09:30:00Z', 'November 21, 2026, 08:00 – 09:30', 'Nov 21, 2026'],
	[
		'2026-11-01T00:00:00Z',
		'2026-11-28T08:00:00Z',
		'November 1, 2026, 00:00 – November 28, 2026, 08:00',
		'Nov 1–28, 2026',
	],
])('writes %s to %s in words', (from, to, long, short) => {
	const span = { from: Date.parse(from), to: Date.parse(to) };
	expect([spanText(span, 'UTC'), spanText(span, 'UTC', true)]).toEqual([long, short]);
});
