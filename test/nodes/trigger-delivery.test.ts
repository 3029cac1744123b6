import { openAccount, type Account } from './support/account';
import { Trigger } from './support/trigger';

let account: Account;
beforeAll(async () => { account = await openAccount({ probe: 'none' }); });
afterEach(() => { account.simulator.reset(); });
afterAll(async () => { await account.simulator.stop(); });

const bounce = {
	event: 'bounce', bounce: 'hard', id: 'e'.repeat(32), email_id: '1a2b3c-000000-XX', time: '2026-11-22T10:00:00Z', rcpt: 'jane@example.com', sender: 'shop@example.com',
	from_address: 'shop@example.com', subject: 'Hi', Subject: 'Hi', 'message-id': '<1@example.com>', message: '550 no such user', 'X-Order-ID': '7',
};
/** n8n answers 200 and starts nothing. */
const NOTHING = expect.objectContaining({ status: undefined, result: {} });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function active(parameters: object = {}): Promise<Trigger> {
	const trigger = new Trigger({ credentials: account.credentials, parameters: { events: ['bounce'], smsEvents: ['failed'], options: { headers: 'X-Order-ID' }, ...parameters } });
	await trigger.activate();
	return trigger;
}

test('an event with the right token starts the workflow, in one shape for all events', async () => {
	const { status, result } = await (await active()).deliverSigned(JSON.stringify(bounce));
	expect(status).toBeUndefined();
	expect(result.workflowData).toEqual([[{
		json: {
			eventId: bounce.id, channel: 'email', kind: 'hard-bounced', bounceType: 'hard', recipient: 'jane@example.com', recipients: ['jane@example.com'], time: '2026-11-22T10:00:00.000Z',
			emailId: bounce.email_id, messageId: '<1@example.com>', subject: 'Hi', sender: 'shop@example.com', headers: { 'X-Order-ID': '7' }, raw: bounce,
		},
	}]]);
});

test('a form delivery gives the same event as a JSON one', async () => {
	const trigger = await active();
	const json = await trigger.deliverSigned(JSON.stringify(bounce));
	const posted = await trigger.deliverSigned(new URLSearchParams(bounce).toString(), form);
	expect(posted.result.workflowData).toEqual(json.result.workflowData);
});

test('an SMS event starts the workflow as one of its own channel', async () => {
	const { result } = await (await active()).deliverSigned(JSON.stringify({ event: 'sms_failed', id: 'f'.repeat(32), destination_number: '+4912345' }));
	expect(result.workflowData?.[0]?.[0]?.json).toMatchObject({ channel: 'sms', kind: 'sms-failed', recipient: '+4912345' });
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
	for (const token of ['', 'undefined', 'null']) expect((await trigger.deliver(JSON.stringify(bounce), { authorization: `Bearer ${token}` })).status).toBe(401);
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
	const { result } = await (await active()).deliverSigned('{"event":"bounce","bounce":"soft","rcpt":"jane@example.com","__proto__":{"polluted":true}}');
	expect(result.workflowData).toHaveLength(1);
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
