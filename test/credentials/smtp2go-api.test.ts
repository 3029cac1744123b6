import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, Workflow, type INodeType } from 'n8n-workflow';
import { regions } from '../../api';
import { Smtp2goApi } from '../../credentials/Smtp2goApi.credentials';
import { useAccount } from '../nodes/support/account';
import { nodeTypes, surroundings } from '../nodes/support/engine';

const type = new Smtp2goApi();
const account = useAccount({ region: 'eu' });

/**
 * What n8n's test button would say: its own routing makes the call, the rules judge as credentials-tester.service.js
 * does.
 */
async function press(credentials: Record<string, string>): Promise<string> {
	const node = {
		id: '1',
		name: 'Test',
		type: 'start',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		credentials: { smtp2goApi: { id: '1', name: 'x' } },
	};
	const description = {
		...nodeTypes.getByNameAndVersion('start').description,
		credentials: [{ name: 'smtp2goApi', required: true }],
		properties: [
			{
				displayName: 'Temp',
				name: 'temp',
				type: 'string' as const,
				default: '',
				routing: { request: type.test.request },
			},
		],
	};
	const caller: INodeType = { description };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: { ...nodeTypes, getByNameAndVersion: () => caller },
	});
	const context = new ExecuteContext(
		workflow,
		node,
		surroundings(credentials, workflow),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null } as never,
		[],
	);
	const rules = (type.test.rules ?? []) as {
		type: string;
		properties: { value: unknown; message: string; key?: string };
	}[];
	try {
		const [items] =
			(await new RoutingNode(context, caller, {
				id: '1',
				name: 'x',
				type: 'smtp2goApi',
				data: credentials,
			}).runNode()) ?? [];
		const body = items?.[0]?.json as { data?: { length?: number } } | undefined;
		const length = body?.data?.length;
		return (
			rules.find(
				(rule) =>
					rule.type === 'responseSuccessBody' &&
					rule.properties.key === 'data.length' &&
					length === rule.properties.value,
			)?.properties.message ?? 'OK'
		);
	} catch (error) {
		const status = (error as { cause?: { response?: { status?: number } } }).cause?.response?.status;
		return (
			rules.find((rule) => rule.type === 'responseCode' && rule.properties.value === status)?.properties
				.message ?? `no rule for ${status}: ${String(error)}`
		);
	}
}

test('a key that works is accepted, by a call that every key may make, with a body that SMTP2GO reads', async () => {
	const apiKey = account.simulator.addKey({ permissions: ['/email/send'] });
	expect(await press({ ...account.credentials, apiKey })).toBe('OK');
	expect(account.simulator.state.requests).toEqual([
		expect.objectContaining({ method: 'POST', path: '/api_keys/permissions', body: '{}', status: 200 }),
	]);
});

test('an unknown key is explained', async () => {
	expect(await press({ ...account.credentials, apiKey: `api-${'0'.repeat(32)}` })).toMatch(
		/does not know this API key.*region/,
	);
});

test('a key of another region is explained', async () => {
	const apiKey = account.simulator.addKey({ region: 'us' });
	expect(await press({ ...account.credentials, apiKey })).toMatch(/A key works only in its own region/);
});

test('a base URL with a slash at its end works', async () => {
	expect(await press({ ...account.credentials, baseUrl: ` ${account.credentials.baseUrl}/ ` })).toBe('OK');
});

test('a base URL without the version works, as it does when the node runs', async () => {
	expect(await press({ ...account.credentials, baseUrl: account.credentials.baseUrl.replace('/v3', '') })).toBe('OK');
});

test('a base URL that is not that of an API is explained', async () => {
	expect(await press({ ...account.credentials, baseUrl: account.credentials.baseUrl.replace('/v3', '/v9') })).toMatch(
		/base URL/,
	);
});

test('HTTP 200 with an error inside is no success', async () => {
	account.simulator.setFault({
		path: '/api_keys/permissions',
		fault: 'error',
		status: 200,
		message: 'Something is wrong',
		times: 0,
	});
	expect(await press(account.credentials)).toMatch(/not a list of permissions/);
});

