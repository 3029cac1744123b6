/** The examples that send to a list, clean one, report, or warn. */
import { readExample, type Flow } from './support/examples';
import { change, emailTo, emailsTo, flowVariable, press, useBench } from './support/run-example';
import { inbox } from '../support/node-red';

const bench = useBench();
const DAY = 86_400_000;
const TEAM = 'team@shop.example';
/** The paths of the calls, without the look for a webhook that an account with a public URL makes once. */
const calls = () => bench.simulator.state.requests.map(({ path }) => path).filter((path) => path !== '/webhook/view');
const suppress = (address: string) =>
	bench.simulator.state.suppressions.push({
		email_address: address,
		reason: 'bounce',
		block_description: '',
		complaint: '',
		subject: null,
		timestamp: new Date(Date.now() - DAY).toISOString().slice(0, 19).replace('T', ' '),
	});
/** Puts another text into the inject node that stands in for a file. */
const sheet = (id: string, lines: readonly string[]) => change(id, { payload: `${lines.join('\n')}\n` });

describe('newsletter from a sheet', () => {
	const live = (flow: Flow) =>
		flow.map((node) => ('env' in node ? { ...node, env: [{ name: 'DRY_RUN', type: 'bool', value: 'false' }] } : node));

	it('sends nothing before you change it, and shows what it would send', async () => {
		await bench.run('newsletter-from-a-sheet');
		const test = inbox('nl.would');
		press('nl.go');
		const { payload } = await test.next();
		expect(JSON.stringify(payload)).toContain('Dear Ann');
		await bench.settled();
		expect(bench.simulator.state.emails).toEqual([]);
		expect(calls().filter((path) => path.startsWith('/email'))).toEqual([]);
	});

	it('sends to each row once, in one call, with its own words, and skips rows with a problem', async () => {
		suppress('kim@example.com');
		const more = ['kim@example.com,Kim,Poe,Basic', '"eve@example.com, victim@example.com",Eve,,Gold'];
		await bench.run('newsletter-from-a-sheet', (flow) =>
			live(sheet('nl.go', [...String(flow.find(({ id }) => id === 'nl.go')?.['payload']).trim().split('\n'), ...more])(flow)),
		);
		const [sent, skipped] = [inbox('nl.sent'), inbox('nl.failed')];
		press('nl.go');
		expect((await sent.next()).payload).toHaveLength(2);
		expect(((await skipped.next()).payload as { problem?: string }[]).map(({ problem }) => problem)).toEqual([
			'duplicate',
			'invalidAddress',
			'suppressed',
			undefined,
		]);
		expect(JSON.stringify(skipped.messages)).toMatch(/victim@example\.com.*SMTP2GO_INVALID/);
		const { emails } = bench.simulator.state;
		expect(emails.map(({ to }) => to.map(({ text }) => text).join())).toEqual([
			'Ann Lee <ann@example.com>',
			'Joe <joe@example.com>',
		]);
		expect(emails[0]?.text).toMatch(/^Dear Ann,\n\nthe new harvest.*You have the plan Gold/s);
		expect(emails[1]?.text).toMatch(/^Dear Joe,\n\nthe new harvest.*You have the plan Basic/s);
		expect(calls().filter((path) => path.startsWith('/email'))).toEqual(['/email/batch']);
		expect(flowVariable('nl.sort', 'rows')).toHaveLength(6);
	});

	it('lets no column of the sheet decide more than the recipient', async () => {
		await bench.run('newsletter-from-a-sheet', (flow) =>
			live(
				sheet('nl.go', [
					'email,First Name,Plan,from,cc,bcc,replyTo,subject,html,attachments,headers',
					'ann@example.com,Ann,Gold,boss@shop.example,v@example.com,v@example.com,v@example.com,Won,<b>x</b>,x,x',
				])(flow),
			),
		);
		press('nl.go');
		const { to, cc, bcc, sender, subject, headers, attachments, html } = await emailTo(bench.simulator, 'ann@example.com');
		expect([to.length, cc, bcc, sender.address, subject]).toEqual([1, [], [], 'news@shop.example', 'The new harvest is here']);
		expect([attachments, html ?? '']).toEqual([[], '']);
		expect(headers.map(({ header }) => header)).toEqual(['Message-Id']);
	});
});

