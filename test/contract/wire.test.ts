/** The client of `api/` and the simulator, written apart from the same contract, meet here on the wire. */
import { DEMO_API_KEY, startSimulator, type Simulator } from '../../simulator';
import { connectionTo, outcomeOf, resultOf } from './support/plain-host';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});
afterAll(async () => {
	await simulator.stop();
});
beforeEach(() => {
	simulator.reset();
});

const connection = (apiKey = DEMO_API_KEY) => connectionTo(simulator, apiKey);
const outcome = (resource: string, key: string, values: Record<string, unknown>, by = connection()) =>
	outcomeOf(by, `${resource}.${key}`, values);
const result = (resource: string, key: string, values: Record<string, unknown>) =>
	resultOf(connection(), `${resource}.${key}`, values);

const mail = {
	sender: 'shop@example.com',
	to: 'Jané <jane@example.com>',
	subject: 'Ünï €',
	html_body: '<p>Hi <img src="cid:logo.png"></p>',
};

describe('what is sent arrives whole', () => {
	test('an email with every field', async () => {
		const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
		const sent = await result('email', 'send', {
			...mail,
			text_body: 'Hi',
			cc: 'a@example.com; b@example.com',
			bcc: ['c@example.com'],
			reply_to: 'help@example.com',
			custom_headers: { 'X-Order-ID': '4711' },
			attachments: [{ filename: 'all bytes.bin', content: bytes }],
			inlines: [{ cid: 'logo.png', filename: 'x.png', content: bytes, contentType: 'image/png' }],
		});
		expect(sent).toMatchObject({ emailId: simulator.state.emails[0]?.emailId, bcc: ['c@example.com'] });
		const [arrived] = simulator.state.emails;
		expect(arrived).toMatchObject({
			subject: 'Ünï €',
			headers: expect.arrayContaining([
				{ header: 'Reply-To', value: 'help@example.com' },
				{ header: 'X-Order-ID', value: '4711' },
			]) as unknown,
		});
		expect(arrived?.attachments.map(({ filename, content }) => [filename, content.equals(bytes)])).toEqual([
			['all bytes.bin', true],
		]);
		expect(
			arrived?.inlines.map(({ filename, mimetype, content }) => [filename, mimetype, content.equals(bytes)]),
		).toEqual([['logo.png', 'image/png', true]]);
		expect([arrived?.to.length, arrived?.cc.length, arrived?.bcc.length]).toEqual([1, 2, 1]);
	});

	test('a MIME message', async () => {
		await result('email', 'sendMime', {
			mime_email: 'From: shop@example.com\r\nTo: jane@example.com\r\nSubject: Raw\r\n\r\nHello\r\n',
		});
		expect(simulator.state.emails[0]).toMatchObject({ subject: 'Raw' });
	});

	test('a batch, each email with its own outcome', async () => {
		const done = await outcome('email', 'sendBatch', { emails: [mail, { ...mail, to: 'joe@example.com' }] });
		expect(done.ok && done.value.emails?.map((one) => one.ok)).toEqual([true, true]);
		expect(simulator.state.emails).toHaveLength(2);
	});

	test('a scheduled email, found and cancelled', async () => {
		const sent = await result('email', 'send', { ...mail, schedule: new Date(Date.now() + 3_600_000) });
		const found = await result('email', 'searchScheduled', {});
		expect(found).toEqual([expect.objectContaining({ schedule_id: (sent as { scheduleId: string }).scheduleId })]);
		expect(
			await result('email', 'cancelScheduled', { schedule_id: (sent as { scheduleId: string }).scheduleId }),
		).toEqual({ deleted: true });
		expect(await result('email', 'searchScheduled', {})).toEqual([]);
	});
});

