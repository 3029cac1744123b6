import { useAccount } from '../support/account';
import { Trigger } from '../support/trigger';

const account = useAccount({ probe: 'none' });

const bounce = {
	event: 'bounce',
	bounce: 'hard',
	id: 'e'.repeat(32),
	email_id: '1a2b3c-000000-XX',
	time: '2026-11-22T10:00:00Z',
	rcpt: 'jane@example.com',
	sender: 'shop@example.com',
	from_address: 'shop@example.com',
	subject: 'Hi',
	Subject: 'Hi',
	'message-id': '<1@example.com>',
	message: '550 no such user',
	'X-Order-ID': '7',
};
/** n8n answers 200 and starts nothing. */
const NOTHING = expect.objectContaining({ status: undefined, result: {} });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function active(parameters: object = {}): Promise<Trigger> {
	const trigger = new Trigger({
		credentials: account.credentials,
		parameters: { events: ['bounce'], smsEvents: ['failed'], options: { headers: 'X-Order-ID' }, ...parameters },
	});
	await trigger.activate();
	return trigger;
}

test('an event with the right token starts the workflow, in one shape for all events', async () => {
	const { status, result } = await (await active()).deliverSigned(JSON.stringify(bounce));
	expect(status).toBeUndefined();
	expect(result.workflowData).toEqual([
		[
			{
				json: {
					eventId: bounce.id,
					eventKey: expect.stringMatching(/^[\w-]{22}$/),
					source: 'webhook',
					channel: 'email',
					kind: 'hard-bounced',
					bounceType: 'hard',
					recipient: 'jane@example.com',
					recipients: ['jane@example.com'],
					time: '2026-11-22T10:00:00.000Z',
					emailId: bounce.email_id,
					messageId: '<1@example.com>',
					subject: 'Hi',
					sender: 'shop@example.com',
					reason: '550 no such user',
					link: null,
					headers: { 'X-Order-ID': '7' },
					raw: bounce,
				},
			},
		],
	]);
});

test('an event of weeks ago starts the workflow with its own time, so that a flow can tell', async () => {
	const time = new Date(Date.now() - 40 * 24 * 60 * 60_000).toISOString();
	const { result } = await (await active()).deliverSigned(JSON.stringify({ ...bounce, time }));
	expect(result.workflowData?.[0]?.[0]?.json).toMatchObject({ time });
});

test('a form delivery gives the same event as a JSON one', async () => {
	const trigger = await active();
	const json = await trigger.deliverSigned(JSON.stringify(bounce));
	const posted = await trigger.deliverSigned(new URLSearchParams(bounce).toString(), form);
	expect(posted.result.workflowData).toEqual(json.result.workflowData);
});

test.each<[string, string, Record<string, string>, object]>([
	[
		"beside the mail's list",
		JSON.stringify({ ...bounce, recipients: ['bob@example.com'] }),
		{},
		{ recipient: 'jane@example.com', recipients: ['bob@example.com', 'jane@example.com'] },
	],
	[
		"in a form beside the mail's list",
		`${new URLSearchParams(bounce).toString()}&recipients=bob@example.com&recipients=eve@example.com`,
		form,
		{ recipient: 'jane@example.com', recipients: ['bob@example.com', 'eve@example.com', 'jane@example.com'] },
	],
	[
		'as several, so that there is none',
		JSON.stringify({ ...bounce, rcpt: ['jane@example.com', 'bob@example.com'] }),
		{},
		{ recipient: null },
	],
	[
		'behind a byte order mark',
		`\uFEFF${JSON.stringify(bounce)}`,
		{},
		{ recipient: 'jane@example.com', reason: '550 no such user', link: null },
	],
	[
		'in a form behind a byte order mark',
		`\uFEFF${new URLSearchParams(bounce).toString()}`,
		form,
		{ recipient: 'jane@example.com' },
	],
])('a bounce names its recipient %s', async (_, body, headers, expected) => {
	const { result } = await (await active()).deliverSigned(body, headers);
	expect(result.workflowData?.[0]?.[0]?.json).toMatchObject(expected);
});

test('an SMS event starts the workflow with the channel "sms"', async () => {
	const { result } = await (
		await active()
	).deliverSigned(JSON.stringify({ event: 'sms_failed', id: 'f'.repeat(32), destination_number: '+4912345' }));
	expect(result.workflowData?.[0]?.[0]?.json).toMatchObject({
		channel: 'sms',
		kind: 'sms-failed',
		recipient: '+4912345',
	});
});

