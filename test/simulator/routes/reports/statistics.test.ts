import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../../simulator';
import { call, control, MAIL } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const data = async (path: string, body: object = {}, key?: string): Promise<Record<string, unknown>> =>
	(await call(simulator, path, body, key)).body.data ?? {};

/** Sends an email and waits until so many events have happened since. */
async function sent(more: object, events: number, key?: string): Promise<void> {
	const before = simulator.state.events.length;
	await call(simulator, '/email/send', { ...MAIL, ...more }, key);
	await simulator.waitFor((state) => state.events.length === before + events);
}

/** A bounce of each kind, a rejection, a complaint, an unsubscription, and one who reads and clicks. */
async function sentEverything(): Promise<void> {
	await sent({ to: ['bounce@example.org'] }, 2);
	await sent({ to: ['soft-bounce@example.org'] }, 2);
	await sent({ to: ['reject@example.org'] }, 1);
	await sent({ to: ['spam@example.org', 'unsubscribe@example.org'] }, 5);
	await sent({ to: ['ann@example.org'], html_body: '<a href="https://shop.example/">Shop</a>' }, 4);
}

test('bounces, complaints and unsubscribes follow from the emails, their percentages as text', async () => {
	expect(await data('/stats/email_bounces')).toEqual({
		emails: 0,
		rejects: 0,
		softbounces: 0,
		hardbounces: 0,
		bounce_percent: '0.00',
	});
	await sentEverything();
	expect(await data('/stats/email_bounces')).toEqual({
		emails: 6,
		rejects: 1,
		softbounces: 1,
		hardbounces: 1,
		bounce_percent: '33.33',
	});
	expect(await data('/stats/email_spam')).toEqual({ emails: 6, rejects: 1, spams: 1, spam_percent: '16.67' });
	expect(await data('/stats/email_unsubs')).toEqual({
		emails: 6,
		rejects: 1,
		unsubscribes: 1,
		unsubscribe_percent: '16.67',
	});
});

test('the summary is all of them in one', async () => {
	await sentEverything();
	const { cycle_start, cycle_end, ...rest } = await data('/stats/email_summary');
	expect(rest).toEqual({
		cycle_used: 6,
		cycle_remaining: 9_994,
		cycle_max: 10_000,
		email_count: 6,
		softbounces: 1,
		hardbounces: 1,
		bounce_percent: '33.33',
		spam_emails: 1,
		spam_percent: '16.67',
		unsubscribes: 1,
		unsubscribe_percent: '16.67',
		opens: 1,
		clicks: 1,
		rejects: 1,
		bounce_rejects: 1,
		spam_rejects: 0,
	});
	expect({ cycle_start, cycle_end }).toEqual({
		cycle_start: expect.stringMatching(/-01 00:00:00\+00:00$/) as string,
		cycle_end: expect.stringMatching(/-(28|29|30|31) 00:00:00\+00:00$/) as string,
	});
});

test('a user who opens twice counts twice, but is one email of a hundred', async () => {
	await sent({}, 3);
	simulator.raise('open');
	expect(await data('/stats/email_summary')).toMatchObject({ opens: 2 });
	expect(await data('/stats/email_history')).toMatchObject({
		open_percent_total: 100,
		history: [{ opens: 2, open_percent: 100 }],
	});
});

test('are of one user if asked for, by key or its first 16 characters', async () => {
	const other = simulator.addKey();
	await sent({ to: ['bounce@example.org'] }, 2, other);
	await sent({}, 3);
	for (const username of [other, other.slice(0, 16)])
		expect(await data('/stats/email_bounces', { username })).toMatchObject({
			emails: 1,
			hardbounces: 1,
			bounce_percent: '100.00',
		});
	expect(await data('/stats/email_summary', { username: 'somebody' })).toMatchObject({
		email_count: 0,
		cycle_used: 2,
	});
});

test('are of the last 30 days', async () => {
	await sent({}, 3);
	const [mail] = simulator.state.emails;
	if (!mail) throw new Error('nothing was sent');
	mail.receivedAt = new Date(Date.now() - 29 * 86_400_000).toISOString();
	expect(await data('/stats/email_bounces')).toMatchObject({ emails: 1 });
	mail.receivedAt = new Date(Date.now() - 32 * 86_400_000).toISOString();
	expect(await data('/stats/email_bounces')).toMatchObject({ emails: 0 });
	expect(await data('/stats/email_history')).toMatchObject({ count: 0, history: [] });
});

