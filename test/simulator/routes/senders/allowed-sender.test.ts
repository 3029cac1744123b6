import { type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const data = async (path: string, body: object = {}): Promise<unknown> =>
	(await call(simulator, `/allowed_senders/${path}`, body)).body.data;
const send = async (sender: string, more: object = {}, key?: string): Promise<Record<string, unknown> | undefined> =>
	(await call(simulator, '/email/send', { ...MAIL, sender, ...more }, key)).body.data;

test('is off and empty at first', async () => {
	expect(await data('view')).toEqual({ allowed_senders: [], mode: 'disabled' });
});

test('adds and removes names without touching the mode; what is there twice or not at all is no error', async () => {
	expect(await data('add', { allowed_senders: ['a@one.example', 'two.example'] })).toEqual({
		allowed_senders: ['a@one.example', 'two.example'],
		mode: 'disabled',
	});
	expect(await data('add', { allowed_senders: ['TWO.example', 'three.example'] })).toEqual({
		allowed_senders: ['a@one.example', 'two.example', 'three.example'],
		mode: 'disabled',
	});
	expect(await data('remove', { allowed_senders: ['A@one.example', 'nobody.example'] })).toEqual({
		allowed_senders: ['two.example', 'three.example'],
		mode: 'disabled',
	});
	expect(await data('view')).toEqual({ allowed_senders: ['two.example', 'three.example'], mode: 'disabled' });
});

test('replaces list and mode', async () => {
	await data('add', { allowed_senders: ['old.example'] });
	expect(await data('update', { allowed_senders: ['new.example'], mode: 'blacklist' })).toEqual({
		allowed_senders: ['new.example'],
		mode: 'blacklist',
	});
	expect(await data('view')).toEqual({ allowed_senders: ['new.example'], mode: 'blacklist' });
});

test('a whitelist takes the place of the verified senders', async () => {
	await data('update', { allowed_senders: ['ann@other.example', 'listed.example'], mode: 'whitelist' });
	expect(await send('ann@other.example')).toMatchObject({ succeeded: 1 });
	expect(await send('anyone@LISTED.example')).toMatchObject({ succeeded: 1 });
	expect(await send('bob@other.example')).toMatchObject({
		succeeded: 0,
		failed: 1,
		failures: [expect.stringContaining('bob@other.example')],
	});
	expect(await send('shop@example.com')).toMatchObject({ succeeded: 0, failed: 1 });
});

test('a blacklist lets everyone send who is not on it', async () => {
	await data('update', { allowed_senders: ['example.com'], mode: 'blacklist' });
	expect(await send('shop@example.com')).toMatchObject({ succeeded: 0, failed: 1 });
	expect(await send('bob@unheard-of.example')).toMatchObject({ succeeded: 1 });
});

test('switched off, the verified senders count again', async () => {
	await data('update', { allowed_senders: ['other.example'], mode: 'whitelist' });
	await data('update', { allowed_senders: ['other.example'], mode: 'disabled' });
	expect(await send('shop@example.com')).toMatchObject({ succeeded: 1 });
	expect(await send('bob@other.example')).toMatchObject({ succeeded: 0 });
});

test('an email that nobody waits for is rejected by an event', async () => {
	await data('update', { allowed_senders: [], mode: 'whitelist' });
	expect(await send('shop@example.com', { fastaccept: true })).toEqual({ email_id: expect.any(String) as string });
	const event = await simulator.waitFor(({ events }) => events[0]);
	expect(event).toMatchObject({ event: 'reject', payload: { message: 'sender not allowed' } });
});

test('a scheduled email is judged when its time has come', async () => {
	expect(await send('shop@example.com', { schedule: new Date(Date.now() + 3_600_000).toISOString() })).toHaveProperty(
		'schedule_id',
	);
	await data('update', { allowed_senders: [], mode: 'whitelist' });
	simulator.runScheduled();
	expect((await simulator.waitFor(({ events }) => events[0])).event).toBe('reject');
});

test('a subaccount has its own list', async () => {
	const key = simulator.addKey({ subaccountId: 'demo01' });
	await data('update', { allowed_senders: [], mode: 'whitelist', subaccount_id: 'demo01' });
	expect(await data('view')).toEqual({ allowed_senders: [], mode: 'disabled' });
	expect((await call(simulator, '/allowed_senders/view', {}, key)).body.data).toEqual({
		allowed_senders: [],
		mode: 'whitelist',
	});
	expect(await send('shop@example.com')).toMatchObject({ succeeded: 1 });
	expect(await send('shop@example.com', {}, key)).toMatchObject({ succeeded: 0 });
});

test.each([
	['add', {}, 'allowed_senders'],
	['add', { allowed_senders: 'one.example' }, 'allowed_senders'],
	['remove', { allowed_senders: ['one.example', 'no name'] }, 'allowed_senders[1]'],
	['update', { allowed_senders: [] }, 'mode'],
	['update', { allowed_senders: [], mode: 'greylist' }, 'mode'],
	['view', { subaccount_id: 5 }, 'subaccount_id'],
])('%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await call(simulator, `/allowed_senders/${path}`, body))).toMatchObject({ status: 400, field });
	expect(await data('view')).toEqual({ allowed_senders: [], mode: 'disabled' });
});
