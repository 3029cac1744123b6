import { type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL } from '../../support/call';
import { startReceiver } from '../../support/receiver';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

test('answers 200 with failures when the sender is not verified', async () => {
	const { status, body } = await call(simulator, '/email/send', { ...MAIL, sender: 'me@unknown.example' });
	expect(status).toBe(200);
	expect(body.data).toEqual({
		succeeded: 0,
		failed: 1,
		failures: [expect.stringContaining('sender domain not verified')],
	});
	expect(simulator.state.emails).toHaveLength(0);
});

test('answers fastaccept with an email_id only and rejects an unverified sender later', async () => {
	const { body } = await call(simulator, '/email/send', { ...MAIL, sender: 'me@unknown.example', fastaccept: true });
	expect(Object.keys(body.data ?? {})).toEqual(['email_id']);
	const event = await simulator.waitFor(({ events }) => events[0]);
	expect(event).toMatchObject({
		event: 'reject',
		emailId: body.data?.['email_id'],
		payload: { message: 'sender not verified', context: 'submission' },
	});
});

test('keeps everything an email was sent with', async () => {
	await call(simulator, '/email/send', {
		...MAIL,
		html_body: '<b>Hi</b>',
		cc: ['Bob <bob@example.org>'],
		bcc: ['eve@example.org'],
		custom_headers: [{ header: 'Reply-To', value: 'help@example.com' }],
		attachments: [{ filename: 'a.bin', mimetype: 'application/x-a', fileblob: 'AP8Q' }],
		inlines: [{ filename: 'logo', mimetype: 'image/png', fileblob: 'iVBORw==' }],
	});
	const [mail] = simulator.state.emails;
	expect(mail).toMatchObject({
		sender: { name: 'Shop', address: 'shop@example.com' },
		to: [{ address: 'ann@example.org' }],
		cc: [{ name: 'Bob', address: 'bob@example.org' }],
		bcc: [{ address: 'eve@example.org' }],
		subject: 'Order 1001',
		html: '<b>Hi</b>',
		text: 'Thank you',
		attachments: [{ filename: 'a.bin', mimetype: 'application/x-a', content: Buffer.from([0, 255, 16]) }],
		inlines: [{ filename: 'logo', mimetype: 'image/png' }],
	});
	expect(mail?.headers).toEqual([
		{ header: 'Reply-To', value: 'help@example.com' },
		{ header: 'Message-Id', value: `<E${mail?.emailId}@message-id.smtpcorp.com>` },
	]);
});

test('fetches an attachment given by url and fails the call if it is not there', async () => {
	const shelf = await startReceiver([200, 404]);
	const attachment = { filename: 'a.txt', url: shelf.url };
	expect((await call(simulator, '/email/send', { ...MAIL, attachments: [attachment] })).status).toBe(200);
	expect(simulator.state.emails[0]?.attachments[0]?.content.toString()).toBe('answered 200');
	expect((await call(simulator, '/email/send', { ...MAIL, attachments: [attachment] })).status).toBe(400);
	await shelf.stop();
});

test('answers a batch in its order, each email for itself', async () => {
	const schedule = new Date(Date.now() + 3_600_000).toISOString();
	const { body } = await call(simulator, '/email/batch', {
		emails: [MAIL, { ...MAIL, schedule }, { ...MAIL, sender: 'x@unknown.example' }, { ...MAIL, subject: 'Last' }],
	});
	expect(body.data).toEqual([
		{ email_id: expect.any(String) as string },
		{ schedule_id: expect.any(String) as string },
		{ error: expect.any(String) as string },
		{ email_id: expect.any(String) as string },
	]);
	expect(simulator.state.emails.map(({ subject }) => subject)).toEqual(['Order 1001', 'Last']);
});

