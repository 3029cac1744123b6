/** Answers whether the account can send from here, now. */
import { DEFAULT_JOBS, jobs } from '../jobs';
import type { CompoundOperation } from '../types';

export const checkSetup = {
	key: 'checkSetup',
	label: 'Check Setup',
	action: 'Check setup',
	help: 'Check whether the account can send now: key, permissions, sender, DNS records, quota, and limits',
	effect: 'reads',
	calls: ['/api_keys/permissions'],
	optionalCalls: [
		'/api_keys/view',
		'/domain/view',
		'/single_sender_emails/view',
		'/allowed_senders/view',
		'/allowed_recipients/view',
		'/stats/email_cycle',
		'/ip_allow_list/view',
		'/webhook/view',
	],
	fields: [
		{
			name: 'sender',
			label: 'Sender',
			kind: 'sender',
			main: true,
			help: 'The sender to check; if it is empty, any verified sender is enough',
			placeholder: 'e.g. Web Shop <shop@example.com>',
		},
		{
			name: 'jobs',
			label: 'Required Jobs',
			kind: 'choices',
			choices: jobs.map(({ value, label, help }) => ({ value, label, help })),
			default: DEFAULT_JOBS,
			assumed: true,
			help: 'What the key must be able to do; a missing permission for it is a problem',
		},
	],
	result: { is: 'record' },
	sample: {
		ready: false,
		verdict: 'not ready',
		checks: [
			{
				check: 'key',
				status: 'ok',
				subject: null,
				title: 'API Key',
				message: 'The key is valid in this region.',
				whatToDo: null,
				details: {},
			},
			{
				check: 'quota',
				status: 'problem',
				subject: null,
				title: 'Quota',
				message: '0 of the 1,000 emails of this billing period are left.',
				whatToDo:
					'Send less until the billing period ends, or upgrade your SMTP2GO plan. Emails over the quota do not leave.',
				details: { cycle_used: 1000, cycle_remaining: 0, cycle_max: 1000 },
			},
		],
		todo: [
			'Send less until the billing period ends, or upgrade your SMTP2GO plan. Emails over the quota do not leave.',
		],
		text: 'Not ready to send.\n\nOK       API Key: The key is valid in this region.\nPROBLEM  Quota: 0 of the 1,000 emails of this billing period are left.\n\nWhat to do:\n1. Send less until the billing period ends, or upgrade your SMTP2GO plan. Emails over the quota do not leave.',
		calls: 9,
	},
} as const satisfies CompoundOperation;
