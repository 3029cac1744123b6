/** Every example for n8n, run in a whole n8n against the simulator. */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorld, root, type World } from './support/n8n';
import { linkTo, post } from './support/n8n-approval';
import { startStubModel } from './support/stub-model';
import { pause, until } from './support/until';

const folder = join(root, 'examples', 'n8n');
const changed = mkdtempSync(join(tmpdir(), 'smtp2go-examples-'));
let world: World;
beforeAll(async () => {
	world = await openWorld();
}, 900_000);
afterAll(async () => {
	await (world as World | undefined)?.stop();
	rmSync(changed, { recursive: true, force: true });
});

/** Imports an example; `change` works on its text. */
async function load(name: string, change: (text: string) => string = (text) => text): Promise<{ id: string }> {
	world.simulator.reset();
	const file = join(changed, `${name}.json`);
	writeFileSync(
		file,
		change(readFileSync(join(folder, `${name}.json`), 'utf8')).replace(
			'"name": "SMTP2GO: ',
			`"name": "${Date.now()} `,
		),
	);
	return world.client.importWorkflow(file, world.credential) as Promise<{ id: string }>;
}

/** Presses the button of the manual trigger and waits until the execution has ended well. */
async function run(name: string, change?: (text: string) => string): Promise<void> {
	const { id } = await load(name, change);
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
	await ended(id);
}

async function ended(workflowId: string, count = 1): Promise<void> {
	const list = async () =>
		(
			(await world.client.call(
				'GET',
				`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId }))}&limit=50`,
			)) as { results: { status: string }[] }
		).results;
	await until(
		'the execution',
		async () =>
			(await list()).filter(({ status }) => ['success', 'error', 'crashed', 'canceled'].includes(status))
				.length >= count,
	);
	expect((await list()).map(({ status }) => status)).toEqual(Array(count).fill('success'));
}

const emails = () => world.simulator.state.emails;
const send = (to: string, subject: string) =>
	fetch(`${world.simulator.apiUrl}/email/send`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': world.account.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ sender: 'shop@example.com', to: [to], subject, text_body: 'Hello' }),
	});

test("contact form: the team gets the visitor's words, escaped, and can reply", async () => {
	await run('contact-form');
	expect(emails()).toMatchObject([
		{
			subject: 'Message from Jane <b>Doe</b>',
			headers: expect.arrayContaining([{ header: 'Reply-To', value: 'jane@example.com' }]),
		},
	]);
	expect(emails()[0]?.html).toContain('&#60;script&#62;');
	expect(emails()[0]?.html).not.toContain('<script>');
});

test('approval by email: the link of the email opens a form that decides, and nothing happens before', async () => {
	const { id } = await load('approval-by-email');
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
	const asked = await world.simulator.waitFor((state) =>
		state.emails.find(({ subject }) => subject.startsWith('Please decide')),
	);
	const link = /href="([^"]+)"/.exec(asked.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
	await until('the form', async () => (await (await fetch(link)).text()).includes('Decision'));
	expect(emails()).toHaveLength(1);
	const form = new FormData();
	form.append('field-0', 'Approve');
	form.append('field-1', 'For a good customer');
	expect((await fetch(link, { method: 'POST', body: form })).status).toBe(200);
	const told = await world.simulator.waitFor((state) =>
		state.emails.find(({ to }) => to.some(({ address }) => address === 'team@example.com')),
	);
	expect([told.subject, told.text]).toEqual([
		'Approved: 20% discount for order 1001',
		expect.stringContaining('For a good customer'),
	]);
});

/** Starts an example that asks. @returns its ID, and the link of a recipient */
async function question(name: string, address: string, change?: (text: string) => string) {
	const { id } = await load(name, change);
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
	const link = await world.simulator.waitFor(() => linkTo(world, address) || undefined);
	// The link works as soon as the execution waits.
	await until('the page', async () => (await (await fetch(link)).text()).includes('<form'));
	return { id, link };
}

