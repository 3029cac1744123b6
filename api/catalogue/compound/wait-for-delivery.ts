/** Waits until it is known what became of emails. */
import type { CompoundOperation } from '../types';

export const waitForDelivery = {
	key: 'waitForDelivery',
	label: 'Wait for Delivery',
	action: 'Wait for the delivery of an email',
	help: 'Wait until it is known whether an email was delivered, bounced, or rejected',
	effect: 'reads',
	calls: ['/activity/search'],
	host: 'n8n',
	fields: [
		{
			name: 'email_id',
			param: 'sentEmailId',
			label: 'Email ID',
			kind: 'text',
			id: true,
			main: true,
			default: '={{ $json.emailId || $json.scheduleId }}',
			help: 'The email ID that Send returned, or the schedule ID of a scheduled email',
			placeholder: 'e.g. 1u0SwL-B9zBpi9ffUq-JAB2',
		},
		{
			name: 'time_limit',
			label: 'Time Limit',
			kind: 'number',
			main: true,
			default: 10,
			assumed: true,
			min: 0,
			max: 4320,
			help: 'The maximum number of minutes to wait; events appear in the activity log some minutes late',
		},
		{
			name: 'when_time_is_up',
			label: 'When Time Is Up',
			kind: 'choice',
			main: true,
			default: 'output',
			assumed: true,
			choices: [
				{ value: 'output', label: 'Output as Pending', help: 'Output what is known by then' },
				{ value: 'fail', label: 'Fail', help: 'Fail for emails whose outcome is not final' },
			],
			help: 'What to do with emails whose outcome is not known in time',
		},
		{
			name: 'recipients',
			param: 'countedRecipients',
			label: 'Recipients',
			kind: 'textList',
			max: 300,
			help: 'The only recipients whose outcome counts; if empty, those that the activity log lists for the email',
			placeholder: 'e.g. jane@example.com, joe@example.com',
		},
		{
			name: 'sent_within',
			label: 'Sent Within',
			kind: 'number',
			default: 1,
			min: 0,
			max: 720,
			help:
				'How many hours back to search for emails whose ID does not tell when they were sent, such as ' +
				'scheduled emails',
		},
		{
			name: 'soft_bounce_is_final',
			label: 'Soft Bounce Is Final',
			kind: 'boolean',
			default: true,
			help: 'Whether a soft bounce ends the wait for an email, although SMTP2GO may still deliver it',
		},
	],
	result: { is: 'record' },
	notice:
		'All items wait together and share their calls. Each item gets its own outcome. The ' +
		'activity log shows events some minutes late.',
	sample: {
		emailId: '1u0SwL-B9zBpi9ffUq-JAB2',
		scheduleId: null,
		outcome: 'hard-bounced',
		final: true,
		reason: '550 5.1.1 User unknown',
		at: '2026-11-28T09:00:07.000Z',
		recipients: [
			{
				address: 'jane@example.org',
				outcome: 'hard-bounced',
				reason: '550 5.1.1 User unknown',
				at: '2026-11-28T09:00:07.000Z',
			},
		],
		waitedSeconds: 95,
		log: { readAt: '2026-11-28T09:01:40Z', completeUntil: '2026-11-28T08:51:40Z', calls: 5, problem: null },
	},
} as const satisfies CompoundOperation;
