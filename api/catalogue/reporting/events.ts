/** What a webhook reports: the choices of its fields and of the triggers. */
import type { Choice } from '../types';

/** What SMTP2GO reports of an email, by the names of the API (contract, `webhook/add`). */
export const emailEvents = [
	{ value: 'bounce', label: 'Bounce', help: 'The email could not be delivered, for now (soft) or for good (hard)' },
	{ value: 'click', label: 'Click', help: 'A link in the email was followed' },
	{ value: 'delivered', label: 'Delivered', help: 'The server of the recipient took the mail' },
	{ value: 'open', label: 'Open', help: 'The email was opened' },
	{ value: 'processed', label: 'Processed', help: 'SMTP2GO took the email and starts to deliver it' },
	{
		value: 'reject',
		label: 'Reject',
		help: 'SMTP2GO refused to deliver the mail: the recipient is suppressed or the sender not verified',
	},
	{ value: 'spam', label: 'Spam Complaint', help: 'The recipient reported the email as spam' },
	{ value: 'unsubscribe', label: 'Unsubscribe', help: 'The recipient unsubscribed' },
] as const satisfies readonly Choice[];

/** What SMTP2GO reports of a text message, by the names of the API. */
export const smsEvents = [
	{ value: 'delivered', label: 'Delivered', help: 'The phone got the message' },
	{ value: 'failed', label: 'Failed', help: 'The message could not be delivered' },
	{ value: 'opt-out', label: 'Opt-Out', help: 'The recipient asked for no more messages' },
	{ value: 'rejected', label: 'Rejected', help: 'The message was refused' },
	{ value: 'sending', label: 'Sending', help: 'The message is on its way' },
	{ value: 'submitted', label: 'Submitted', help: 'The message was handed to the carrier' },
] as const satisfies readonly Choice[];

export type EmailEvent = (typeof emailEvents)[number]['value'];

export type SmsEvent = (typeof smsEvents)[number]['value'];