test.each([
	[{ answer: 'approve' }, 'Approved: invoice 1001', 'manager@example.com approved the invoice. '],
	[
		{ answer: 'decline', comment: 'We never ordered this' },
		'Not approved: invoice 1001',
		'manager@example.com declined the invoice. We never ordered this',
	],
])('approve an invoice: %j', async (fields, subject, text) => {
	const { id, link } = await question('approve-an-invoice', 'manager@example.com');
	expect((await post(link, fields)).status).toBe(200);
	await ended(id);
	expect([emails().at(-1)?.subject, emails().at(-1)?.text.trim()]).toEqual([subject, text.trim()]);
});

test('decline with a reason: only with a comment, which the employee gets', async () => {
	const { id, link } = await question('decline-with-a-reason', 'bob@example.com');
	expect(await post(link, { answer: 'decline' })).toMatchObject({
		status: 422,
		text: expect.stringContaining('To decline, please add a comment.'),
	});
	await post(link, { answer: 'decline', comment: 'We take stock on that day' });
	await ended(id);
	expect(emails().at(-1)).toMatchObject({
		to: [{ address: 'jane@example.com' }],
		text: expect.stringContaining('was declined: We take stock on that day'),
	});
});

test('escalation: the team lead is asked if nobody answers, and can answer', async () => {
	const { id } = await question('escalation', 'duty@example.com', (text) =>
		text.replaceAll(
			/"resumeAmount": [12],(\s*)"resumeUnit": "hours"/g,
			'"resumeAmount": 0.02,$1"resumeUnit": "minutes"',
		),
	);
	const link = await world.simulator.waitFor(() => linkTo(world, 'lead@example.com') || undefined);
	await post(link, { answer: '2' });
	await ended(id);
	expect(emails().at(-1)?.text).toContain('lead@example.com: Somebody else must take it.');
	expect(emails().map(({ subject }) => subject)).toContain('Reminder: Server web-1 is down');
});

test.each([
	[{ answer: 'approve' }, 1, '{"refunded":true}'],
	[{ answer: 'decline', comment: 'Ask for a photo first' }, 0, 'Ask for a photo first'],
])('AI agent refund: after %j there are %i refunds, and the agent hears of it', async (fields, count, heard) => {
	const model = await startStubModel();
	const { id: credential } = (await world.client.call('POST', '/credentials', {
		name: `Model ${Date.now()}`,
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.apiUrl },
	})) as { id: string };
	const { id, link } = await question('ai-agent-refund', 'manager@example.com', (text) =>
		text
			.replace(
				'"name": "Model",',
				`"name": "Model", "credentials": { "openAiApi": { "id": "${credential}", "name": "Model" } },`,
			)
			.replace('https://shop.example.com/refunds', model.refundUrl),
	);
	expect(emails()[0]?.text).toContain('"order": "1001"');
	expect(model.refunds).toEqual([]);
	await post(link, fields);
	await ended(id);
	expect(model.refunds).toHaveLength(count);
	expect(model.heard.at(-1)).toContain(heard);
	await model.stop();
});

test('order confirmation: the template is filled', async () => {
	await run('order-confirmation');
	expect(emails()).toMatchObject([{ subject: 'Your order 1001', html: expect.stringContaining('2 × Green tea') }]);
});

test('attachment from a download: the file arrives whole', async () => {
	await run('attachment-from-download', (text) =>
		text.replace('https://www.example.com/', `${world.simulator.url}/page/icon.svg`),
	);
	const whole = Buffer.from(await (await fetch(`${world.simulator.url}/page/icon.svg`)).arrayBuffer());
	const [file] = emails()[0]?.attachments ?? [];
	expect([file?.filename, file?.content.equals(whole)]).toEqual(['report.html', true]);
});

test('webhook handler: bounce, unsubscribe and complaint each run their branch', async () => {
	const { id } = await load('webhook-handler');
	await world.client.activate(id);
	for (const to of ['bounce@example.com', 'unsubscribe@example.com', 'spam@example.com']) await send(to, 'News');
	await ended(id, 3);
	await world.client.deactivate(id);
	expect(
		emails()
			.filter(({ to }) => to[0]?.address === 'team@example.com')
			.map(({ subject }) => subject),
	).toEqual(['Complaint from spam@example.com']);
});