test.each([
	['no token', {}],
	['a wrong token', { authorization: `Bearer ${'0'.repeat(64)}` }],
	['another scheme', { authorization: 'Basic dTpw' }],
	['an empty token', { authorization: 'Bearer ' }],
])('a delivery with %s is refused with 401 and starts nothing', async (_, headers) => {
	const { status, result } = await (await active()).deliver(JSON.stringify(bounce), headers);
	expect(status).toBe(401);
	expect(result).toEqual({ noWebhookResponse: true });
});

test('where no secret is remembered every delivery is refused', async () => {
	const trigger = new Trigger({ credentials: account.credentials });
	for (const token of ['', 'undefined', 'null'])
		expect((await trigger.deliver(JSON.stringify(bounce), { authorization: `Bearer ${token}` })).status).toBe(401);
});

test.each(['POST', 'GET'] as const)('a probe by an empty %s is answered 200 and starts nothing', async (method) => {
	expect(await (await active()).deliver('', {}, method)).toEqual(NOTHING);
});

test('an event that nobody asked for is answered 200, or it would come again, and starts nothing', async () => {
	expect(await (await active()).deliverSigned(JSON.stringify({ ...bounce, event: 'open' }))).toEqual(NOTHING);
});

test.each([
	['text that is no JSON', '{oops', {}],
	['a list', '[1]', {}],
	['a body of an unknown type', 'hello', { 'content-type': 'text/plain' }],
])('%s is refused with 400', async (_, body, headers) => {
	expect((await (await active()).deliverSigned(body, headers)).status).toBe(400);
});

test('a JSON object that names no event is answered 200 and starts nothing', async () => {
	expect(await (await active()).deliverSigned('{}')).toEqual(NOTHING);
});

