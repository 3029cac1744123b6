/** Single addresses that the account sends from. */
import { subaccountId } from '../common';
import type { Resource } from '../types';

export const singleSender = {
	key: 'singleSender',
	label: 'Single Sender',
	help: 'Single addresses that email may be sent from, each verified by an email to it',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many single senders',
			help: 'List single sender addresses, and whether they are verified',
			method: 'POST',
			path: '/single_sender_emails/view',
			effect: 'reads',
			fields: [
				{
					name: 'email_address',
					param: 'singleSender',
					label: 'Email Address',
					kind: 'singleSender',
					help: 'Only this address',
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
			help: 'Add an address, or send its verification email again',
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
					help: 'The address; an email to it asks for confirmation',
					placeholder: 'e.g. nathan@example.com',
				},
				{
					name: 'message',
					label: 'Message',
					kind: 'longText',
					help: 'Plain text that is added to the verification email',
					placeholder: 'e.g. Please press the button to let our shop send for you',
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
			help: 'No longer let email be sent from an address',
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
					help: 'The address, chosen from the list or typed',
				},
				subaccountId,
			],
			result: { is: 'deleted' },
			notice: 'Email from this address is refused at once. To use it again, it must be verified anew.',
			sample: 'OK',
		},
	],
} as const satisfies Resource;
