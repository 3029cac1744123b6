/** Every example for Node-RED, run in a whole Node-RED against the simulator. */
import { DEMO_API_KEY, type Simulator } from '../../simulator';
import { deploy, example, makeHome, press, start, type RunningNodeRed } from './support/node-red';
import { pause, until } from './support/until';
import { openSimulator } from './support/simulator';

let simulator: Simulator;
let running: RunningNodeRed;
beforeAll(async () => {
	simulator = await openSimulator({ eventDelayMs: 5 });
	running = await start('5', makeHome());
});
afterAll(async () => {
	await (running as RunningNodeRed | undefined)?.stop();
	await (simulator as Simulator | undefined)?.stop();
});

type Flow = ReturnType<typeof example>;

/** Deploys an example with its account set up, changed by `change`. */
async function run(name: string, change: (flow: Flow) => Flow = (flow) => flow): Promise<void> {
	simulator.reset();
	const account = {
		region: 'custom',
		baseUrl: simulator.apiUrl,
		publicUrl: running.url,
		credentials: { apiKey: DEMO_API_KEY },
	};
	await deploy(running, change(example(name, account)));
}

/** Changes one node of a flow. */
const change = (id: string, more: object) => (flow: Flow) =>
	flow.map((node) => (node.id === id ? { ...node, ...more } : node));

const emailTo = (address: string) =>
	simulator.waitFor(({ emails }) => emails.find(({ to }) => to.some((one) => one.address === address)));

test("contact form: the team gets the visitor's words, escaped, and can reply", async () => {
	await run('contact-form');
	await press(running, 'cf.try');
	const email = await emailTo('team@shop.example');
	expect(email.html).not.toContain('<script>');
	expect(email.html).toContain('&#60;script&#62;');
	expect(email.headers).toContainEqual({ header: 'Reply-To', value: 'jane@example.com' });
	expect((await fetch(`${running.url}/contact`)).status).toBe(200);
	const posted = await fetch(`${running.url}/contact`, {
		method: 'POST',
		body: new URLSearchParams({ name: 'Joe\r\nBcc: x@example.com', email: 'joe@example.com', message: 'Hi' }),
	});
	expect([posted.status, await posted.text()]).toEqual([200, expect.stringContaining('Thank you')]);
	expect(simulator.state.emails.at(-1)).toMatchObject({ subject: 'Message from Joe Bcc: x@example.com', bcc: [] });
});

test('order confirmation: the template is filled', async () => {
	await run('order-confirmation');
	await press(running, 'oc.paid');
	expect(await emailTo('ann@example.com')).toMatchObject({
		subject: 'Your order 1001',
		html: expect.stringContaining('2 × Green tea'),
	});
});

test('attachment from a download: the file arrives whole', async () => {
	await run('attachment-from-download', (flow) =>
		flow.map((node) =>
			node.id === 'ad.which'
				? {
						...node,
						rules: [
							{ t: 'set', p: 'url', pt: 'msg', to: `${simulator.url}/page/icon.svg`, tot: 'str' },
							(node['rules'] as object[])[1],
						],
					}
				: node,
		),
	);
	await press(running, 'ad.go');
	const [file] = (await emailTo('team@shop.example')).attachments;
	const whole = Buffer.from(await (await fetch(`${simulator.url}/page/icon.svg`)).arrayBuffer());
	expect(file?.filename).toBe('report.html');
	expect(file?.content.equals(whole)).toBe(true);
});

test('webhook handler: a complaint reaches the team, each event its own branch', async () => {
	await run('webhook-handler');
	await simulator.waitFor(({ hooks }) => hooks[0]);
	const { headers, url } = {
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		url: `${simulator.apiUrl}/email/send`,
	};
	for (const to of ['bounce@example.com', 'unsubscribe@example.com', 'spam@example.com']) {
		await fetch(url, {
			method: 'POST',
			headers,
			body: JSON.stringify({ sender: 'news@shop.example', to: [to], subject: 'News', text_body: 'News' }),
		});
	}
	expect((await emailTo('team@shop.example')).subject).toBe('Complaint from spam@example.com');
	const customers = async () =>
		JSON.stringify(
			await (
				await fetch(`${running.url}/context/flow/wh.tab/customers`, { headers: { Accept: 'application/json' } })
			).json(),
		);
	for (const word of ['undeliverable', 'unsubscribed', 'complained'])
		await until(word, async () => (await customers()).includes(word));
});