test('list cleaning: the team gets the rows that can get email, and the others with the reason', async () => {
	suppress('bounce@example.com');
	await bench.run('list-cleaning', (flow) =>
		sheet('lc.go', [
			...String(flow.find(({ id }) => id === 'lc.go')?.['payload']).trim().split('\n'),
			'zoe@example.com,"=HYPERLINK(""https://evil.example"")"',
		])(flow),
	);
	press('lc.go');
	const { subject, attachments } = await emailTo(bench.simulator, TEAM);
	expect(subject).toBe('List checked: 3 of 6 rows are fine');
	expect(attachments.map(({ filename }) => filename)).toEqual(['cleaned.csv', 'problems.csv']);
	const [cleaned = [], problems = []] = attachments.map(({ content }) => content.toString().split('\r\n'));
	expect(cleaned).toEqual([
		'"email","name"',
		'"ann@example.com","Ann"',
		'"joe@example.com","Joe"',
		`"zoe@example.com","'=HYPERLINK(""https://evil.example"")"`,
	]);
	expect(problems[0]).toBe('"email","name","problem","message"');
	expect(problems.slice(1).map((line) => /^"([^"]*)","\w+","(\w+)"/.exec(line)?.slice(1))).toEqual([
		['bounce@example.com', 'suppressed'],
		['Joe@example.com', 'duplicate'],
		['not an address', 'invalidAddress'],
	]);
	// The list itself gets nothing.
	expect(bench.simulator.state.emails).toHaveLength(1);
	expect(bench.simulator.state.suppressions).toHaveLength(1);
});

test('weekly report: the report as HTML and text, with the bounces as a file', async () => {
	await bench.run('weekly-report');
	const [from, to] = [8, 1].map((days) => new Date(Date.now() - days * DAY).toISOString());
	bench.simulator.generate({ events: 200, emails: 60, from, to, statistics: true });
	press('wr.monday');
	const { subject, html, text, attachments } = await emailTo(bench.simulator, TEAM);
	expect(subject).toMatch(/^Deliverability report: /);
	expect(html).toContain('shop@example.com');
	expect(text).toContain('BY RECIPIENT DOMAIN');
	const [head, ...rows] = attachments[0]?.content.toString().split('\r\n') ?? [];
	expect([attachments.length, head]).toEqual([1, '"When","Event","Recipient","Subject","Reason"']);
	expect(rows.length).toBeGreaterThan(0);
	expect(rows.filter((row) => !/"(hard|soft)-bounced"/.test(row))).toEqual([]);
});

test('weekly report: a week without bounces has no file', async () => {
	await bench.run('weekly-report');
	press('wr.monday');
	expect((await emailTo(bench.simulator, TEAM)).attachments).toEqual([]);
});

test('quota and reputation alarm: one email when the quota runs out, and none before', async () => {
	await bench.run('quota-and-reputation-alarm');
	await bench.simulator.waitFor(({ requests }) => requests.some(({ path, status }) => path === '/domain/view' && status));
	await bench.settled();
	expect(emailsTo(bench.simulator, TEAM)).toEqual([]);

	bench.simulator.setPlan({ monthlyEmails: 1000, used: 900 });
	await bench.run('quota-and-reputation-alarm');
	const { subject, text, html } = await emailTo(bench.simulator, TEAM);
	expect(subject).toMatch(/^SMTP2GO: /);
	expect(text).toMatch(/First seen: 20/);
	expect(html ?? '').toBe('');
});

test('order confirmation: the template is filled for the customer, and the order ID is a header', async () => {
	await bench.run('order-confirmation');
	press('oc.paid');
	const { subject, html, headers, to } = await emailTo(bench.simulator, 'ann@example.com');
	expect([subject, to.length]).toEqual(['Your order 1001', 1]);
	expect(html).toContain('2 × Green tea');
	expect(headers).toContainEqual({ header: 'X-Order-ID', value: '1001' });
});

test('tour of the account: every button is answered, and nothing is changed', async () => {
	await bench.run('tour-of-the-account');
	const buttons = readExample('tour-of-the-account').filter(({ type }) => type === 'inject');
	const result = inbox('tour.out');
	for (const { id } of buttons) press(id);
	await result.next(buttons.length);
	expect(bench.simulator.state.requests.filter(({ status }) => status !== 200)).toEqual([]);
	expect(calls().filter((path) => !/\/(view|search|view-sent|permissions|email_summary)$/.test(path))).toEqual([]);
});
