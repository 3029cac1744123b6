/** Examples that start on an event: a bounce, a complaint, an unsubscribe, a reply, a problem of the account. */
import { execution, outputOf } from '../support/n8n-approval';
import {
	callApi,
	deliver,
	emails,
	ended,
	executions,
	finished,
	load,
	published,
	rowsOf,
	send,
	sent,
	texts,
	tryIt,
	world,
} from '../support/n8n-examples';
import { pause } from '../support/until';

const bounced = (id: string, more: object = {}) => ({
	event: 'bounce',
	bounce: 'hard',
	id,
	rcpt: 'jane@example.org',
	email_id: `email-${id}`,
	from: 'Ann <ann@example.com>',
	from_address: 'ann@example.com',
	subject: 'Your offer',
	message: '550 5.1.1 user unknown',
	time: '2026-11-28T10:00:00Z',
	...more,
});

test('webhook handler: bounce, unsubscribe and complaint each run their branch', async () => {
	await published('webhook-handler', async (id) => {
		for (const to of ['bounce@example.com', 'unsubscribe@example.com', 'spam@example.com']) await send(to, 'News');
		await ended(id, 3);
	});
	expect(sent().filter(([to]) => to === 'team@example.com')).toEqual([
		['team@example.com', 'Complaint from spam@example.com'],
	]);
});

test('skip duplicate events: a duplicate notifies the team once, and a test event does so every time', async () => {
	await published('skip-duplicate-events', async (id) => {
		let count = 0;
		for (const event of [
			{ id: 'a' },
			{ id: 'a' },
			{ id: 'b' },
			{ id: 't', subject: 'Mail test - please ignore' },
			{ id: 't', subject: 'Mail test - please ignore' },
		]) {
			expect(await deliver({ event: 'spam', rcpt: 'ann@example.com', ...event })).toBe(200);
			await ended(id, ++count);
		}
	});
	expect(emails().map(({ text }) => text.split(' ')[1])).toEqual(['a', 'b', 't', 't']);
});

test('unsubscribe handling: the own list has each address once, with its last status', async () => {
	await published('unsubscribe-handling', async (id) => {
		let count = 0;
		for (const [event, rcpt] of [
			['unsubscribe', 'Jane@Example.com'],
			['unsubscribe', 'jane@example.com'],
			['spam', 'joe@example.com'],
			['unsubscribe', undefined],
		] as const) {
			expect(await deliver({ event, rcpt, id: `${count}`, time: '2026-11-28T10:00:00Z' })).toBe(200);
			await ended(id, ++count);
		}
		const since = '2026-11-28T10:00:00.000Z';
		expect(await rowsOf('subscribers')).toEqual([
			{ email: 'jane@example.com', status: 'unsubscribed', since },
			{ email: 'joe@example.com', status: 'complained', since },
		]);
	});
	expect(emails()).toEqual([]);
});

test('forward a bounce: the sender of the email is notified once', async () => {
	await published('bounce-to-the-sender', async (id) => {
		for (const [index, event] of [bounced('1'), bounced('1')].entries()) {
			await deliver(event);
			await ended(id, index + 1);
		}
	});
	expect(sent()).toEqual([['ann@example.com', 'Not delivered: Your offer']]);
	expect(emails()[0]).toMatchObject({
		sender: { address: 'bounces@example.com' },
		text: expect.stringMatching(/did not reach jane@example.org[^]*550 5\.1\.1 user unknown/),
	});
});

test('forward a bounce: never to a stranger, to several, or in a circle', async () => {
	await published('bounce-to-the-sender', async (id) => {
		const froms = [
			'victim@example.org',
			'victim@evil-example.com',
			'victim@example.com.evil.org',
			'a@example.com, victim@example.com',
			'"victim@example.org" <b@example.net>',
			'Bounces <BOUNCES@example.com>',
			'',
		];
		for (const [index, from] of froms.entries()) {
			await deliver(bounced(`x${index}`, { from, from_address: from, sender: from }));
			await ended(id, index + 1);
		}
		await deliver(bounced('soft', { bounce: 'soft' }));
		await deliver(bounced('last', { subject: 'Two\r\nlines' }));
		await ended(id, froms.length + 1);
	});
	expect(sent()).toEqual([['ann@example.com', 'Not delivered: Two lines']]);
});

