/** The IP addresses that calls and SMTP connections may come from. */
import type { Field, Resource } from '../types';

const list = {
	name: 'type',
	param: 'listType',
	label: 'List',
	kind: 'choice',
	main: true,
	default: 'smtp',
	help: 'The list to use: addresses that can send over SMTP, or addresses that can call the API',
	choices: [
		{ value: 'api', label: 'API' },
		{ value: 'smtp', label: 'SMTP' },
	],
} as const satisfies Field;
const address = {
	name: 'ip_address',
	label: 'IP Address',
	kind: 'ipAddress',
	required: true,
	help: 'An address that can use the account',
	placeholder: 'e.g. 192.0.2.1',
} as const satisfies Field;
const description = {
	name: 'description',
	label: 'Description',
	kind: 'text',
	help: 'A note that is shown in the list',
	placeholder: 'e.g. Office',
} as const satisfies Field;

const entry = { ip_address: '192.0.2.1', description: 'Office' } as const;

export const ipAllowList = {
	key: 'ipAllowList',
	label: 'IP Allow List',
	help: 'Restrict the account to listed IP addresses',
	operations: [
		{
			key: 'get',
			label: 'Get',
			action: 'Get IP allow list',
			help: 'Get a list, and whether it is enabled',
			method: 'POST',
			path: '/ip_allow_list/view',
			effect: 'reads',
			keyInBody: true,
			fields: [list],
			result: { is: 'record' },
			sample: { enabled: false, ip_addresses: [entry] },
		},
		{
			key: 'add',
			label: 'Add',
			action: 'Add address to IP allow list',
			help: 'Add an address to a list',
			method: 'POST',
			path: '/ip_allow_list/add',
			effect: 'writes',
			keyInBody: true,
			fields: [list, address, description],
			result: { is: 'record' },
			notice: 'While the list is enabled, this address can use the account.',
			sample: entry,
		},
		{
			key: 'remove',
			label: 'Remove',
			action: 'Remove address from IP allow list',
			help: 'Remove an address from a list',
			method: 'POST',
			path: '/ip_allow_list/remove',
			effect: 'destroys',
			keyInBody: true,
			fields: [list, address],
			result: { is: 'deleted' },
			notice:
				'While the list is enabled, this address is locked out immediately. ' +
				'If you remove the address of this server, this node is locked out too.',
			sample: entry,
		},
		{
			key: 'setEnabled',
			label: 'Enable or Disable',
			action: 'Enable or disable IP allow list',
			help: 'Restrict access to the addresses on a list, or allow all addresses again',
			method: 'POST',
			path: '/ip_allow_list',
			effect: 'writes',
			keyInBody: true,
			fields: [
				list,
				{
					name: 'enabled',
					label: 'Enabled',
					kind: 'boolean',
					required: true,
					default: false,
					help: 'Whether only the addresses on the list have access',
				},
			],
			result: { is: 'record' },
			notice:
				'Once the list is enabled, every address that is not on it is locked out, even that of this ' +
				"server. You can then disable the list only on SMTP2GO's website.",
			sample: { enabled: false },
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update address on IP allow list',
			help: 'Change an address on a list or its description',
			method: 'POST',
			path: '/ip_allow_list/edit',
			effect: 'writes',
			keyInBody: true,
			fields: [
				list,
				{ ...address, help: 'The address as it appears on the list' },
				{
					name: 'new_ip_address',
					label: 'New IP Address',
					kind: 'ipAddress',
					help: 'The address that replaces it',
					placeholder: 'e.g. 192.0.2.2',
				},
				description,
			],
			result: { is: 'record' },
			notice: 'While the list is enabled, the old address is locked out as soon as the new one replaces it.',
			sample: entry,
		},
	],
} as const satisfies Resource;
