import { subaccountId } from '../common';
import { senderSettings, shownSettings } from './sending-settings';
import type { Field, Resource } from '../types';

const user = {
	name: 'username',
	label: 'SMTP User',
	kind: 'smtpUser',
	help: 'The user, chosen from the list or by name',
} as const satisfies Field;
const chosen = { ...user, required: true } as const satisfies Field;
const password = {
	name: 'email_password',
	label: 'Password',
	kind: 'secret',
	help: 'At least 12 characters with digits, symbols and both cases; left out, SMTP2GO makes one',
} as const satisfies Field;
const newPassword = {
	...password,
	help: 'A new password of at least 12 characters with digits, symbols and both cases',
} as const satisfies Field;
const footerDomain = {
	name: 'feedback_domain',
	label: 'Footer Domain',
	kind: 'text',
	help: "Domain of the links in the footer; anything but default ends SMTP2GO's own handling of unsubscribes",
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
	help: 'Users who send over SMTP with a name and a password',
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
				{ ...user, help: 'Only this user' },
				{
					name: 'include_passwords',
					label: 'Include Passwords',
					kind: 'boolean',
					default: false,
					local: true,
					help: 'Whether the result holds the passwords, which SMTP2GO always sends',
				},
				subaccountId,
			],
			result: {
				is: 'list',
				at: 'results',
				simple,
				secret: { fields: ['email_password'], unless: 'include_passwords' },
			},
			sample: { results: [withPassword], default_ratelimit_value: 0, default_ratelimit_period: 'unlimited' },
		},
		{
			key: 'create',
			label: 'Create',
			action: 'Create SMTP user',
			help: 'Add a user; the result holds the password',
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
					help: 'Name of your choice, 5 to 100 characters',
					placeholder: 'e.g. shop@example.com',
				},
				password,
				...senderSettings,
				footerDomain,
				subaccountId,
			],
			result: { is: 'record', at: 'results', simple },
			notice: 'Whoever has the name and password may send email on this account. The result holds the password, which then stays in the data of the run too.',
			sample: { results: [withPassword] },
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete SMTP user',
			help: 'Delete a user for good',
			method: 'POST',
			path: '/users/smtp/remove',
			effect: 'destroys',
			fields: [chosen, subaccountId],
			result: { is: 'deleted', secret: { fields: ['email_password'], unless: '' } },
			notice: 'Everything that sends with this user stops working at once. This cannot be undone.',
			sample: { results: [withPassword] },
		},
		{
			key: 'update',
			label: 'Update',
			action: 'Update SMTP user',
			help: 'Change settings of a user; what is left out stays as it is',
			method: 'PATCH',
			path: '/users/smtp/edit',
			effect: 'writes',
			fields: [chosen, newPassword, ...senderSettings, subaccountId],
			result: { is: 'record', simple },
			notice: 'What sends with this user may stop working: password and status take effect at once.',
			sample: [sample],
		},
		{
			key: 'replace',
			label: 'Replace',
			action: 'Replace settings of SMTP user',
			help: 'Set a user anew; what is left out is reset',
			method: 'POST',
			path: '/users/smtp/edit',
			effect: 'destroys',
			fields: [chosen, password, ...senderSettings, footerDomain, subaccountId],
			result: { is: 'record', at: 'results', simple },
			notice: 'Every setting that is not given here goes back to its default, and a password may be made anew: the result holds it. To change some settings, choose Update.',
			sample: { results: [withPassword] },
		},
	],
} as const satisfies Resource;
