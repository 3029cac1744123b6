/** Subaccounts of the account. */
import { continueToken, pageSize, sortDirections } from '../common';
import type { Field, Resource } from '../types';

const account = {
	name: 'id',
	param: 'subaccount',
	label: 'Subaccount',
	kind: 'subaccount',
	required: true,
	help: 'The subaccount, from the list or by ID',
} as const satisfies Field;
const email = {
	name: 'email',
	label: 'Email Address',
	kind: 'emailAddress',
	help: 'The email address of the subaccount',
	placeholder: 'e.g. jane@example.com',
} as const satisfies Field;
const fullName = {
	name: 'fullname',
	label: 'Name',
	kind: 'text',
	help: 'The full name of the subaccount',
	placeholder: 'e.g. Example Ltd',
} as const satisfies Field;

const settings = [
	{
		name: 'limit',
		param: 'subaccountLimit',
		label: 'Monthly Email Limit',
		kind: 'number',
		min: 2000,
		max: 10_000_000,
		help:
			'Emails per billing cycle: 2000, 5000, 10000 to 60000 in steps of 10000, 80000, 100000, 250000, ' +
			'500000, or 1, 2, 3, 5, or 10 million',
	},
	{
		name: 'ip_pool',
		label: 'IP Pool',
		kind: 'ipPool',
		help: 'The dedicated IP pool to send emails from',
	},
	{
		name: 'dedicated_ip',
		label: 'Dedicated IP',
		kind: 'boolean',
		default: false,
		help: 'Whether the subaccount gets a dedicated IP address (monthly limits above 100,000 emails only)',
	},
	{
		name: 'archiving',
		label: 'Enable Archiving',
		kind: 'boolean',
		default: false,
		help: 'Whether the subaccount can turn on archiving for its senders',
	},
	{
		name: 'enforce_2fa',
		label: 'Enforce 2FA',
		kind: 'boolean',
		default: true,
		help: 'Whether team members must use two-factor authentication',
	},
	{
		name: 'enable_sms',
		label: 'Enable SMS',
		kind: 'boolean',
		default: false,
		help: 'Whether the subaccount can send text messages, which cost extra',
	},
	{
		name: 'sms_limit',
		label: 'Monthly SMS Limit',
		kind: 'number',
		min: 0,
		help: 'Text messages per month, within the limit of the master account',
	},
] as const satisfies readonly Field[];

const sample = {
	name: 'Test Person',
	id: '34l8oj',
	plan_size: 10_000,
	plan_used: 0,
	plan_remaining: 10_000,
	state: 'Active',
	dedicated_ip: false,
	archiving: true,
	enforce_2fa: true,
	sms_enabled: true,
	sms_limit: 1000,
} as const;

const simple = [
	'id',
	'name',
	'email',
	'state',
	'plan_size',
	'plan_used',
	'plan_remaining',
	'dedicated_ip',
	'sms_enabled',
	'sms_limit',
] as const;

export const subaccount = {
	key: 'subaccount',
	label: 'Subaccount',
	help: 'Manage subaccounts and their limits',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many subaccounts',
			help: 'List subaccounts',
			method: 'POST',
			path: '/subaccounts/search',
			effect: 'reads',
			fields: [
				{
					name: 'search_terms',
					label: 'Search Terms',
					kind: 'textList',
					help: 'Words to search for, separated by commas',
					placeholder: 'e.g. Example Ltd',
				},
				{
					name: 'fuzzy_search',
					label: 'Fuzzy Search',
					kind: 'boolean',
					default: false,
					help: 'Whether search terms can match parts of words',
				},
				{
					name: 'states',
					label: 'State',
					kind: 'choice',
					default: 'all',
					help: 'Return only subaccounts in this state',
					choices: [
						{ value: 'active', label: 'Active' },
						{ value: 'all', label: 'All' },
						{ value: 'closed', label: 'Closed' },
						{ value: 'suspended', label: 'Suspended' },
					],
				},
				{
					name: 'sort_direction',
					label: 'Sort Direction',
					kind: 'choice',
					choices: sortDirections,
					help: 'The sort order of the list',
				},
				pageSize,
				continueToken,
			],
			paging: { by: 'token', size: { name: 'page_size', max: 100 } },
			result: { is: 'list', at: 'subaccounts', total: 'total_count', simple },
			sample: {
				continue_token: '',
				total_count: 1,
				subaccounts: [
					{
						name: '10000',
						email: 'test@gmail.com',
						id: 'GnlKn5',
						plan_size: 10_000,
						plan_used: 0,
						plan_remaining: 10_000,
						state: 'Active',
						dedicated_ip: false,
					},
				],
			},
		},
		{
			key: 'close',
			label: 'Close',
			action: 'Close subaccount',
			help: 'Close a subaccount until it is reopened',
			method: 'POST',
			path: '/subaccount/close',
			effect: 'destroys',
			fields: [account, email],
			result: { is: 'record' },
			notice: 'The subaccount stops sending immediately. You can reopen it later.',
			sample: 'Successfully closed subaccount test@example.com',
		},
		{
			key: 'create',
			label: 'Create',
			action: 'Create subaccount',
			help: 'Create a subaccount, at most 50 per hour',
			method: 'POST',
			path: '/subaccount/add',
			effect: 'writes',
			rate: { calls: 50, seconds: 3600 },
			fields: [
				{ ...fullName, required: true },
				{
					name: 'subaccount_email',
					label: 'Team Member Email',
					kind: 'emailAddress',
					help: 'The email address of the first team member, who gets an invitation',
					placeholder: 'e.g. jane@example.com',
				},
				...settings,
			],
			result: { is: 'record', simple },
			notice: 'A subaccount counts toward the plan of the master account. SMS costs extra.',
			sample,
		},
		{
			key: 'reopen',
			label: 'Reopen',
			action: 'Reopen subaccount',
			help: 'Reopen a closed subaccount, so that it can send again',
			method: 'POST',
			path: '/subaccount/reopen',
			effect: 'writes',
			fields: [account, email],
			result: { is: 'record' },
			sample: 'Successfully reopened subaccount test@example.com',
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update subaccount',
			help: 'Change the name or limits of a subaccount',
			method: 'POST',
			path: '/subaccount/edit',
			effect: 'writes',
			fields: [account, fullName, ...settings],
			result: { is: 'record', simple },
			notice:
				'SMTP2GO does not document whether a setting that you leave empty stays unchanged or is reset. ' +
				'To be sure, set them all.',
			sample,
		},
	],
} as const satisfies Resource;
