/** The data of a report: where each figure comes from, what is missing, and what is said about it. */
import { deliverabilityReport } from '../../../api/report/report';
import { runDeliverabilityReport } from '../../../api/report/run';
import { data, fault, json } from '../support/fake-host';
import { denied } from './support/account';
import { shopEmails } from './support/emails';
import { accountOf, email, failureOf, reportOf } from './support/reports';

const HISTORY = '/stats/email_history';
const LOG = '/activity/search';

function shop() {
	return accountOf(shopEmails('2026-11-28T00:00:00Z', 20, 40));
}

test('gives the same report for the same account', async () => {
	const { text, html, ...first } = await reportOf(shop(), { timeZone: 'Europe/Berlin' });
	expect(first).toMatchSnapshot('data');
	expect(text).toMatchSnapshot('text');
	expect(await reportOf(shop(), { timeZone: 'Europe/Berlin' })).toEqual({ text, html, ...first });
});

test('counts emails by SMTP2GO’s statistics, and deliveries and types of bounces by the log', async () => {
	const account = accountOf([
		email(15, 'delivered'),
		email(15, 'hard-bounced'),
		email(22, 'delivered', 'opened', 'clicked'),
		email(23, 'delivered', 'spam', 'unsubscribed'),
		email(24, 'hard-bounced'),
		email(25, 'soft-bounced'),
		email(26, 'rejected'),
	]);
	const { figures } = await reportOf(account);
	const counts = Object.entries(figures).map(([name, { count, previousCount, rate }]) => [
		name,
		count,
		previousCount,
		rate,
	]);
	expect(counts).toEqual([
		['sent', 5, 2, null],
		['delivered', 2, 1, 40],
		['bounces', 2, 1, 40],
		['hardBounces', 1, 1, 20],
		['softBounces', 1, 0, 20],
		['rejects', 1, 0, 20],
		['complaints', 1, 0, 50],
		['unsubscribes', 1, 0, 50],
		['opens', 1, 0, 50],
		['clicks', 1, 0, 50],
	]);
	expect(figures.sent).toMatchObject({ changePercent: 150, rateOf: null });
	expect(figures.delivered).toMatchObject({ previousRate: 50, rateChange: -10, rateOf: 'sent' });
	expect(figures.opens.rateOf).toBe('delivered');
});

test.each([
	['last7Days', 7],
	['last30Days', 30],
] as const)('makes two calls for %s, one for each of %i days, and few for the log', async (period, days) => {
	const account = shop();
	const { calls } = await reportOf(account, { period });
	expect(account.tally).toEqual({ [HISTORY]: 2 + days, [LOG]: 5, '/stats/email_cycle': 1 });
	expect(calls).toBe(8 + days);
	expect(account.host.sent).toHaveLength(calls);
});

test('asks once for a period of one day', async () => {
	const account = accountOf([email(27, 'delivered')]);
	const { steps } = await reportOf(account, {
		period: 'custom',
		start: Date.parse('2026-11-27T00:00:00Z'),
		end: Date.parse('2026-11-28T00:00:00Z'),
	});
	expect(account.tally[HISTORY]).toBe(2);
	expect(steps).toEqual([expect.objectContaining({ label: 'Fri, Nov 27', sent: 1, bounces: 0 })]);
});

test('counts each email once for its recipient’s domain: a delivery after soft bounces is a delivery', async () => {
	const to = (recipient: string, ...kinds: string[]) => ({ ...email(22, ...kinds), recipient });
	const account = accountOf([
		to('a@Example.ORG', 'soft-bounced', 'soft-bounced', 'delivered'),
		to('b@example.org', 'hard-bounced'),
		to('c@example.org', 'soft-bounced'),
		to('d@example.org', 'delivered', 'spam'),
		to('e@other.example', 'rejected'),
	]);
	const { recipientDomains } = await reportOf(account);
	expect(recipientDomains).toEqual([
		{
			domain: 'example.org',
			emails: 4,
			delivered: 2,
			hardBounces: 1,
			softBounces: 1,
			rejects: 0,
			complaints: 1,
			unsubscribes: 0,
			deliveredRate: 50,
			bounceRate: 50,
		},
		expect.objectContaining({ domain: 'other.example', emails: 1, rejects: 1, deliveredRate: 0 }),
	]);
});

