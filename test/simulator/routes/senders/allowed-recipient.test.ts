import { type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterEach(() => simulator.stop());

const data = async (path: string, body: object = {}): Promise<unknown> =>
	(await call(simulator, `/allowed_recipients/${path}`, body)).body.data;

/** Sends an email and returns who got it and who did not. */
async function outcome(to: string[], key?: string): Promise<{ delivered: unknown[]; rejected: unknown[] }> {
	const emailId = (await call(simulator, '/email/send', { ...MAIL, to }, key)).body.data?.['email_id'];
	const of = (name: string): unknown[] =>
		simulator.state.events
			.filter((event) => event.emailId === emailId && event.event === name)
			.map(({ recipient }) => recipient);
	await simulator.waitFor(() => of('delivered').length + of('reject').length === to.length);
	return { delivered: of('delivered'), rejected: of('reject') };
}

test('is off and empty at first', async () => {
	expect(await data('view')).toEqual({ allowed_recipients: [], enabled: false });
	expect(await outcome(['ann@example.org'])).toEqual({ delivered: ['ann@example.org'], rejected: [] });
});

test('adds and removes names; the switch stays where it is unless the call moves it', async () => {
	expect(await data('add', { allowed_recipients: ['ann@example.org', 'example.net'], enabled: true })).toEqual({
		allowed_recipients: ['ann@example.org', 'example.net'],
		enabled: true,
	});
	expect(await data('add', { allowed_recipients: ['Example.NET', 'example.edu'] })).toEqual({
		allowed_recipients: ['ann@example.org', 'example.net', 'example.edu'],
		enabled: true,
	});
	expect(await data('remove', { allowed_recipients: ['EXAMPLE.edu', 'nobody.example'], enabled: false })).toEqual({
		allowed_recipients: ['ann@example.org', 'example.net'],
		enabled: false,
	});
	expect(await data('update', { allowed_recipients: ['example.edu'], enabled: true })).toEqual({
		allowed_recipients: ['example.edu'],
		enabled: true,
	});
	expect(await data('view')).toEqual({ allowed_recipients: ['example.edu'], enabled: true });
});

test('while it is on, only those on it get mail', async () => {
	await data('update', { allowed_recipients: ['ann@example.org', 'example.net'], enabled: true });
	expect(await outcome(['Ann@example.org', 'bob@example.org', 'eve@example.net'])).toEqual({
		delivered: ['Ann@example.org', 'eve@example.net'],
		rejected: ['bob@example.org'],
	});
	expect(simulator.state.events.find(({ event }) => event === 'reject')?.payload['message']).toBe(
		'recipient is not allowed',
	);
});

test('switched off, everyone gets mail', async () => {
	await data('update', { allowed_recipients: ['example.net'], enabled: false });
	expect(await outcome(['bob@example.org'])).toEqual({ delivered: ['bob@example.org'], rejected: [] });
});

test('a subaccount has its own list', async () => {
	await data('update', { allowed_recipients: [], enabled: true, subaccount_id: 'demo01' });
	expect(await data('view')).toEqual({ allowed_recipients: [], enabled: false });
	expect(await outcome(['bob@example.org'])).toMatchObject({ rejected: [] });
	expect(await outcome(['bob@example.org'], simulator.addKey({ subaccountId: 'demo01' }))).toMatchObject({
		rejected: ['bob@example.org'],
	});
});

test.each([
	['add', {}, 'allowed_recipients'],
	['add', { allowed_recipients: ['@'] }, 'allowed_recipients[0]'],
	['remove', { allowed_recipients: [], enabled: 'no' }, 'enabled'],
	['update', { allowed_recipients: ['example.net'] }, 'enabled'],
])('%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await call(simulator, `/allowed_recipients/${path}`, body))).toMatchObject({ status: 400, field });
	expect(await data('view')).toEqual({ allowed_recipients: [], enabled: false });
});
