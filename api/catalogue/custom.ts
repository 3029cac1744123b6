/** The custom call: an endpoint that the catalogue does not have. */
import type { Choice, Resource } from './types';

const methods = [
	{ value: 'PATCH', label: 'PATCH' },
	{ value: 'POST', label: 'POST' },
] as const satisfies readonly Choice[];

/**
 * An endpoint that the catalogue does not hold, because SMTP2GO added it later: no resource of the API, so it stands
 * beside the others. Its method and path come with the values: see `readCustomCall`.
 */
export const custom = {
	key: 'custom',
	label: 'Custom Call',
	help: 'Any endpoint of the API, with the key of the account',
	operations: [
		{
			key: 'call',
			label: 'Call',
			action: 'Call an endpoint of the API',
			help: 'Call an endpoint that no other node offers',
			method: 'POST',
			path: '',
			effect: 'writes',
			fields: [
				{
					name: 'path',
					label: 'Path',
					kind: 'text',
					required: true,
					help: 'Path below the address of the region, without a host',
					placeholder: 'e.g. /email/send',
				},
				{
					name: 'method',
					label: 'Method',
					kind: 'choice',
					main: true,
					choices: methods,
					default: 'POST',
					help: 'SMTP2GO takes POST nearly everywhere',
				},
				{
					name: 'body',
					label: 'Body',
					kind: 'object',
					main: true,
					help: 'Fields of the call as a JSON object, as SMTP2GO documents them, without the API key',
					placeholder: 'e.g. {"limit": 10}',
				},
			],
			result: { is: 'done' },
			notice: 'The body is sent as it is: nothing is checked, filled in or read page by page.',
			sample: {},
		},
	],
} as const satisfies Resource;
