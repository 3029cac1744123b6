import { continueToken, pageSize, sortDirections } from './common';
import type { Field, Resource } from './types';

const account = { name: 'id', param: 'subaccount', label: 'Subaccount', kind: 'subaccount', required: true, help: 'The subaccount, chosen from the list or by its ID' } as const satisfies Field;
const email = { name: 'email', label: 'Email Address', kind: 'emailAddress', help: 'The email address of the subaccount', placeholder: 'e.g. jane@example.com' } as const satisfies Field;
const fullName = { name: 'fullname', label: 'Name', kind: 'text', help: 'Full name of the subaccount', placeholder: 'e.g. Example Ltd' } as const satisfies Field;

const settings = [
	{
		name: 'limit', param: 'subaccountLimit', label: 'Monthly Emails', kind: 'number', min: 2000, max: 10_000_000,
		help: 'Emails in each billing cycle: 2000, 5000, 10000 to 60000 by ten thousands, 80000, 100000, 250000, 500000, or 1, 2, 3, 5 or 10 million',
	},
	{ name: 'ip_pool', label: 'IP Pool', kind: 'ipPool', help: 'The pool of dedicated IP addresses that its email leaves from' },
	{ name: 'dedicated_ip', label: 'Dedicated IP', kind: 'boolean', default: false, help: 'Whether it gets a dedicated IP address (above 100,000 emails)' },
	{ name: 'archiving', label: 'Archiving', kind: 'boolean', default: false, help: 'Whether it may turn archiving on for its senders' },
	{ name: 'enforce_2fa', label: 'Enforce 2FA', kind: 'boolean', default: true, help: 'Whether its team members must use two-factor authentication' },
	{ name: 'enable_sms', label: 'Enable SMS', kind: 'boolean', default: false, help: 'Whether it may send text messages, which cost extra' },
	{ name: 'sms_limit', label: 'Monthly SMS', kind: 'number', min: 0, help: 'Text messages a month, within the limit of the master account' },
] as const satisfies readonly Field[];

const sample = {
	name: 'Test Person', id: '34l8oj', plan_size: 10_000, plan_used: 0, plan_remaining: 10_000, state: 'Active', dedicated_ip: false, archiving: true, enforce_2fa: true, sms_enabled: true, sms_limit: 1000,
} as const;

const simple = ['id', 'name', 'email', 'state', 'plan_size', 'plan_used', 'plan_remaining', 'dedicated_ip', 'sms_enabled', 'sms_limit'] as const;

export const subaccount = {
	key: 'subaccount',
	label: 'Subaccount',
	help: 'Accounts below this one, each with its own limit',
	operations: [
		{
			key: 'getAll', label: 'Get Many', action: 'Get many subaccounts', help: 'List subaccounts, or only those that match',
			method: 'POST', path: '/subaccounts/search', effect: 'reads',
			fields: [
				{ name: 'search_terms', label: 'Search Terms', kind: 'textList', help: 'Words to search for, separated by commas', placeholder: 'e.g. Example Ltd' },
				{ name: 'fuzzy_search', label: 'Fuzzy Search', kind: 'boolean', default: false, help: 'Whether a search term may be a part of a word' },
				{
					name: 'states', label: 'State', kind: 'choice', default: 'all', help: 'Only subaccounts in this state',
					choices: [{ value: 'active', label: 'Active' }, { value: 'all', label: 'All' }, { value: 'closed', label: 'Closed' }, { value: 'suspended', label: 'Suspended' }],
				},
				{ name: 'sort_direction', label: 'Sort Direction', kind: 'choice', choices: sortDirections, help: 'Order of the list' },
				pageSize,
				continueToken,
			],
			paging: { by: 'token', size: { name: 'page_size', max: 100 } },
			result: { is: 'list', at: 'subaccounts', total: 'total_count', simple },
			sample: {
				continue_token: '', total_count: 1,
				subaccounts: [{ name: '10000', email: 'test@gmail.com', id: 'GnlKn5', plan_size: 10_000, plan_used: 0, plan_remaining: 10_000, state: 'Active', dedicated_ip: false }],
			},
		},
		{
			key: 'close', label: 'Close', action: 'Close subaccount', help: 'Stop a subaccount until it is reopened',
			method: 'POST', path: '/subaccount/close', effect: 'destroys',
			fields: [account, email],
			result: { is: 'record' },
			notice: 'Nobody can send with this subaccount any more, at once. It can be reopened.',
			sample: 'Successfully closed subaccount test@example.com',
		},
		{
			key: 'create', label: 'Create', action: 'Create subaccount', help: 'Add a subaccount; at most 50 an hour',
			method: 'POST', path: '/subaccount/add', effect: 'writes', rate: { calls: 50, seconds: 3600 },
			fields: [
				{ ...fullName, required: true },
				{ name: 'subaccount_email', label: 'Invite', kind: 'emailAddress', help: 'Address of its first team member, who is invited by email', placeholder: 'e.g. jane@example.com' },
				...settings,
			],
			result: { is: 'record', simple },
			notice: 'A subaccount uses up the plan of the master account, and SMS costs extra.',
			sample,
		},
		{
			key: 'reopen', label: 'Reopen', action: 'Reopen subaccount', help: 'Let a closed subaccount send again',
			method: 'POST', path: '/subaccount/reopen', effect: 'writes',
			fields: [account, email],
			result: { is: 'record' },
			sample: 'Successfully reopened subaccount test@example.com',
		},
		{
			key: 'update', label: 'Update', action: 'Update subaccount', help: 'Change name or limits of a subaccount',
			method: 'POST', path: '/subaccount/edit', effect: 'writes',
			fields: [account, fullName, ...settings],
			result: { is: 'record', simple },
			notice: 'SMTP2GO\'s contract names a default for each setting and does not say whether one that is left out stays. To be sure, give them all.',
			sample,
		},
	],
} as const satisfies Resource;
