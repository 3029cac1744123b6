import { type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0, verifiedSenders: [] });
});

afterEach(() => simulator.stop());

const add = async (email_address: string, more: object = {}): Promise<unknown> =>
	(await call(simulator, '/single_sender_emails/add', { email_address, ...more })).body.data;
const view = async (body: object = {}, key?: string): Promise<unknown> =>
	(await call(simulator, '/single_sender_emails/view', body, key)).body.data?.['senders'];
const sends = async (sender: string, key?: string): Promise<boolean> =>
	(await call(simulator, '/email/send', { ...MAIL, sender }, key)).body.data?.['succeeded'] === 1;
const verified = (address: string): Promise<unknown> =>
	simulator.waitFor(({ account }) =>
		account.singleSenders.find((sender) => sender.email_address === address && sender.verified),
	);

test('lets an address send once its owner has followed the link, and no longer when it is removed', async () => {
	expect(await add('ann@new.example', { message: 'Please confirm' })).toBe('ok');
	await verified('ann@new.example');
	expect(await view()).toEqual([{ email_address: 'ann@new.example', verified: true }]);
	expect(await sends('Ann <ANN@new.example>')).toBe(true);
	expect(await sends('bob@new.example')).toBe(false);
	expect(
		(await call(simulator, '/single_sender_emails/remove', { email_address: 'Ann@new.example' })).body.data,
	).toBe('OK');
	expect(await view()).toEqual([]);
	expect(await sends('ann@new.example')).toBe(false);
});

test('sends the verification email again to who never followed the link, and lists the address once', async () => {
	await add('unverified+1@new.example');
	await add('unverified+1@new.example');
	expect(await view()).toEqual([{ email_address: 'unverified+1@new.example', verified: false }]);
	expect(simulator.state.account.singleSenders[0]?.emailsSent).toBe(2);
	expect(await sends('unverified+1@new.example')).toBe(false);
});

test('sends no further email to who is verified', async () => {
	await add('ann@new.example');
	await verified('ann@new.example');
	await add('ann@new.example');
	expect(simulator.state.account.singleSenders).toMatchObject([{ emailsSent: 1, verified: true }]);
});

test('finds the addresses that match', async () => {
	for (const address of ['ann@one.example', 'bob@one.example', 'ann@two.example']) await add(address);
	expect(await view({ email_address: 'ANN@' })).toMatchObject([
		{ email_address: 'ann@one.example' },
		{ email_address: 'ann@two.example' },
	]);
});

test('refuses to remove an address it has not, in the live words', async () => {
	expect(
		refusalOf(await call(simulator, '/single_sender_emails/remove', { email_address: 'ann@new.example' })),
	).toMatchObject({
		status: 400,
		error: "Failed to remove the single sender email - ann@new.example doesn't exist",
	});
});

test('keeps the addresses of a subaccount apart', async () => {
	await add('ann@new.example', { subaccount_id: 'demo01' });
	await verified('ann@new.example');
	const key = simulator.addKey({ subaccountId: 'demo01' });
	expect(await view()).toEqual([]);
	expect(await view({ subaccount_id: 'demo01' })).toEqual(await view({}, key));
	expect(await sends('ann@new.example')).toBe(false);
	expect(await sends('ann@new.example', key)).toBe(true);
});

test.each([
	['/single_sender_emails/add', {}],
	['/single_sender_emails/add', { email_address: 'Ann <ann@new.example>' }],
	['/single_sender_emails/remove', { email_address: 'new.example' }],
	['/single_sender_emails/view', { email_address: 7 }],
])('%s refuses %j', async (path, body) => {
	expect(refusalOf(await call(simulator, path, body))).toMatchObject({ status: 400, field: 'email_address' });
});