test('takes a batch of 1,000 mails', async () => {
	const { body } = await call(simulator, '/email/batch', {
		emails: Array.from({ length: 1_000 }, (_, index) => ({ ...MAIL, subject: String(index) })),
	});
	expect(body.data).toHaveLength(1_000);
	expect(new Set(simulator.state.emails.map(({ emailId }) => emailId)).size).toBe(1_000);
});

test('reads MIME: encoded words, headers, bodies, an attachment and an inline image', async () => {
	const mime = [
		'From: =?UTF-8?Q?J=C3=B6rg?= <shop@example.com>',
		'To: Ann <ann@example.org>, bob@example.org',
		'Cc: eve@example.org',
		'Subject: =?UTF-8?B?R3LDvMOfZQ==?=',
		'X-Order-Id: 7',
		'Message-ID: <own@example.com>',
		'MIME-Version: 1.0',
		'Content-Type: multipart/mixed; boundary=m',
		'',
		'--m',
		'Content-Type: multipart/related; boundary=r',
		'',
		'--r',
		'Content-Type: text/html; charset=utf-8',
		'',
		'<img src="cid:logo@x">',
		'--r',
		'Content-Type: image/png',
		'Content-Transfer-Encoding: base64',
		'Content-ID: <logo@x>',
		'Content-Disposition: inline; filename=l.png',
		'',
		'iVBORw==',
		'--r--',
		'--m',
		'Content-Type: application/pdf',
		'Content-Transfer-Encoding: base64',
		'Content-Disposition: attachment; filename=a.pdf',
		'',
		'JVBERg==',
		'--m--',
		'',
	].join('\r\n');
	const { body } = await call(simulator, '/email/mime', { mime_email: Buffer.from(mime).toString('base64') });
	expect(body.data).toMatchObject({ succeeded: 1, failed: 0, failures: [] });
	const [mail] = simulator.state.emails;
	expect(mail).toMatchObject({
		sender: { name: 'Jörg', address: 'shop@example.com' },
		to: [{ address: 'ann@example.org' }, { address: 'bob@example.org' }],
		cc: [{ address: 'eve@example.org' }],
		subject: 'Grüße',
		attachments: [{ filename: 'a.pdf', mimetype: 'application/pdf', content: Buffer.from('%PDF') }],
		inlines: [{ filename: 'logo@x', mimetype: 'image/png' }],
	});
	expect(mail?.headers).toEqual([
		{ header: 'X-Order-Id', value: '7' },
		{ header: 'Message-ID', value: '<own@example.com>' },
	]);
});

test("fills in a template and leaves the request's own subject and bodies aside", async () => {
	await call(simulator, '/email/send', {
		...MAIL,
		template_id: 'order-receipt',
		template_data: { name: 'A & B', order_id: 7, items: [{ quantity: 2, title: '<Tea>' }] },
	});
	expect(simulator.state.emails[0]).toMatchObject({
		subject: 'Your order 7',
		templateId: 'order-receipt',
		text: expect.stringContaining('Thank you, A & B.') as string,
	});
	expect(simulator.state.emails[0]?.html).toContain('<h1>Thank you, A &amp; B</h1>');
	expect(simulator.state.emails[0]?.html).toContain('<li>2 × &lt;Tea&gt;</li>');
});

test('refuses an unknown template, in another case too', async () => {
	for (const template_id of ['no-such-one', 'Welcome'])
		expect((await call(simulator, '/email/send', { ...MAIL, template_id })).status).toBe(400);
	expect(simulator.state.emails).toHaveLength(0);
});

test('takes 40 emails at once and loses none', async () => {
	const answers = await Promise.all(
		Array.from({ length: 40 }, (_, index) => call(simulator, '/email/send', { ...MAIL, subject: String(index) })),
	);
	const ids = answers.map(({ body }) => body.data?.['email_id']);
	expect(new Set(ids)).toEqual(new Set(simulator.state.emails.map(({ emailId }) => emailId)));
	expect(simulator.state.emails).toHaveLength(40);
});
