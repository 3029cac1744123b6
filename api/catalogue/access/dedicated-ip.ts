/** Pools of dedicated IP addresses. */
import type { Resource } from '../types';

export const dedicatedIp = {
	key: 'dedicatedIp',
	label: 'Dedicated IP',
	help: 'View the dedicated IP pools of the account',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many dedicated IP pools',
			help: 'List the dedicated IP pools and their addresses',
			method: 'POST',
			path: '/dedicated_ips/view',
			effect: 'reads',
			fields: [],
			result: { is: 'list', at: '' },
			sample: [{ id: 1234, name: 'Main Pool', ip_addresses: ['127.0.0.1'] }],
		},
	],
} as const satisfies Resource;
