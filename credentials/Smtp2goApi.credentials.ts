/** The credential of both nodes. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';
import { regions } from '../api';

/**
 * The messages of the connection test. n8n's type allows only rules of one kind, but its tester reads them one by one
 * (credentials-tester.service.js of n8n 2.41.1), so the list is cast.
 */
const rules = [
	// SMTP2GO's response to an unknown key is 500 in practice and 401 in its documentation.
	...[500, 401].map((value) => ({
		type: 'responseCode' as const,
		properties: {
			value,
			message:
				'SMTP2GO does not know this API key. Check the key and the region. A key works only in its own region.',
		},
	})),
	{
		type: 'responseCode',
		properties: {
			value: 403,
			message:
				"SMTP2GO did not accept this API key. On SMTP2GO's page Sending > API Keys, check that it is " +
				'active and not limited to other IP addresses.',
		},
	},
	{
		type: 'responseCode',
		properties: {
			value: 404,
			message:
				'The base URL does not lead to an SMTP2GO API. ' +
				'Enter it with the version, such as https://api.smtp2go.com/v3.',
		},
	},
	{
		type: 'responseCode',
		properties: { value: 429, message: 'SMTP2GO has received too many calls. Wait a minute and try again.' },
	},
	{
		type: 'responseSuccessBody',
		properties: {
			key: 'data.length',
			value: undefined,
			message: 'The response is not a list of permissions. Check the API key and the base URL.',
		},
	},
] as NonNullable<ICredentialTestRequest['rules']>;

/**
 * True for a request that may carry the key.
 * @param request n8n's HTTP Request node has the URL in `uri`
 * @param baseUrl the base URL of a custom region
 */
function isForSmtp2go(request: IHttpRequestOptions & { readonly uri?: string }, baseUrl: string | undefined): boolean {
	const { url, uri = url, baseURL } = request;
	if (!URL.canParse(uri, baseURL)) return false;
	const { protocol, hostname, origin } = new URL(uri, baseURL);
	return baseUrl === undefined
		? protocol === 'https:' && hostname.endsWith('.smtp2go.com')
		: URL.canParse(baseUrl) && new URL(baseUrl).origin === origin;
}

/** An API key and its region. */
export class Smtp2goApi implements ICredentialType {
	name = 'smtp2goApi';

	displayName = 'SMTP2GO API';

	documentationUrl =
		'https://github.com/smtp2go-nodes/n8n-nodes-smtp2go/blob/main/docs/account.md#create-the-api-key';

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
				"Create the key on SMTP2GO's page Sending &gt; API Keys. " +
				'Give it only the permissions that your workflows need.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: regions.map(({ value, label }) => ({ name: label, value })),
			default: 'api',
			description:
				'The region of your SMTP2GO account. A key works only in its own region. ' +
				'Select Custom to enter another base URL, such as that of the simulator.',
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
				'The URL of the API, including its version. ' +
				'If the connection test fails with ECONNREFUSED, check the hostname and port, and that the ' +
				'server is running.',
		},
	];

	/**
	 * Every key can read its own permissions (contract, `/api_keys/permissions`). The response is a list of endpoints.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.region === "custom" ? $credentials.baseUrl.trim().replace(/\\/+$/, "").replace(/^(https?:\\/\\/[^\\/]+)$/i, "$1/v3") : `https://${$credentials.region}.smtp2go.com/v3` }}',
			url: '/api_keys/permissions',
			method: 'POST',
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			// A string, because n8n sends an empty object as an empty body without Content-Type.
			body: '{}',
			disableFollowRedirect: true,
		},
		rules,
	};

	/**
	 * Adds the key to a request to SMTP2GO. A function, because n8n resolves an expression only while a workflow is
	 * published or runs: a timer of the trigger could not make a call ("No bridge acquired for this context" in
	 * 2.41.1).
	 *
	 * It is a property and not a method, because n8n copies the credential type, and a copy has no methods. Without it,
	 * the editor does not offer "Custom API Call" (load-nodes-and-credentials.js).
	 * @throws Error for a request to another host: an HTTP Request node can have any URL
	 */
	authenticate = async (
		{ apiKey, region, baseUrl }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		if (!isForSmtp2go(request, region === 'custom' ? String(baseUrl ?? '').trim() : undefined))
			throw new Error(
				"The API key is sent only to SMTP2GO's own hosts, and the URL of this request leads to another one. " +
					"Enter a URL such as https://api.smtp2go.com/v3/email/send, or one that begins with the credential's base URL",
			);
		return {
			...request,
			headers: { ...request.headers, 'X-Smtp2go-Api-Key': typeof apiKey === 'string' ? apiKey : '' },
		};
	};
}
