/** The custom call: any endpoint, including those that the catalog does not have. */
import type { Choice, Resource } from './types';

const methods = [
	{ value: 'PATCH', label: 'PATCH' },
	{ value: 'POST', label: 'POST' },
] as const satisfies readonly Choice[];

/**
 * A call of an endpoint that is not in the catalog, for example because SMTP2GO added it later. It is not a resource of
 * the API, so it is separate from the others. Its method and path come with the values: see `readCustomCall`.
 */
export const custom = {
	key: 'custom',
	label: 'Custom API Call',
	help: 'Call any endpoint of the SMTP2GO API',
	operations: [
		{
			key: 'call',
			label: 'Call',
			action: 'Call API endpoint',
			help: 'Call an endpoint that no other node covers',
			method: 'POST',
			path: '',
			effect: 'writes',
			fields: [
				{
					name: 'path',
					label: 'Path',
					kind: 'text',
					required: true,
					help: 'The path after the base URL of the region, without the hostname',
					placeholder: 'e.g. /email/send',
				},
				{
					name: 'method',
					label: 'Method',
					kind: 'choice',
					main: true,
					choices: methods,
					default: 'POST',
					help: 'The HTTP method, which is POST for nearly every endpoint',
				},
				{
					name: 'body',
					label: 'Body',
					kind: 'object',
					main: true,
					help: 'The request body as a JSON object, as SMTP2GO documents it, without the API key',
					placeholder: 'e.g. {"limit": 10}',
				},
			],
			result: { is: 'done' },
			notice: 'The body is sent as is. Nothing is checked or filled in, and only one page is read.',
			sample: {},
		},
	],
} as const satisfies Resource;
