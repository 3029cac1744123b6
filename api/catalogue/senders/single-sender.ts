/** Single addresses that the account sends from. */
import { subaccountId } from '../common';
import type { Resource } from '../types';

export const singleSender = {
	key: 'singleSender',
	label: 'Single Sender',
	help: 'Manage addresses that emails can be sent from, each verified by email',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many single senders',
			help: 'List single senders and whether they are verified',
			method: 'POST',
			path: '/single_sender_emails/view',
			effect: 'reads',
			fields: [
				{
					name: 'email_address',
					param: 'singleSender',
					label: 'Email Address',
					kind: 'singleSender',
					help: 'Return only this address',
				},
				subaccountId,
			],
			result: { is: 'list', at: 'senders' },
			sample: { senders: [{ email_address: 'test@test.com', verified: true }] },
		},
		{
			key: 'create',
			label: 'Create',
			action: 'Create single sender',
			help: 'Add an address, or resend its verification email',
			method: 'POST',
			path: '/single_sender_emails/add',
			effect: 'writes',
			fields: [
				{
					name: 'email_address',
					param: 'newSender',
					label: 'Email Address',
					kind: 'emailAddress',
					required: true,
					help: 'The address, which gets a verification email',
					placeholder: 'e.g. nathan@example.com',
				},
				{
					name: 'message',
					label: 'Message',
					kind: 'longText',
					help: 'Plain text to add to the verification email',
					placeholder: 'e.g. Please click the button so that our shop can send for you',
				},
				subaccountId,
			],
			result: { is: 'record' },
			notice: 'SMTP2GO sends a verification email to this address. A free account has at most 5 verified senders.',
			sample: 'OK',
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete single sender',
			help: 'Delete an address, so that emails can no longer be sent from it',
			method: 'POST',
			path: '/single_sender_emails/remove',
			effect: 'destroys',
			fields: [
				{
					name: 'email_address',
					param: 'singleSender',
					label: 'Email Address',
					kind: 'singleSender',
					required: true,
					help: 'The address, from the list or typed in',
				},
				subaccountId,
			],
			result: { is: 'deleted' },
			notice: 'Emails from this address are rejected immediately. To use it again, you must verify it again.',
			sample: 'OK',
		},
	],
} as const satisfies Resource;
