/** What can be let go wrong with the simulated account: quota, rates, keys, sender domains, webhooks. */
import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../simulator';
import { call, control, MAIL } from '../support/call';
import { startReceiver } from '../support/receiver';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const data = async (path: string, body: object = {}): Promise<Record<string, unknown>> =>
	(await call(simulator, path, body)).body.data ?? {};
const list = async (path: string): Promise<Record<string, unknown>[]> =>
	(await call(simulator, path)).body.data as unknown as Record<string, unknown>[];
/** Whether a call is taken. */
const works = async (path: string, body: object = {}): Promise<boolean> =>
	(await call(simulator, path, body)).status === 200;

test('sets the quota and how much of it is used; what is sent later comes on top', async () => {
	await call(simulator, '/email/send', MAIL);
	const { body } = await control(simulator, 'plan', { monthlyEmails: 1_000, used: 950 });
	expect(body).toMatchObject({ monthlyEmails: 1_000, used: 950 });
	await call(simulator, '/email/send', { ...MAIL, cc: ['bob@example.org'] });
	expect(await data('/stats/email_cycle')).toMatchObject({
		cycle_max: 1_000,
		cycle_used: 952,
		cycle_remaining: 48,
	});
});

test('lets the statistics show other rates, until they are taken back', async () => {
	await control(simulator, 'rates', { hardBounce: 5.25, spam: 0.08, unsubscribe: 2 });
	expect(await data('/stats/email_bounces')).toMatchObject({
		emails: 10_000,
		hardbounces: 525,
		softbounces: 0,
		bounce_percent: '5.25',
	});
	expect(await data('/stats/email_spam')).toMatchObject({ emails: 10_000, spams: 8, spam_percent: '0.08' });
	expect(await data('/stats/email_unsubs')).toMatchObject({ unsubscribes: 200, unsubscribe_percent: '2.00' });
	expect(await data('/stats/email_summary')).toMatchObject({ email_count: 10_000, hardbounces: 525, spam_emails: 8 });
	await control(simulator, 'rates', { hardBounce: null, unsubscribe: null });
	expect(await data('/stats/email_bounces')).toMatchObject({
		emails: 10_000,
		hardbounces: 0,
		bounce_percent: '0.00',
	});
	simulator.setRates({ spam: null });
	expect(await data('/stats/email_bounces')).toMatchObject({ emails: 0, hardbounces: 0 });
	expect((await control(simulator, 'rates', { spam: 101 })).status).toBe(400);
});

test('blocks an API key from sending and takes permissions from it, in place', async () => {
	await control(simulator, 'keys/change', {
		key: DEMO_API_KEY.slice(0, 16),
		sendingStatus: 'blocked',
		lost: ['/activity/search', '/webhook/*'],
	});
	const [key] = await list('/api_keys/view');
	expect(key).toMatchObject({ sending_status: 'blocked', status: 'allowed' });
	for (const endpoints of [key?.['endpoints'], await list('/api_keys/permissions')]) {
		expect(endpoints).toContain('/email/send');
		expect(endpoints).not.toContain('/activity/search');
		expect(endpoints).not.toContain('/webhook/view');
	}
	expect([await works('/activity/search'), await works('/webhook/view')]).toEqual([false, false]);
	simulator.changeKey(DEMO_API_KEY, { lost: [], sendingStatus: 'allowed' });
	expect(await works('/activity/search')).toBe(true);
	expect((await control(simulator, 'keys/change', { key: 'api-nobody' })).status).toBe(400);
});

test('loses a record of a sender domain, and a look at it does not bring it back', async () => {
	const domain = async (): Promise<Record<string, unknown>> => {
		const { domains } = (await data('/domain/view', { domain: 'example.com' })) as {
			domains: { domain: Record<string, unknown> }[];
		};
		return domains[0]?.domain ?? {};
	};
	expect(await domain()).toMatchObject({ dkim_verified: true });
	await control(simulator, 'domains/record', { domain: 'example.com', record: 'dkim' });
	await call(simulator, '/domain/verify', { domain: 'example.com' });
	expect(await domain()).toMatchObject({
		dkim_verified: false,
		dkim_value: 'dkim.smtp2go.net',
		dkim_status: expect.stringMatching(
			/^Lookup CNAME\(s\d+\._domainkey\.example\.com\.\) returned no results$/,
		) as string,
		rpath_verified: true,
	});
	expect(await data('/email/send', MAIL)).toMatchObject({ succeeded: 0, failed: 1 });
	simulator.setRecord('example.com', 'returnPath', 'other.example.net');
	expect(await domain()).toMatchObject({
		rpath_verified: false,
		rpath_value: 'other.example.net',
		rpath_expected: 'return.smtp2go.net',
	});
	for (const record of ['dkim', 'returnPath'] as const) simulator.setRecord('example.com', record, null);
	expect(await domain()).toMatchObject({ dkim_verified: true, rpath_verified: true });
	expect((await control(simulator, 'domains/record', { domain: 'no.example', record: 'dkim' })).status).toBe(400);
});

test('disables and removes a webhook behind the back of whoever added it', async () => {
	const receiver = await startReceiver();
	const { id } = await data('/webhook/add', { url: receiver.url, events: ['processed'] });
	await control(simulator, 'hooks/disable', { id });
	expect(await list('/webhook/view')).toMatchObject([{ id, disabled: true }]);
	await call(simulator, '/email/send', MAIL);
	await simulator.waitFor(({ events }) => events.length === 3);
	expect(simulator.state.deliveries).toEqual([]);
	await control(simulator, 'hooks/disable', { id, disabled: false });
	expect(await list('/webhook/view')).toMatchObject([{ id, disabled: false }]);
	await control(simulator, 'hooks/remove', { id });
	expect(await list('/webhook/view')).toEqual([]);
	expect((await control(simulator, 'hooks/remove', { id })).status).toBe(400);
	await receiver.stop();
});

test('receives the reply to a sent SMS, from and to the right numbers, under the name of its key', async () => {
	const key = simulator.addKey();
	const sent = { destination: ['+64210000001'], sender: '+64220000009', content: 'Coming? Reply YES' };
	await call(simulator, '/sms/send', sent, key);
	const { id = '' } = simulator.state.sms[0] ?? {};
	await control(simulator, 'sms/reply', { message_id: id, content: 'YES' });
	const { messages } = (await data('/sms/view-received')) as { messages: Record<string, unknown>[] };
	expect(messages[0]).toMatchObject({
		source_address: '64210000001',
		destination_address: '64220000009',
		content: 'YES',
		username: key.slice(0, 16),
	});
	expect((await control(simulator, 'sms/reply', { message_id: 'none', content: 'YES' })).status).toBe(400);
});
