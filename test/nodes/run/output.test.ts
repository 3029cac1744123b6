/** What the node makes of answers, against a server that answers what a test wants. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { runNode } from '../support/engine';

const KEY = `api-${'Ab12'.repeat(8)}`;
let server: Server;
let reply: { status: number; body: unknown };
const seen: { url: string; body: string }[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => {
			body += String(chunk);
		});
		request.on('end', () => {
			seen.push({ url: request.url ?? '', body });
			response.writeHead(reply.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply.body));
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
});
beforeEach(() => {
	seen.length = 0;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

function answered(parameters: INodeParameters, data: unknown, status = 200) {
	reply = { status, body: { request_id: 'r', data } };
	return runNode({
		parameters,
		credentials: {
			apiKey: KEY,
			region: 'custom',
			baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`,
		},
	});
}

test('the key that the IP allow list wants in the body is seen by the wire only', async () => {
	const parameters = { resource: 'ipAllowList', operation: 'add', listType: 'api', ipAddress: '192.0.2.1' };
	const { items } = await answered(parameters, { ip_address: '192.0.2.1', description: '' });
	expect(seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
		{ api_key: KEY, type: 'api', ip_address: '192.0.2.1' },
	]);
	expect(JSON.stringify(items)).not.toContain(KEY);
	const { error } = await answered(parameters, { error: `Not with ${KEY}`, error_code: 'X' }, 400);
	expect(error?.message).toBe('Not with api-…');
	expect(
		JSON.stringify({ ...error, message: error?.message, description: error?.description, stack: error?.stack }),
	).not.toContain(KEY);
});

const domain = {
	domain: { fulldomain: 'example.com', dkim_verified: true, dkim_status: '' },
	trackers: [],
	subaccount_access: {},
};

test('"Simplify" flattens a record to its most important fields, and the raw one is one option away', async () => {
	const parameters = {
		resource: 'senderDomain',
		operation: 'verify',
		domain: { __rl: true, mode: 'id', value: 'example.com' },
	};
	expect((await answered(parameters, { domains: [domain] })).items[0]?.json).toEqual({
		fulldomain: 'example.com',
		dkim_verified: true,
		trackers: [],
		subaccount_access: {},
	});
	expect((await answered({ ...parameters, simplify: false }, { domains: [domain] })).items[0]?.json).toEqual({
		domains: [domain],
	});
});

test('figures are numbers and moments ISO 8601 with "Simplify", and as sent without', async () => {
	const parameters = { resource: 'statistics', operation: 'getQuota' };
	const cycle = { cycle_start: '2022-11-01 00:00:00+00:00', cycle_remaining: 9999 };
	expect((await answered(parameters, cycle)).items[0]?.json).toEqual({
		cycle_start: '2022-11-01T00:00:00Z',
		cycle_remaining: 9999,
	});
	expect((await answered({ ...parameters, simplify: false }, cycle)).items[0]?.json).toEqual(cycle);
});

test('passwords of SMTP users come only with "Include Passwords"', async () => {
	const users = { results: [{ username: 'shop', email_password: 'TopSecret' }] };
	const parameters = { resource: 'smtpUser', operation: 'getAll' };
	for (const simplify of [true, false])
		expect(JSON.stringify((await answered({ ...parameters, simplify }, users)).items)).not.toContain('TopSecret');
	expect((await answered({ ...parameters, options: { includePasswords: true } }, users)).items[0]?.json).toEqual(
		users.results[0],
	);
	expect(seen.map(({ body }) => body)).toEqual(['{}', '{}', '{}']);
});

test('a list that SMTP2GO cuts short comes with a hint', async () => {
	const { items, hints } = await answered(
		{ resource: 'archive', operation: 'search', returnAll: true, options: { archiveLimit: 2 } },
		{ emails: [{ email_id: '1' }, { email_id: '2' }] },
	);
	expect(items).toHaveLength(2);
	expect(hints).toEqual([
		expect.objectContaining({
			message: expect.stringMatching(/returned 2 entries/) as string,
			location: 'outputPane',
		}),
	]);
});

test('a subaccount saved as text in the first release is still read', async () => {
	await answered(
		{ resource: 'suppression', operation: 'getAll', options: { subaccountId: '34l8oj' } },
		{ results: [] },
	);
	expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ subaccount_id: '34l8oj' });
});
