/** Checks the addresses of a list before anything is sent. */
import { subaccountId } from '../common';
import type { CompoundOperation } from '../types';

export const checkRecipients = {
	key: 'checkRecipients',
	label: 'Check Recipients',
	action: 'Check recipients',
	help: 'Check which addresses of a list are missing, invalid, duplicates, suppressed, or not allowed',
	effect: 'reads',
	calls: ['/suppression/view'],
	optionalCalls: ['/allowed_recipients/view'],
	fields: [
		{
			name: 'addresses',
			label: 'Addresses',
			kind: 'addressList',
			main: true,
			help: 'One address, or a list of them; all addresses of a run are checked together',
			placeholder: 'e.g. jane@example.com, joe@example.com',
		},
		subaccountId,
	],
	result: { is: 'list' },
	sample: [
		{
			address: 'jane@example.com',
			ok: true,
			problem: null,
			message: null,
			reason: null,
			since: null,
			entry: null,
		},
		{
			address: 'joe@example.com',
			ok: false,
			problem: 'suppressed',
			message: 'SMTP2GO does not send to this address: it is on the suppression list (bounce)',
			reason: 'bounce',
			since: '2026-11-14T07:54:45Z',
			entry: 'joe@example.com',
		},
	],
} as const satisfies CompoundOperation;
