/** Examples that send: to customers, to the rows of a list, and to the team. */
import { execution, outputOf } from '../support/n8n-approval';
import {
	appHeaders,
	callApi,
	emails,
	ended,
	executions,
	finished,
	load,
	postTo,
	published,
	run,
	send,
	sent,
	texts,
	tryIt,
	world,
} from '../support/n8n-examples';
import { until } from '../support/until';

test('order confirmation: the template is filled, and only the shop can send one', async () => {
	const order = {
		name: 'Ann',
		email: 'ann@example.com',
		order_id: '7',
		items: [{ quantity: 3, title: 'White tea' }],
	};
	await run('order-confirmation');
	expect(emails()).toMatchObject([{ subject: 'Your order 1001', html: expect.stringContaining('2 × Green tea') }]);
	await published('order-confirmation', async (id) => {
		expect((await postTo('order-paid', order)).status).toBe(403);
		const email = 'ann@example.com, victim@example.com';
		expect((await postTo('order-paid', { ...order, email }, appHeaders)).status).toBe(200);
		expect(await finished(id)).toEqual(['error']);
		expect(emails()).toEqual([]);
		expect((await postTo('order-paid', order, appHeaders)).status).toBe(200);
		await finished(id, 2);
	});
	expect(emails()).toMatchObject([{ subject: 'Your order 7', html: expect.stringContaining('3 × White tea') }]);
});

test('attachment from cloud storage: the file arrives whole, and without it no email is sent', async () => {
	const file = `${world().simulator.url}/page/icon.svg`;
	await run('attachment-from-cloud-storage', (text) => text.replace('https://www.example.com/', file));
	const whole = Buffer.from(await (await fetch(file)).arrayBuffer());
	const [attached] = emails()[0]?.attachments ?? [];
	expect([attached?.filename, attached?.content.equals(whole)]).toEqual(['report.html', true]);
	const { id } = await load('attachment-from-cloud-storage', (text) =>
		text.replace('https://www.example.com/', `${file}.gone`),
	);
	await tryIt(id);
	expect(await finished(id)).toEqual(['error']);
	expect(emails()).toEqual([]);
});

test('newsletter from a sheet: one call for the good rows, each with its own words, escaped', async () => {
	await run('newsletter-from-a-sheet', (text) =>
		text
			.replace('Joe,,Rome', 'Joe <b>,,\\"Rome, \'\'IT\\"')
			.replace('not an address,', 'gone@example.com,Gus,,Bern\\nnot an address,'),
	);
	expect(emails().map(({ to }) => to.map(({ address }) => address))).toEqual([
		['ann@example.com'],
		['joe@example.com'],
		['gone@example.com'],
	]);
	expect(emails()[0]).toMatchObject({
		to: [{ text: 'Ann Lee <ann@example.com>' }],
		subject: 'Ann, the new harvest is here',
	});
	expect(emails()[1]?.html).toContain('Dear Joe &#60;b&#62;');
	const paths = world().simulator.state.requests.map(({ path }) => path);
	expect(paths.sort()).toEqual(['/allowed_recipients/view', '/email/batch', '/suppression/view']);
});

test('newsletter from a sheet: who unsubscribed gets nothing, and the row says so', async () => {
	const { id } = await load('newsletter-from-a-sheet');
	await callApi('/suppression/add', { email_address: 'joe@example.com' });
	await tryIt(id);
	await ended(id);
	expect(sent()).toEqual([['ann@example.com', 'Ann, the new harvest is here']]);
	const [ran] = await executions(id);
	const skipped = outputOf(await execution(world(), ran?.id ?? ''), 'Skipped');
	expect(skipped.map(({ problem }) => problem)).toEqual(['suppressed', 'duplicate', 'invalidAddress']);
});

