import { DEMO_API_KEY, type Simulator, startSimulator } from '../../../simulator';
import { call, MAIL } from '../support/call';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 60_000 });
	await call(simulator, '/email/send', { ...MAIL, html_body: '<a href="https://shop.example/">Shop</a>' });
});

afterAll(() => simulator.stop());

const COMMON = [
	'Message-Id',
	'Subject',
	'auth',
	'email_id',
	'event',
	'from',
	'from_address',
	'from_name',
	'id',
	'message-id',
	'sender',
	'sendtime',
	'subject',
	'time',
];
const READER = [
	'client',
	'client-device',
	'client-os',
	'context',
	'geoip-city',
	'geoip-continent',
	'geoip-country',
	'message',
	'srchost',
	'user-agent',
];

test.each([
	['processed', ['recipients', 'srchost']],
	['delivered', ['rcpt', 'host', 'message', 'context']],
	['bounce', ['rcpt', 'bounce', 'host', 'message', 'context']],
	['open', ['rcpt', 'opened-at', 'read-secs', ...READER]],
	['click', ['rcpt', 'clicked-at', 'url', ...READER]],
	['spam', ['rcpt', 'context', 'message']],
	['unsubscribe', ['rcpt', 'context', 'message']],
	['reject', ['rcpt', 'context', 'message', 'srchost']],
])('gives %s the fields seen live', (event, extra) => {
	const [raised] = simulator.raise(event);
	expect(Object.keys(raised?.payload ?? {}).sort()).toEqual([...COMMON, ...extra].sort());
	expect(raised?.payload).toMatchObject({
		event,
		...(event === 'processed' ? { recipients: ['ann@example.org'] } : { rcpt: 'ann@example.org' }),
	});
});

test('writes ids, times and names in the live forms', () => {
	const [raised] = simulator.raise('delivered');
	const { emailId } = simulator.state.emails[0] ?? {};
	expect(raised?.payload).toMatchObject({
		id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
		email_id: expect.stringMatching(/^[0-9A-Za-z]{6}-[0-9A-Za-z]{11}-[0-9A-Za-z]{4}$/) as string,
		time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
		sendtime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/) as string,
		auth: DEMO_API_KEY.slice(0, 16),
		sender: 'shop@example.com',
		from: 'Shop <shop@example.com>',
		from_address: 'shop@example.com',
		from_name: 'Shop',
		'message-id': `<E${emailId}@message-id.smtpcorp.com>`,
		'Message-Id': `<E${emailId}@message-id.smtpcorp.com>`,
		context: 'Unavailable',
	});
});

test('gives every event its own id', () => {
	const ids = ['processed', 'delivered', 'delivered'].map((event) => simulator.raise(event)[0]?.id);
	expect(new Set(ids).size).toBe(3);
});

test('writes read-secs as a string and tells hard from soft', () => {
	expect(typeof simulator.raise('open')[0]?.payload['read-secs']).toBe('string');
	expect(simulator.raise('bounce')[0]?.payload).toMatchObject({
		bounce: 'hard',
		context: 'RCPT TO:<ann@example.org>',
		message: expect.stringMatching(/^5/) as string,
	});
	expect(simulator.raise('bounce', { bounce: 'soft' })[0]?.payload).toMatchObject({
		bounce: 'soft',
		message: expect.stringMatching(/^4/) as string,
	});
});
