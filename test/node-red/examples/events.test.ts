/** The examples that react to what happens to an email: each does its job once, for the right person. */
import { node } from '../support/node-red';
import { call, change, emailTo, emailsTo, flowVariable, often, press, reads, sendElsewhere, useBench } from './support/run-example';

const bench = useBench();

/** Waits until SMTP2GO knows where to deliver events. */
const hooked = () => bench.simulator.waitFor(({ hooks }) => hooks[0]);
const suppressed = () => bench.simulator.state.suppressions.map(({ email_address, reason }) => `${email_address} ${reason}`);
/** The addresses of all emails that were sent. */
const recipients = () => bench.simulator.state.emails.map(({ to }) => to.map(({ address }) => address).join());
/** Delivers an event as SMTP2GO would, for an email that was sent. */
async function happens(event: string, to: string, more: object = {}): Promise<void> {
	await sendElsewhere(bench.simulator, to, more);
	await bench.simulator.waitFor(({ events }) => events.find((one) => one.event === event && one.recipient === to));
	await bench.settled();
}

test('receipt and bounce: the customer is marked, the address suppressed, the team notified, and all of it undone', async () => {
	await bench.run('receipt-and-bounce');
	await hooked();
	press('rb.ann');
	expect((await emailTo(bench.simulator, 'ann@example.com')).subject).toBe('Receipt for order 1001');
	press('rb.bob');
	const { subject, text } = await emailTo(bench.simulator, 'team@shop.example');
	expect([subject, text]).toEqual(['Email to bounce@example.com bounced', expect.stringContaining('550 5.1.1')]);
	expect(suppressed()).toContain('bounce@example.com manual');
	expect(flowVariable('rb.mark', 'bounced')).toHaveProperty(['bounce@example.com']);
	press('rb.forgive');
	await bench.simulator.waitFor(({ suppressions }) => suppressions.length === 0);
	await bench.settled();
	expect(emailsTo(bench.simulator, 'team@shop.example')).toHaveLength(1);
});

test('bounces without a public address: the address is suppressed, the team notified, and no webhook added', async () => {
	await bench.run('bounces-without-public-address', undefined, often);
	await reads(bench.simulator, '/activity/search');
	await sendElsewhere(bench.simulator, 'soft-bounce@example.com');
	await sendElsewhere(bench.simulator, 'bounce@example.com', { subject: 'Old <b>news</b>' });
	const email = await emailTo(bench.simulator, 'team@shop.example');
	expect([email.subject, email.text]).toEqual([
		'bounce@example.com bounced',
		expect.stringMatching(/^"Old <b>news<\/b>" to bounce@example\.com bounced at .*\n\n550 5\.1\.1/),
	]);
	expect(email.html ?? '').toBe('');
	expect(suppressed()).toContain('bounce@example.com manual');
	expect(bench.simulator.state.hooks).toEqual([]);
	expect(recipients().filter((to) => to === 'team@shop.example')).toHaveLength(1);
});

test('unsubscribe handling: who leaves, complains or bounces is off the list, and the team hears of complaints only', async () => {
	await bench.run('unsubscribe-handling');
	await hooked();
	for (const to of ['unsubscribe', 'bounce', 'soft-bounce', 'spam', 'ann'])
		await sendElsewhere(bench.simulator, `${to}@example.com`);
	expect((await emailTo(bench.simulator, 'team@shop.example')).subject).toBe('Complaint from spam@example.com');
	// Who is not on the list is not added to it.
	await happens('unsubscribe', 'unsubscribe+other@example.com');
	expect(flowVariable('un.list', 'contacts')).toEqual([
		{ email: 'unsubscribe@example.com', status: 'unsubscribed', since: expect.any(String) as string },
		{ email: 'spam@example.com', status: 'complained', since: expect.any(String) as string },
		{ email: 'bounce@example.com', status: 'undeliverable', since: expect.any(String) as string },
		{ email: 'ann@example.com', status: 'subscribed' },
	]);
	expect(emailsTo(bench.simulator, 'team@shop.example')).toHaveLength(1);
});

describe('daily digest', () => {
	const digests = () => emailsTo(bench.simulator, 'team@shop.example');

	it('sends one email for all events, each listed once and escaped, and none on a quiet day', async () => {
		await bench.run('daily-digest-of-events');
		await hooked();
		press('dg.daily');
		await happens('bounce', 'bounce@example.com', { subject: 'Old <b>news</b>' });
		await happens('bounce', 'soft-bounce@example.com');
		await happens('spam', 'spam@example.com');
		expect(digests()).toEqual([]);
		// SMTP2GO delivers an event again if it doubts that it arrived.
		node('dg.collect').receive({ topic: 'spam', payload: (flowVariable('dg.write', 'events') as object[])[1] });
		press('dg.daily');
		const { subject, html } = await emailTo(bench.simulator, 'team@shop.example');
		expect(subject).toBe('Email events since yesterday: 2');
		expect(html.match(/<tr><td>/g)).toHaveLength(2);
		expect(html).toContain('Old &#60;b&#62;news');
		expect(html).not.toContain('soft-bounce');
		press('dg.daily');
		await bench.settled();
		expect(digests()).toHaveLength(1);
	});

	it('keeps the events for the next email if one fails, but not if it may have been sent', async () => {
		await bench.run('daily-digest-of-events');
		await hooked();
		await happens('spam', 'spam@example.com');
		bench.simulator.setFault({ fault: 'error', path: '/email/send', message: 'Sender is not verified' });
		press('dg.daily');
		await bench.settled();
		expect(digests()).toEqual([]);
		bench.simulator.setFault({ fault: 'reset', when: 'after', path: '/email/send' });
		press('dg.daily');
		await emailTo(bench.simulator, 'team@shop.example');
		await bench.settled();
		press('dg.daily');
		await bench.settled();
		expect(digests()).toHaveLength(1);
	});
});

