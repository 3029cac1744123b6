/** What people do with an account, and the permissions that each job needs. */
import type { Choice } from './types';

/** A job, and the endpoints that it calls. */
export interface Job extends Choice {
	readonly help: string;
	/** It cannot be done without these. */
	readonly needs: readonly string[];
	/** Some of it cannot be done without these. */
	readonly also?: readonly string[];
}

/** All jobs, in the order of the forms. The values are saved in users' flows, so they never change. */
export const jobs = [
	{
		value: 'sendEmail',
		label: 'Send Emails',
		help: 'Send emails, one at a time or in batches',
		needs: ['/email/send'],
		also: ['/email/batch', '/email/mime'],
	},
	{
		value: 'sendSms',
		label: 'Send SMS',
		help: 'Send text messages',
		needs: ['/sms/send'],
	},
	{
		value: 'useTemplates',
		label: 'Use Templates',
		help: 'Choose templates from a list and check their variables',
		needs: ['/template/search', '/template/view'],
	},
	{
		value: 'checkRecipients',
		label: 'Check Recipients',
		help: 'Check addresses against the suppressions before sending',
		needs: ['/suppression/view'],
		also: ['/allowed_recipients/view'],
	},
	{
		value: 'receiveEvents',
		label: 'Receive Events',
		help: 'Start a workflow or flow in real time by a webhook',
		needs: ['/webhook/view', '/webhook/add', '/webhook/edit', '/webhook/remove'],
	},
	{
		value: 'readActivity',
		label: 'Read the Activity',
		help: 'Poll for events, wait for deliveries, and look emails up',
		needs: ['/activity/search'],
	},
	{
		value: 'receiveSms',
		label: 'Receive SMS',
		help: 'Receive text messages',
		needs: ['/sms/view-received'],
	},
	{
		value: 'scheduleEmails',
		label: 'Manage Scheduled Emails',
		help: 'Find and cancel emails that are scheduled',
		needs: ['/email/scheduled/search', '/email/scheduled/remove'],
	},
	{
		value: 'readReports',
		label: 'Read Reports',
		help: 'Read statistics and quota',
		needs: ['/stats/email_history', '/stats/email_cycle'],
		also: ['/activity/search'],
	},
] as const satisfies readonly Job[];

/** The name of a job. */
export type JobName = (typeof jobs)[number]['value'];

/** The jobs that must be possible if nothing else is chosen. */
export const DEFAULT_JOBS = ['sendEmail'] as const satisfies readonly JobName[];
