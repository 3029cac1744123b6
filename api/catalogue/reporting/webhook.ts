/** Webhooks, which send events to a URL. */
import { emailEvents, smsEvents } from './events';
import { subaccountId } from '../common';
import type { Field, Resource } from '../types';

const webhookId = {
	name: 'id',
	param: 'webhookId',
	label: 'Webhook',
	kind: 'webhook',
	required: true,
	help: 'The webhook, from the list or by ID',
} as const satisfies Field;
const url = {
	name: 'url',
	label: 'URL',
	kind: 'url',
	help: 'The public URL that SMTP2GO sends events to',
	placeholder: 'e.g. https://example.com/hooks/smtp2go',
} as const satisfies Field;

const emailEventsField = {
	name: 'events',
	label: 'Email Events',
	kind: 'choices',
	choices: emailEvents,
	help: 'The email events that SMTP2GO reports',
} as const satisfies Field;
const smsEventsField = {
	name: 'sms_events',
	label: 'SMS Events',
	kind: 'choices',
	choices: smsEvents,
	help: 'The SMS events that SMTP2GO reports',
} as const satisfies Field;

const settings = [
	{
		name: 'headers',
		label: 'Echoed Headers',
		kind: 'textList',
		help: 'Email headers to include in each event, separated by commas',
		placeholder: 'e.g. X-Order-ID',
	},
	{
		name: 'usernames',
		label: 'Users',
		kind: 'smtpUsers',
		help: 'Report only emails sent by these SMTP users or API keys, separated by commas; if empty, all emails',
		placeholder: 'e.g. shop',
	},
	{
		name: 'output_format',
		label: 'Output Format',
		kind: 'choice',
		help: 'The format of the events',
		choices: [
			{ value: 'form', label: 'Form' },
			{ value: 'json', label: 'JSON' },
		],
	},
	{
		name: 'auth_header_type',
		label: 'Authentication',
		kind: 'choice',
		help: 'The type of Authorization header that SMTP2GO sends with each event',
		choices: [
			{ value: 'basic', label: 'Basic' },
			{ value: 'bearer', label: 'Bearer' },
			{ value: '', label: 'None' },
		],
	},
	{
		name: 'auth_header_value',
		label: 'Authentication Value',
		kind: 'secret',
		help: 'The token (Bearer) or user:password in Base64 (Basic)',
	},
	{
		name: 'custom_headers',
		param: 'deliveryHeaders',
		label: 'Custom Headers',
		kind: 'headers',
		help: 'Headers that SMTP2GO adds to each request to the URL',
	},
	{
		name: 'disabled',
		label: 'Disabled',
		kind: 'boolean',
		default: false,
		help: 'Whether to disable the webhook, so that it stays in the account but reports no events',
	},
	subaccountId,
] as const satisfies readonly Field[];

const sample = {
	id: 4320,
	url: 'https://example.com/test-webhook',
	events: ['processed'],
	sms_events: ['sending'],
	headers: ['X-Test-Header'],
	usernames: ['MyUser1'],
	output_format: 'json',
	auth_header_type: 'bearer',
	auth_header_value: 'a-secret-token',
	custom_headers: [{ header: 'X-From', value: 'SMTP2GO' }],
	disabled: false,
} as const;

/** All fields except the token or password, which only the raw response contains. */
const simple = [
	'id',
	'url',
	'events',
	'sms_events',
	'headers',
	'usernames',
	'output_format',
	'auth_header_type',
	'custom_headers',
	'disabled',
] as const;

export const webhook = {
	key: 'webhook',
	label: 'Webhook',
	help: 'Manage the webhooks that SMTP2GO sends events to',
	operations: [
		{
			key: 'create',
			label: 'Create',
			action: 'Create webhook',
			help: 'Create a webhook that sends events to a URL',
			method: 'POST',
			path: '/webhook/add',
			effect: 'writes',
			fields: [
				{ ...url, required: true },
				{ ...emailEventsField, main: true },
				{ ...smsEventsField, main: true },
				...settings,
			],
			result: { is: 'record', simple },
			notice:
				'A free account can have one webhook, a paid account ten. ' +
				'To react to events, use the SMTP2GO trigger, which manages its own webhook.',
			sample,
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete webhook',
			help: 'Delete a webhook, so that its URL gets no more events',
			method: 'POST',
			path: '/webhook/remove',
			effect: 'destroys',
			fields: [webhookId, subaccountId],
			result: { is: 'deleted' },
			notice:
				'SMTP2GO stops sending events to this URL. If you create the webhook again, it does not report ' +
				'past events.',
			sample,
		},
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many webhooks',
			help: 'List the webhooks of the account',
			method: 'POST',
			path: '/webhook/view',
			effect: 'reads',
			fields: [subaccountId],
			result: { is: 'list', at: 'webhooks', simple },
			sample: [sample],
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update webhook',
			help: 'Change the URL, events, or settings of a webhook',
			method: 'POST',
			path: '/webhook/edit',
			effect: 'writes',
			fields: [webhookId, url, emailEventsField, smsEventsField, ...settings],
			result: { is: 'record', simple },
			sample,
		},
	],
} as const satisfies Resource;