test('groups bounces by reason in the words of the servers, and lists the worst recipients', async () => {
	const bounce = (recipient: string, kind: string, reason: string, day: number) => ({
		...email(day),
		recipient,
		events: [{ kind, reason }],
	});
	const account = accountOf([
		bounce('a@x.example', 'hard-bounced', '550 5.1.1 <a@x.example>: User unknown (id 7f3a91bc22)', 22),
		bounce('b@x.example', 'hard-bounced', '550 5.1.1 <b@x.example>: User unknown (id 99ab41bc00)', 23),
		bounce('c@y.example', 'soft-bounced', '452 4.2.2 Mailbox full', 23),
		bounce('c@y.example', 'soft-bounced', '452 4.2.2 Mailbox full', 24),
		bounce('c@y.example', 'soft-bounced', '452 4.2.2 Mailbox full', 25),
	]);
	const { bounceReasons, worstBounces } = await reportOf(account);
	expect(bounceReasons).toEqual([
		{ reason: '452 4.2.2 Mailbox full', hardBounces: 0, softBounces: 3, recipients: 1, example: 'c@y.example' },
		{
			reason: '550 5.1.1 <b@x.example>: User unknown (id 99ab41bc00)',
			hardBounces: 2,
			softBounces: 0,
			recipients: 2,
			example: 'b@x.example',
		},
	]);
	expect(
		worstBounces.map(({ recipient, hardBounces, softBounces }) => [recipient, hardBounces, softBounces]),
	).toEqual([
		['a@x.example', 1, 0],
		['b@x.example', 1, 0],
		['c@y.example', 0, 3],
	]);
	expect(worstBounces.at(-1)?.lastBounce).toBe('2026-11-25T12:00:00Z');
});

test('says how much of a long log was read, and counts domains only where everything was read', async () => {
	const account = accountOf(shopEmails('2026-11-28T00:00:00Z', 14, 900));
	const { log, notes, recipientDomains, figures } = await reportOf(account, { maxLogEntries: 2000 });
	expect(figures.delivered.count).toBeGreaterThan(3000);
	expect(account.tally[LOG]).toBe(1 + 2 + 3);
	expect(log.read).toBeLessThan(3000);
	expect(log.share).toBeLessThan(100);
	const since = Date.parse(log.since ?? '');
	expect(since).toBeGreaterThan(Date.parse('2026-11-21T00:00:00Z'));
	const whole = await reportOf(accountOf(shopEmails('2026-11-28T00:00:00Z', 14, 900)), {
		period: 'custom',
		start: since,
		end: Date.parse('2026-11-28T00:00:00Z'),
	});
	expect(recipientDomains).toEqual(whole.recipientDomains);
	expect(notes[0]).toMatch(
		/^Recipient domains are based on [\d,]+ of [\d,]+ entries \(\d+%\) of the activity log: those since November/,
	);
});

test('reads no log if it may read no entry, and says so', async () => {
	const account = shop();
	const { figures, notes, log } = await reportOf(account, { maxLogEntries: 0 });
	expect(account.tally[LOG]).toBeUndefined();
	expect([figures.delivered.count, figures.opens.rateOf, log.since]).toEqual([null, 'sent', null]);
	expect(notes[0]).toContain('Maximum Log Entries is 0');
});

test('leaves out what a log does not know any more, and says so', async () => {
	const account = shop();
	account.logSince = Date.parse('2026-11-23T00:00:00Z');
	const { figures, notes, summary } = await reportOf(account);
	expect([figures.delivered.count, figures.hardBounces.count, figures.delivered.previousCount]).toEqual([
		null,
		null,
		null,
	]);
	expect(figures.bounces.rate).not.toBeNull();
	expect(notes[0]).toMatch(/^The activity log has an outcome for [\d,]+ of the [\d,]+ emails of this period/);
	expect(notes[1]).toMatch(/^The activity log has an outcome for 0 of the [\d,]+ emails of the period before/);
	expect(summary.join(' ')).not.toContain('delivered');
});

test('says that the days do not add up to the period', async () => {
	const account = shop();
	let calls = 0;
	account.answer = (path) =>
		path === HISTORY && ++calls > 2
			? data({ count: 1, history: [{ email_address: 'a@b.example', used: 7 }] })
			: undefined;
	const { notes } = await reportOf(account);
	expect(notes[0]).toMatch(/^The parts of the period add up to 49 emails, but the period has [\d,]+\./);
});

