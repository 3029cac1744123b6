/** The list of the only recipients that emails can go to. */
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
	help: 'Whether to send only to recipients on this list',
} as const satisfies Field;

const sample = { allowed_recipients: ['test-person@example.com'], enabled: true } as const;

export const allowedRecipient = {
	key: 'allowedRecipient',
	label: 'Allowed Recipient',
	help: 'Restrict emails to listed recipients',
	operations: [
		{
			key: 'get',
			label: 'Get',
			action: 'Get allowed recipients',
			help: 'Get the list, and whether it is enabled',
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
			help: 'Remove addresses and domains from the list',
			method: 'POST',
			path: '/allowed_recipients/remove',
			effect: 'destroys',
			fields: [{ ...recipients, min: 1 }, enabled, subaccountId],
			result: { is: 'record' },
			notice: 'While the list is enabled, emails to these recipients are rejected immediately.',
			sample,
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace allowed recipients',
			help: 'Replace the whole list, and set whether it is enabled',
			method: 'POST',
			path: '/allowed_recipients/update',
			effect: 'destroys',
			fields: [recipients, { ...enabled, required: true }, subaccountId],
			result: { is: 'record' },
			notice:
				'The current list is lost. If you enable the new list, emails to anyone who is not on it are ' +
				'rejected immediately.',
			sample,
		},
	],
} as const satisfies Resource;
