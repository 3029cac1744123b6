import { subaccountId } from '../common';
import type { Field, Resource } from '../types';

const recipients = {
	name: 'allowed_recipients',
	label: 'Recipients',
	kind: 'addressesOrDomains',
	required: true,
	help: 'Email addresses and domains, separated by commas',
	placeholder: 'e.g. jane@example.com, example.org',
} as const satisfies Field;
const enabled = {
	name: 'enabled',
	label: 'Enabled',
	kind: 'boolean',
	default: false,
	help: 'Whether email goes to recipients on this list only',
} as const satisfies Field;

const sample = { allowed_recipients: ['test-person@example.com'], enabled: true } as const;

export const allowedRecipient = {
	key: 'allowedRecipient',
	label: 'Allowed Recipient',
	help: 'The only recipients email may go to, while the list is on',
	operations: [
		{
			key: 'get',
			label: 'Get',
			action: 'Get allowed recipients',
			help: 'Read the list, and whether it is on',
			method: 'POST',
			path: '/allowed_recipients/view',
			effect: 'reads',
			fields: [subaccountId],
			result: { is: 'record' },
			sample,
		},
		{
			key: 'add',
			label: 'Add',
			action: 'Add allowed recipients',
			help: 'Add addresses and domains to the list',
			method: 'POST',
			path: '/allowed_recipients/add',
			effect: 'writes',
			fields: [{ ...recipients, min: 1 }, enabled, subaccountId],
			result: { is: 'record' },
			sample,
		},
		{
			key: 'remove',
			label: 'Remove',
			action: 'Remove allowed recipients',
			help: 'Take addresses and domains off the list',
			method: 'POST',
			path: '/allowed_recipients/remove',
			effect: 'destroys',
			fields: [{ ...recipients, min: 1 }, enabled, subaccountId],
			result: { is: 'record' },
			notice: 'While the list is on, email to them is refused at once.',
			sample,
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace allowed recipients',
			help: 'Set the whole list and whether it is on',
			method: 'POST',
			path: '/allowed_recipients/update',
			effect: 'destroys',
			fields: [recipients, { ...enabled, required: true }, subaccountId],
			result: { is: 'record' },
			notice: 'The list there is now is lost. Turned on, email to everybody who is not on the new one is refused at once.',
			sample,
		},
	],
} as const satisfies Resource;
