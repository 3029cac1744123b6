/** The simulated account: its limits, its settings, and a reset. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../simulator';
import { call, refusalOf } from '../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ errorShape: 'top' });
});

afterEach(() => simulator.stop());

/** Every operation on the account. */
const POSTS = [
	'/domain/view',
	'/domain/add',
	'/domain/verify',
	'/domain/remove',
	'/domain/tracking',
	'/domain/returnpath',
	'/domain/subaccount_access',
	'/single_sender_emails/view',
	'/single_sender_emails/add',
	'/single_sender_emails/remove',
	'/allowed_senders/view',
	'/allowed_senders/add',
	'/allowed_senders/remove',
	'/allowed_senders/update',
	'/allowed_recipients/view',
	'/allowed_recipients/add',
	'/allowed_recipients/remove',
	'/allowed_recipients/update',
	'/api_keys/view',
	'/api_keys/add',
	'/api_keys/edit',
	'/api_keys/remove',
	'/users/smtp/view',
	'/users/smtp/add',
	'/users/smtp/edit',
	'/users/smtp/remove',
	'/ip_allow_list',
	'/ip_allow_list/view',
	'/ip_allow_list/add',
	'/ip_allow_list/edit',
	'/ip_allow_list/remove',
	'/ip_auth/view',
	'/ip_auth/remove',
	'/subaccounts/search',
	'/subaccount/add',
	'/subaccount/edit',
	'/subaccount/close',
	'/subaccount/reopen',
];
const OPERATIONS: ['POST' | 'PATCH', string][] = [
	...POSTS.map((path): ['POST', string] => ['POST', path]),
	['PATCH', '/api_keys/edit'],
	['PATCH', '/users/smtp/edit'],
	['PATCH', '/ip_auth/edit'],
];

test.each(OPERATIONS)('%s %s asks for its own permission', async (method, path) => {
	const others = POSTS.filter((other) => other !== path);
	const denied = await call(simulator, path, {}, simulator.addKey({ permissions: others }), method);
	expect(refusalOf(denied)).toMatchObject({
		status: 400,
		code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
		error: 'You do not have permission to access this API endpoint',
	});
	const allowed = await call(simulator, path, {}, simulator.addKey({ permissions: [path] }), method);
	expect([200, 400]).toContain(allowed.status);
	expect(refusalOf(allowed).error).not.toBe('You do not have permission to access this API endpoint');
});

test('puts the texts of a refusal beside the request id, if told to', async () => {
	expect((await call(simulator, '/domain/add', { domain: 5 })).body).toEqual({
		request_id: expect.any(String) as string,
		error: 'An error occurred processing the json data you sent',
		error_code: 'E_ApiResponseCodes.NON_VALIDATING_IN_PAYLOAD',
		field_validation_errors: {
			fieldname: 'domain',
			message: "The field 'domain' was expecting a domain name but found '5'",
		},
	});
});

test('a reset brings the first day back', async () => {
	const first = await call(simulator, '/domain/view');
	await call(simulator, '/domain/add', { domain: 'new.example' });
	await call(simulator, '/subaccount/add', { fullname: 'Branch' });
	await call(simulator, '/allowed_senders/update', { allowed_senders: [], mode: 'whitelist' });
	simulator.reset();
	const names = (answer: typeof first): unknown[] =>
		(answer.body.data?.['domains'] as { domain: { fulldomain: string } }[]).map(({ domain }) => domain.fulldomain);
	expect(names(await call(simulator, '/domain/view'))).toEqual(names(first));
	expect((await call(simulator, '/subaccounts/search')).body.data).toMatchObject({ total_count: 2 });
	expect((await call(simulator, '/allowed_senders/view')).body.data).toMatchObject({ mode: 'disabled' });
});

test('the account outlives a restart', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'simulator-account-'));
	const file = join(folder, 'state.json');
	const before = await startSimulator({ file });
	await call(before, '/domain/add', { domain: 'new.example', auto_verify: false });
	const [row] = (await call(before, '/api_keys/add', { description: 'Shop', endpoints: ['/api_keys/view'] })).body
		.data as unknown as { api_key: string }[];
	await call(before, '/ip_allow_list/add', { api_key: DEMO_API_KEY, ip_address: '192.0.2.1' });
	const kept = structuredClone(before.state.account);
	await before.stop();
	const after = await startSimulator({ file });
	const key = (await call(after, '/api_keys/view', { id: row?.api_key }, row?.api_key)).body.data;
	const found = after.state.account;
	await after.stop();
	rmSync(folder, { recursive: true });
	expect(found).toEqual(kept);
	expect(found.domains.map(({ name, dkimVerified }) => [name, dkimVerified])).toContainEqual(['new.example', false]);
	expect(key).toMatchObject([{ description: 'Shop' }]);
});
