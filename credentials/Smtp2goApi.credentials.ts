import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { regions } from '../api';

/**
 * What the test button says. n8n's type wants rules of one sort only, its tester reads them one by one
 * (credentials-tester.service.js of n8n 2.41.1): hence the cast.
 */
const rules = [
	// The answer to an unknown key is HTTP 500 in the field and 401 in the documentation.
	...[500, 401].map((value) => ({
		type: 'responseCode' as const,
		properties: {
			value,
			message:
				'SMTP2GO does not know this API key. Check the key and the region: a key of one region is unknown in the others.',
		},
	})),
	{
		type: 'responseCode',
		properties: {
			value: 403,
			message: 'This API key is not accepted. It may be turned off, or limited to other IP addresses.',
		},
	},
	{
		type: 'responseCode',
		properties: {
			value: 404,
			message:
				'There is no SMTP2GO API at this base URL. It ends with the version, as in https://api.smtp2go.com/v3.',
		},
	},
	{
		type: 'responseCode',
		properties: { value: 429, message: 'SMTP2GO accepts no more calls for now. Wait a minute and try again.' },
	},
	{
		type: 'responseSuccessBody',
		properties: {
			key: 'data.length',
			value: undefined,
			message:
				'The answer is not a list of permissions. The API key was refused, or the base URL is not that of an SMTP2GO API.',
		},
	},
] as NonNullable<ICredentialTestRequest['rules']>;

/** An SMTP2GO API key and the region it belongs to. */
export class Smtp2goApi implements ICredentialType {
	name = 'smtp2goApi';

	displayName = 'SMTP2GO API';

	documentationUrl = 'https://github.com/smtp2go-nodes/n8n-nodes-smtp2go#set-up-the-api-key';

	icon: Icon = { light: 'file:../icons/smtp2go.svg', dark: 'file:../icons/smtp2go.dark.svg' };

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. api-5BFDE1E62529...',
			description:
				"Created on SMTP2GO's page Sending &gt; API Keys. Allow it only the endpoints that your workflows use.",
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: regions.map(({ value, label }) => ({ name: label, value })),
			default: 'api',
			description:
				'The region of your account. A key of one region is unknown in the others. Choose Custom for another base URL, such as that of a simulator.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:8025/v3',
			displayOptions: { show: { region: ['custom'] } },
			description:
				'The address of the API, with its version. Where the connection test says ECONNREFUSED, nothing answers at this address: check host and port, and that the server runs.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-Smtp2go-Api-Key': '={{ $credentials.apiKey }}' } },
	};

	/** Every key may ask for its permissions (contract, `/api_keys/permissions`); the answer is a list of endpoints. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.region === "custom" ? $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/^(https?:\\/\\/[^\\/]+)$/i, "$1/v3") : `https://${$credentials.region}.smtp2go.com/v3` }}',
			url: '/api_keys/permissions',
			method: 'POST',
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			// As text: n8n sends an empty object as an empty body without Content-Type.
			body: '{}',
			disableFollowRedirect: true,
		},
		rules,
	};
}
