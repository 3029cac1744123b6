import { endDate, startDate, username } from './common';
import type { Resource } from './types';

const cycle = { cycle_start: '2022-11-01 00:00:00+00:00', cycle_end: '2022-11-30 00:00:00+00:00', cycle_used: 1, cycle_remaining: 9999, cycle_max: 10_000 } as const;
const cycleDates = ['cycle_start', 'cycle_end'] as const;

/** What the API lets nobody choose. */
const fixedPeriod = 'SMTP2GO fixes the period at the last 30 days. For another period, use Get History.';

export const statistics = {
	key: 'statistics',
	label: 'Statistic',
	nodeLabel: 'Statistics',
	help: 'Figures on the emails of the account: bounces, complaints, quota',
	operations: [
		{
			key: 'getSummary', label: 'Get Summary', action: 'Get summary of statistics', help: 'Read all figures of the last 30 days in one report, which takes longer',
			method: 'POST', path: '/stats/email_summary', effect: 'reads',
			fields: [username],
			result: {
				is: 'record', numbers: ['bounce_percent', 'spam_percent', 'unsubscribe_percent'], dates: cycleDates,
				simple: ['email_count', 'cycle_remaining', 'cycle_max', 'rejects', 'softbounces', 'hardbounces', 'bounce_percent', 'spam_percent', 'unsubscribes', 'opens'],
			},
			notice: fixedPeriod,
			sample: {
				spam_emails: 0, ...cycle, email_count: 1, bounce_rejects: 0, softbounces: 0, hardbounces: 0, bounce_percent: '0.00', spam_rejects: 0, spam_percent: '0.00',
				unsubscribes: 0, unsubscribe_percent: '0.0', opens: 0, clicks: 0, rejects: 0,
			},
		},
		{
			key: 'getBounces', label: 'Get Bounces', action: 'Get bounce statistics', help: 'Count bounces and rejects of the last 30 days',
			method: 'POST', path: '/stats/email_bounces', effect: 'reads',
			fields: [username],
			result: { is: 'record', numbers: ['bounce_percent'] },
			notice: fixedPeriod,
			sample: { emails: 1, rejects: 0, softbounces: 0, hardbounces: 0, bounce_percent: '0.00' },
		},
		{
			key: 'getHistory', label: 'Get History', action: 'Get email history', help: 'Count emails of a period, by default of the last 30 days, per sender, user, domain or subaccount',
			method: 'POST', path: '/stats/email_history', effect: 'reads',
			fields: [
				{
					name: 'group_by', label: 'Group By', kind: 'choice', main: true, default: 'email_address', help: 'What one entry of the result stands for',
					choices: [{ value: 'domain', label: 'Domain' }, { value: 'email_address', label: 'Sender Address' }, { value: 'subaccount', label: 'Subaccount' }, { value: 'username', label: 'User' }],
				},
				startDate,
				endDate,
				{ name: 'subaccounts', label: 'Subaccounts', kind: 'subaccounts', help: 'Only these subaccounts, by their IDs, separated by commas', placeholder: 'e.g. 34l8oj, GnlKn5' },
			],
			result: {
				is: 'list', at: 'history',
				simple: ['email_address', 'username', 'domain', 'subaccount', 'used', 'bounces', 'rejects', 'spam', 'unsubscribes', 'opens'],
			},
			notice: 'Each entry counts the whole period. For figures by day, run this once for each day, from one midnight to the next. SMTP2GO gives counts and no rates: divide by "used", the number of emails.',
			sample: {
				count: 1,
				history: [{ used: 1, bytecount: 1022, avgsize: 1022, email_address: 'test3@example.com', lastip: '82.1.149.48', bounces: 0, clicks: 0, opens: 0, rejects: 0, spam: 0, unsubscribes: 0 }],
			},
		},
		{
			key: 'getQuota', label: 'Get Quota', action: 'Get quota', help: 'Read how many emails are used and left in this billing cycle',
			method: 'POST', path: '/stats/email_cycle', effect: 'reads',
			fields: [],
			result: { is: 'record', dates: cycleDates },
			sample: cycle,
		},
		{
			key: 'getSpam', label: 'Get Spam Complaints', action: 'Get spam complaint statistics', help: 'Count spam complaints and rejects of the last 30 days',
			method: 'POST', path: '/stats/email_spam', effect: 'reads',
			fields: [username],
			result: { is: 'record', numbers: ['spam_percent'] },
			notice: fixedPeriod,
			sample: { emails: 1, rejects: 0, spams: 0, spam_percent: '0.00' },
		},
		{
			key: 'getUnsubscribes', label: 'Get Unsubscribes', action: 'Get unsubscribe statistics', help: 'Count unsubscribes and rejects of the last 30 days',
			method: 'POST', path: '/stats/email_unsubs', effect: 'reads',
			fields: [username],
			result: { is: 'record', numbers: ['unsubscribe_percent'] },
			notice: fixedPeriod,
			sample: { emails: 1, rejects: 0, unsubscribes: 0, unsubscribe_percent: '0.00' },
		},
	],
} as const satisfies Resource;
