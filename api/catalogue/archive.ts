import { continueToken, endDate, startDate, subaccountId, username } from './common';
import type { Resource } from './types';

const sample = {
	attachment_count: 0, attachments: [], byte_count: 1422, email_id: '1u0SwL-B9zBpi9ffUq-JAB2', envelope_from: 'test@test.com', headers: '...', recipient: 'test@test.com',
	sender: 'test@test.com', sent: '2021-11-08T18:58:47Z', subject: 'test', to: 'test@test.com', url: '...', username: 'api-12345678',
} as const;
const simple = ['email_id', 'sent', 'sender', 'recipient', 'to', 'subject', 'username', 'attachment_count', 'byte_count', 'url'] as const;

export const archive = {
	key: 'archive',
	label: 'Archive',
	help: 'Sent emails that SMTP2GO keeps whole, where archiving is on (paid plans)',
	operations: [
		{
			key: 'search', label: 'Search', action: 'Search archived emails', help: 'List kept email, by default since midnight UTC',
			method: 'POST', path: '/archive/search', effect: 'reads',
			fields: [
				startDate,
				endDate,
				username,
				{ name: 'recipient', param: 'archiveRecipient', label: 'Recipient', kind: 'text', help: 'Only email to exactly this recipient', placeholder: 'e.g. jane@example.com' },
				{ name: 'sender', param: 'archiveSender', label: 'Sender', kind: 'text', help: 'Only email from exactly this sender', placeholder: 'e.g. shop@example.com' },
				{ name: 'envelope_from', label: 'Envelope Sender', kind: 'text', help: 'Only email with exactly this sender on the envelope, to which bounces go' },
				{ name: 'subject', param: 'archiveSubject', label: 'Subject', kind: 'text', help: 'Only email with exactly this subject' },
				{ name: 'headers', param: 'headersContain', label: 'Headers Contain', kind: 'text', help: 'Only email whose headers hold this text', placeholder: 'e.g. X-Order-ID: 4711' },
				{ name: 'limit', param: 'archiveLimit', label: 'Page Size', kind: 'number', min: 1, max: 5000, default: 5000, help: 'How many emails one call fetches' },
				continueToken,
				subaccountId,
			],
			paging: { by: 'token', size: { name: 'limit', max: 5000 } },
			result: { is: 'list', at: 'emails', cap: 5000, dates: ['sent'], simple },
			sample: { email_count: 1, emails: [sample] },
		},
		{
			key: 'get', label: 'Get', action: 'Get archived email', help: 'Read one kept email with a link to its original',
			method: 'POST', path: '/archive/email', effect: 'reads',
			fields: [
				{ name: 'email_id', label: 'Email ID', kind: 'text', id: true, required: true, help: 'The ID that Send answered with', placeholder: 'e.g. 1u0SwL-B9zBpi9ffUq-JAB2' },
				{
					name: 'download', label: 'Download', kind: 'boolean', default: false, local: true,
					help: 'Whether to fetch the whole email as a file (.eml), which comes beside the other data',
				},
				subaccountId,
			],
			result: { is: 'record', dates: ['sent'], simple, file: { at: 'url', name: 'email_id', extension: '.eml', mimetype: 'message/rfc822', when: 'download' } },
			sample,
		},
	],
} as const satisfies Resource;
