/** The sending settings that API keys, SMTP users, and authenticated IP addresses share. */
import type { Choice, Field } from '../types';

const statuses = [
	{ value: 'allowed', label: 'Allowed' },
	{ value: 'blocked', label: 'Blocked' },
	{ value: 'sandbox', label: 'Sandbox' },
] as const satisfies readonly Choice[];

/** The sending settings, in the order of the contract. */
export const senderSettings = [
	{
		name: 'description',
		label: 'Description',
		kind: 'text',
		help: 'A note that is shown in the list',
		placeholder: 'e.g. Web shop',
	},
	{
		name: 'custom_ratelimit',
		label: 'Custom Rate Limit',
		kind: 'boolean',
		default: true,
		help: 'Whether a custom limit applies, set by Rate Limit and Rate Limit Period',
	},
	{
		name: 'custom_ratelimit_value',
		label: 'Rate Limit',
		kind: 'number',
		min: 1,
		help: 'The maximum number of emails per period; saved only if Custom Rate Limit is on',
	},
	{
		name: 'custom_ratelimit_period',
		label: 'Rate Limit Period',
		kind: 'text',
		help: 'The period of the rate limit, from hours to months',
		placeholder: 'e.g. 1 hour, 0:30:00 or 4 months 5:00:00',
	},
	{
		name: 'ip_pool',
		label: 'IP Pool',
		kind: 'ipPool',
		help: 'The dedicated IP pool to send emails from',
	},
	{
		name: 'feedback_enabled',
		label: 'Unsubscribe Footer',
		kind: 'boolean',
		default: true,
		help: 'Whether to add the footer from Footer HTML and Footer Text to each email',
	},
	{
		name: 'feedback_html',
		label: 'Footer HTML',
		kind: 'html',
		help: 'The footer as HTML, where %%UNSUBSCRIBE%% is the link and %%EMAIL%% the address',
		placeholder: 'e.g. <a href="%%UNSUBSCRIBE%%">Unsubscribe</a>',
	},
	{
		name: 'feedback_text',
		label: 'Footer Text',
		kind: 'longText',
		help: 'The footer as plain text, where %%UNSUBSCRIBE%% is the link and %%EMAIL%% the address',
		placeholder: 'e.g. Unsubscribe: %%UNSUBSCRIBE%%',
	},
	{
		name: 'open_tracking_enabled',
		label: 'Track Opens',
		kind: 'boolean',
		default: true,
		help: 'Whether to track opens',
	},
	{
		name: 'click_tracking_enabled',
		label: 'Track Clicks',
		kind: 'boolean',
		default: true,
		help: 'Whether to route links through SMTP2GO to track clicks',
	},
	{
		name: 'archive_enabled',
		label: 'Archive',
		kind: 'boolean',
		default: true,
		help: 'Whether to keep emails in the archive (paid plans)',
	},
	{
		name: 'audit_email',
		label: 'Audit Email',
		kind: 'emailAddress',
		help: 'An email address that gets a BCC of each email; an empty value removes it',
		placeholder: 'e.g. audit@example.com',
	},
	{
		name: 'bounce_notifications',
		label: 'Bounce Notifications',
		kind: 'text',
		help: 'Where bounce notifications go: from (the sender), drop (nowhere), or an email address',
		placeholder: 'e.g. from',
	},
	{
		name: 'status',
		label: 'Status',
		kind: 'choice',
		choices: statuses,
		help: 'What happens to emails: they are sent, rejected, or (sandbox) accepted but never delivered',
	},
] as const satisfies readonly Field[];

/** The most important settings, for a simplified record of at most ten fields. */
export const shownSettings = [
	'description',
	'status',
	'custom_ratelimit_value',
	'custom_ratelimit_period',
	'open_tracking_enabled',
	'archive_enabled',
	'bounce_notifications',
] as const;
