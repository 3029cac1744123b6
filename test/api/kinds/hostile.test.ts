/** What an attacker or a broken server may send, and what must not come of it. */
import {
	buildRequest,
	isAllowedSource,
	outcomeOfFault,
	readDelivery,
	run,
	sendChecked,
	sendEmails,
	sendSms,
	Smtp2goError,
	withMessageKey,
} from '../../../api';
import { data, FakeHost, json } from '../support/fake-host';
import { operation } from '../support/operation';
import { stopwatch } from '../support/processor-time';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };

const built = (values: object, named = operation('email', 'send')) => buildRequest(named, { ...mail, ...values }, NOW);

describe('one recipient is one recipient', () => {
	test.each<[string, unknown]>([
		['an address with another behind it', { name: 'Bob', email: 'a@example.com>, <evil@example.org' }],
		['an address with its own name', { email: 'evil@example.org, Bob <bob@example.com>' }],
		['a list entry with two', ['evil@example.org, Bob <bob@example.com>']],
		['a name that is an address', 'evil@example.org <bob@example.com>'],
		['a name in brackets', '<evil@example.org> <bob@example.com>'],
		['a quote that is never closed', '"Bob <bob@example.com>'],
		['a name longer than a line', `${'x'.repeat(1000)} <bob@example.com>`],
	])('%s is refused', (_, to) => {
		expect(built({ to })).toMatchObject({
			ok: false,
			error: { type: 'invalid', message: expect.stringMatching(/^To: "/) },
		});
		expect(built({ sender: Array.isArray(to) ? (to[0] as string) : to })).toMatchObject({
			ok: false,
			error: { type: 'invalid', message: expect.stringMatching(/^From: "/) },
		});
	});

	test.each<[unknown, string]>([
		['"Doe, Jane" <jane@example.com>', '"Doe, Jane" <jane@example.com>'],
		['"jane@home" <jane@example.com>', '"jane@home" <jane@example.com>'],
		['jane@example.com <jane@example.com>', 'jane@example.com <jane@example.com>'],
		["O'Neill (shop) <jane@example.com>", "O'Neill (shop) <jane@example.com>"],
		[{ name: 'Jane <b>', email: 'jane@example.com' }, '"Jane <b>" <jane@example.com>'],
		[{ name: 'x"y', address: ' jane@example.com ' }, '"x\\"y" <jane@example.com>'],
	])('%j is taken', (sender, expected) => {
		const request = built({ sender });
		expect(request.ok && request.value.fields['sender']).toBe(expected);
	});
});

describe('no text takes long to read', () => {
	test.each<[string, string, string, (length: number) => string]>([
		['suppression', 'add', 'email_address', (length) => `${'.'.repeat(length)} x`],
		['ipAuth', 'delete', 'ip_address', (length) => `${':'.repeat(length)}x`],
		['email', 'send', 'to', (length) => `${'<'.repeat(length)} x`],
		['email', 'send', 'sender', (length) => `a <${' '.repeat(length)}x`],
	])('%s %s: %s', (resource, key, field, text) => {
		const elapsed = stopwatch();
		expect(
			buildRequest(operation(resource, key), { ...(key === 'send' ? mail : {}), [field]: text(300_000) }, NOW).ok,
		).toBe(false);
		expect(elapsed()).toBeLessThan(2_000);
	});
});

describe('a date that is none is not guessed at', () => {
	const search = operation('activity', 'search');
	test.each([
		'2026-02-30',
		'2026-13-01',
		'tomorrow 5',
		'Monday 5',
		'last 7',
		'foo 2026',
		'Nov 22',
		'1e15',
		1e15,
		'20261122',
	])('%j', (date) => {
		expect(buildRequest(search, { start_date: date }, NOW)).toMatchObject({
			ok: false,
			error: { details: { fieldErrors: [{ field: 'start_date' }] } },
		});
	});
	test.each([
		['Sun, 22 Nov 2026 09:00:00 +0100', '2026-11-22T08:00:00Z'],
		['22 Nov 2026 09:00:00 GMT', '2026-11-22T09:00:00Z'],
		['2028-02-29', '2028-02-29T00:00:00Z'],
	])('%j is one', (date, expected) => {
		const request = buildRequest(search, { start_date: date, end_date: '2030-01-01' }, NOW);
		expect(request.ok && request.value.fields['start_date']).toBe(expected);
	});
});

describe('a value that JSON would lose is refused by name', () => {
	const cycle: Record<string, unknown> = { toJSON: 1 };
	cycle['self'] = cycle;
	test.each<[string, unknown]>([
		['a toJSON that gives nothing', { toJSON: () => undefined }],
		[
			'a toJSON that throws',
			{
				toJSON: () => {
					throw new Error('no');
				},
			},
		],
		['a toJSON that is no function beside NaN', { toJSON: 0, a: NaN }],
		['a cycle with a toJSON', cycle],
		[
			'a toJSON that gives itself',
			{
				toJSON(): unknown {
					return this;
				},
			},
		],
	])('%s', (_, value) => {
		expect(built({ template_id: 'receipt', template_data: { value } })).toMatchObject({
			ok: false,
			error: { details: { fieldErrors: [{ field: 'template_data' }] } },
		});
	});
	test('a date in it travels as its text', () => {
		const request = built({ template_id: 'receipt', template_data: { at: new Date(NOW) } });
		expect(request.ok).toBe(true);
	});
});

describe('nothing is sent twice', () => {
	const send = operation('email', 'send');
	test.each([
		['EHOSTUNREACH', 'read', 'unknown'],
		['EHOSTUNREACH', 'connect', 'no'],
		['ENETUNREACH', 'write', 'unknown'],
		['ENETUNREACH', 'connect', 'no'],
		['EADDRNOTAVAIL', undefined, 'unknown'],
		['EADDRNOTAVAIL', 'connect', 'no'],
	])('%s while the connection does "%s": arrived is %s', (code, syscall, arrived) => {
		expect(outcomeOfFault(Object.assign(new Error(code), { code, syscall }))).toMatchObject({ arrived });
	});

	test.each([
		[500, 'Ratelimit exceeded upstream', 'outcomeUnknown'],
		[503, 'you are rate limited', 'outcomeUnknown'],
		[502, 'recipient not verified', 'outcomeUnknown'],
		[200, 'This endpoint is rate limited', 'rateLimit'],
	])('HTTP %i with the words "%s" is no 429, but %s', async (status, text, type) => {
		const host = new FakeHost(() => json(status, { request_id: 'r', data: { error: text } }));
		expect(await run(host.connection, send, mail)).toMatchObject({ ok: false, error: { type } });
		expect(host.sent).toHaveLength(1);
	});
});

test.each<[string, unknown, string]>([
	['failed without a word', { succeeded: 0, failed: 1, failures: [] }, 'rejected'],
	['nothing at all', {}, 'outcomeUnknown'],
	['an error that is an object', { error: { x: 1 } }, 'rejected'],
	['failures that are a text', { failed: 1, failures: 'no', email_id: '' }, 'rejected'],
	['failures that are objects', { failures: [{ to: 'x' }], email_id: 'E1' }, 'rejected'],
])('an email of a batch with %s is not accepted', async (_, entry, type) => {
	const outcome = await run(new FakeHost(() => data([entry])).connection, operation('email', 'sendBatch'), {
		emails: [mail],
	});
	expect(outcome).toMatchObject({ ok: true, value: { emails: [{ ok: false, error: { type } }] } });
});

test('no part of an error contains a key', () => {
	const key = `api-${'A1'.repeat(16)}`;
	const error = new Smtp2goError('refused', key, {
		hint: key,
		errorCode: key,
		requestId: key,
		failures: [key],
		fieldErrors: [{ field: key, message: key }],
		emailId: key,
	});
	expect(JSON.stringify([error.message, error.explanation, error.details])).not.toContain('A1A1');
});

test('page tokens that go round in a circle end', async () => {
	const host = new FakeHost((_request, count) =>
		data({ templates: [{ name: 'a' }], continue_token: ['A', 'B'][count % 2] }),
	);
	expect(await run(host.connection, operation('template', 'getAll'), {})).toMatchObject({ ok: true });
	expect(host.sent.length).toBeLessThan(5);
});

test('a custom call shows no passwords either', async () => {
	const host = new FakeHost(() => data({ results: [{ username: 'shop', email_password: 'S3cret' }] }));
	const outcome = await run(host.connection, operation('custom', 'call'), {
		path: '/users/smtp/view',
		method: 'POST',
		body: {},
	});
	expect(outcome.ok).toBe(true);
	expect(JSON.stringify(outcome)).not.toContain('S3cret');
});

test('an event that is all __proto__ is read as what it says', () => {
	const read = readDelivery(
		JSON.parse('{"event":"bounce","__proto__":{"rcpt":"evil@example.org"}}') as Record<string, unknown>,
		['__proto__'],
	);
	expect(read?.event.recipient).toBeNull();
});

test('an email of a batch that was taken in part says so, as one that was sent alone does', async () => {
	const entry = { succeeded: 1, failed: 1, failures: ['x@nowhere.test: no such domain'], email_id: 'E1' };
	const outcome = await run(new FakeHost(() => data([entry])).connection, operation('email', 'sendBatch'), {
		emails: [mail],
	});
	expect(outcome).toMatchObject({
		ok: true,
		value: { emails: [{ ok: false, error: { type: 'rejected', details: { partly: true, emailId: 'E1' } } }] },
	});
});

test('a key is found in the headers only on a separate line', async () => {
	const built = buildRequest(operation('email', 'send'), mail, NOW);
	const keyed = built.ok ? withMessageKey(built.value) : built;
	if (!keyed.ok) throw keyed.error;
	const key = (keyed.value.fields['custom_headers'] as { value: string }[])[0]?.value ?? '';
	const answers = [
		{ answered: false, arrived: 'unknown', code: 'ECONNRESET', message: '' } as const,
		data({
			events: [
				{
					email_id: 'OTHER',
					recipient: 'jane@example.com',
					headers: `Subject: about ${key}\nX-Message-Key: other`,
				},
			],
		}),
		data({ succeeded: 1, failed: 0, failures: [], email_id: 'E2' }),
	];
	const host = new FakeHost((_request, count) => answers[count - 1] ?? data({}));
	const [outcome] = await sendChecked(host.connection, [keyed.value], (mails) => sendEmails(host.connection, mails));
	expect(outcome).toMatchObject({ ok: false });
	expect(JSON.stringify(outcome)).not.toContain('OTHER');
});

test('an SMS of which the answer does not name every number is not known to be sent', async () => {
	const text = (destination: string[]) => {
		const built = buildRequest(operation('sms', 'send'), { destination, content: 'Hi' }, NOW);
		if (!built.ok) throw built.error;
		return built.value;
	};
	const host = new FakeHost(() =>
		data({
			total_sent: 2,
			messages: [
				{ destination: '+14155550101', status: 'queued' },
				{ destination: '+14155550102', status: 'queued' },
			],
		}),
	);
	const outcomes = await sendSms(host.connection, [text(['+14155550101']), text(['+14155550102', '+14155550103'])]);
	expect(outcomes).toMatchObject([{ ok: true }, { ok: false, error: { type: 'outcomeUnknown' } }]);
});

test.each([
	['::ffff:203.0.113.0/24', '1.2.3.4', false],
	['::ffff:203.0.113.0/120', '203.0.113.9', true],
	['::/0', '1.2.3.4', true],
	['203.0.113.0/24', '::ffff:203.0.113.9', true],
])('the range %s lets %s in: %s', (range, address, isIn) => {
	expect(isAllowedSource(address, [range])).toBe(isIn);
});

test('a listener of waits that throws stops no call', async () => {
	const host = new FakeHost((_request, count) =>
		count === 1 ? json(429, { data: { error: 'Too fast' } }) : data({ templates: [] }),
	);
	const outcome = await run(
		{
			...host.connection,
			onWait: () => {
				throw new Error('mine');
			},
		},
		operation('template', 'getAll'),
		{},
	);
	expect(outcome.ok).toBe(true);
});