test('weekly bounce report: a table of what bounced', async () => {
	const { id } = await load('weekly-bounce-report');
	await send('bounce@example.com', 'Old <b>news</b>');
	await until('the bounce', () => world.simulator.state.events.some(({ event }) => event === 'bounce'));
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
	await ended(id);
	const report = emails().at(-1);
	expect(report?.subject).toBe('Bounces in the last 7 days: 1');
	expect(report?.html).toContain('<td>bounce@example.com</td>');
	expect(report?.html).not.toContain('<b>news');
});

test('weekly deliverability report: the report of the last seven days, as HTML and text', async () => {
	const { id } = await load('weekly-deliverability-report');
	const [from, to] = [8, 1].map((days) => new Date(Date.now() - days * 86_400_000).toISOString());
	world.simulator.generate({ events: 90, emails: 30, from, to, statistics: true });
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
	await ended(id);
	const report = emails().at(-1);
	expect(report?.subject).toMatch(/^Deliverability report: /);
	expect(report?.html).toContain('shop@example.com');
	expect(report?.text).toContain('BY RECIPIENT DOMAIN');
});

test.each([
	['+14155550123', []],
	['+14155550404', ['SMS not delivered: Server web-1 is down']],
])('SMS alert to %s: mailed instead: %j', async (number, subjects) => {
	await run('sms-alert', (text) => text.replace('+14155550123', number).replace('?? 60', '?? 1'));
	expect(emails().map(({ subject }) => subject)).toEqual(subjects);
});

test.each([
	['ann@example.com', []],
	['bounce@example.com', ['Not delivered by email (hard-bounced): Server web-1 is down']],
])('not delivered in ten minutes, to %s: text messages %j', async (address, texts) => {
	await run('not-delivered-sms', (text) => text.replace('ann@example.com', address));
	expect(emails()).toHaveLength(1);
	expect(world.simulator.state.sms.map(({ content }) => content)).toEqual(texts);
});

test.each([
	[80, 0],
	[0, 1],
])('quota watch at %i %%: %i warnings', async (percent, count) => {
	await run('quota-watch', (text) => text.replace('"value": 80', `"value": ${percent}`));
	expect(emails()).toHaveLength(count);
});

test('suppression check: who is suppressed gets nothing', async () => {
	const { id } = await load('suppression-check');
	await fetch(`${world.simulator.apiUrl}/suppression/add`, {
		method: 'POST',
		headers: { 'X-Smtp2go-Api-Key': world.account.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ email_address: 'bounce@example.com' }),
	});
	await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
	await ended(id);
	expect(emails().map(({ to }) => to[0]?.address)).toEqual(['ann@example.com', 'joe@example.com']);
});

test('newsletter in batches: one call for all, who cannot be mailed comes out with the reason', async () => {
	await run('newsletter-in-batches');
	expect(emails().map(({ subject }) => subject)).toEqual(['News for Ann', 'News for Joe']);
	expect(world.simulator.state.requests.map(({ path }) => path)).toEqual(['/email/batch']);
});

test('newsletter from a list: its columns are the fields, and rows with a problem are skipped', async () => {
	await run('newsletter-from-a-list');
	expect(emails().map(({ to }) => to)).toEqual([
		[{ address: 'ann@example.com', name: 'Ann Lee', text: 'Ann Lee <ann@example.com>' }],
		[{ address: 'joe@example.com', name: 'Joe', text: 'Joe <joe@example.com>' }],
	]);
	const paths = world.simulator.state.requests.map(({ path }) => path);
	expect(paths.sort()).toEqual(['/allowed_recipients/view', '/email/batch', '/suppression/view']);
});

