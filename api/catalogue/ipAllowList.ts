import type { Field, Resource } from './types';

const list = {
	name: 'type', param: 'listType', label: 'List', kind: 'choice', main: true, default: 'smtp', help: 'Which of the two lists: who may send over SMTP, or who may call the API',
	choices: [{ value: 'api', label: 'API' }, { value: 'smtp', label: 'SMTP' }],
} as const satisfies Field;
const address = { name: 'ip_address', label: 'IP Address', kind: 'ipAddress', required: true, help: 'An address that may use the account', placeholder: 'e.g. 192.0.2.1' } as const satisfies Field;
const description = { name: 'description', label: 'Description', kind: 'text', help: 'A note for people who read the list', placeholder: 'e.g. Office' } as const satisfies Field;

const entry = { ip_address: '192.0.2.1', description: 'Office' } as const;

export const ipAllowList = {
	key: 'ipAllowList',
	label: 'IP Allow List',
	help: 'The only addresses that may use the account, while a list is on',
	operations: [
		{
			key: 'get', label: 'Get', action: 'Get IP allow list', help: 'Read a list, and whether it is on',
			method: 'POST', path: '/ip_allow_list/view', effect: 'reads', keyInBody: true,
			fields: [list],
			result: { is: 'record' },
			sample: { enabled: false, ip_addresses: [entry] },
		},
		{
			key: 'add', label: 'Add', action: 'Add address to IP allow list', help: 'Add an address to a list',
			method: 'POST', path: '/ip_allow_list/add', effect: 'writes', keyInBody: true,
			fields: [list, address, description],
			result: { is: 'record' },
			notice: 'While the list is on, this address may use the account.',
			sample: entry,
		},
		{
			key: 'remove', label: 'Remove', action: 'Remove address from IP allow list', help: 'Take an address off a list',
			method: 'POST', path: '/ip_allow_list/remove', effect: 'destroys', keyInBody: true,
			fields: [list, address],
			result: { is: 'deleted' },
			notice: 'While the list is on, this address is locked out at once. Taking off the address of this server locks this very node out.',
			sample: entry,
		},
		{
			key: 'setEnabled', label: 'Turn On or Off', action: 'Turn IP allow list on or off', help: 'Let only the addresses of a list in, or all again',
			method: 'POST', path: '/ip_allow_list', effect: 'writes', keyInBody: true,
			fields: [list, { name: 'enabled', label: 'Enabled', kind: 'boolean', required: true, default: false, help: 'Whether only the addresses of the list are let in' }],
			result: { is: 'record' },
			notice: 'Turned on, every address that is not on the list is locked out at once: this server too, if it is not. It can then be turned off only on SMTP2GO\'s own page.',
			sample: { enabled: false },
		},
		{
			key: 'update', label: 'Update', action: 'Update address on IP allow list', help: 'Change an address of a list, or its description',
			method: 'POST', path: '/ip_allow_list/edit', effect: 'writes', keyInBody: true,
			fields: [
				list, { ...address, help: 'The address as it stands on the list' },
				{ name: 'new_ip_address', label: 'New IP Address', kind: 'ipAddress', help: 'The address that takes its place', placeholder: 'e.g. 192.0.2.2' }, description,
			],
			result: { is: 'record' },
			notice: 'While the list is on, the old address is locked out as soon as a new one takes its place.',
			sample: entry,
		},
	],
} as const satisfies Resource;
