/** Domains that the account sends from. */
import { subaccountId } from '../common';
import type { Field, Resource } from '../types';

const domain = {
	name: 'domain',
	label: 'Domain',
	kind: 'senderDomain',
	help: 'The domain, from the list or by name',
} as const satisfies Field;
const chosen = { ...domain, required: true } as const satisfies Field;
const requisitionSsl = {
	name: 'requisition_ssl',
	label: 'Request TLS Certificate',
	kind: 'boolean',
	default: false,
	help: "Whether to request a TLS certificate once the tracking domain is verified; SMTP2GO's default is yes",
} as const satisfies Field;
const oldSubdomain = {
	name: 'old_subdomain',
	label: 'Old Subdomain',
	kind: 'text',
	required: true,
	help: 'The current subdomain',
	placeholder: 'e.g. track',
} as const satisfies Field;
const newSubdomain = {
	name: 'new_subdomain',
	label: 'New Subdomain',
	kind: 'text',
	required: true,
	help: 'The subdomain that replaces it',
	placeholder: 'e.g. link',
} as const satisfies Field;

const sample = {
	domain: {
		fulldomain: 'example.com',
		subdomain: null,
		domain: 'example',
		suffix: 'com',
		dkim_selector: 's123456',
		dkim_verified: true,
		dkim_status: '',
		dkim_value: 'dkim.smtp2go.net',
		rpath_selector: 'em744766',
		rpath_verified: true,
		rpath_status: '',
		rpath_value: 'return.smtp2go.net',
		setup_link: '<url>',
	},
	trackers: [
		{
			fulldomain: 'link.example.com',
			subdomain: 'link',
			domain: 'example',
			suffix: 'com',
			cname_verified: true,
			cname_status: '',
			cname_value: 'track.smtp2go.net',
			enabled: true,
		},
	],
	subaccount_access: { subaccounts: [], future_subaccounts: false },
} as const;

const simple = [
	'domain.fulldomain',
	'domain.dkim_selector',
	'domain.dkim_value',
	'domain.dkim_verified',
	'domain.rpath_selector',
	'domain.rpath_value',
	'domain.rpath_verified',
	'domain.setup_link',
	'trackers',
	'subaccount_access',
] as const;
/** The response to a change lists domains. The result is the domain that was changed. */
const changed = { is: 'record', at: 'domains', same: { field: 'domain', at: 'domain.fulldomain' }, simple } as const;

export const senderDomain = {
	key: 'senderDomain',
	label: 'Sender Domain',
	help: 'Manage domains that emails can be sent from',
	operations: [
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many sender domains',
			help: 'List sender domains with their DNS records and verification status',
			method: 'POST',
			path: '/domain/view',
			effect: 'reads',
			fields: [
				{ ...domain, help: 'Return only this domain; SMTP2GO includes the setup link only then' },
				subaccountId,
			],
			result: { is: 'list', at: 'domains', simple },
			sample: { domains: [sample] },
		},
		{
			key: 'create',
			label: 'Create',
			action: 'Create sender domain',
			help: 'Add a domain; the result contains the DNS records that it needs',
			method: 'POST',
			path: '/domain/add',
			effect: 'writes',
			fields: [
				{
					name: 'domain',
					param: 'newDomain',
					label: 'Domain',
					kind: 'domain',
					required: true,
					help: 'A domain that you own',
					placeholder: 'e.g. example.com',
				},
				{
					name: 'tracking_subdomain',
					label: 'Tracking Subdomain',
					kind: 'text',
					help: 'The subdomain of the links that track opens, clicks, and unsubscribes',
					placeholder: 'e.g. link',
				},
				{
					name: 'returnpath_subdomain',
					label: 'Return Path Subdomain',
					kind: 'text',
					help: 'The subdomain that bounces are sent to',
					placeholder: 'e.g. return',
				},
				{
					name: 'auto_verify',
					label: 'Verify Immediately',
					kind: 'boolean',
					default: false,
					help: "Whether to check the DNS records immediately; SMTP2GO's default is yes",
				},
				requisitionSsl,
				{
					name: 'subaccount_access',
					label: 'Subaccount Access',
					kind: 'object',
					help: 'The subaccounts that can send from the domain, as a JSON object',
					placeholder: 'e.g. {"subaccounts": ["34l8oj"], "future_subaccounts": false}',
				},
				subaccountId,
			],
			result: changed,
			sample: { domains: [sample] },
		},
		{
			key: 'delete',
			label: 'Delete',
			action: 'Delete sender domain',
			help: 'Delete a domain, so that emails can no longer be sent from it',
			method: 'POST',
			path: '/domain/remove',
			effect: 'destroys',
			fields: [chosen, subaccountId],
			result: { is: 'deleted' },
			notice: 'Emails from this domain are rejected immediately, and links in emails already sent stop working.',
			sample: { domains: [] },
		},
		{
			key: 'verify',
			label: 'Verify',
			action: 'Verify sender domain',
			help: 'Check the DNS records of a domain now instead of within 7 minutes',
			method: 'POST',
			path: '/domain/verify',
			effect: 'writes',
			fields: [chosen, requisitionSsl, subaccountId],
			result: changed,
			sample: { domains: [sample] },
		},
		{
			key: 'updateReturnPath',
			label: 'Update Return Path',
			action: 'Update return path of sender domain',
			help: 'Change the subdomain that bounces are sent to',
			method: 'POST',
			path: '/domain/returnpath',
			effect: 'writes',
			fields: [chosen, oldSubdomain, newSubdomain, subaccountId],
			result: changed,
			notice: 'Until the DNS contains the new subdomain, the domain is not verified and bounces are lost.',
			sample: { domains: [sample] },
		},
		{
			key: 'updateSubaccountAccess',
			label: 'Update Subaccount Access',
			action: 'Update subaccount access to sender domain',
			help: 'Set which subaccounts can send from a domain',
			method: 'POST',
			path: '/domain/subaccount_access',
			effect: 'writes',
			fields: [
				chosen,
				{
					name: 'subaccounts',
					label: 'Subaccounts',
					kind: 'subaccounts',
					required: true,
					help: 'All subaccounts that can send from the domain, as IDs separated by commas',
					placeholder: 'e.g. 34l8oj, GnlKn5',
				},
				{
					name: 'future_subaccounts',
					label: 'Future Subaccounts',
					kind: 'boolean',
					default: false,
					help: 'Whether subaccounts that are added later can also send from the domain',
				},
			],
			result: { is: 'record' },
			notice:
				'This list replaces the current one. A subaccount that is not on it can no longer send from this ' +
				'domain.',
			sample: { domain: 'my-verified-domain.com', subaccounts: [], future_subaccounts: false },
		},
		{
			key: 'updateTracking',
			label: 'Update Tracking',
			action: 'Update tracking of sender domain',
			help: 'Change the subdomain of the links that track opens, clicks, and unsubscribes',
			method: 'POST',
			path: '/domain/tracking',
			effect: 'writes',
			fields: [chosen, oldSubdomain, newSubdomain, subaccountId],
			result: changed,
			notice:
				'Links in emails, including those already sent, may stop working until the DNS contains the new ' +
				'subdomain.',
			sample: { domains: [sample] },
		},
	],
} as const satisfies Resource;