test('weekly bounce report: a table of what bounced', async () => {
	await run('weekly-bounce-report');
	const headers = { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' };
	await fetch(`${simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers,
		body: JSON.stringify({
			sender: 'news@shop.example',
			to: ['bounce@example.com'],
			subject: 'Old <b>news</b>',
			text_body: 'News',
		}),
	});
	await simulator.waitFor(({ events }) => events.find(({ event }) => event === 'bounce'));
	await press(running, 'br.monday');
	const { subject, html } = await emailTo('team@shop.example');
	expect(subject).toBe('Bounces in the last 7 days: 1');
	expect(html).toContain('bounce@example.com');
	expect(html).not.toContain('<b>news');
});

test('weekly deliverability report: the report of the last seven days, as HTML and text', async () => {
	await run('weekly-deliverability-report');
	const [from, to] = [8, 1].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
	simulator.generate({ events: 90, emails: 30, from, to, statistics: true });
	await press(running, 'dr.monday');
	const { subject, html, text } = await emailTo('team@shop.example');
	expect(subject).toMatch(/^Deliverability report: /);
	expect(html).toContain('shop@example.com');
	expect(text).toContain('BY RECIPIENT DOMAIN');
});

test.each([
	['+14155550123', 0],
	['+14155550404', 1],
])('SMS alert to %s: %i emails instead', async (number, emails) => {
	await run('sms-alert', (flow) =>
		change('sa.wait', { timeout: '300', timeoutUnits: 'milliseconds' })(
			change('sa.alarm', { payload: JSON.stringify({ number, text: 'Down' }) })(flow),
		),
	);
	await press(running, 'sa.alarm');
	await simulator.waitFor(({ requests }) =>
		requests.some(({ path, status }) => path === '/sms/view-sent' && status === 200),
	);
	if (emails > 0) expect((await emailTo('team@shop.example')).subject).toBe('SMS not delivered: Down');
	else await pause(500);
	expect(simulator.state.emails).toHaveLength(emails);
});

test('quota watch: warns from its limit on, and not before', async () => {
	const atLimit = (percent: string) => (flow: Flow) =>
		flow.map((node) =>
			node.type === 'tab' ? { ...node, env: [{ name: 'QUOTA_PERCENT', type: 'str', value: percent }] } : node,
		);
	await run('quota-watch');
	await press(running, 'qw.daily');
	await simulator.waitFor(({ requests }) =>
		requests.some(({ path, status }) => path === '/stats/email_cycle' && status === 200),
	);
	await pause(300);
	expect(simulator.state.emails).toEqual([]);
	await run('quota-watch', atLimit('0'));
	await press(running, 'qw.daily');
	expect((await emailTo('team@shop.example')).subject).toMatch(/% of the emails/);
});

test('suppression check: who is suppressed gets nothing', async () => {
	await run('suppression-check');
	const headers = { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' };
	await fetch(`${simulator.apiUrl}/suppression/add`, {
		method: 'POST',
		headers,
		body: JSON.stringify({ email_address: 'bounce@example.com' }),
	});
	await press(running, 'sc.go');
	await emailTo('joe@example.com');
	expect(simulator.state.emails.map(({ to }) => to[0]?.address).sort()).toEqual([
		'ann@example.com',
		'joe@example.com',
	]);
});

test('newsletter in batches: one call for all readers, a result for each, and a dry run before it', async () => {
	const dry = (value: string) => (flow: Flow) =>
		flow.map((node) => (node.type === 'tab' ? { ...node, env: [{ name: 'DRY_RUN', type: 'bool', value }] } : node));
	await run('newsletter-in-batches', dry('true'));
	await press(running, 'nb.go');
	await pause(500);
	// An account with a public URL looks once whether a webhook was left behind.
	const sends = () => simulator.state.requests.map(({ path }) => path).filter((path) => path !== '/webhook/view');
	expect(sends()).toEqual([]);
	await run('newsletter-in-batches');
	await press(running, 'nb.go');
	expect((await emailTo('joe@example.com')).text).toBe(
		'Dear Joe,\n\nthe new harvest is here: green tea from the hills, 50 g for 9 EUR.\n\nYour Tea Shop',
	);
	expect([simulator.state.emails.length, sends()]).toEqual([2, ['/email/batch']]);
	const readers = async () =>
		JSON.stringify(
			await (
				await fetch(`${running.url}/context/flow/nb.tab/readers`, { headers: { Accept: 'application/json' } })
			).json(),
		);
	await until('the reader that was refused', async () => (await readers()).includes('SMTP2GO_INVALID'));
	expect(await readers()).toMatch(/ann@example\.com.*emailId.*SMTP2GO_INVALID/s);
});

test('newsletter from a list: its columns are the fields, and rows with a problem are skipped', async () => {
	await run('newsletter-from-a-list');
	await press(running, 'nl.go');
	await emailTo('joe@example.com');
	expect(simulator.state.emails.map(({ to }) => to)).toEqual([
		[{ address: 'ann@example.com', name: 'Ann Lee', text: 'Ann Lee <ann@example.com>' }],
		[{ address: 'joe@example.com', name: 'Joe', text: 'Joe <joe@example.com>' }],
	]);
});

test('tour of the account: every button is answered', async () => {
	await run('tour-of-the-account');
	const flow = example('tour-of-the-account', {});
	const buttons = flow.filter(({ type }) => type === 'inject');
	for (const { id } of buttons) await press(running, id);
	await simulator.waitFor(({ requests }) => requests.filter(({ status }) => status === 200).length >= buttons.length);
	expect(simulator.state.requests.filter(({ status }) => status !== 200)).toEqual([]);
});

const received = (content: string) => simulator.receiveSms({ from: '+14155550123', content });
/** Reads at the shortest interval. */
const often = (flow: Flow) =>
	flow.map((node) => (node.type === 'smtp2go-account' ? { ...node, pollInterval: 1, publicUrl: '' } : node));
/** Waits until a log was read: what comes later starts the flow. */
const reads = (path: string) =>
	simulator.waitFor(({ requests }) => requests.some((one) => one.path === path), { timeoutMs: 20_000 });

test('bounces from the log: without a public address, the address is suppressed and the team gets an email', async () => {
	await run('bounces-from-the-log', often);
	await reads('/activity/search');
	await fetch(`${simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({
			sender: 'news@shop.example',
			to: ['bounce@example.com'],
			subject: 'News',
			text_body: 'News',
		}),
	});
	expect(await emailTo('team@shop.example')).toMatchObject({ subject: 'bounce@example.com bounced' });
	expect(simulator.state.hooks).toEqual([]);
});

test('SMS replies: STOP is remembered, and YES to a message is confirmed', async () => {
	await run('sms-replies', often);
	await reads('/sms/view-received');
	await fetch(`${simulator.apiUrl}/sms/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': DEMO_API_KEY, 'content-type': 'application/json' },
		body: JSON.stringify({ destination: ['+14155550123'], content: 'Reply YES to confirm' }),
	});
	received('Yes!');
	await simulator.waitFor(({ sms }) => sms.find(({ content }) => content.startsWith('Thank you')), {
		timeoutMs: 20_000,
	});
	received('stop please');
	await until('the number', async () => {
		const response = await fetch(`${running.url}/context/flow/sr.tab/stopped`, {
			headers: { Accept: 'application/json' },
		});
		return JSON.stringify(await response.json()).includes('+14155550123');
	});
});

test('health alarm: the team gets an email when a limit is crossed', async () => {
	await run('health-alarm', (flow) =>
		flow.map((node) =>
			node.id === 'ha.health' ? { ...node, watch: { checks: ['quotaLeft'], quota_left: '100000' } } : node,
		),
	);
	expect((await emailTo('team@shop.example')).text).toMatch(/First seen: 20/);
});

/** What a flow variable holds, as JSON. */
const flowVariable = async (path: string) =>
	JSON.stringify(
		await (await fetch(`${running.url}/context/flow/${path}`, { headers: { Accept: 'application/json' } })).json(),
	);
/** The fields of an email node that sends an alert to another address. */
const alertTo = (to: string) => ({
	sender: { type: 'str', value: 'alerts@shop.example' },
	to: { type: 'str', value: to },
});
/** The personal link in the newest email to an address. */
const linkFor = async (address: string) => /http\S+\/ask\/[\w.-]+/.exec((await emailTo(address)).text)?.[0] ?? '';
const answer = (link: string, form: Record<string, string>) =>
	fetch(link, { method: 'POST', body: new URLSearchParams(form) });

test('approve an invoice: the first answer decides, and the invoice goes on with who approved it', async () => {
	await run('approve-an-invoice');
	await press(running, 'ai.new');
	const [ann, bob] = [await linkFor('ann@shop.example'), await linkFor('bob@shop.example')];
	expect(await (await fetch(ann)).text()).toContain('Can we pay invoice 2026-117?');
	await answer(bob, { answer: 'approve', comment: 'Fine' });
	await answer(ann, { answer: 'decline' });
	await until('the invoice', async () => (await flowVariable('ai.tab/toBePaid')).includes('bob@shop.example'));
	expect(await flowVariable('ai.tab/declined')).not.toContain('2026-117');
});

test('confirm an appointment: the customer replies YES by text message', async () => {
	await run('confirm-an-appointment', often);
	await press(running, 'ca.new');
	const { content } = await simulator.waitFor(({ sms }) => sms[0]);
	expect(content).toMatch(/^Your appointment at Smile Dental: Monday, 9:30.*YES/s);
	received('Yes!');
	await until('the appointment', async () => (await flowVariable('ca.tab/confirmed')).includes('Monday, 9:30'));
});

test('decline with a reason: the reason reaches the requester', async () => {
	await run('decline-with-a-reason');
	await press(running, 'dr.new');
	const link = await linkFor('manager@shop.example');
	expect((await answer(link, { answer: 'decline' })).status).toBe(422);
	await answer(link, { answer: 'decline', comment: 'We need you in May' });
	expect((await emailTo('joe@shop.example')).text).toContain('Reason: We need you in May');
});

test('escalation: others are asked later, unless somebody answers', async () => {
	await run('escalation');
	await press(running, 'es.new');
	const link = await linkFor('oncall@shop.example');
	await simulator.waitFor(({ scheduled }) => scheduled.length === 2 && scheduled);
	expect(JSON.stringify(simulator.state.scheduled)).toContain('lead@shop.example');
	await answer(link, { answer: '2' });
	await simulator.waitFor(({ scheduled }) => scheduled.length === 0);
	expect(simulator.state.emails.map(({ to }) => to[0]?.address)).toEqual(['oncall@shop.example']);
	// A short limit: nobody answers, and the team reads so.
	await run('escalation', change('es.ask', { limit: '0.0003', remindAfter: '', escalateAfter: '' }));
	await press(running, 'es.new');
	expect((await emailTo('team@shop.example')).text).toBe('Nobody answered: Release 4.2');
});

test('not delivered in ten minutes: an SMS follows a bounce, and an email without news, but no delivered one', async () => {
	await run('not-delivered-sms');
	await press(running, 'nd.alarm');
	await emailTo('oncall@shop.example');
	await simulator.waitFor(({ deliveries }) => deliveries.some(({ status }) => status === 'delivered'));
	expect(simulator.state.sms).toEqual([]);
	await run('not-delivered-sms', change('nd.email', { fields: alertTo('bounce@example.com') }));
	await press(running, 'nd.alarm');
	const { content } = await simulator.waitFor(({ sms }) => sms[0]);
	expect(content).toBe('Freezer 2 is at -8 °C. The email was not delivered: 550 5.1.1 user unknown');
	await run('not-delivered-sms', (flow) =>
		change('nd.outcome', { limit: '0.005' })(
			change('nd.email', { fields: alertTo('soft-bounce@example.com') })(flow),
		),
	);
	await press(running, 'nd.alarm');
	expect((await simulator.waitFor(({ sms }) => sms[0])).content).toContain('452 4.2.2 mailbox full');
});

test('nothing went wrong on the way', () => {
	expect(
		running
			.log()
			.split('\n')
			.filter((line) => /\[error\]|uncaught|unhandled/i.test(line)),
	).toEqual([]);
});
