/** The control API of the simulator, and who can use it. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { request } from 'node:http';
import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../simulator';
import { call, control, MAIL } from '../support/call';
import { startReceiver } from '../support/receiver';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

/** Asks with headers that fetch would not let through. */
function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		request(simulator.url + path, { method, headers, agent: false }, (response) => {
			response.resume();
			resolve(response.statusCode);
		})
			.on('error', reject)
			.end();
	});
}

test.each([
	['a host that was rebound to 127.0.0.1', { host: 'evil.example' }],
	['another web page', { origin: 'https://evil.example' }],
	['another page on this machine', { origin: 'http://localhost:5678' }],
	['a page without origin', { origin: 'null' }],
	["a foreign page's picture or frame", { 'sec-fetch-site': 'cross-site' }],
])('answers no request of %s', async (_who, headers) => {
	for (const path of ['/_simulator/emails', '/', '/v3/email/send', '/_simulator/reset']) {
		expect(await ask(path, headers, path.endsWith('reset') || path.startsWith('/v3') ? 'POST' : 'GET')).toBe(403);
	}
});

test('answers its own page, by either name of the machine', async () => {
	const { port } = simulator;
	for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
		expect(await ask('/_simulator/emails', { host, origin: `http://${host}` })).toBe(200);
});

test('shows no secret of a hook or a key', async () => {
	const receiver = await startReceiver();
	await call(simulator, '/webhook/add', {
		url: receiver.url.replace('//', '//user:pass-word@'),
		events: ['delivered'],
		auth_header_type: 'bearer',
		auth_header_value: 'to-ken',
	});
	await call(simulator, '/email/send', MAIL);
	await simulator.waitFor(({ deliveries }) => deliveries[0]?.status === 'delivered');
	const secret = simulator.addKey();
	for (const name of [
		'state',
		'overview',
		'emails',
		'events',
		'hooks',
		'deliveries',
		'suppressions',
		'templates',
		'scheduled',
		'sms',
		'sms/received',
		'requests',
		'keys',
		'health',
		'log',
		'faults',
	]) {
		const response = await fetch(`${simulator.url}/_simulator/${name}`);
		expect(response.status).toBe(200);
		const text = await response.text();
		// Requests received through the API are in the request log, exactly as they arrived.
		const secrets = name === 'requests' ? [secret] : [secret, 'to-ken', 'pass-word'];
		for (const word of secrets) expect(text).not.toContain(word);
	}
	expect(await (await fetch(`${simulator.url}/_simulator/hooks`)).json()).toMatchObject([
		{ url: receiver.url, authenticates: 'bearer' },
	]);
	await receiver.stop();
});

test('lists the newest first and as many as asked for', async () => {
	for (const subject of ['First', 'Second', 'Third']) await call(simulator, '/email/send', { ...MAIL, subject });
	const mails = (await (await fetch(`${simulator.url}/_simulator/emails?limit=2`)).json()) as { subject: string }[];
	expect(mails.map(({ subject }) => subject)).toEqual(['Third', 'Second']);
});

test('goes back to the first day at a reset; nothing of before happens after', async () => {
	const slow = await startSimulator({ eventDelayMs: 30 });
	await call(slow, '/email/send', MAIL);
	await call(slow, '/suppression/add', { email_address: 'ann@example.org' });
	slow.addKey();
	slow.setFault({ path: '*', fault: 'server-error' });
	await control(slow, 'reset');
	const { emails: mails, events, suppressions, hooks, keys, templates } = slow.state;
	expect({ mails, events, suppressions, hooks }).toEqual({ mails: [], events: [], suppressions: [], hooks: [] });
	expect(keys.map(({ key }) => key)).toEqual([DEMO_API_KEY]);
	expect(templates.map(({ id }) => id)).toEqual(['order-receipt', 'welcome']);
	// The events of an email that is sent now come after those that the earlier one would have had.
	expect((await call(slow, '/email/send', MAIL)).status).toBe(200);
	await slow.waitFor((state) => state.events.length >= 3);
	expect(new Set(slow.state.events.map(({ emailId }) => emailId))).toEqual(new Set([slow.state.emails[0]?.emailId]));
	await slow.stop();
});

test('waits for what is to happen, and says so if it does not', async () => {
	const waiting = simulator.waitFor(({ emails: mails }) => mails[0]?.subject);
	await call(simulator, '/email/send', MAIL);
	expect(await waiting).toBe(MAIL.subject);
	await expect(simulator.waitFor(() => false, { timeoutMs: 30 })).rejects.toThrow('within 30 ms');
	await expect(
		simulator.waitFor(() => {
			throw new Error('broken predicate');
		}),
	).rejects.toThrow('broken predicate');
});

test('stops with calls, deliveries and schedules under way', async () => {
	const receiver = await startReceiver([200, undefined]);
	const busy = await startSimulator({ eventDelayMs: 0 });
	await call(busy, '/webhook/add', { url: receiver.url, events: ['processed', 'delivered'] });
	await call(busy, '/email/send', { ...MAIL, schedule: new Date(Date.now() + 60_000).toISOString() });
	await call(busy, '/email/send', MAIL);
	await busy.waitFor(() => receiver.deliveries().length > 0);
	busy.setFault({ path: '*', fault: 'timeout' });
	const hanging = call(busy, '/email/send', MAIL);
	await busy.waitFor(({ requests }) => requests.length === 4);
	await Promise.all([busy.stop(), expect(hanging).rejects.toThrow(/fetch failed/)]);
	await expect(fetch(busy.url)).rejects.toThrow(/fetch failed/);
	await receiver.stop();
});
