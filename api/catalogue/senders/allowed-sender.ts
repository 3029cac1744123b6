/** The list of allowed or blocked senders. */
import { subaccountId } from '../common';
import type { Field, Resource } from '../types';

const senders = {
	name: 'allowed_senders',
	label: 'Senders',
	kind: 'addressesOrDomains',
	required: true,
	help: 'Email addresses and domains, separated by commas',
	placeholder: 'e.g. jane@example.com, example.org',
} as const satisfies Field;

const sample = { allowed_senders: ['test-person@example.com'], mode: 'disabled' } as const;

export const allowedSender = {
	key: 'allowedSender',
	label: 'Allowed Sender',
	help: 'Manage the list of allowed or blocked senders',
	operations: [
		{
			key: 'get',
			label: 'Get',
			action: 'Get allowed senders',
			help: 'Get the list and its mode',
			method: 'POST',
			path: '/allowed_senders/view',
			effect: 'reads',
			fields: [subaccountId],
			result: { is: 'record' },
			sample,
		},
		{
			key: 'add',
			label: 'Add',
			action: 'Add allowed senders',
			help: 'Add addresses and domains to the list',
			method: 'POST',
			path: '/allowed_senders/add',
			effect: 'writes',
			fields: [{ ...senders, min: 1 }, subaccountId],
			result: { is: 'record' },
			notice:
				'The effect depends on the mode of the list. With a whitelist, these senders can send. ' +
				'With a blacklist, they cannot.',
			sample,
		},
		{
			key: 'remove',
			label: 'Remove',
			action: 'Remove allowed senders',
			help: 'Remove addresses and domains from the list',
			method: 'POST',
			path: '/allowed_senders/remove',
			effect: 'destroys',
			fields: [{ ...senders, min: 1 }, subaccountId],
			result: { is: 'record' },
			notice:
				'The effect depends on the mode of the list. With a whitelist, these senders can no longer send. ' +
				'With a blacklist, they can send again.',
			sample,
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace allowed senders',
			help: 'Replace the whole list and its mode',
			method: 'POST',
			path: '/allowed_senders/update',
			effect: 'destroys',
			fields: [
				senders,
				{
					name: 'mode',
					label: 'Mode',
					kind: 'choice',
					required: true,
					default: 'disabled',
					help: 'How the list is used',
					choices: [
						{ value: 'blacklist', label: 'Blacklist', help: 'All senders except these can send' },
						{ value: 'disabled', label: 'Disabled', help: 'The list is not used' },
						{ value: 'whitelist', label: 'Whitelist', help: 'Only these senders can send' },
					],
				},
				subaccountId,
			],
			result: { is: 'record' },
			notice:
				'The current list is lost. A whitelist or blacklist also turns off sender domains and single ' +
				'senders for the whole account, so emails from them may be rejected immediately.',
			sample: { ...sample, mode: 'whitelist' },
		},
	],
} as const satisfies Resource;