test('a template lives: created, found, read, used, changed, deleted', async () => {
	const values = {
		template_name: 'Greeting',
		id: 'greeting',
		subject: 'Hello {{ name }}',
		html_body: '<p>{{ name }}</p>',
		text_body: '{{ name }}',
		template_variables: { name: 'Jane' },
		tags: 'one,two',
	};
	expect(await result('template', 'create', values)).toMatchObject({ id: 'greeting', tags: ['one', 'two'] });
	expect(await result('template', 'getAll', { search_terms: 'Greeting' })).toEqual([
		expect.objectContaining({ id: 'greeting' }),
	]);
	expect(await result('template', 'get', { id: 'greeting' })).toMatchObject({ template_variables: { name: 'Jane' } });
	await result('email', 'send', {
		sender: mail.sender,
		to: mail.to,
		template_id: 'greeting',
		template_data: { name: 'Zoë' },
	});
	expect(simulator.state.emails[0]).toMatchObject({ subject: 'Hello Zoë', html: '<p>Zoë</p>' });
	expect(await result('template', 'update', { id: 'greeting', subject: 'Bye {{ name }}' })).toMatchObject({
		subject: 'Bye {{ name }}',
		text_body: '{{ name }}',
	});
	expect(await result('template', 'delete', { id: 'greeting' })).toEqual({ deleted: true });
	expect(await outcome('template', 'get', { id: 'greeting' })).toMatchObject({
		ok: false,
		error: { type: 'refused' },
	});
});

test('a suppression lives: added, found, removed', async () => {
	expect(
		await result('suppression', 'add', { email_address: 'Jane <jane@example.com>', block_description: 'asked' }),
	).toMatchObject({ added: true });
	expect(await result('suppression', 'getAll', { email_address: 'jane@example.com' })).toEqual([
		expect.objectContaining({ reason: 'manual' }),
	]);
	expect(await result('suppression', 'remove', { email_address: 'jane@example.com', reasons: ['manual'] })).toEqual([
		expect.objectContaining({ removed: true }),
	]);
	expect(await result('suppression', 'getAll', {})).toEqual([]);
});

test.each<[string, Record<string, unknown>, object]>([
	['an unverified sender', { ...mail, sender: 'x@nowhere.org' }, { type: 'rejected' }],
	['a template that is not there', { sender: mail.sender, to: mail.to, template_id: 'missing' }, { type: 'refused' }],
])('%s is an error, never a success', async (_, values, error) => {
	expect(await outcome('email', 'send', values)).toMatchObject({ ok: false, error });
});

test('a wrong key and a missing permission are told apart, though their status is 500 and 400', async () => {
	expect(await outcome('email', 'send', mail, connection(`api-${'x'.repeat(32)}`))).toMatchObject({
		ok: false,
		error: { type: 'auth', details: { httpStatus: 500 } },
	});
	const narrow = simulator.addKey({ permissions: ['/webhook/view'] });
	expect(await outcome('email', 'send', mail, connection(narrow))).toMatchObject({
		ok: false,
		error: { type: 'permission', details: { httpStatus: 400, endpoint: '/email/send' } },
	});
});

describe('a fault at the worst moment', () => {
	const faults = [
		['rate-limit', 'before', 1, 'ok'],
		['reset', 'after', 1, 'outcomeUnknown'],
		['reset', 'before', 0, 'outcomeUnknown'],
		['server-error', 'after', 1, 'outcomeUnknown'],
		['truncated', 'after', 1, 'outcomeUnknown'],
		['not-json', 'after', 1, 'outcomeUnknown'],
		['failures', 'before', 0, 'rejected'],
		['error', 'before', 0, 'refused'],
	] as const;
	test.each(faults)(
		'%s %s taking effect: %i email goes out, and the sender is told %s',
		async (fault, when, mails, told) => {
			simulator.setFault({ path: '/email/send', fault, when, times: 1 });
			const done = await outcome('email', 'send', mail);
			expect({ mails: simulator.state.emails.length, told: done.ok ? 'ok' : done.error.type }).toEqual({
				mails,
				told,
			});
		},
	);

	test('a read gets over it by itself', async () => {
		simulator.setFault({ path: '/template/search', fault: 'reset', times: 2 });
		expect(await outcome('template', 'getAll', {})).toMatchObject({ ok: true });
	});
});
