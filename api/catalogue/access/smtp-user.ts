/** SMTP users: who can send over SMTP, and how their emails are sent. */
import { subaccountId } from '../common';
import { senderSettings, shownSettings } from './sending-settings';
import type { Field, Resource } from '../types';

const user = {
	name: 'username',
	label: 'SMTP User',
	kind: 'smtpUser',
	help: 'The SMTP user, from the list or by name',
} as const satisfies Field;
const chosen = { ...user, required: true } as const satisfies Field;
const password = {
	name: 'email_password',
	label: 'Password',
	kind: 'secret',
	help: 'At least 12 characters with digits, symbols, and upper- and lowercase letters; generated if empty',
} as const satisfies Field;
const newPassword = {
	...password,
	help: 'A new password of at least 12 characters with digits, symbols, and upper- and lowercase letters',
} as const satisfies Field;
const footerDomain = {
	name: 'feedback_domain',
	label: 'Footer Domain',
	kind: 'text',
	help:
		"The domain of the links in the footer; any value other than default turns off SMTP2GO's unsubscribe " +
		'handling',
	placeholder: 'e.g. default',
} as const satisfies Field;

const sample = {
	username: 'smtpuser@example.com',
	sending_allowed: true,
	custom_ratelimit: true,
	custom_ratelimit_value: 100,
	custom_ratelimit_period: '1 day',
	description: '',
	feedback_enabled: false,
	feedback_domain: 'default',
	feedback_html: '',
	feedback_text: '',
	archive_enabled: false,
	open_tracking_enabled: false,
	audit_email: null,
	bounce_notifications: 'from',
	status: 'allowed',
} as const;
const withPassword = { ...sample, email_password: 'qet_^3qU1341%*ert' } as const;
const simple = ['username', 'email_password', ...shownSettings] as const;

export const smtpUser = {
	key: 'smtpUser',
	label: 'SMTP User',
	help: 'Manage users who send over SMTP with a username and password',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many SMTP users',
			help: 'List the SMTP users of the account',
			method: 'POST',
			path: '/users/smtp/view',
			effect: 'reads',
			fields: [
				{ ...user, help: 'Return only this user' },
				{
					name: 'include_passwords',
					label: 'Include Passwords',
					kind: 'boolean',
					default: false,
					local: true,
					help: 'Whether to include the passwords in the result',
				},
				subaccountId,
			],
			result: {
				is: 'list',
				at: 'results',
				simple,
				secret: { fields: ['email_password'], wantedBy: 'include_passwords' },
			},
			sample: { results: [withPassword], default_ratelimit_value: 0, default_ratelimit_period: 'unlimited' },
		},
		{
			key: 'create',
			label: 'Create',
			action: 'Create SMTP user',
			help: 'Create an SMTP user; the result contains the password',
			method: 'POST',
			path: '/users/smtp/add',
			effect: 'writes',
			fields: [
				{
					name: 'username',
					param: 'newUsername',
					label: 'Username',
					kind: 'text',
					required: true,
					min: 5,
					max: 100,
					help: 'A username of your choice, 5 to 100 characters',
					placeholder: 'e.g. shop@example.com',
				},
				password,
				...senderSettings,
				footerDomain,
				subaccountId,
			],
			result: { is: 'record', at: 'results', simple },
			notice:
				'Anyone with the username and password can send emails from this account. ' +
				'Saved executions and logs with this result show the password.',
			sample: { results: [withPassword] },
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete SMTP user',
			help: 'Permanently delete an SMTP user',
			method: 'POST',
			path: '/users/smtp/remove',
			effect: 'destroys',
			fields: [chosen, subaccountId],
			result: { is: 'deleted', secret: { fields: ['email_password'], wantedBy: '' } },
			notice: 'Everything that sends with this user stops working immediately. This cannot be undone.',
			sample: { results: [withPassword] },
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update SMTP user',
			help: 'Change settings of an SMTP user; fields that are not set stay unchanged',
			method: 'PATCH',
			path: '/users/smtp/edit',
			effect: 'writes',
			fields: [chosen, newPassword, ...senderSettings, subaccountId],
			result: { is: 'record', simple },
			notice:
				'Changes to the password and the status take effect immediately. ' +
				'Anything that sends with this user may stop working.',
			sample: [sample],
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace SMTP user settings',
			help: 'Replace all settings of an SMTP user; fields that are not set are reset',
			method: 'POST',
			path: '/users/smtp/edit',
			effect: 'destroys',
			fields: [chosen, password, ...senderSettings, footerDomain, subaccountId],
			result: { is: 'record', at: 'results', simple },
			notice:
				'Every setting that is not set here is reset to its default. ' +
				'SMTP2GO may generate a new password, which the result contains. ' +
				'To change only some settings, use Update.',
			sample: { results: [withPassword] },
		},
	],
} as const satisfies Resource;