test('the key travels in a header only, and is a password in the form', async () => {
	await press(account.credentials);
	expect(JSON.stringify(account.simulator.state.requests)).not.toContain(account.credentials.apiKey);
	expect(type.properties.find(({ name }) => name === 'apiKey')?.typeOptions).toEqual({ password: true });
});

test('a request gets the header, keeps its own headers, and is not changed itself', async () => {
	const request = { url: 'https://api.smtp2go.com/v3/x', headers: { Accept: 'application/json' } };
	expect(await type.authenticate({ apiKey: 'api-1' }, request)).toEqual({
		url: request.url,
		headers: { Accept: 'application/json', 'X-Smtp2go-Api-Key': 'api-1' },
	});
	expect(request.headers).toEqual({ Accept: 'application/json' });
});

const HOSTS: [string, Record<string, string>, object, boolean][] = [
	['its own region', { region: 'eu-api' }, { url: 'https://eu-api.smtp2go.com/v3/x' }, true],
	['another region', { region: 'eu-api' }, { url: 'https://api.smtp2go.com/v3/x' }, true],
	['the URL of an HTTP Request node', { region: 'eu-api' }, { uri: 'https://eu-api.smtp2go.com/v3/x' }, true],
	['a base URL', { region: 'eu-api' }, { url: '/x', baseURL: 'https://eu-api.smtp2go.com/v3' }, true],
	[
		'a custom base URL',
		{ region: 'custom', baseUrl: ' http://127.0.0.1:1/v3 ' },
		{ url: 'http://127.0.0.1:1/x' },
		true,
	],
	['another host', { region: 'eu-api' }, { url: 'https://example.com/v3/x' }, false],
	['another host by an HTTP Request node', { region: 'eu-api' }, { uri: 'https://example.com/v3/x' }, false],
	['a host that looks alike', { region: 'eu-api' }, { url: 'https://evilsmtp2go.com/v3/x' }, false],
	['a host that begins alike', { region: 'eu-api' }, { url: 'https://eu-api.smtp2go.com.example.com/v3/x' }, false],
	[
		'a user that looks like the host',
		{ region: 'eu-api' },
		{ url: 'https://eu-api.smtp2go.com@example.com/x' },
		false,
	],
	['no encryption', { region: 'eu-api' }, { url: 'http://eu-api.smtp2go.com/v3/x' }, false],
	['another port', { region: 'custom', baseUrl: 'http://127.0.0.1:1/v3' }, { url: 'http://127.0.0.1:2/x' }, false],
	['no URL', { region: 'eu-api' }, { url: 'x' }, false],
];

test.each(HOSTS)('a request to %s gets the key only if it is for SMTP2GO', async (_, credential, request, isSent) => {
	const authenticated = type.authenticate({ ...credential, apiKey: 'api-1' }, request as never);
	if (isSent) expect((await authenticated).headers).toEqual({ 'X-Smtp2go-Api-Key': 'api-1' });
	else await expect(authenticated).rejects.toThrow("sent only to SMTP2GO's own hosts");
});

test('a copy of the credential type can authenticate too: n8n offers "Custom API Call" from a copy', () => {
	expect({ ...type }.authenticate).toBeInstanceOf(Function);
});

test('a credential without a key sends an empty header, which SMTP2GO rejects with its own words', async () => {
	expect(await press({ ...account.credentials, apiKey: '' })).not.toBe('OK');
});

test('every region that the client knows can be chosen, and the base URL is asked for with custom only', () => {
	const region = type.properties.find(({ name }) => name === 'region');
	expect(region?.options?.map((option) => ('value' in option ? option.value : ''))).toEqual(
		regions.map(({ value }) => value),
	);
	expect(type.properties.find(({ name }) => name === 'baseUrl')?.displayOptions).toEqual({
		show: { region: ['custom'] },
	});
});
