/** What people do with an account, and the permissions that each job needs. */
import { operationOf } from '../catalogue';
import { isAllowed } from '../catalogue/permissions';
import type { Choice } from '../catalogue/types';
import { allowAdvice, line, type SetupCheck } from './setup-types';

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
		needs: [operationOf('email', 'send').path],
		also: [operationOf('email', 'sendBatch').path, operationOf('email', 'sendMime').path],
	},
	{
		value: 'sendSms',
		label: 'Send SMS',
		help: 'Send text messages',
		needs: [operationOf('sms', 'send').path],
	},
	{
		value: 'useTemplates',
		label: 'Use Templates',
		help: 'Choose templates from a list and check their variables',
		needs: [operationOf('template', 'getAll').path, operationOf('template', 'get').path],
	},
	{
		value: 'checkRecipients',
		label: 'Check Recipients',
		help: 'Check addresses against the suppressions before sending',
		needs: [operationOf('suppression', 'getAll').path],
		also: [operationOf('allowedRecipient', 'get').path],
	},
	{
		value: 'receiveEvents',
		label: 'Receive Events',
		help: 'Start a workflow or flow in real time by a webhook',
		needs: [
			operationOf('webhook', 'getAll').path,
			operationOf('webhook', 'create').path,
			operationOf('webhook', 'update').path,
			operationOf('webhook', 'delete').path,
		],
	},
	{
		value: 'readActivity',
		label: 'Read the Activity',
		help: 'Poll for events, wait for deliveries, and look emails up',
		needs: [operationOf('activity', 'search').path],
	},
	{
		value: 'receiveSms',
		label: 'Receive SMS',
		help: 'Receive text messages',
		needs: [operationOf('sms', 'getReceived').path],
	},
	{
		value: 'scheduleEmails',
		label: 'Manage Scheduled Emails',
		help: 'Find and cancel emails that are scheduled',
		needs: [operationOf('email', 'searchScheduled').path, operationOf('email', 'cancelScheduled').path],
	},
	{
		value: 'readReports',
		label: 'Read Reports',
		help: 'Read statistics and quota',
		needs: [operationOf('statistics', 'getHistory').path, operationOf('statistics', 'getQuota').path],
		also: [operationOf('activity', 'search').path],
	},
] as const satisfies readonly Job[];

/** The name of a job. */
export type JobName = (typeof jobs)[number]['value'];

/** The jobs that must be possible if nothing else is chosen. */
export const DEFAULT_JOBS = ['sendEmail'] as const satisfies readonly JobName[];

/**
 * Checks whether a key can do a job.
 * @param isRequired true if the setup is not ready without it
 */
export function jobLine(job: Job, permissions: readonly string[], isRequired: boolean): SetupCheck {
	const missing = job.needs.filter((path) => !isAllowed(path, permissions));
	const lesser = (job.also ?? []).filter((path) => !isAllowed(path, permissions));
	const said = {
		check: 'permissions',
		subject: job.value,
		title: job.label,
		details: { missing: [...missing, ...lesser] },
	};
	if (missing.length > 0)
		return line({
			...said,
			status: isRequired ? 'problem' : 'info',
			message: `The key has no permission for ${missing.join(', ')}.`,
			whatToDo: allowAdvice(missing),
		});
	if (lesser.length > 0)
		return line({
			...said,
			status: 'ok',
			message: `The key can do this, but has no permission for ${lesser.join(', ')}.`,
		});
	return line({ ...said, status: 'ok', message: 'The key has all permissions for this.' });
}