test('a key such as __proto__ in a delivery stays a key', async () => {
	const { result } = await (
		await active()
	).deliverSigned('{"event":"bounce","bounce":"soft","rcpt":"jane@example.com","__proto__":{"polluted":true}}');
	expect(result.workflowData).toHaveLength(1);
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

describe('a forged delivery', () => {
	const right = async () => {
		const trigger = await active();
		return { trigger, token: trigger.secret };
	};

	test.each<[string, (token: string) => Record<string, string>]>([
		[
			'as the user of Basic',
			(token) => ({ authorization: `Basic ${Buffer.from(`${token}:${token}`).toString('base64')}` }),
		],
		['without its scheme', (token) => ({ authorization: token })],
		['in another header', (token) => ({ 'x-authorization': `Bearer ${token}`, cookie: `token=${token}` })],
		['followed by more', (token) => ({ authorization: `Bearer ${token} x` })],
		['in two headers that Node joins', (token) => ({ authorization: `Bearer x, Bearer ${token}` })],
		['in upper case', (token) => ({ authorization: `Bearer ${token.toUpperCase()}` })],
		['but for its last character', (token) => ({ authorization: `Bearer ${token.slice(0, -1)}` })],
	])('with the token %s is refused', async (_, headers) => {
		const { trigger, token } = await right();
		expect((await trigger.deliver(JSON.stringify(bounce), headers(token))).status).toBe(401);
	});

	test('with the token in the body is refused', async () => {
		const { trigger, token } = await right();
		expect(
			(await trigger.deliver(JSON.stringify({ ...bounce, authorization: `Bearer ${token}`, token }))).status,
		).toBe(401);
	});

	test('with the token of before a rotation is refused, with that of now taken', async () => {
		const { trigger, token } = await right();
		await trigger.step('delete');
		await trigger.activate();
		expect((await trigger.deliver(JSON.stringify(bounce), { authorization: `Bearer ${token}` })).status).toBe(401);
		expect((await trigger.deliverSigned(JSON.stringify(bounce))).result.workflowData).toHaveLength(1);
	});

	test('is refused 10,000 times out of 10,000', async () => {
		const { trigger } = await right();
		let refused = 0;
		const noted: string[] = [];
		for (let guess = 0; guess < 10_000; guess++) {
			const { status, result, warnings } = await trigger.deliver(JSON.stringify(bounce), {
				authorization: `Bearer ${String(guess).padStart(64, '0')}`,
			});
			if (status === 401 && result.workflowData === undefined) refused++;
			noted.push(...warnings);
		}
		expect([refused, noted]).toEqual([10_000, []]);
	}, 60_000);
});

test("where the secret is lost, n8n's log says what to do, once and not for every event", async () => {
	const trigger = new Trigger({ credentials: account.credentials, workflowId: 'lost', name: 'Hooks' });
	const noted: string[] = [];
	for (let event = 0; event < 200; event++) {
		const { status, warnings } = await trigger.deliver(JSON.stringify(bounce), {
			authorization: `Bearer ${'a'.repeat(64)}`,
		});
		expect(status).toBe(401);
		noted.push(...warnings);
	}
	expect(noted).toEqual([
		'The node "Hooks" of the workflow "Bounces" (lost) has lost the token of its webhook and rejects every ' +
			'event. Unpublish (deactivate) the workflow and publish it again, or restart n8n. ' +
			'Either creates a new token. SMTP2GO keeps retrying the rejected events for some days.',
	]);
});

test.each([
	['203.0.113.7', undefined],
	['198.51.100.9', undefined],
	['198.51.101.9', 403],
	['::ffff:203.0.113.7', undefined],
	['10.0.0.1', 403],
])('with addresses allowed, an event from %s is answered %s', async (ip, status) => {
	const trigger = await active({ options: { allowedIps: '203.0.113.7, 198.51.100.0/24' } });
	const answered = await trigger.deliver(
		JSON.stringify(bounce),
		{ authorization: `Bearer ${trigger.secret}` },
		'POST',
		ip,
	);
	expect([answered.status, answered.result.workflowData !== undefined]).toEqual([status, status === undefined]);
});

describe('an odd body', () => {
	const json = (values: object) => JSON.stringify({ ...bounce, ...values });
	const fields = new URLSearchParams([
		...Object.entries(bounce),
		...Array.from({ length: 1_000 }, (_, index) => [`f${index}`, 'x']),
	]).toString();
	test.each<[string, string, Record<string, string>, object]>([
		['5 MB', json({ filler: 'x'.repeat(5_000_000) }), {}, { kind: 'hard-bounced' }],
		['a form with 1,000 more fields', fields, form, { kind: 'hard-bounced', recipient: 'jane@example.com' }],
		[
			'keys that differ by case and value',
			'{"event":"bounce","bounce":"soft","Subject":"A","subject":"B"}',
			{},
			{ subject: 'B', kind: 'soft-bounced' },
		],
		['a lone surrogate', '{"event":"bounce","subject":"\\ud800"}', {}, { subject: '\ud800' }],
		[
			'no ids',
			'{"event":"bounce"}',
			{},
			{ eventId: expect.stringMatching(/^[0-9a-f]{32}$/), emailId: null, messageId: null },
		],
		['JSON under the type of a form', json({}), form, { kind: 'hard-bounced' }],
		['JSON without a type', json({}), { 'content-type': '' }, { kind: 'hard-bounced' }],
		[
			'values of other types',
			'{"event":"bounce","id":7,"rcpt":null,"subject":{"a":1},"time":"soon"}',
			{},
			{ eventId: '7', recipient: null, subject: null, time: 'soon' },
		],
	])('of %s is an event', async (_, body, headers, expected) => {
		expect((await (await active()).deliverSigned(body, headers)).result.workflowData?.[0]?.[0]?.json).toMatchObject(
			expected,
		);
	});

	test.each([
		[
			'multipart',
			'--x\r\ncontent-disposition: form-data; name="event"\r\n\r\nbounce\r\n--x--',
			'multipart/form-data; boundary=x',
		],
		['XML', '<event>bounce</event>', 'application/xml'],
		['JSON that is a number', '7', 'application/json'],
	])('of %s is refused with 400', async (_, body, type) => {
		expect((await (await active()).deliverSigned(body, { 'content-type': type })).status).toBe(400);
	});
});

test('a list of addresses that an expression leaves empty lets nobody in', async () => {
	const trigger = await active();
	const node = trigger.workflow.getNode('Trigger');
	if (node) node.parameters['options'] = { allowedIps: '={{ "" }}' };
	expect(await trigger.deliverSigned(JSON.stringify(bounce))).toMatchObject({ status: 403 });
});
