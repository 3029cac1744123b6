/** The deliverability report: statistics and the activity log of a period, as data, text and HTML. */
import { endDate, startDate } from '../common';
import type { CompoundOperation } from '../types';

const PERIODS = [
	{ value: 'last7Days', label: 'Last 7 Days' },
	{ value: 'last30Days', label: 'Last 30 Days' },
	{ value: 'lastMonth', label: 'Last Month' },
	{ value: 'thisMonth', label: 'This Month' },
	{ value: 'custom', label: 'Custom' },
] as const;

const period = { from: '2026-11-21T00:00:00Z', to: '2026-11-28T00:00:00Z', label: 'November 21–27, 2026' };
const before = { from: '2026-11-14T00:00:00Z', to: '2026-11-21T00:00:00Z', label: 'November 14–20, 2026' };

/** A figure of the sample, half as large in the period before. */
function figure(label: string, count: number, rateOf: 'sent' | 'delivered' | null, rate: number | null) {
	return {
		label,
		count,
		previousCount: count / 2,
		changePercent: count === 0 ? null : 100,
		rate,
		previousRate: rate,
		rateChange: rate === null ? null : 0,
		rateOf,
	};
}

const counts = { sent: 1000, bounces: 20, rejects: 4, complaints: 2, unsubscribes: 6, opens: 400, clicks: 60 };

export const deliverabilityReport = {
	key: 'deliverabilityReport',
	label: 'Deliverability Report',
	action: 'Create a deliverability report',
	help: 'Report on the emails of a period and the one before, as data, text, and HTML that you can send',
	effect: 'reads',
	calls: ['/stats/email_history'],
	optionalCalls: ['/activity/search', '/stats/email_cycle'],
	fields: [
		{
			name: 'period',
			param: 'reportPeriod',
			label: 'Period',
			kind: 'choice',
			main: true,
			default: 'last7Days',
			assumed: true,
			choices: PERIODS,
			help: 'The days to report on, without today except for This Month; Custom is from Start Date to End Date',
		},
		{ ...startDate, help: 'The first date and time of the period Custom' },
		{ ...endDate, help: 'The date and time before which the period Custom ends; if empty, now' },
		{
			name: 'time_zone',
			label: 'Time Zone',
			kind: 'text',
			id: true,
			help: 'The time zone in which days begin, as an IANA name; if empty, that of the {place}',
			placeholder: 'e.g. Europe/Berlin',
		},
		{
			name: 'max_log_entries',
			label: 'Maximum Log Entries',
			kind: 'number',
			default: 20_000,
			min: 0,
			max: 1_000_000,
			help: 'About how many entries of the activity log to read, 1,000 per call; 0 reads none',
		},
		{
			name: 'subaccounts',
			label: 'Subaccounts',
			kind: 'subaccounts',
			help: 'Include only these subaccounts, as IDs separated by commas',
			placeholder: 'e.g. 34l8oj, GnlKn5',
		},
	],
	result: { is: 'record' },
	notice:
		'Makes a call for each day of the period, and one for each 1,000 entries of the activity log. Parts for which ' +
		'the key has no permission are left out, and the report says so.',
	sample: {
		subject: 'Deliverability report: Nov 21–27, 2026',
		period,
		previousPeriod: before,
		timeZone: 'UTC',
		summary: ['1,000 emails were sent, 100% more than in the period before.'],
		figures: {
			sent: figure('Sent', 1000, null, null),
			delivered: figure('Delivered', 970, 'sent', 97),
			bounces: figure('Bounces', 20, 'sent', 2),
			hardBounces: figure('Hard bounces', 12, 'sent', 1.2),
			softBounces: figure('Soft bounces', 8, 'sent', 0.8),
			rejects: figure('Rejects', 4, 'sent', 0.4),
			complaints: figure('Complaints', 2, 'delivered', 0.21),
			unsubscribes: figure('Unsubscribes', 6, 'delivered', 0.62),
			opens: figure('Opens', 400, 'delivered', 41.24),
			clicks: figure('Clicks', 60, 'delivered', 6.19),
		},
		rates: 'Rates of deliveries, bounces, and rejects are percentages of the emails sent.',
		stepUnit: 'day',
		steps: [{ from: period.from, to: '2026-11-22T00:00:00Z', label: 'Sat, Nov 21', ...counts }],
		senderCount: 1,
		senders: [{ sender: 'shop@example.com', ...counts, bounceRate: 2, rejectRate: 0.4, complaintRate: 0.2 }],
		recipientDomainCount: 1,
		recipientDomains: [
			{
				domain: 'example.org',
				emails: 994,
				delivered: 970,
				hardBounces: 12,
				softBounces: 8,
				rejects: 4,
				complaints: 2,
				unsubscribes: 6,
				deliveredRate: 97.59,
				bounceRate: 2.01,
			},
		],
		bounceReasons: [
			{
				reason: '550 5.1.1 User unknown',
				hardBounces: 12,
				softBounces: 0,
				recipients: 12,
				example: 'jane@example.org',
			},
		],
		worstBounces: [
			{
				recipient: 'jane@example.org',
				hardBounces: 2,
				softBounces: 0,
				reason: '550 5.1.1 User unknown',
				lastBounce: '2026-11-27T09:30:00Z',
			},
		],
		log: { read: 1002, total: 1002, share: 100, since: period.from },
		quota: { used: 4200, remaining: 5800, max: 10_000, ends: '2026-11-30T00:00:00Z' },
		notes: ['The whole activity log was read.'],
		missingPermissions: [],
		calls: 15,
		text: 'DELIVERABILITY REPORT …',
		html: '<!doctype html>…',
	},
} as const satisfies CompoundOperation;
