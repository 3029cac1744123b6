/** Addresses and domains that SMTP2GO does not send to. */
import { continueToken, endDate, sortDirections, startDate, subaccountId } from '../common';
import type { Choice, Field, Resource } from '../types';

/** Why an address is on the suppression list. */
const reasons = [
	{ value: 'bounce', label: 'Bounce' },
	{ value: 'compliance', label: 'Compliance' },
	{ value: 'manual', label: 'Manual' },
	{ value: 'spam', label: 'Spam' },
	{ value: 'unsubscribe', label: 'Unsubscribe' },
] as const satisfies readonly Choice[];

const address = {
	name: 'email_address',
	label: 'Email Address or Domain',
	kind: 'addressOrDomain',
	help: 'An email address, or a domain to cover all its addresses',
	placeholder: 'e.g. jane@example.com or example.com',
} as const satisfies Field;

export const suppression = {
	key: 'suppression',
	label: 'Suppression',
	help: 'Manage addresses that SMTP2GO does not send to',
	operations: [
		{
			key: 'add',
			label: 'Add',
			action: 'Add suppression',
			help: 'Stop all emails to an address or domain',
			method: 'POST',
			path: '/suppression/add',
			effect: 'writes',
			fields: [
				{ ...address, required: true },
				{
					name: 'block_description',
					label: 'Description',
					kind: 'text',
					help: 'Why the address is suppressed, shown in the list',
					placeholder: 'e.g. Hard bounce on 22 November',
				},
				subaccountId,
			],
			result: { is: 'record' },
			sample: { added: true, block_description: '', email_address: 'temp@example.com' },
		},
		{
			key: 'getAll',
			label: 'Get Many',
			action: 'Get many suppressions',
			help: 'List suppressed addresses and domains',
			method: 'POST',
			path: '/suppression/view',
			effect: 'reads',
			fields: [
				address,
				{ name: 'recipient', label: 'Recipient', kind: 'text', help: 'A recipient to search for' },
				{
					name: 'recipients',
					label: 'Recipients',
					kind: 'textList',
					help: 'Recipients to search for, separated by commas',
				},
				{ name: 'reason', label: 'Reason Contains', kind: 'text', help: 'Words to search for in the reason' },
				{
					name: 'reasons',
					param: 'searchReasons',
					label: 'Reasons Contain',
					kind: 'textList',
					help: 'Words to search for in the reasons, separated by commas',
				},
				{
					name: 'suppression_type',
					label: 'Reason',
					kind: 'choice',
					choices: reasons,
					help: 'Return only addresses that are listed for this reason',
				},
				{
					name: 'suppression_types',
					label: 'Reasons',
					kind: 'choices',
					choices: reasons,
					help: 'Return only addresses that are listed for one of these reasons',
				},
				{
					name: 'wildcard',
					label: 'Wildcard Search',
					kind: 'text',
					help: 'Text that the name, domain, or address contains',
				},
				{
					name: 'fuzzy',
					label: 'Fuzzy Search',
					kind: 'boolean',
					default: false,
					help: 'Whether recipients and reasons can match approximately',
				},
				{
					name: 'sort',
					label: 'Sort Direction',
					kind: 'choice',
					choices: sortDirections,
					help: 'The sort order of the list',
				},
				startDate,
				endDate,
				continueToken,
				subaccountId,
			],
			paging: { by: 'token' },
			result: { is: 'list', at: 'results', total: 'total_results', dates: ['timestamp'] },
			sample: {
				continue_token: null,
				total_results: 1,
				results: [
					{
						email_address: 'temp@example.com',
						reason: 'manual',
						block_description: '',
						complaint: '',
						subject: 'My Test Email',
						timestamp: '2022-11-14 07:54:45',
					},
				],
			},
		},
		{
			key: 'remove',
			label: 'Remove',
			action: 'Remove suppression',
			help: 'Allow emails to an address or domain again',
			method: 'POST',
			path: '/suppression/remove',
			effect: 'destroys',
			fields: [
				{ ...address, required: true },
				{
					name: 'reasons',
					label: 'Reasons',
					kind: 'choices',
					choices: reasons,
					required: true,
					min: 1,
					default: ['manual', 'spam'],
					assumed: true,
					alias: 'reason',
					help: 'The reasons for which to remove the address; entries for other reasons stay',
				},
				subaccountId,
			],
			result: {
				is: 'list',
				at: 'suppressions',
				done: {
					at: 'removed',
					otherwise:
						'Nothing was removed: the address is not listed, or only for another reason. ' +
						'Use Get Many to see which',
				},
			},
			notice:
				'SMTP2GO sends emails to this address again. Sending to recipients who bounced or complained harms ' +
				'your sender reputation.',
			sample: { suppressions: [{ email_address: 'temp@test.com', reason: 'manual', removed: true }] },
		},
	],
} as const satisfies Resource;