test('the cycle counts every recipient of this month against the plan, which can be changed', async () => {
	await sent({ cc: ['bob@example.org'] }, 5);
	await control(simulator, 'plan', { monthlyEmails: 3 });
	expect(await data('/stats/email_cycle')).toMatchObject({ cycle_used: 2, cycle_remaining: 1, cycle_max: 3 });
	await sent({ to: ['bob@example.org', 'eve@example.org'] }, 5);
	expect(await data('/stats/email_cycle')).toMatchObject({ cycle_used: 4, cycle_remaining: 0, cycle_max: 3 });
	const [mail] = simulator.state.emails;
	if (mail) mail.receivedAt = '2020-01-01T00:00:00.000Z';
	expect(await data('/stats/email_cycle')).toMatchObject({ cycle_used: 2 });
});

test('the history groups by sender, user, domain and account, with percentages as numbers', async () => {
	await sent({}, 3);
	await sent({ to: ['bounce@example.org'] }, 2);
	await sent({ sender: 'sales@shop.example', to: ['reject@example.org'] }, 1);
	const { history, ...totals } = (await data('/stats/email_history')) as { history: Record<string, unknown>[] };
	expect(totals).toEqual({
		count: 3,
		bounce_percent_total: 33.33,
		open_percent_total: 33.33,
		reject_percent_total: 33.33,
		spam_percent_total: 0,
		unsubscribe_percent_total: 0,
	});
	const [, shop] = history;
	expect(shop).toEqual({
		email_address: 'shop@example.com',
		used: 2,
		bytecount: expect.any(Number) as number,
		avgsize: Number(shop?.['bytecount']) / 2,
		lastip: '127.0.0.1',
		bounces: 1,
		clicks: 0,
		opens: 1,
		rejects: 0,
		spam: 0,
		unsubscribes: 0,
		bounce_percent: 50,
		open_percent: 50,
		reject_percent: 0,
		spam_percent: 0,
		unsubscribe_percent: 0,
	});
	const groups = async (group_by: string): Promise<unknown> =>
		(await data('/stats/email_history', { group_by }))['history'];
	expect(await groups('email_address')).toMatchObject([
		{ email_address: 'sales@shop.example', used: 1 },
		{ email_address: 'shop@example.com', used: 2 },
	]);
	expect(await groups('username')).toMatchObject([{ username: DEMO_API_KEY.slice(0, 16), description: '', used: 3 }]);
	expect(await groups('domain')).toMatchObject([
		{ domain: 'example.com', domain_verified: true, used: 2 },
		{ domain: 'shop.example', used: 1 },
	]);
	expect(await groups('subaccount')).toMatchObject([{ subaccount: 'Master account', used: 3 }]);
});

test('the history is of a period: its start counts, its end does not', async () => {
	await sent({}, 3);
	const [mail] = simulator.state.emails;
	if (mail) mail.receivedAt = '2026-03-01T10:00:00.000Z';
	const count = async (start_date: string, end_date: string): Promise<unknown> =>
		(await data('/stats/email_history', { start_date, end_date }))['count'];
	expect([
		await count('2026-03-01T10:00:00Z', '2026-03-02'),
		await count('2026-03-01', '2026-03-01T10:00:00Z'),
	]).toEqual([1, 0]);
});

test('a subaccount sees its own emails and plan, the master account everything or what it names', async () => {
	simulator.state.account.allowedSenders['demo01'] = { mode: 'whitelist', allowed_senders: ['example.com'] };
	const [account] = simulator.state.account.subaccounts;
	if (account) account.limit = 2_000;
	const key = simulator.addKey({ subaccountId: 'demo01' });
	await sent({}, 3);
	await sent({ to: ['bounce@example.org'] }, 2, key);
	expect(await data('/stats/email_bounces', {}, key)).toMatchObject({ emails: 1, hardbounces: 1 });
	expect(await data('/stats/email_cycle', {}, key)).toMatchObject({ cycle_used: 1, cycle_max: 2_000 });
	expect(await data('/stats/email_bounces')).toMatchObject({ emails: 2 });
	expect(await data('/stats/email_history', { group_by: 'subaccount' })).toMatchObject({
		history: [
			{ subaccount: 'Branch north', used: 1 },
			{ subaccount: 'Master account', used: 1 },
		],
	});
	expect(await data('/stats/email_history', { subaccounts: ['demo01'] })).toMatchObject({
		count: 1,
		bounce_percent_total: 100,
	});
});

test("ask for each endpoint's own permission", async () => {
	const paths = ['bounces', 'spam', 'unsubs', 'cycle', 'summary', 'history'].map((name) => `/stats/email_${name}`);
	for (const allowed of paths) {
		const key = simulator.addKey({ permissions: [allowed] });
		const open = [];
		for (const path of paths) if ((await call(simulator, path, {}, key)).status === 200) open.push(path);
		expect(open).toEqual([allowed]);
	}
});