test('a key without the permission for the log still gets everything else', async () => {
	const account = shop();
	account.answer = (path) => (path === LOG ? denied() : undefined);
	const { figures, missingPermissions, notes, recipientDomains } = await reportOf(account);
	expect(account.tally[LOG]).toBe(1);
	expect(missingPermissions).toEqual([LOG]);
	expect(notes[0]).toBe(
		'Everything from the activity log (deliveries, types of bounces, recipient domains, and reasons) is missing, ' +
			'because the API key has no permission for /activity/search.',
	);
	expect([figures.sent.count === null, figures.delivered.count, recipientDomains]).toEqual([false, null, []]);
});

test('a key without the permission for the statistics still gets everything else', async () => {
	const account = shop();
	account.answer = (path) => (path.startsWith('/stats/') ? denied() : undefined);
	const { figures, missingPermissions, quota, summary, steps } = await reportOf(account);
	expect(account.tally[HISTORY]).toBe(1);
	expect(missingPermissions).toEqual([HISTORY, '/stats/email_cycle']);
	expect([figures.sent.count, quota, figures.delivered.count === null]).toEqual([null, null, false]);
	expect(summary).toEqual(['The number of emails sent is not known.']);
	expect(steps.every(({ sent }) => sent === null)).toBe(true);
});

test('fails if nothing can be read', async () => {
	const account = shop();
	account.answer = () => denied();
	expect(await failureOf(account)).toMatchObject({ type: 'permission', details: { endpoint: HISTORY } });
});

test('fails at once for an unknown key', async () => {
	const account = shop();
	account.answer = () => json(401, { data: { error: "An API User matching the passed 'api_key' was not found" } });
	expect(await failureOf(account)).toMatchObject({ type: 'auth' });
	expect(account.calls).toHaveLength(1);
});

test('stops when it is canceled', async () => {
	const account = shop();
	const stop = new AbortController();
	account.answer = () => {
		if (account.calls.length === 4) stop.abort();
		return undefined;
	};
	const connection = { ...account.host.connection, signal: stop.signal };
	const report = await deliverabilityReport(connection, { period: 'last7Days', timeZone: 'UTC', maxLogEntries: 1 });
	expect(report.ok ? undefined : report.error.type).toBe('cancelled');
	expect(account.calls).toHaveLength(4);
});

test('a day that cannot be read leaves the rest of the days out, and nothing else', async () => {
	const account = shop();
	account.answer = (path, { start_date }) =>
		path === HISTORY && start_date === '2026-11-24T00:00:00Z' ? fault('unknown', 'ECONNRESET') : undefined;
	const { steps, notes, figures } = await reportOf(account);
	expect(steps.map(({ sent }) => sent !== null)).toEqual([true, true, true, false, false, false, false]);
	expect(notes[0]).toContain('beginning with Tue, Nov 24,');
	expect(figures.sent.count).toBeGreaterThan(0);
});

test('reports a period without emails', async () => {
	const { summary, steps, senders, figures, text } = await reportOf(accountOf([]));
	expect(summary).toEqual(['No emails were sent in this period.']);
	expect([steps.length, senders, figures.delivered.rate]).toEqual([7, [], null]);
	expect(text).toContain('No emails were sent');
});

test('passes on subaccounts to the statistics and the log', async () => {
	const account = shop();
	await reportOf(account, { subaccounts: ['34l8oj'] });
	const asked = account.calls.filter(({ path }) => path !== '/stats/email_cycle');
	expect(asked.every(({ body }) => JSON.stringify(body['subaccounts']) === '["34l8oj"]')).toBe(true);
});

describe('the operation', () => {
	test('makes one report for entries with the same values, in the time zone of the host', async () => {
		const account = shop();
		const host = Object.assign(account.host, { timeZone: 'Asia/Tokyo' });
		const [first, second, third] = await runDeliverabilityReport(host.connection, [
			{ period: 'last7Days' },
			{ period: 'last7Days' },
			{ period: 'last7Days', time_zone: 'UTC', max_log_entries: 0 },
		]);
		expect(account.tally[HISTORY]).toBe(18);
		expect(first?.ok && first.value[0]?.['timeZone']).toBe('Asia/Tokyo');
		expect(second).toBe(first);
		expect(third?.ok && third.value[0]).toMatchObject({ timeZone: 'UTC', log: { read: 0 } });
	});

	test('names a time zone that does not exist', async () => {
		const [outcome] = await runDeliverabilityReport(shop().host.connection, [{ time_zone: 'Mars/Olympus' }]);
		expect(outcome?.ok === false && outcome.error.message).toBe(
			'"Mars/Olympus" is not a time zone. Enter a name such as Europe/Berlin or UTC',
		);
	});
});
