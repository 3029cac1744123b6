/** What an API key, an SMTP user and an authorised IP address can be set to: the same fields for all three. */
import type { Choice, Field } from '../types';

const statuses = [
	{ value: 'allowed', label: 'Allowed' },
	{ value: 'blocked', label: 'Blocked' },
	{ value: 'sandbox', label: 'Sandbox' },
] as const satisfies readonly Choice[];

/** Sender settings, in the contract's order. */
export const senderSettings = [
	{
		name: 'description',
		label: 'Description',
		kind: 'text',
		help: 'A note for people who read the list',
		placeholder: 'e.g. Web shop',
	},
	{
		name: 'custom_ratelimit',
		label: 'Own Rate Limit',
		kind: 'boolean',
		default: true,
		help: 'Whether a limit of its own holds, set by Rate Limit and Rate Limit Period',
	},
	{
		name: 'custom_ratelimit_value',
		label: 'Rate Limit',
		kind: 'number',
		min: 1,
		help: 'How many emails it may send in each period; kept only with Own Rate Limit',
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
		help: 'The pool of dedicated IP addresses that its email leaves from',
	},
	{
		name: 'feedback_enabled',
		label: 'Unsubscribe Footer',
		kind: 'boolean',
		default: true,
		help: 'Whether each email gets the footer of Footer HTML and Footer Text',
	},
	{
		name: 'feedback_html',
		label: 'Footer HTML',
		kind: 'html',
		help: 'The footer as HTML; %%UNSUBSCRIBE%% becomes the link, %%EMAIL%% the address',
		placeholder: 'e.g. <a href="%%UNSUBSCRIBE%%">Unsubscribe</a>',
	},
	{
		name: 'feedback_text',
		label: 'Footer Text',
		kind: 'longText',
		help: 'The footer as plain text; %%UNSUBSCRIBE%% becomes the link, %%EMAIL%% the address',
		placeholder: 'e.g. Unsubscribe: %%UNSUBSCRIBE%%',
	},
	{
		name: 'open_tracking_enabled',
		label: 'Track Opens',
		kind: 'boolean',
		default: true,
		help: 'Whether opens of its email are recorded',
	},
	{
		name: 'click_tracking_enabled',
		label: 'Track Clicks',
		kind: 'boolean',
		default: true,
		help: 'Whether links in its email lead through SMTP2GO, so that clicks are recorded',
	},
	{
		name: 'archive_enabled',
		label: 'Archive',
		kind: 'boolean',
		default: true,
		help: 'Whether its email is kept in the archive (paid plans)',
	},
	{
		name: 'audit_email',
		label: 'Audit Address',
		kind: 'emailAddress',
		help: 'An address that gets a hidden copy of each email; empty takes it away',
		placeholder: 'e.g. audit@example.com',
	},
	{
		name: 'bounce_notifications',
		label: 'Bounce Notifications',
		kind: 'text',
		help: 'Where bounces are reported: from (the sender), drop (nobody), or an address',
		placeholder: 'e.g. from',
	},
	{
		name: 'status',
		label: 'Status',
		kind: 'choice',
		choices: statuses,
		help: 'What happens to its email: it is sent, refused, or in the sandbox taken and never delivered',
	},
] as const satisfies readonly Field[];

/** The most important ones for a list of ten. */
export const shownSettings = [
	'description',
	'status',
	'custom_ratelimit_value',
	'custom_ratelimit_period',
	'open_tracking_enabled',
	'archive_enabled',
	'bounce_notifications',
] as const;
