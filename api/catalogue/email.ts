import { fastAccept, schedule } from './common';
import type { Field, Resource } from './types';

const people = 'separated by commas, each as an address or as Name &lt;address&gt;, at most 100';

/** The fields of one mail; a batch is a list of records with the same names. */
export const mailFields = [
	{
		name: 'sender', label: 'From', kind: 'sender', required: true,
		help: 'Verified sender of the email, as an address or as Name &lt;address&gt;', placeholder: 'e.g. Nathan <nathan@example.com>',
	},
	{ name: 'to', label: 'To', kind: 'recipients', required: true, max: 100, help: `Recipients ${people}`, placeholder: 'e.g. jane@example.com, Joe <joe@example.com>' },
	{
		name: 'template_id', label: 'Template', kind: 'template', main: true,
		help: 'Template that gives subject and body; leave empty to write them here',
	},
	{ name: 'template_data', label: 'Template Data', kind: 'templateData', main: true, when: 'template_id', help: 'Values for the variables of the template' },
	{ name: 'subject', label: 'Subject', kind: 'text', line: true, main: true, unless: 'template_id', help: 'Subject line of the email', placeholder: 'e.g. Your receipt' },
	{ name: 'html_body', label: 'HTML Body', kind: 'html', main: true, unless: 'template_id', help: 'Body of the email as HTML', placeholder: 'e.g. <p>Thank you for your order</p>' },
	{ name: 'text_body', label: 'Text Body', kind: 'longText', main: true, unless: 'template_id', help: 'Body of the email as plain text, for readers that show no HTML', placeholder: 'e.g. Thank you for your order' },
	{ name: 'attachments', label: 'Attachments', kind: 'attachments', main: true, help: 'Files to attach: their content, Base64, or a URL that SMTP2GO fetches' },
	{ name: 'inlines', label: 'Inline Images', kind: 'inlines', help: 'Images shown inside the HTML body as &lt;img src="cid:FILENAME"&gt;' },
	{ name: 'cc', label: 'CC', kind: 'recipients', max: 100, help: `Recipients of a copy, ${people}`, placeholder: 'e.g. jane@example.com' },
	{ name: 'bcc', label: 'BCC', kind: 'recipients', max: 100, help: `Recipients of a hidden copy, ${people}`, placeholder: 'e.g. archive@example.com' },
	{ name: 'reply_to', label: 'Reply To', kind: 'replyTo', max: 100, help: 'Where answers go, as an address or as Name &lt;address&gt;', placeholder: 'e.g. support@example.com' },
	{ name: 'custom_headers', label: 'Custom Headers', kind: 'headers', help: 'Further headers of the email, such as an ID of your own that a trigger can echo' },
	schedule,
	fastAccept,
] as const satisfies readonly Field[];

const sentSample = { succeeded: 1, failed: 0, failures: [], email_id: '1u0SwL-B9zBpi9ffUq-JAB2' } as const;

/** What a user gets of an email that was sent, however it was. */
const shown = {
	emailId: '1u0SwL-B9zBpi9ffUq-JAB2', scheduleId: null, to: ['Jane <jane@example.com>'], cc: [], bcc: [], subject: 'Your receipt', sender: 'Shop <shop@example.com>',
} as const;

export const email = {
	key: 'email',
	label: 'Email',
	help: 'Send emails now, later or in batches',
	operations: [
		{
			key: 'send', label: 'Send', action: 'Send email', help: 'Send one email',
			method: 'POST', path: '/email/send', effect: 'sends', together: 'mails',
			fields: mailFields,
			needs: [['subject', 'template_id'], ['html_body', 'text_body', 'template_id']],
			result: { is: 'sent', shown },
			sample: sentSample,
		},
		{
			key: 'sendMime', label: 'Send MIME', action: 'Send MIME email', help: 'Send one email that is already a complete MIME message',
			method: 'POST', path: '/email/mime', effect: 'sends',
			fields: [
				{ name: 'mime_email', label: 'MIME Message', kind: 'mime', required: true, help: 'The whole message with its headers, as text or Base64' },
				schedule,
				fastAccept,
			],
			result: { is: 'sent', shown },
			sample: sentSample,
		},
		{
			key: 'sendBatch', label: 'Send Batch', action: 'Send batch of emails', help: 'Send up to 1,000 emails in one call',
			method: 'POST', path: '/email/batch', effect: 'sends',
			fields: [
				{
					name: 'emails', label: 'Emails', kind: 'emails', required: true, min: 1, max: 1000,
					help: 'List of emails as JSON, each with the API names of the fields of Send, as in [{"sender": "shop@example.com", "to": ["jane@example.com"], "subject": "Hi", "text_body": "Hello"}]',
					placeholder: 'e.g. [{"sender": "shop@example.com", "to": ["jane@example.com"], "subject": "Hi", "text_body": "Hello"}]',
				},
			],
			result: { is: 'batch', shown },
			sample: [{ email_id: '123456-1234-12' }, { schedule_id: '188262b6-f6cc-4c98-bbe6-84c39d1c0ef4' }],
		},
		{
			key: 'searchScheduled', label: 'Search Scheduled', action: 'Search scheduled emails', help: 'List emails that wait for their time',
			method: 'POST', path: '/email/scheduled/search', effect: 'reads',
			fields: [
				{ name: 'schedule_id', label: 'Schedule ID', kind: 'text', id: true, help: 'Only the email with this schedule ID' },
				{ name: 'search_subject', label: 'Subject Contains', kind: 'text', help: 'Only emails with this subject' },
				{ name: 'search_recipient', label: 'Recipient Contains', kind: 'text', help: 'Only emails to this recipient' },
				{ name: 'search_sender', label: 'Sender Contains', kind: 'text', help: 'Only emails from this sender' },
				{ name: 'limit', param: 'emailLimit', label: 'Page Size', kind: 'number', min: 1, max: 1000, default: 1000, help: 'How many emails one call fetches' },
				{ name: 'page', label: 'First Page', kind: 'number', min: 1, help: 'Page to start at, counted from 1' },
			],
			paging: { by: 'page', size: { name: 'limit', max: 1000 } },
			result: { is: 'list', at: '' },
			sample: [{
				schedule_id: '4d3b03a7-8663-4592-899a-b479ba6fcba9', schedule: '2025-06-30T23:11:56Z', sender: 'test@example.com',
				subject: 'test 1', recipients: 'test@example2.com', client_ip: '127.0.0.1',
			}],
		},
		{
			key: 'cancelScheduled', label: 'Cancel Scheduled', action: 'Cancel scheduled email', help: 'Take back an email before its time has come',
			method: 'POST', path: '/email/scheduled/remove', effect: 'destroys',
			fields: [
				{ name: 'schedule_id', label: 'Schedule ID', kind: 'text', id: true, required: true, help: 'The schedule ID that Send answered with', placeholder: 'e.g. caa928f4-24ec-4a68-bcfc-1fd2596342f0' },
			],
			result: { is: 'deleted' },
			notice: 'The scheduled email is never sent. This cannot be undone.',
			sample: {},
		},
	],
} as const satisfies Resource;
