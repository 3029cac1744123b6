import { type Hook, type Simulator, startSimulator } from '../../../simulator';
import { call, control, MAIL } from '../support/call';
import { type Received, type Receiver, startReceiver } from '../support/receiver';

let simulator: Simulator;
let receiver: Receiver;

beforeEach(async () => {
	// 450,000 times faster: the first repeats come after 1 ms instead of 7.5 minutes.
	simulator = await startSimulator({ eventDelayMs: 0, timeScale: 450_000, deliveryTimeoutMs: 200 });
	receiver = await startReceiver();
});

afterEach(async () => {
	await simulator.stop();
	await receiver.stop();
});

async function hook(fields: Partial<Hook> = {}): Promise<number> {
	const { body } = await call(simulator, '/webhook/add', {
		url: receiver.url,
		events: ['delivered'],
		output_format: 'json',
		...fields,
	});
	return body.data?.['id'] as number;
}

async function delivered(count = 1): Promise<Received[]> {
	await simulator.waitFor(
		({ deliveries }) =>
			receiver.deliveries().length >= count && deliveries.every(({ status }) => status !== 'pending'),
	);
	return receiver.deliveries();
}

const json = ({ body }: Received): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

test('posts one JSON object a request, each event its own', async () => {
	await hook({ events: ['processed', 'delivered'] });
	const sent = await call(simulator, '/email/send', { ...MAIL, to: ['ann@example.org', 'bob@example.org'] });
	const all = await delivered(3);
	expect(all.map((one) => `${json(one)['event']} ${json(one)['rcpt']}`).sort()).toEqual([
		'delivered ann@example.org',
		'delivered bob@example.org',
		'processed undefined',
	]);
	for (const one of all) {
		expect(one).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
		expect(json(one)['email_id']).toBe(sent.body.data?.['email_id']);
	}
});

test('posts nothing to a hook that is disabled', async () => {
	const id = await hook();
	const disabled = simulator.state.hooks.find((one) => one.id === id);
	if (disabled) disabled.disabled = true;
	await call(simulator, '/email/send', { ...MAIL, to: ['ann@example.org'] });
	// One that is enabled for the next email: what it gets is the only delivery.
	await hook();
	await call(simulator, '/email/send', { ...MAIL, to: ['bob@example.org'] });
	expect((await delivered()).map((one) => json(one)['rcpt'])).toEqual(['bob@example.org']);
});

test('posts a form unless JSON is asked for; a list is a repeated key', async () => {
	const { body } = await call(simulator, '/webhook/add', { url: receiver.url, events: ['processed'] });
	expect(body.data?.['output_format']).toBe('form');
	await call(simulator, '/email/send', { ...MAIL, to: ['a+b@example.org', 'bob@example.org'] });
	const [one] = await delivered();
	expect(one?.headers['content-type']).toBe('application/x-www-form-urlencoded');
	const form = new URLSearchParams(one?.body);
	expect(form.getAll('recipients')).toEqual(['a+b@example.org', 'bob@example.org']);
	expect(form.get('event')).toBe('processed');
});

test.each([
	['a bearer token', { auth_header_type: 'bearer', auth_header_value: 'my token' }, 'Bearer my token'],
	['a basic header', { auth_header_type: 'basic', auth_header_value: 'dXNlcjpwYXNz' }, 'Basic dXNlcjpwYXNz'],
	['nothing', {}, undefined],
] as const)('authenticates with %s', async (_what, fields, header) => {
	await hook(fields);
	await call(simulator, '/email/send', MAIL);
	expect((await delivered())[0]?.headers.authorization).toBe(header);
});

test('turns the user name and password of a URL into a Basic header', async () => {
	await hook({ url: receiver.url.replace('//', '//us%40er:p%3Aw@') });
	await call(simulator, '/email/send', MAIL);
	expect((await delivered())[0]).toMatchObject({
		path: '/hook',
		headers: { authorization: `Basic ${Buffer.from('us@er:p:w').toString('base64')}` },
	});
	expect(simulator.state.deliveries[0]?.url).toBe(receiver.url);
});

test('echoes requested headers in exactly the requested spelling', async () => {
	await hook({ headers: ['x-ORDER-id', 'X-Missing', 'Reply-To'] });
	await call(simulator, '/email/send', {
		...MAIL,
		custom_headers: [
			{ header: 'X-Order-Id', value: '7' },
			{ header: 'reply-to', value: 'help@example.com' },
		],
	});
	const payload = json((await delivered())[0] as Received);
	expect(payload).toMatchObject({ 'x-ORDER-id': '7', 'Reply-To': 'help@example.com' });
	expect(payload).not.toHaveProperty('X-Missing');
});

test('sends only the events asked for, and only of the users asked for', async () => {
	const mine = simulator.addKey();
	await hook({ events: ['delivered'], usernames: [mine] });
	await hook({ url: `${receiver.url}/short`, usernames: [mine.slice(0, 16)] });
	await call(simulator, '/email/send', MAIL);
	await call(simulator, '/email/send', { ...MAIL, subject: 'Mine' }, mine);
	await simulator.waitFor(({ events }) => events.length === 6);
	const all = await delivered(2);
	expect(all.map((one) => `${one.path} ${json(one)['event']} ${json(one)['subject']}`).sort()).toEqual([
		'/hook delivered Mine',
		'/hook/short delivered Mine',
	]);
});

test('tests a webhook with made-up events whose ids never change', async () => {
	const id = await hook({ events: ['processed', 'bounce', 'click'], headers: ['X-Order-Id'] });
	await control(simulator, 'deliver', { hookId: id });
	const first = await delivered(3);
	expect(first.map((one) => json(one)['subject'])).toEqual(Array(3).fill('Mail test - please ignore'));
	expect(first.map((one) => json(one)['X-Order-Id'])).toEqual(Array(3).fill('Headers Unavailable'));
	simulator.testHook(id);
	const all = await delivered(6);
	expect(new Set(all.map((one) => json(one)['id'])).size).toBe(3);
});

test('does not repeat a test', async () => {
	const id = await hook();
	receiver.answers = [500];
	simulator.testHook(id, 'open');
	await delivered();
	expect(simulator.state.deliveries[0]).toMatchObject({ status: 'failed', attempts: [{ status: 500 }] });
});

test('sends SMS events to hooks that ask for them', async () => {
	await hook({ events: [], sms_events: ['delivered'] });
	simulator.raise('sms_sending');
	simulator.raise('sms_delivered', { recipient: '+6421', message: 'Hi' });
	expect((await delivered()).map(json)).toMatchObject([
		{ event: 'sms_delivered', destination_number: '+6421', message_content: 'Hi', status_code: 'delivered' },
	]);
});
