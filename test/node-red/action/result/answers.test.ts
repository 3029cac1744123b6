/** What the action nodes make of answers, against a server that answers what a test wants. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../../../simulator';
import { actionFlow } from '../../support/flows';
import { inbox, key, load, node, unload, until } from '../../support/node-red';

let server: Server;
let data: unknown;
const bodies: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => {
			body += String(chunk);
		});
		request.on('end', () => {
			bodies.push(body);
			response.end(JSON.stringify({ request_id: 'r', data }));
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
});
beforeEach(() => {
	bodies.length = 0;
});
afterEach(() => unload());
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => {
		server.close(resolve);
	});
});

/** Sends one message through a node and waits for what comes of it. */
async function through(type: string, def: object, answer: unknown, payload: object = {}) {
	data = answer;
	const address = { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3` } as Simulator;
	await load(actionFlow(address, type, def), key());
	const [out, statuses] = [inbox('out'), inbox('statuses')];
	const warnings: unknown[] = [];
	(node('n') as EventEmitter).on('call:warn', (call: { args: unknown[] }) => {
		warnings.push(...call.args);
	});
	node('n').receive({ payload });
	const msg = await out.next();
	return { msg, statuses: statuses.messages, warnings };
}

it('the payload is the thing itself, with numbers and moments; the raw data is beside it', async () => {
	const cycle = { cycle_start: '2022-11-01 00:00:00+00:00', cycle_remaining: 9999 };
	const { msg } = await through('smtp2go-statistics', { operation: 'getQuota' }, cycle);
	expect(msg.payload).toEqual({ cycle_start: '2022-11-01T00:00:00Z', cycle_remaining: 9999 });
	expect(msg.smtp2go).toEqual({ operation: 'getQuota', requestId: 'r', data: cycle });
});

it('passwords are nowhere in a message that did not ask for them', async () => {
	const users = { results: [{ username: 'shop', email_password: 'TopSecret' }] };
	expect(
		JSON.stringify((await through('smtp2go-smtp-user', { operation: 'getAll', output: 'raw' }, users)).msg),
	).not.toContain('TopSecret');
	await unload();
	expect(
		JSON.stringify(
			(await through('smtp2go-smtp-user', { operation: 'getAll' }, users, { include_passwords: true })).msg,
		),
	).not.toContain('TopSecret');
	await unload();
	expect(
		(
			await through(
				'smtp2go-smtp-user',
				{ operation: 'getAll', fields: { include_passwords: { type: 'bool', value: 'true' } } },
				users,
			)
		).msg.payload,
	).toEqual(users.results);
	expect(bodies).toEqual(['{}', '{}', '{}']);
});

it('a list that SMTP2GO cuts short warns, in the sidebar, under the node and in the message', async () => {
	const { msg, warnings, statuses } = await through(
		'smtp2go-archive',
		{ operation: 'search', fields: { limit: { type: 'num', value: '1' } } },
		{ emails: [{ email_id: '1' }] },
	);
	expect(msg.payload).toEqual([{ email_id: '1' }]);
	expect(msg.smtp2go).toMatchObject({ hint: expect.stringMatching(/returned 1 entry,/) });
	await until(() => statuses.some(({ status }) => status?.['text'] === 'status.notAll'));
	expect(warnings).toEqual([expect.stringMatching(/narrow the search/)]);
});

it('a removal that found nothing says under the node that nothing changed, and one that did says "done"', async () => {
	const entry = (removed: boolean) => ({ email_address: 'bob@example.com', reason: 'manual', removed });
	const fields = { email_address: { type: 'str', value: 'bob@example.com' } };
	const idle = await through(
		'smtp2go-suppression',
		{ operation: 'remove', fields },
		{ suppressions: [entry(false)] },
	);
	const last = ({ statuses }: typeof idle) => String(statuses.at(-1)?.status?.['text']);
	await until(() => last(idle) !== 'status.busy');
	expect(last(idle)).toBe('status.unchanged');
	await unload();
	const done = await through('smtp2go-suppression', { operation: 'remove', fields }, { suppressions: [entry(true)] });
	await until(() => last(done) !== 'status.busy');
	expect(last(done)).toMatch(/doneAt|done /);
});
