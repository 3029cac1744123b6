/** The activity log of the simulator. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL } from '../../support/call';

type Row = Record<string, unknown> & { event: string; email_id: string };
interface Answer {
	events: Row[];
	total_events: number;
	continue_token: string | null;
}

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const search = async (body: object = {}, key?: string): Promise<Answer> =>
	(await call(simulator, '/activity/search', body, key)).body.data as unknown as Answer;
const names = ({ events }: Answer): string[] => events.map(({ event }) => event).sort();

/** Sends an email and waits until so many events have happened since. */
async function sent(more: object, events: number, key?: string): Promise<string> {
	const before = simulator.state.events.length;
	const { body } = await call(simulator, '/email/send', { ...MAIL, ...more }, key);
	await simulator.waitFor((state) => state.events.length === before + events);
	return String(body.data?.['email_id']);
}

test('tells of a delivery what the contract tells, and leaves out what there is not', async () => {
	const id = await sent(
		{
			cc: ['Bob <bob@example.org>'],
			bcc: ['audit@example.org'],
			custom_headers: [{ header: 'Reply-To', value: 'desk@example.com' }],
		},
		7,
	);
	const [row] = (await search({ event_types: ['delivered'], search_recipient: 'ann@' })).events;
	expect(row).toEqual({
		date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
		event: 'delivered',
		email_id: id,
		from: 'shop@example.com',
		sender: 'shop@example.com',
		sender_full: 'Shop <shop@example.com>',
		to: 'ann@example.org',
		cc: 'bob@example.org',
		bcc: 'audit@example.org',
		recipient: 'ann@example.org',
		recipients: ['ann@example.org', 'bob@example.org', 'audit@example.org'],
		subject: 'Order 1001',
		username: DEMO_API_KEY.slice(0, 16),
		subaccount_name: 'Master account',
		reply_to: 'desk@example.com',
		byte_size: expect.any(Number) as number,
		host: '203.0.113.9',
		smtp_response: '250 2.0.0 Ok: queued',
		outbound_ip: '192.0.2.25',
	});
});

test('tells of each kind of event what belongs to it', async () => {
	await sent({ html_body: '<a href="https://shop.example/order">Order</a>' }, 4);
	await sent({ to: ['bounce@example.org'] }, 2);
	await sent({ to: ['reject@example.org'] }, 1);
	const of = async (kind: string): Promise<Row | undefined> => (await search({ event_types: [kind] })).events.at(-1);
	expect(await of('processed')).toMatchObject({
		originating_host: '127.0.0.1',
		delivery_attempts: [{ host: '203.0.113.9', smtpresponse: '250 2.0.0 Ok: queued' }],
	});
	expect(await of('opened')).toMatchObject({
		email_client: { client: 'Simulator' },
		metadata: { 'geoip-country': 'NZ' },
	});
	expect(await of('clicked')).toMatchObject({ metadata: { url: 'https://shop.example/order' } });
	expect(await of('hard-bounced')).toMatchObject({
		smtp_response: '550 5.1.1 user unknown',
		error: '550 5.1.1 user unknown',
	});
	expect(await of('rejected')).toMatchObject({ reason: 'recipient rejected' });
});

test('finds by every filter, and by all of them at once', async () => {
	const first = await sent({}, 3);
	const other = simulator.addKey();
	const second = await sent(
		{ sender: 'Sales <sales@example.com>', to: ['bounce@example.net'], subject: 'Offer' },
		2,
		other,
	);
	const ids = async (body: object): Promise<string[]> =>
		[...new Set((await search(body)).events.map(({ email_id }) => email_id))].sort();
	const both = [first, second].sort();
	expect(await ids({})).toEqual(both);
	expect(await ids({ search_email_id: second })).toEqual([second]);
	expect(await ids({ search_subject: 'OFF' })).toEqual([second]);
	expect(await ids({ search_sender: 'Sales' })).toEqual([second]);
	expect(await ids({ search_recipient: 'ann@' })).toEqual([first]);
	expect(await ids({ search_usernames: [other.slice(0, 16)] })).toEqual([second]);
	expect(await ids({ search: 'offer | ann@example' })).toEqual(both);
	expect(await ids({ search: 'user unknown' })).toEqual([second]);
	expect(await ids({ event_types: ['hard-bounced', 'soft-bounced'] })).toEqual([second]);
	expect(await ids({ search_subject: 'off', search_recipient: 'ann@' })).toEqual([]);
});

