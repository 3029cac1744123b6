/** The events that a webhook can report: the choices of its fields and of the triggers. */
import type { Choice } from '../types';

/** The events of an email, by their names in the API (contract, `webhook/add`). */
export const emailEvents = [
	{
		value: 'bounce',
		label: 'Bounce',
		help: 'The email could not be delivered, temporarily (soft) or permanently (hard)',
	},
	{ value: 'click', label: 'Click', help: 'A link in the email was clicked' },
	{ value: 'delivered', label: 'Delivered', help: "The recipient's mail server accepted the email" },
	{ value: 'open', label: 'Open', help: 'The email was opened' },
	{ value: 'processed', label: 'Processed', help: 'SMTP2GO accepted the email and is about to deliver it' },
	{
		value: 'reject',
		label: 'Reject',
		help: 'SMTP2GO did not deliver the email because the recipient is suppressed or the sender is not verified',
	},
	{ value: 'spam', label: 'Spam Complaint', help: 'The recipient reported the email as spam' },
	{ value: 'unsubscribe', label: 'Unsubscribe', help: 'The recipient unsubscribed' },
] as const satisfies readonly Choice[];

/** The events of a text message, by their names in the API. */
export const smsEvents = [
	{ value: 'delivered', label: 'Delivered', help: 'The phone received the message' },
	{ value: 'failed', label: 'Failed', help: 'The message could not be delivered' },
	{ value: 'opt-out', label: 'Opt-Out', help: 'The recipient asked to receive no more messages' },
	{ value: 'rejected', label: 'Rejected', help: 'The message was rejected' },
	{ value: 'sending', label: 'Sending', help: 'The message is on its way' },
	{ value: 'submitted', label: 'Submitted', help: 'The message was handed over to the carrier' },
] as const satisfies readonly Choice[];

export type EmailEvent = (typeof emailEvents)[number]['value'];
export type SmsEvent = (typeof smsEvents)[number]['value'];
