/** Emails: send now, later, in batches or as MIME. */
import { fastAccept, schedule } from '../common';
import type { Field, Resource } from '../types';

const people = 'separated by commas, each as an address or Name &lt;address&gt;';

/** The fields of one email; a batch is a list of records with the same names. */
export const emailFields = [
	{
		name: 'sender',
		label: 'From',
		kind: 'sender',
		required: true,
		help: 'The verified sender, as an address or Name &lt;address&gt;',
		placeholder: 'e.g. Nathan <nathan@example.com>',
	},
	{
		name: 'to',
		label: 'To',
		kind: 'recipients',
		required: true,
		max: 100,
		help: `Up to 100 recipients, ${people}`,
		placeholder: 'e.g. jane@example.com, Joe <joe@example.com>',
	},
	{
		name: 'template_id',
		label: 'Template',
		kind: 'template',
		main: true,
		help: 'The template for the subject and body; if empty, enter them below',
	},
	{
		name: 'template_data',
		label: 'Template Data',
		kind: 'templateData',
		main: true,
		shownWith: 'template_id',
		help: 'Values for the template variables',
	},
	{
		name: 'subject',
		label: 'Subject',
		kind: 'text',
		line: true,
		main: true,
		hiddenBy: 'template_id',
		help: 'The subject of the email',
		placeholder: 'e.g. Your receipt',
	},
	{
		name: 'html_body',
		label: 'HTML Body',
		kind: 'html',
		main: true,
		hiddenBy: 'template_id',
		help: 'The email body as HTML',
		placeholder: 'e.g. <p>Thank you for your order</p>',
	},
	{
		name: 'text_body',
		label: 'Text Body',
		kind: 'longText',
		main: true,
		hiddenBy: 'template_id',
		help: 'The email body as plain text, or the plain-text version of the HTML body',
		placeholder: 'e.g. Thank you for your order',
	},
	{
		name: 'attachments',
		label: 'Attachments',
		kind: 'attachments',
		main: true,
		help: 'Files to attach: each is a file, Base64 text, or a URL that SMTP2GO downloads',
	},
	{
		name: 'inlines',
		label: 'Inline Images',
		kind: 'inlines',
		help: 'Images to show in the HTML body with &lt;img src="cid:NAME"&gt;',
	},
	{
		name: 'cc',
		label: 'CC',
		kind: 'recipients',
		max: 100,
		help: `Up to 100 CC recipients, ${people}`,
		placeholder: 'e.g. jane@example.com',
	},
	{
		name: 'bcc',
		label: 'BCC',
		kind: 'recipients',
		max: 100,
		help: `Up to 100 BCC recipients, ${people}`,
		placeholder: 'e.g. archive@example.com',
	},
	{
		name: 'reply_to',
		label: 'Reply To',
		kind: 'replyTo',
		max: 100,
		help: 'Where replies go, as an address or Name &lt;address&gt;',
		placeholder: 'e.g. support@example.com',
	},
	{
		name: 'custom_headers',
		label: 'Custom Headers',
		kind: 'headers',
		help: 'Additional email headers, such as an order ID that the trigger returns with each event',
	},
	schedule,
	fastAccept,
] as const satisfies readonly Field[];

const sentSample = { succeeded: 1, failed: 0, failures: [], email_id: '1u0SwL-B9zBpi9ffUq-JAB2' } as const;

/** The result for an email that was sent in any way. */
const shown = {
	emailId: '1u0SwL-B9zBpi9ffUq-JAB2',
	scheduleId: null,
	to: ['Jane <jane@example.com>'],
	cc: [],
	bcc: [],
	subject: 'Your receipt',
	sender: 'Shop <shop@example.com>',
} as const;

