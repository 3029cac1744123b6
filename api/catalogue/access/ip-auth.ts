/** IP addresses that can send without a username and a password. */
import { subaccountId } from '../common';
import { senderSettings, shownSettings } from './sending-settings';
import type { Field, Resource } from '../types';

const address = {
	name: 'ip_address',
	label: 'IP Address',
	kind: 'ipAddress',
	help: 'The address as it appears on the list',
	placeholder: 'e.g. 192.0.2.1',
} as const satisfies Field;
const chosen = { ...address, required: true } as const satisfies Field;

const sample = {
	ip_address: '127.0.0.1',
	description: 'test ip auth',
	feedback_enabled: true,
	feedback_html: 'test_html',
	feedback_text: 'test_text',
	ippool: 1234,
	bounce_notifications: 'from',
	status: 'allowed',
	custom_ratelimit: true,
	custom_ratelimit_value: 100,
	custom_ratelimit_period: '1 day',
	open_tracking_enabled: true,
	archive_enabled: true,
} as const;
const simple = ['ip_address', ...shownSettings] as const;

export const ipAuth = {
	key: 'ipAuth',
	label: 'IP Authentication',
	nodeLabel: 'IP Auth',
	help: 'Manage IP addresses that can send over SMTP without a password',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many authenticated IP addresses',
			help: 'List the IP addresses that can send without a password',
			method: 'POST',
			path: '/ip_auth/view',
			effect: 'reads',
			fields: [{ ...address, help: 'Return only this address' }, subaccountId],
			result: { is: 'list', at: 'results', simple },
			sample: { results: [sample], default_ratelimit_value: 0, default_ratelimit_period: 'unlimited' },
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete authenticated IP address',
			help: 'Stop an IP address from sending without a password',
			method: 'POST',
			path: '/ip_auth/remove',
			effect: 'destroys',
			fields: [chosen, subaccountId],
			result: { is: 'deleted' },
			notice:
				'Emails from this address are rejected immediately. The API cannot add the address again. ' +
				"To do that, use SMTP2GO's website.",
			sample: {},
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update authenticated IP address',
			help: 'Change settings of an IP address; fields that are not set stay unchanged',
			method: 'PATCH',
			path: '/ip_auth/edit',
			effect: 'writes',
			fields: [chosen, ...senderSettings, subaccountId],
			result: { is: 'record', simple },
			notice: 'A new status takes effect immediately. Anything that sends from this address may stop working.',
			sample: [sample],
		},
	],
} as const satisfies Resource;
