/** What happened to each email. */
import { continueToken, endDate, startDate } from '../common';
import type { Choice, Field, Resource } from '../types';

/** What can happen to an email, in the words of the activity: not those of a webhook. */
const events = [
	{ value: 'clicked', label: 'Clicked' },
	{ value: 'delivered', label: 'Delivered' },
	{ value: 'hard-bounced', label: 'Hard Bounced' },
	{ value: 'opened', label: 'Opened' },
	{ value: 'processed', label: 'Processed' },
	{ value: 'rejected', label: 'Rejected' },
	{ value: 'resubscribed', label: 'Resubscribed' },
	{ value: 'soft-bounced', label: 'Soft Bounced' },
	{ value: 'spam', label: 'Spam' },
	{ value: 'unsubscribed', label: 'Unsubscribed' },
] as const satisfies readonly Choice[];

/**
 * How one of the searches compares. SMTP2GO announced these fields on 2026-11-05 and has not published their values.
 */
function comparison<const N extends string>(name: N, what: string) {
	return {
		name,
		label: `${what} Comparison`,
		kind: 'text',
		help: `How to compare ${what} Contains; SMTP2GO has not documented the values yet, so leave it empty for the usual search`,
	} as const satisfies Field;
}

export const activity = {
	key: 'activity',
	label: 'Activity',
	help: 'Search what happened to emails',
	operations: [
		{
			key: 'search',
			label: 'Search',
			action: 'Search email activity',
			help: 'List email events, by default since midnight UTC, with at most 60 calls per minute',
			method: 'POST',
			path: '/activity/search',
			effect: 'reads',
			rate: { calls: 60, seconds: 60 },
			fields: [
				{
					name: 'search',
					label: 'Search',
					kind: 'text',
					main: true,
					help: 'Text to find anywhere in the data of the email; separate alternatives with |',
					placeholder: 'e.g. jane@example.com | joe@example.com',
				},
				{
					name: 'event_types',
					label: 'Events',
					kind: 'choices',
					choices: events,
					main: true,
					help: 'Return only these events; if empty, all events',
				},
				startDate,
				endDate,
				{
					name: 'search_email_id',
					label: 'Email ID',
					kind: 'text',
					id: true,
					help: 'Return only events of the email with this ID, which Send returned',
					placeholder: 'e.g. 1u0SwL-B9zBpi9ffUq-JAB2',
				},
				{
					name: 'search_subject',
					label: 'Subject Contains',
					kind: 'text',
					help: 'Return only emails whose subject contains this text',
				},
				comparison('search_subject_op', 'Subject'),
				{
					name: 'search_sender',
					label: 'Sender Contains',
					kind: 'text',
					help: 'Return only emails whose sender contains this text',
				},
				comparison('search_sender_op', 'Sender'),
				{
					name: 'search_recipient',
					label: 'Recipient Contains',
					kind: 'text',
					help: 'Return only emails whose recipient contains this text',
				},
				comparison('search_recipient_op', 'Recipient'),
				{
					name: 'search_usernames',
					label: 'Users',
					kind: 'smtpUsers',
					help: 'Return only emails sent by these SMTP users or API keys, separated by commas',
					placeholder: 'e.g. shop',
				},
				{
					name: 'subaccounts',
					label: 'Subaccounts',
					kind: 'subaccounts',
					help: 'Include only these subaccounts, as IDs separated by commas',
					placeholder: 'e.g. 34l8oj, GnlKn5',
				},
				{
					name: 'only_latest',
					label: 'Latest Event Only',
					kind: 'boolean',
					default: true,
					help: 'Whether to return only the latest event of each email',
				},
				{
					name: 'only_latest_by_sent',
					label: 'Latest Event Only by Send Time',
					kind: 'boolean',
					default: true,
					help: 'Whether to return only the latest event of each email, in the order in which the emails were sent',
				},
				{
					name: 'include_headers',
					label: 'Include Headers',
					kind: 'boolean',
					default: true,
					help: 'Whether to include all headers of the email in each event',
				},
				{
					name: 'custom_headers',
					param: 'readHeaders',
					label: 'Headers to Return',
					kind: 'textList',
					help: 'Email headers to return individually, separated by commas',
					placeholder: 'e.g. X-Order-ID',
				},
				{
					name: 'region',
					label: 'Region',
					kind: 'choice',
					help: 'The region to search, for subaccounts in another region',
					choices: [
						{ value: 'au', label: 'Australia' },
						{ value: 'eu', label: 'Europe' },
						{ value: 'us', label: 'United States' },
					],
				},
				{
					name: 'limit',
					param: 'activityLimit',
					label: 'Page Size',
					kind: 'number',
					min: 1,
					max: 1000,
					default: 1000,
					help: 'The number of events to fetch per call',
				},
				continueToken,
			],
			paging: { by: 'token', size: { name: 'limit', max: 1000 } },
			result: {
				is: 'list',
				at: 'events',
				total: 'total_events',
				cap: 1000,
				dates: ['date'],
				simple: [
					'date',
					'event',
					'email_id',
					'sender',
					'recipient',
					'subject',
					'username',
					'smtp_response',
					'reason',
					'custom_headers',
				],
			},
			sample: {
				events: [
					{
						from: 'rob@example.co.uk',
						recipient: 'jo@another_example.com',
						subaccount_name: 'Master account',
						email_id: '1u0SwL-B9zBpi9ffUq-JAB2',
						date: '2022-11-12T07:44:58Z',
						event: 'delivered',
						subject: 'My Test Email',
						username: 'api-5BFDE1E62529',
						sender: 'rob@example.co.uk',
						to: 'jo@another_example.com',
						bcc: 'audit@example.co.uk',
						smtp_response: '250 Message received',
						host: '136.143.191.44',
						headers: 'Content-Type: text/html',
						custom_headers: { 'X-MyCustomID': '01HMSACEHXHDG4X1CZV89SQMP7' },
					},
				],
				total_events: 1,
				continue_token: null,
			},
		},
	],
} as const satisfies Resource;
