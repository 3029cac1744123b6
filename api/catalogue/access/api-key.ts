/** API keys: the endpoints that a key can call, and how its emails are sent. */
import { subaccountId } from '../common';
import { senderSettings, shownSettings } from './sending-settings';
import type { Field, Resource } from '../types';

const key = {
	name: 'id',
	param: 'apiKeyId',
	label: 'API Key',
	kind: 'apiKey',
	help: 'The API key, from the list or typed in: the full key or its first 16 characters',
} as const satisfies Field;
const chosen = { ...key, required: true } as const satisfies Field;

const settings = [
	...senderSettings,
	{
		name: 'endpoints',
		label: 'Endpoints',
		kind: 'textList',
		help: "Endpoints that the key can call, separated by commas; only those that this node's key can call",
		placeholder: 'e.g. /email/send, /template/*',
	},
	subaccountId,
] as const satisfies readonly Field[];

const masked = {
	api_key: 'api-000000000000********************',
	username: 'api-000000000000',
	description: 'test api key',
	feedback_enabled: true,
	feedback_html: 'test_html',
	feedback_text: 'test_text',
	custom_ratelimit: true,
	custom_ratelimit_value: 123,
	custom_ratelimit_period: '0:30:00',
	open_tracking_enabled: true,
	click_tracking_enabled: true,
	archive_enabled: true,
	ippool: 1234,
	bounce_notifications: 'from',
	status: 'allowed',
	sending_status: 'allowed',
	endpoints: ['/email/send'],
} as const;

/** At most ten fields: `sending_status`, which shows whether SMTP2GO blocked the key, replaces open tracking. */
const simple = [
	'api_key',
	'username',
	'endpoints',
	'sending_status',
	...shownSettings.filter((name) => name !== 'open_tracking_enabled'),
] as const;

export const apiKey = {
	key: 'apiKey',
	label: 'API Key',
	help: 'Manage API keys, their permissions, and their sending settings',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many API keys',
			help: 'List the API keys of the account, partly masked',
			method: 'POST',
			path: '/api_keys/view',
			effect: 'reads',
			fields: [
				{ ...key, help: 'Return only this key' },
				{
					name: 'search',
					label: 'Search',
					kind: 'text',
					help: 'Return only keys that contain this word',
					placeholder: 'e.g. shop',
				},
				subaccountId,
			],
			result: { is: 'list', at: '', simple },
			sample: [masked],
		},
		{
			key: 'create',
			label: 'Create',
			action: 'Create API key',
			help: 'Create an API key; only this result shows the full key',
			method: 'POST',
			path: '/api_keys/add',
			effect: 'writes',
			rate: { calls: 5, seconds: 60 },
			fields: settings,
			result: { is: 'record', simple },
			notice:
				'Anyone with the key can use the account. Only this result shows the full key. ' +
				'Saved executions and logs with this result show it too. ' +
				'SMTP2GO accepts at most 5 new keys per minute.',
			sample: [{ ...masked, api_key: `api-${'0'.repeat(32)}` }],
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete API key',
			help: 'Permanently delete an API key',
			method: 'POST',
			path: '/api_keys/remove',
			effect: 'destroys',
			fields: [chosen, subaccountId],
			result: { is: 'deleted' },
			notice:
				'Everything that uses this key stops working immediately. This cannot be undone. ' +
				'If you delete the key that this node uses, the node loses access.',
			sample: {},
		},
		{
			key: 'getPermissions',
			label: 'Get Permissions',
			action: 'Get API key permissions',
			help: 'List the endpoints that the API key of this node can call',
			method: 'POST',
			path: '/api_keys/permissions',
			effect: 'reads',
			fields: [],
			result: { is: 'list', at: '' },
			sample: ['/email/send', '/api_keys/view'],
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update API key',
			help: 'Change settings of an API key; fields that are not set stay unchanged',
			method: 'PATCH',
			path: '/api_keys/edit',
			effect: 'writes',
			fields: [chosen, ...settings],
			result: { is: 'record', simple },
			notice:
				'Changes to the status and the endpoints take effect immediately. ' +
				'Anything that uses this key may stop working.',
			sample: [masked],
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace API key settings',
			help: 'Replace all settings of an API key; fields that are not set are reset, except the endpoints',
			method: 'POST',
			path: '/api_keys/edit',
			effect: 'destroys',
			fields: [chosen, ...settings],
			result: { is: 'record', simple },
			notice:
				'Every setting that is not set here is reset to its default, except the endpoints. ' +
				'To change only some settings, use Update.',
			sample: [masked],
		},
	],
} as const satisfies Resource;