test('bounce to the sender: colleagues hear of their bounces, nobody else, and no notice of a notice', async () => {
	await bench.run('bounce-to-the-sender');
	await hooked();
	for (const domain of ['shop.example', 'evil-shop.example', 'shop.example.com'])
		await call(bench.simulator, '/domain/add', { domain }).catch(() => undefined);
	await happens('bounce', 'bounce@example.com', { sender: 'Joe <joe@shop.example>', subject: 'Offer\r\n 7' });
	const { subject, text, sender } = await emailTo(bench.simulator, 'joe@shop.example');
	expect(subject).toMatch(/^Not delivered: Offer/);
	expect(text).toMatch(/to bounce@example\.com could not be delivered.*550 5\.1\.1/s);
	expect(sender.address).toBe('bounces@shop.example');
	await happens('bounce', 'soft-bounce@example.com', { sender: 'joe@shop.example' });
	const event = { recipient: 'bounce@example.com', subject: 'Offer', time: '2026-11-01T08:00:00Z' };
	const outsiders = ['eve@evil-shop.example', 'eve@shop.example.com', 'eve@example.com', 'bounces@shop.example', null];
	for (const outsider of [...outsiders, 'Bounces@Shop.Example'])
		node('bs.write').receive({ payload: { ...event, sender: outsider } });
	await bench.settled();
	expect(recipients().filter((to) => !/bounce@example\.com$/.test(to))).toEqual(['joe@shop.example']);
});

test('bounce to the sender: no notice of a notice if the notices come from a name and an address', async () => {
	const env = [
		{ name: 'OWN_DOMAIN', value: 'shop.example', type: 'str' },
		{ name: 'NOTIFIER', value: 'Bounces <Bounces@shop.example>', type: 'str' },
	];
	await bench.run('bounce-to-the-sender', change('bs.tab', { env }));
	await hooked();
	await call(bench.simulator, '/domain/add', { domain: 'shop.example' }).catch(() => undefined);
	const event = { recipient: 'bounce@example.com', subject: 'Offer', time: '2026-11-01T08:00:00Z' };
	for (const sender of ['bounces@shop.example', 'Bounces <bounces@shop.example>', 'Joe <joe@shop.example>'])
		node('bs.write').receive({ payload: { ...event, sender } });
	await bench.settled();
	expect(recipients()).toEqual(['joe@shop.example']);
});

test('an SMS follows an email that bounces, and one without news, but no delivered one', async () => {
	const alertTo = (to: string) =>
		change('nd.email', {
			fields: {
				sender: { type: 'str', value: 'alerts@shop.example' },
				to: { type: 'str', value: to },
				subject: { type: 'msg', value: 'topic' },
				text_body: { type: 'msg', value: 'payload' },
			},
		});
	await bench.run('not-delivered-sms');
	await hooked();
	press('nd.alarm');
	await emailTo(bench.simulator, 'oncall@shop.example');
	await bench.simulator.waitFor(({ deliveries }) => deliveries.some(({ status }) => status === 'delivered'));
	await bench.settled();
	expect(bench.simulator.state.sms).toEqual([]);
	await bench.run('not-delivered-sms', alertTo('bounce@example.com'));
	await hooked();
	press('nd.alarm');
	const { content, destination } = await bench.simulator.waitFor(({ sms }) => sms[0]);
	expect(destination).toBe('+14155550123');
	expect(content).toBe('Freezer 2 is at -8 degrees. The email was not delivered: 550 5.1.1 user unknown');
	await bench.run('not-delivered-sms', (flow) =>
		change('nd.outcome', { limit: '0.005' })(alertTo('soft-bounce@example.com')(flow)),
	);
	await hooked();
	press('nd.alarm');
	expect((await bench.simulator.waitFor(({ sms }) => sms[1])).content).toContain('452 4.2.2 mailbox full');
});

test('not delivered: one SMS if SMTP2GO rejects the email, and none for the error of an SMS', async () => {
	await bench.run('not-delivered-sms', change('nd.alarm', { topic: '€'.repeat(300) }));
	await hooked();
	bench.simulator.setFault({ fault: 'error', path: '/email/send', message: `No sender ${'€'.repeat(300)}` });
	press('nd.alarm');
	const { content } = await bench.simulator.waitFor(({ sms }) => sms[0]);
	expect(content).toMatch(/^€{80}\. The email was not delivered: .*No sender/s);
	await bench.settled();
	expect(bench.simulator.state.sms).toHaveLength(1);
	const sends = () => bench.simulator.state.requests.filter(({ path }) => path === '/sms/send').length;
	bench.simulator.setFault({ fault: 'error', path: '/email/send', message: 'No sender' });
	bench.simulator.setFault({ fault: 'error', path: '/sms/send', message: 'No credit', times: 0 });
	press('nd.alarm');
	await bench.simulator.waitFor(() => sends() === 2);
	await bench.settled();
	expect(sends()).toBe(2);
});

test('not delivered: an error of the log sends no SMS before the time is over', async () => {
	await bench.run('not-delivered-sms');
	await hooked();
	const error = { message: 'No log', source: { id: 'nd.outcome', type: 'smtp2go-outcome', count: 1 } };
	for (const topic of ['log-failed', 'webhook-failed']) node('nd.catch').receive({ topic, payload: 'No log', error });
	await bench.settled();
	expect(bench.simulator.state.sms).toEqual([]);
	node('nd.catch').receive({ topic: 'Freezer 2', payload: 'No', error });
	expect((await bench.simulator.waitFor(({ sms }) => sms[0])).content).toBe(
		'Freezer 2. The email was not delivered: No log',
	);
});