test('skip duplicate events: a duplicate notifies the team once, and a test event does so every time', async () => {
	const { id } = await load('skip-duplicate-events');
	await world.client.activate(id);
	const [hook] = world.simulator.state.hooks;
	const post = (event: object) =>
		fetch(hook?.url ?? '', {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${hook?.auth_header_value}` },
			body: JSON.stringify({ event: 'spam', rcpt: 'ann@example.com', ...event }),
		});
	let count = 0;
	for (const event of [
		{ id: 'a' },
		{ id: 'a' },
		{ id: 'b' },
		{ id: 't', subject: 'Mail test - please ignore' },
		{ id: 't', subject: 'Mail test - please ignore' },
	]) {
		expect((await post(event)).status).toBe(200);
		await ended(id, ++count);
	}
	await world.client.deactivate(id);
	expect(emails().map(({ text }) => text.split(' ')[1])).toEqual(['a', 'b', 't', 't']);
});

test.each([
	['is there', false, 0],
	['is disabled', true, 1],
	['is gone', undefined, 1],
] as const)(
	'webhook watch: where the webhook %s, disabled: %s, the team is told %i times',
	async (_, disabled, count) => {
		const { id } = await load('webhook-watch');
		const hook = {
			id: 1,
			url: 'https://n8n.example.com/webhook/00000000-0000-0000-0000-000000000000/smtp2go',
			events: ['bounce'],
			sms_events: [],
			headers: [],
			usernames: [],
			output_format: 'json' as const,
			auth_header_type: 'bearer' as const,
			auth_header_value: 'x',
		};
		if (disabled !== undefined)
			world.simulator.state.hooks.push(
				{ ...hook, disabled },
				{ ...hook, id: 2, url: 'https://other.example.com/', disabled: false },
			);
		await world.client.call('POST', `/workflows/${id}/run`, { triggerToStartFrom: { name: 'Try It' } });
		await ended(id);
		expect(emails()).toHaveLength(count);
	},
);

test('bounces without a public address: one email about all bounces of a poll', async () => {
	const { id } = await load('bounces-without-public-address', (text) =>
		text.replace('"bounceType": "hard"', '"bounceType": "hard", "hoursBack": 1'),
	);
	for (const name of ['bounce', 'bounce2']) await send(`${name}@example.com`, 'News');
	const [email] = emails();
	for (const recipient of ['a@example.com', 'b@example.com'])
		world.simulator.raise('bounce', { recipient, ...(email ? { emailId: email.emailId } : {}) });
	// The log is read up to the second before now.
	await pause(2_000);
	await world.client.activate(id);
	await ended(id);
	await world.client.deactivate(id);
	expect(emails().at(-1)).toMatchObject({
		subject: '3 addresses bounced',
		text: expect.stringMatching(/bounce@example.com: .*\na@example.com: .*\nb@example.com: /),
	});
});

test('SMS replies: who says stop is unsubscribed, who says yes gets a confirmation', async () => {
	const { id } = await load('sms-replies', (text) =>
		text.replace('"keywords": "STOP, YES"', '"keywords": "STOP, YES", "smsOptions": { "hoursBack": 1 }'),
	);
	for (const [from, content] of [
		['+14155550101', 'Stop!'],
		['+14155550102', 'Yes please'],
		['+14155550103', 'Who is this?'],
	] as const)
		world.simulator.receiveSms({ from, content });
	await world.client.activate(id);
	await ended(id);
	await world.client.deactivate(id);
	expect(world.simulator.state.sms.map(({ destination, content }) => [destination, content])).toEqual([
		['+14155550102', 'Thank you, your reply has arrived.'],
	]);
});

test('account alarm: the team is told of a problem once', async () => {
	const { id } = await load('account-alarm', (text) => text.replace('"quotaUsed": 80', '"quotaUsed": 0'));
	await send('ann@example.com', 'News');
	await world.client.activate(id);
	await ended(id);
	await world.client.deactivate(id);
	expect(emails().at(-1)).toMatchObject({
		subject: expect.stringMatching(/^SMTP2GO: .*% of the quota used$/),
		text: expect.stringContaining('upgrade your SMTP2GO plan'),
	});
	expect(emails()).toHaveLength(2);
});

test('there is a test for every example', () => {
	const tested = readFileSync(__filename, 'utf8');
	const others = ['receipt-and-bounce'];
	expect(
		readdirSync(folder)
			.map((file) => file.replace('.json', ''))
			.filter((name) => !others.includes(name) && !tested.includes(`'${name}'`)),
	).toEqual([]);
});
