import { subaccountId } from '../common';
import { senderSettings, shownSettings } from './sending-settings';
import type { Field, Resource } from '../types';

const key = {
	name: 'id',
	param: 'apiKeyId',
	label: 'API Key',
	kind: 'apiKey',
	help: 'The key, chosen from the list, or typed: whole, or as the first 16 characters by which SMTP2GO names it',
} as const satisfies Field;
const chosen = { ...key, required: true } as const satisfies Field;

const settings = [
	...senderSettings,
	{
		name: 'endpoints',
		label: 'Endpoints',
		kind: 'textList',
		help: 'Endpoints that the key may call, separated by commas; only those that the calling key has itself',
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
	help: 'Keys of the account: who may call which endpoint, and how their email is sent',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many API keys',
			help: 'List the keys of the account, each with its middle blotted out',
			method: 'POST',
			path: '/api_keys/view',
			effect: 'reads',
			fields: [
				{ ...key, help: 'Only this key' },
				{
					name: 'search',
					label: 'Search',
					kind: 'text',
					help: 'Only keys with this word',
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
			help: 'Add a key; its answer is the only one that ever shows it whole',
			method: 'POST',
			path: '/api_keys/add',
			effect: 'writes',
			rate: { calls: 5, seconds: 60 },
			fields: settings,
			result: { is: 'record', simple },
			notice: 'Whoever holds the key may use the account. It is shown whole only once, in the result, and then stays in the data of the run too. At most 5 keys a minute.',
			sample: [{ ...masked, api_key: `api-${'0'.repeat(32)}` }],
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete API key',
			help: 'Delete a key for good',
			method: 'POST',
			path: '/api_keys/remove',
			effect: 'destroys',
			fields: [chosen, subaccountId],
			result: { is: 'deleted' },
			notice: 'Everything that uses this key stops working at once. This cannot be undone. Deleting the key of this very account locks this node out.',
			sample: {},
		},
		{
			key: 'getPermissions',
			label: 'Get Permissions',
			action: 'Get permissions of API key',
			help: 'List the endpoints that the key of this node may call',
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
			help: 'Change settings of a key; what is left out stays as it is',
			method: 'PATCH',
			path: '/api_keys/edit',
			effect: 'writes',
			fields: [chosen, ...settings],
			result: { is: 'record', simple },
			notice: 'What uses this key may stop working: status and endpoints take effect at once.',
			sample: [masked],
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace settings of API key',
			help: 'Set a key anew; what is left out is reset, except endpoints',
			method: 'POST',
			path: '/api_keys/edit',
			effect: 'destroys',
			fields: [chosen, ...settings],
			result: { is: 'record', simple },
			notice: 'Every setting that is not given here goes back to its default; only the endpoints stay. To change some settings, choose Update.',
			sample: [masked],
		},
	],
} as const satisfies Resource;
