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
	help: 'A list of senders that alone are allowed, or that are refused',
	operations: [
		{
			key: 'get',
			label: 'Get',
			action: 'Get allowed senders',
			help: 'Read the list, and how it is used',
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
			notice: 'What this means depends on the mode of the list: as a whitelist it lets them send, as a blacklist it stops them.',
			sample,
		},
		{
			key: 'remove',
			label: 'Remove',
			action: 'Remove allowed senders',
			help: 'Take addresses and domains off the list',
			method: 'POST',
			path: '/allowed_senders/remove',
			effect: 'destroys',
			fields: [{ ...senders, min: 1 }, subaccountId],
			result: { is: 'record' },
			notice: 'What this means depends on the mode of the list: off a whitelist they can no longer send, off a blacklist they can again.',
			sample,
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace allowed senders',
			help: 'Set the whole list and how it is used',
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
						{ value: 'blacklist', label: 'Blacklist', help: 'All but these may send' },
						{ value: 'disabled', label: 'Disabled', help: 'The list is not used' },
						{ value: 'whitelist', label: 'Whitelist', help: 'Only these may send' },
					],
				},
				subaccountId,
			],
			result: { is: 'record' },
			notice: 'The list there is now is lost. As a whitelist or blacklist it also turns off sender domains and single senders for the whole account: email from them may be refused at once.',
			sample: { ...sample, mode: 'whitelist' },
		},
	],
} as const satisfies Resource;