test('list cleaning: a list that can be sent to, and a list of problems; nothing is sent', async () => {
	const { id } = await load('list-cleaning');
	await callApi('/suppression/add', { email_address: 'bounce@example.com' });
	await tryIt(id);
	await ended(id);
	const [ran] = await executions(id);
	const data = await execution(world(), ran?.id ?? '');
	expect(outputOf(data, 'Row')).toEqual([
		{ 'E-Mail Address': 'ann@example.com', 'First Name': 'Ann', City: 'Paris' },
		{ 'E-Mail Address': 'joe@example.com', 'First Name': 'Joe', City: 'Oslo' },
	]);
	expect(
		outputOf(data, 'Row and Problem').map((row) => [row['E-Mail Address'], row['City'], row['Problem']]),
	).toEqual([
		['bounce@example.com', 'Rome', 'suppressed'],
		['Ann@Example.com', 'Paris', 'duplicate'],
		['not an address', 'Lima', 'invalidAddress'],
	]);
	expect(data.text).toContain('cleaned-list.csv');
	expect(data.text).toContain('problems.csv');
	const paths = world().simulator.state.requests.map(({ path }) => path);
	expect(paths.filter((path) => !/^\/(suppression|allowed_recipients)\//.test(path))).toEqual([]);
});

test.each([
	['+14155550123', []],
	['+14155550404', ['SMS not delivered: Server web-1 is down']],
])('SMS alert to %s: mailed instead: %j', async (number, subjects) => {
	await run('sms-alert', (text) => text.replace('+14155550123', number).replace('"value": 60', '"value": 1'));
	expect(emails().map(({ subject }) => subject)).toEqual(subjects);
});

test.each([
	['/sms/send', 'was not sent: ', 0],
	['/sms/view-sent', 'has the status: unknown', 1],
])('SMS alert: if %s fails, the team gets one email', async (path, words, count) => {
	const { id } = await load('sms-alert', (text) => text.replace('"value": 60', '"value": 1'));
	world().simulator.setFault({ path, fault: 'error', status: 400, message: 'No credit' });
	await tryIt(id);
	await ended(id);
	expect(emails()).toMatchObject([
		{ subject: 'SMS not delivered: Server web-1 is down', text: expect.stringContaining(words) },
	]);
	expect(texts()).toHaveLength(count);
});

test('SMS alert: a caller sets neither the number nor the cost, and must be known', async () => {
	await published(
		'sms-alert',
		async (id) => {
			const alert = { number: '+14155550999', text: 'a'.repeat(1000), wait: 9999 };
			expect((await postTo('alarm', alert)).status).toBe(403);
			expect((await postTo('alarm', alert, appHeaders)).status).toBe(200);
			await ended(id);
		},
		(text) => text.replace('"value": 60', '"value": 1'),
	);
	expect(texts().map(({ destination, content }) => [destination, content])).toEqual([
		['+14155550123', 'a'.repeat(160)],
	]);
});

test.each([
	['ann@example.com', []],
	['bounce@example.com', ['Not delivered by email (hard-bounced): Server web-1 is down']],
])('not delivered in ten minutes, to %s: text messages %j', async (address, contents) => {
	await run('not-delivered-sms', (text) => text.replace('ann@example.com', address));
	expect(emails()).toHaveLength(1);
	expect(texts().map(({ content }) => content)).toEqual(contents);
});

test.each([
	['/email/send', 0],
	['/activity/search', 1],
])('not delivered: if %s fails, one text message says why', async (path, count) => {
	const { id } = await load('not-delivered-sms', (text) =>
		text.replace('Server web-1 is down', `Server web-1 is down ${'€'.repeat(300)}`),
	);
	world().simulator.setFault({ path, fault: 'error', status: 400, message: `No ${'€'.repeat(300)}`, times: 0 });
	await tryIt(id);
	await ended(id);
	expect(emails()).toHaveLength(count);
	expect(texts().map(({ content }) => content)).toEqual([
		expect.stringMatching(/^Not delivered by email \(.{1,60}\): Server web-1 is down €+$/),
	]);
	expect(texts()[0]?.content).toMatch(/^Not delivered by email \(.*No/);
});

test('weekly report: last week as HTML and text, with a list of bounces that no spreadsheet runs', async () => {
	const { id } = await load('weekly-report');
	const [from, to] = [8, 1].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
	world().simulator.generate({ events: 90, emails: 30, from, to, statistics: true });
	await tryIt(id);
	await ended(id);
	const report = emails().at(-1);
	expect(report?.subject).toMatch(/^Deliverability report: /);
	expect(report?.html).toContain('shop@example.com');
	expect(report?.text).toContain('BY RECIPIENT DOMAIN');
	const [file] = report?.attachments ?? [];
	const lines = file?.content.toString().split('\r\n') ?? [];
	expect([file?.filename, lines[0]]).toEqual(['bounces.csv', 'Date,Event,Recipient,Subject,Reason']);
	expect(lines[1]).toMatch(/-bounced","/);
});

test('weekly report: a subject cannot become a formula', async () => {
	const { id } = await load('weekly-report', (text) => text.replace('={{ $json.period.to }}', ''));
	await send('bounce@example.com', '=HYPERLINK("https://evil.example.com")');
	await until('the bounce', () => world().simulator.state.events.some(({ event }) => event === 'bounce'));
	await tryIt(id);
	await ended(id);
	expect(emails().at(-1)?.attachments[0]?.content.toString()).toContain(
		`"'=HYPERLINK(""https://evil.example.com"")"`,
	);
});