test('searches from today on; the start counts, the end does not', async () => {
	simulator.generate({ events: 3, emails: 1, from: '2026-03-01T10:00:00Z', to: '2026-03-01T10:00:01Z' });
	expect(await search()).toMatchObject({ total_events: 0 });
	expect(await search({ start_date: '2026-03-01 10:00:00', end_date: '2026-03-01 10:00:01' })).toMatchObject({
		total_events: 3,
	});
	expect(await search({ start_date: '2026-03-01', end_date: '2026-03-01T10:00:00Z' })).toMatchObject({
		total_events: 0,
	});
});

test('gives the newest event of an email only, by event or by sending', async () => {
	const first = await sent({ text_body: 'First' }, 3);
	await new Promise((resolve) => setTimeout(resolve, 5));
	const second = await sent({ to: ['bounce@example.org'] }, 2);
	simulator.raise('spam', { emailId: first });
	const pairs = async (body: object): Promise<string[]> =>
		(await search(body)).events.map(({ event, email_id }) => `${event} ${email_id}`);
	expect(await pairs({ only_latest: true })).toEqual([`spam ${first}`, `hard-bounced ${second}`]);
	expect(await pairs({ only_latest_by_sent: true })).toEqual([`hard-bounced ${second}`, `spam ${first}`]);
});

test('gives headers only to those who ask, whole or by name', async () => {
	await sent({ custom_headers: [{ header: 'X-Order-ID', value: '4711' }] }, 3);
	const [plain] = (await search()).events;
	expect(plain).not.toHaveProperty('headers');
	expect(plain).not.toHaveProperty('custom_headers');
	const [row] = (await search({ include_headers: true, custom_headers: ['x-order-id', 'X-None'] })).events;
	expect(row?.['headers']).toContain('From: Shop <shop@example.com>\nTo: ann@example.org\nSubject: Order 1001\n');
	expect(row?.['custom_headers']).toEqual({ 'x-order-id': '4711' });
});

test('really pages; email that arrives meanwhile neither repeats a row nor hides one', async () => {
	await sent({}, 3);
	await sent({}, 3);
	const first = await search({ limit: 4 });
	expect(first).toMatchObject({ total_events: 6, continue_token: expect.any(String) as string });
	await sent({ to: ['late@example.org'] }, 3);
	const second = await search({ limit: 4, continue_token: first.continue_token });
	const [oldest, ...others] = [...simulator.state.events.slice(0, 6)].reverse();
	expect([...first.events, ...second.events].map(({ event, email_id }) => [event, email_id])).toEqual(
		[oldest, ...others].map((event) => [{ open: 'opened' }[event?.event ?? ''] ?? event?.event, event?.emailId]),
	);
	expect(second.continue_token).toBeNull();
});

test('shows a subaccount its own emails, and the master account everything or what it names', async () => {
	simulator.state.account.allowedSenders['demo01'] = { mode: 'whitelist', allowed_senders: ['example.com'] };
	const key = simulator.addKey({ subaccountId: 'demo01' });
	await sent({}, 3);
	const id = await sent({ to: ['bounce@example.org'] }, 2, key);
	expect(names(await search({}, key))).toEqual(['hard-bounced', 'processed']);
	expect(await search()).toMatchObject({ total_events: 5 });
	const named = await search({ subaccounts: ['demo01'] });
	expect(named.events.map((row) => [row.email_id, row['subaccount_name']])).toEqual([
		[id, 'Branch north'],
		[id, 'Branch north'],
	]);
	expect(await search({ subaccounts: ['nobody'] })).toMatchObject({ total_events: 0 });
});

test('knows no email in another region than its own', async () => {
	const european = await startSimulator({ eventDelayMs: 0, region: 'eu' });
	await call(european, '/email/send', MAIL);
	await european.waitFor(({ events }) => events.length === 3);
	const total = async (body: object): Promise<unknown> =>
		(await call(european, '/activity/search', body)).body.data?.['total_events'];
	const totals = [await total({}), await total({ region: 'eu' }), await total({ region: 'us' })];
	await european.stop();
	expect(totals).toEqual([3, 3, 0]);
});

test('keeps SMS out', async () => {
	await call(simulator, '/sms/send', { destination: ['+6421000000'], content: 'Hi' });
	await simulator.waitFor(({ events }) => events.length === 3);
	expect(await search()).toEqual({ events: [], total_events: 0, continue_token: null });
});

test('limits the calls a minute if it is told to', async () => {
	simulator.setFault({ path: '/activity/search', fault: 'rate-limit', times: 0, perMinute: 2 });
	const statuses = [];
	for (let calls = 0; calls < 4; calls++) statuses.push((await call(simulator, '/activity/search')).status);
	expect(statuses).toEqual([200, 200, 429, 429]);
});
