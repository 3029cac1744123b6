/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { type Simulator, startSimulator } from '../../simulator';
import { call, MAIL } from './call';

let simulator: Simulator;
beforeEach(async () => { simulator = await startSimulator({ eventDelayMs: 0 }); });
afterEach(() => simulator.stop());

/** Sends to these recipients, a mail each, and waits until their events are over. */
async function sent(...recipients: string[]): Promise<void> {
	for (const to of recipients) await call(simulator, '/email/send', { ...MAIL, to: [to] });
	await simulator.waitFor(({ events, mails }) => mails.length >= recipients.length && recipients.every((address) => events.some(({ recipient, event }) => recipient === address && event !== 'processed')));
	await new Promise((resolve) => { setTimeout(resolve, 30); });
}

const data = async (path: string, body: object = {}) => (await call(simulator, path, body)).body.data;

test('bounces follow from the mails, as text with two places', async () => {
	expect(await data('/stats/email_bounces')).toEqual({ emails: 0, rejects: 0, softbounces: 0, hardbounces: 0, bounce_percent: '0.00' });
	await sent('bounce@example.org', 'soft-bounce@example.org', 'reject@example.org', 'ann@example.org');
	expect(await data('/stats/email_bounces')).toEqual({ emails: 4, rejects: 1, softbounces: 1, hardbounces: 1, bounce_percent: '50.00' });
});

test('complaints, unsubscribes and the summary tell the same story', async () => {
	await sent('spam@example.org', 'unsubscribe@example.org');
	expect(await data('/stats/email_spam')).toMatchObject({ emails: 2, spams: 1, spam_percent: '50.00' });
	expect(await data('/stats/email_unsubs')).toMatchObject({ emails: 2, unsubscribes: 1, unsubscribe_percent: '50.00' });
	expect(await data('/stats/email_summary')).toMatchObject({ email_count: 2, spam_emails: 1, unsubscribes: 1, cycle_used: 2, cycle_remaining: 9_998, cycle_max: 10_000 });
});

test('statistics of another user are empty', async () => {
	await sent('ann@example.org');
	expect(await data('/stats/email_bounces', { username: 'somebody' })).toMatchObject({ emails: 0 });
	expect(await data('/stats/email_bounces', { username: simulator.state.mails[0]?.username })).toMatchObject({ emails: 1 });
});

test('the quota counts the mails of this month', async () => {
	await sent('ann@example.org');
	expect(await data('/stats/email_cycle')).toMatchObject({ cycle_used: 1, cycle_remaining: 9_999, cycle_start: expect.stringMatching(/-01 00:00:00\+00:00$/) as string });
});

test.each([['email_address', 'shop@example.com'], ['domain', 'example.com'], ['subaccount', 'Master account']])('the history by %s has an entry for %s', async (group_by, name) => {
	await sent('bounce@example.org', 'ann@example.org');
	expect(await data('/stats/email_history', { group_by })).toMatchObject({ history: [{ [group_by]: name, used: 2, bounces: 1, bounce_percent: 50 }] });
});

test('the history of a period without mail is empty', async () => {
	await sent('ann@example.org');
	expect(await data('/stats/email_history', { start_date: '2020-01-01', end_date: '2020-02-01' })).toMatchObject({ history: [] });
});

test('the archive keeps every mail, and finds it by exactly what is asked for', async () => {
	await sent('ann@example.org', 'bob@example.org');
	const found = await data('/archive/search', { recipient: 'bob@example.org' }) as { email_count: number; emails: { email_id: string }[] };
	expect(found).toMatchObject({ email_count: 1, emails: [{ recipient: 'bob@example.org', subject: MAIL.subject }] });
	expect(await data('/archive/search', { recipient: 'bob' })).toMatchObject({ email_count: 0 });
	expect(await data('/archive/email', { email_id: found.emails[0]?.email_id })).toMatchObject({ recipient: 'bob@example.org' });
	expect((await call(simulator, '/archive/email', { email_id: 'nobody' })).status).toBe(400);
});

test('the archive really pages, and every row comes once', async () => {
	await sent('a@example.org', 'b@example.org', 'c@example.org');
	const rows: string[] = [];
	let token: string | null | undefined;
	do {
		const page = await data('/archive/search', { limit: 2, ...(token ? { continue_token: token } : {}) }) as { emails: { recipient: string }[]; continue_token: string | null };
		rows.push(...page.emails.map(({ recipient }) => recipient));
		token = page.continue_token;
	} while (token);
	expect(rows.sort()).toEqual(['a@example.org', 'b@example.org', 'c@example.org']);
});

test('dedicated IP addresses are listed in pools', async () => {
	expect(await data('/dedicated_ips/view')).toEqual(simulator.state.ipPools);
});