export const email = {
	key: 'email',
	label: 'Email',
	help: 'Send emails immediately, on a schedule, or in batches',
	operations: [
		{
			key: 'send',
			label: 'Send',
			action: 'Send email',
			help: 'Send an email',
			method: 'POST',
			path: '/email/send',
			effect: 'sends',
			together: 'emails',
			fields: emailFields,
			needs: [
				['subject', 'template_id'],
				['html_body', 'text_body', 'template_id'],
			],
			result: { is: 'sent', shown },
			sample: sentSample,
		},
		{
			key: 'sendMime',
			label: 'Send MIME',
			action: 'Send MIME email',
			help: 'Send an email that is a complete MIME message',
			method: 'POST',
			path: '/email/mime',
			effect: 'sends',
			fields: [
				{
					name: 'mime_email',
					label: 'MIME Message',
					kind: 'mime',
					required: true,
					help: 'The complete message with its headers, as text or Base64',
				},
				schedule,
				fastAccept,
			],
			result: { is: 'sent', shown },
			sample: sentSample,
		},
		{
			key: 'sendBatch',
			label: 'Send Batch',
			action: 'Send batch of emails',
			help: 'Send up to 1,000 emails in one call',
			method: 'POST',
			path: '/email/batch',
			effect: 'sends',
			fields: [
				{
					name: 'emails',
					label: 'Emails',
					kind: 'emails',
					required: true,
					min: 1,
					max: 1000,
					help:
						'A JSON list of emails with the API field names of Send, such as sender, to, subject, and ' +
						'text_body',
					placeholder:
						'e.g. [{"sender": "a@example.com", "to": ["b@example.com"], "subject": ' +
						'"Hi", "text_body": "Hello"}]',
				},
			],
			result: { is: 'batch', shown },
			sample: [{ email_id: '123456-1234-12' }, { schedule_id: '188262b6-f6cc-4c98-bbe6-84c39d1c0ef4' }],
		},
		{
			key: 'searchScheduled',
			label: 'Search Scheduled',
			action: 'Search scheduled emails',
			help: 'List emails that are scheduled to be sent',
			method: 'POST',
			path: '/email/scheduled/search',
			effect: 'reads',
			fields: [
				{
					name: 'schedule_id',
					label: 'Schedule ID',
					kind: 'text',
					id: true,
					help: 'Return only the email with this schedule ID',
				},
				{
					name: 'search_subject',
					label: 'Subject Contains',
					kind: 'text',
					help: 'Return only emails whose subject contains this text',
				},
				{
					name: 'search_recipient',
					label: 'Recipient Contains',
					kind: 'text',
					help: 'Return only emails whose recipient contains this text',
				},
				{
					name: 'search_sender',
					label: 'Sender Contains',
					kind: 'text',
					help: 'Return only emails whose sender contains this text',
				},
				{
					name: 'limit',
					param: 'emailLimit',
					label: 'Page Size',
					kind: 'number',
					min: 1,
					max: 1000,
					default: 1000,
					help: 'The number of emails to fetch per call',
				},
				{
					name: 'page',
					label: 'First Page',
					kind: 'number',
					min: 1,
					help: 'The page to start at, counting from 1',
				},
			],
			paging: { by: 'page', size: { name: 'limit', max: 1000 } },
			result: { is: 'list', at: '' },
			sample: [
				{
					schedule_id: '4d3b03a7-8663-4592-899a-b479ba6fcba9',
					schedule: '2025-06-30T23:11:56Z',
					sender: 'test@example.com',
					subject: 'test 1',
					recipients: 'test@example2.com',
					client_ip: '127.0.0.1',
				},
			],
		},
		{
			key: 'cancelScheduled',
			label: 'Cancel Scheduled',
			action: 'Cancel scheduled email',
			help: 'Cancel a scheduled email before it is sent',
			method: 'POST',
			path: '/email/scheduled/remove',
			effect: 'destroys',
			fields: [
				{
					name: 'schedule_id',
					label: 'Schedule ID',
					kind: 'text',
					id: true,
					required: true,
					help: 'The schedule ID that Send returned',
					placeholder: 'e.g. caa928f4-24ec-4a68-bcfc-1fd2596342f0',
				},
			],
			result: { is: 'deleted' },
			notice: 'The scheduled email will not be sent. This cannot be undone.',
			sample: {},
		},
	],
} as const satisfies Resource;