test('daily digest: one email with each event once, escaped, and nothing twice', async () => {
	await published('daily-digest-of-events', async (id) => {
		await tryIt(id);
		await ended(id, 1);
		const events = [bounced('1'), bounced('1'), bounced('2', { subject: '<b>News' })];
		for (const [index, event] of events.entries()) {
			await deliver(event);
			await ended(id, index + 2);
		}
		expect(emails()).toEqual([]);
		world().simulator.setFault({ path: '/email/send', fault: 'error', status: 400, message: 'No' });
		await tryIt(id);
		expect((await finished(id, 5))[0]).toBe('error');
		world().simulator.clearFaults();
		for (const count of [6, 7]) {
			await tryIt(id);
			await finished(id, count);
		}
		expect(await rowsOf('smtp2go_events')).toEqual([]);
	});
	expect(sent()).toEqual([['team@example.com', '2 events of your emails']]);
	expect(emails()[0]?.html).toContain('<td>&#60;b&#62;News</td>');
	expect(emails()[0]?.html.match(/<tr><td>/g)).toHaveLength(2);
});

test('bounces without a public address: one email about all bounces of a poll', async () => {
	const { id } = await load('bounces-without-public-address', (text) =>
		text.replace('"bounceType": "hard"', '"bounceType": "hard", "hoursBack": 1'),
	);
	for (const name of ['bounce', 'bounce2']) await send(`${name}@example.com`, 'News');
	const [email] = emails();
	for (const recipient of ['a@example.com', 'b@example.com'])
		world().simulator.raise('bounce', { recipient, ...(email ? { emailId: email.emailId } : {}) });
	// The log is read up to the second before now.
	await pause(2_000);
	await world().client.activate(id);
	await ended(id);
	await world().client.deactivate(id);
	expect(emails().at(-1)).toMatchObject({
		subject: '3 addresses bounced',
		text: expect.stringMatching(/bounce@example.com: .*\na@example.com: .*\nb@example.com: /),
	});
});

test('SMS replies: who says stop is unsubscribed, who says yes to a message of ours gets one confirmation', async () => {
	const keywords = '"keywords": "STOP, UNSUBSCRIBE, CANCEL, END, QUIT, YES"';
	const { id } = await load('sms-replies', (text) =>
		text.replace(keywords, `${keywords}, "smsOptions": { "hoursBack": 1 }`),
	);
	const number = (index: number) => `+1415555010${index}`;
	const stops = ['Stop!', '_stop', 'STOP_', 'unsubscribe me', 'Cancel', 'END', 'quit.'];
	const asked = [...stops, 'Yes please'].map((_, index) => number(index));
	await callApi('/sms/send', { destination: [...asked, number(9)], content: 'Will you come?' });
	const last = number(stops.length);
	for (const [from, content] of [
		...stops.map((content, index) => [number(index), content] as const),
		[last, 'Yes please'],
		[last, 'Yes!'],
		[number(9), 'Who is this?'],
		['+14155550199', 'Yes, write to this number'],
	] as const)
		world().simulator.receiveSms({ from, content });
	await world().client.activate(id);
	await ended(id);
	await world().client.deactivate(id);
	expect(
		texts()
			.slice(asked.length + 1)
			.map(({ destination, content }) => [destination, content]),
	).toEqual([[last, 'Thank you, your reply has arrived.']]);
	const [ran] = await executions(id);
	const marked = outputOf(await execution(world(), ran?.id ?? ''), 'Mark as Unsubscribed');
	expect(marked.map(({ phone }) => phone).sort()).toEqual(asked.slice(0, -1));
});

test('quota and reputation alarm: the team is told of each problem once', async () => {
	const { id } = await load('quota-and-reputation-alarm', (text) =>
		text.replace('"quotaUsed": 80', '"quotaUsed": 0'),
	);
	await send('ann@example.com', 'News');
	world().simulator.state.hooks.push({
		id: 1,
		url: 'https://n8n.example.com/webhook/00000000-0000-0000-0000-000000000000/smtp2go',
		events: ['bounce'],
		sms_events: [],
		headers: [],
		usernames: [],
		output_format: 'json',
		auth_header_type: 'bearer',
		auth_header_value: 'x',
		disabled: true,
	});
	await world().client.activate(id);
	await ended(id);
	await world().client.deactivate(id);
	const reports = emails().slice(1);
	expect(reports.map(({ subject }) => subject).sort()).toEqual([
		expect.stringMatching(/^SMTP2GO: .*% of the quota used$/),
		expect.stringMatching(/^SMTP2GO: .*[Ww]ebhook/),
	]);
	expect(reports[0]?.text).toContain('upgrade your SMTP2GO plan');
});
