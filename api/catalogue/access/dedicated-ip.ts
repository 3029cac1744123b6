import type { Resource } from '../types';

export const dedicatedIp = {
	key: 'dedicatedIp',
	label: 'Dedicated IP',
	help: 'Pools of addresses that only this account sends from',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many dedicated IP pools',
			help: 'List the pools of dedicated IP addresses',
			method: 'POST',
			path: '/dedicated_ips/view',
			effect: 'reads',
			fields: [],
			result: { is: 'list', at: '' },
			sample: [{ id: 1234, name: 'Main Pool', ip_addresses: ['127.0.0.1'] }],
		},
	],
} as const satisfies Resource;
