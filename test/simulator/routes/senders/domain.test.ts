import { type Simulator, startSimulator } from '../../../../simulator';
import { call, MAIL, refusalOf } from '../../support/call';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ eventDelayMs: 0, verifiedSenders: [] });
});

afterEach(() => simulator.stop());

interface Entry {
	from_master: boolean;
	domain: {
		fulldomain: string;
		dkim_verified: boolean;
		dkim_status: string;
		rpath_selector: string;
		rpath_verified: boolean;
		setup_link: string;
		[name: string]: unknown;
	};
	trackers: { fulldomain: string; cname_verified: boolean; [name: string]: unknown }[];
	subaccount_access: object;
}

/** The domains an endpoint answers with; fails on a refusal. */
async function domains(path: string, body: object = {}, key?: string): Promise<Entry[]> {
	const answer = await call(simulator, path, body, key);
	expect(answer.status).toBe(200);
	return answer.body.data?.['domains'] as Entry[];
}

const names = async (body: object = {}, key?: string): Promise<string[]> =>
	(await domains('/domain/view', body, key)).map(({ domain }) => domain.fulldomain);
const sends = async (sender: string, key?: string): Promise<boolean> =>
	(await call(simulator, '/email/send', { ...MAIL, sender }, key)).body.data?.['succeeded'] === 1;

test('adds a domain in the shape of the contract, verified at once', async () => {
	const [entry, ...others] = await domains('/domain/add', {
		domain: 'Shop.Example.CO.UK',
		tracking_subdomain: 'go',
		returnpath_subdomain: 'back',
	});
	expect(others).toEqual([]);
	expect(entry).toEqual({
		from_master: false,
		domain: {
			fulldomain: 'shop.example.co.uk',
			subdomain: 'shop',
			domain: 'example',
			suffix: 'co.uk',
			dkim_selector: expect.stringMatching(/^s\d{6}$/) as string,
			dkim_verified: true,
			dkim_status: '',
			dkim_value: 'dkim.smtp2go.net',
			rpath_selector: 'back',
			rpath_verified: true,
			rpath_status: '',
			rpath_value: 'return.smtp2go.net',
			setup_link: expect.stringMatching(/^https:/) as string,
		},
		trackers: [
			{
				fulldomain: 'go.shop.example.co.uk',
				subdomain: 'go',
				domain: 'example',
				suffix: 'co.uk',
				cname_verified: true,
				cname_status: '',
				cname_value: 'track.smtp2go.net',
				enabled: true,
			},
		],
		subaccount_access: { subaccounts: [], future_subaccounts: false },
	});
});

test('lets a domain send only from its verification to its removal', async () => {
	await domains('/domain/add', { domain: 'new.example', auto_verify: false });
	expect(await sends('shop@new.example')).toBe(false);
	expect((await domains('/domain/verify', { domain: 'new.example' }))[0]?.domain.dkim_verified).toBe(true);
	expect(await sends('shop@new.example')).toBe(true);
	expect(await domains('/domain/remove', { domain: 'new.example' })).toEqual([]);
	expect(await sends('shop@new.example')).toBe(false);
});

test('never verifies a domain that is called unverified, and says what the lookup found', async () => {
	await domains('/domain/add', { domain: 'unverified.example', auto_verify: false });
	expect((await domains('/domain/view'))[0]?.domain).toMatchObject({ dkim_verified: false, dkim_status: '' });
	const [entry] = await domains('/domain/verify', { domain: 'unverified.example' });
	expect(entry?.domain).toMatchObject({
		dkim_verified: false,
		rpath_verified: false,
		dkim_status: expect.stringMatching(
			/^Lookup CNAME\(s\d+\._domainkey\.unverified\.example\.\) returned no results$/,
		) as string,
	});
	expect(entry?.trackers[0]).toMatchObject({ cname_verified: false, enabled: false });
	expect(await sends('shop@unverified.example')).toBe(false);
});

test('shows all domains or the one asked for, which alone has a setup link', async () => {
	for (const domain of ['one.example', 'two.example']) await domains('/domain/add', { domain });
	expect((await domains('/domain/view')).map(({ domain }) => [domain.fulldomain, domain.setup_link])).toEqual([
		['one.example', 'unavailable'],
		['two.example', 'unavailable'],
	]);
	expect((await domains('/domain/view', { domain: 'TWO.example' })).map(({ domain }) => domain.setup_link)).toEqual([
		expect.stringContaining('two.example'),
	]);
	expect(await names({ domain: 'three.example' })).toEqual([]);
	expect((await domains('/domain/remove', { domain: 'one.example' })).map(({ domain }) => domain.fulldomain)).toEqual(
		['two.example'],
	);
});

test('refuses a domain it has, in the live words, and one it has not', async () => {
	await domains('/domain/add', { domain: 'one.example' });
	expect(refusalOf(await call(simulator, '/domain/add', { domain: 'ONE.example' }))).toMatchObject({
		status: 400,
		error: 'A sender domain matching the passed value of one.example already exists',
	});
	for (const path of ['/domain/verify', '/domain/remove'])
		expect((await call(simulator, path, { domain: 'two.example' })).status).toBe(400);
	expect(await names()).toEqual(['one.example']);
});

test.each([
	[
		'/domain/tracking',
		'link',
		(entry: Entry | undefined) => [entry?.trackers[0]?.fulldomain, entry?.trackers[0]?.cname_verified],
		'go.one.example',
	],
	[
		'/domain/returnpath',
		'back',
		(entry: Entry | undefined) => [entry?.domain.rpath_selector, entry?.domain.rpath_verified],
		'go',
	],
])('%s moves a subdomain, which is unverified until the next lookup', async (path, old_subdomain, look, moved) => {
	await domains('/domain/add', { domain: 'one.example', returnpath_subdomain: 'back' });
	expect(
		refusalOf(await call(simulator, path, { domain: 'one.example', old_subdomain: 'other', new_subdomain: 'go' }))
			.field,
	).toBe('old_subdomain');
	expect(look((await domains(path, { domain: 'one.example', old_subdomain, new_subdomain: 'go' }))[0])).toEqual([
		moved,
		false,
	]);
	expect(await sends('shop@one.example')).toBe(true);
	expect(look((await domains('/domain/verify', { domain: 'one.example' }))[0])).toEqual([moved, true]);
});

describe('for subaccounts', () => {
	test('opens a domain of the master account, and closes it again', async () => {
		const key = simulator.addKey({ subaccountId: 'branch' });
		await domains('/domain/add', { domain: 'one.example' });
		expect(await names({}, key)).toEqual([]);
		expect(await sends('shop@one.example', key)).toBe(false);
		const access = { domain: 'one.example', subaccounts: ['branch'], future_subaccounts: false };
		expect((await call(simulator, '/domain/subaccount_access', access)).body.data).toEqual(access);
		expect((await domains('/domain/view', {}, key))[0]).toMatchObject({
			from_master: true,
			subaccount_access: { subaccounts: ['branch'] },
		});
		expect(await sends('shop@one.example', key)).toBe(true);
		await call(simulator, '/domain/subaccount_access', { domain: 'one.example', subaccounts: [] });
		expect(await sends('shop@one.example', key)).toBe(false);
	});

	test('opens a domain to every subaccount to come, if told to', async () => {
		await domains('/domain/add', {
			domain: 'one.example',
			subaccount_access: { subaccounts: ['demo01'], future_subaccounts: true },
		});
		const id = (await call(simulator, '/subaccount/add', { fullname: 'Branch' })).body.data?.['id'];
		expect((await domains('/domain/view'))[0]?.subaccount_access).toEqual({
			subaccounts: ['demo01', id],
			future_subaccounts: true,
		});
	});

	test('keeps their domains apart from those of the master account', async () => {
		await domains('/domain/add', { domain: 'branch.example', subaccount_id: 'demo01' });
		expect(await names()).toEqual([]);
		expect(await names({ subaccount_id: 'demo01' })).toEqual(['branch.example']);
		expect((await call(simulator, '/domain/remove', { domain: 'branch.example' })).status).toBe(400);
		expect(await sends('shop@branch.example')).toBe(false);
		expect(await sends('shop@branch.example', simulator.addKey({ subaccountId: 'demo01' }))).toBe(true);
	});

	test("refuses a subaccount that does not exist, and another one than the key's", async () => {
		expect((await call(simulator, '/domain/view', { subaccount_id: 'nobody' })).status).toBe(400);
		expect(
			(
				await call(
					simulator,
					'/domain/view',
					{ subaccount_id: 'demo02' },
					simulator.addKey({ subaccountId: 'demo01' }),
				)
			).status,
		).toBe(400);
		expect(
			refusalOf(
				await call(simulator, '/domain/add', {
					domain: 'one.example',
					subaccount_access: { subaccounts: ['nobody'] },
				}),
			).field,
		).toBe('subaccounts');
		expect(await names()).toEqual([]);
	});
});

test.each([
	['/domain/add', {}, 'domain'],
	['/domain/add', { domain: 'no domain' }, 'domain'],
	['/domain/add', { domain: 'one.example', tracking_subdomain: 'a b' }, 'tracking_subdomain'],
	['/domain/add', { domain: 'one.example', auto_verify: 'yes' }, 'auto_verify'],
	['/domain/add', { domain: 'one.example', subaccount_access: [] }, 'subaccount_access'],
	['/domain/verify', { domain: 'one.example', requisition_ssl: 1 }, 'requisition_ssl'],
	['/domain/tracking', { domain: 'one.example', old_subdomain: 'link' }, 'new_subdomain'],
	['/domain/returnpath', { domain: 'one.example', new_subdomain: 'link' }, 'old_subdomain'],
	['/domain/subaccount_access', { domain: 'one.example' }, 'subaccounts'],
	['/domain/view', { domain: 1 }, 'domain'],
])('%s refuses %j because of %s', async (path, body, field) => {
	expect(refusalOf(await call(simulator, path, body))).toMatchObject({ status: 400, field });
});

test('has room for five senders on a free plan', async () => {
	simulator.state.webhookLimit = 1;
	for (const domain of ['a.example', 'b.example', 'c.example', 'd.example']) await domains('/domain/add', { domain });
	expect((await call(simulator, '/single_sender_emails/add', { email_address: 'ann@example.org' })).status).toBe(200);
	const refusal = 'Free plans can add a maximum of 5 verified senders, please upgrade';
	expect(refusalOf(await call(simulator, '/domain/add', { domain: 'e.example' })).error).toBe(refusal);
	expect(
		refusalOf(await call(simulator, '/single_sender_emails/add', { email_address: 'bob@example.org' })).error,
	).toBe(refusal);
});

test('takes the verified senders of the settings for sender domains and single senders', async () => {
	simulator.state.verifiedSenders = ['one.example', 'ann@example.org'];
	expect(await names()).toEqual(['one.example']);
	expect((await call(simulator, '/single_sender_emails/view')).body.data).toEqual({
		senders: [{ email_address: 'ann@example.org', verified: true }],
	});
	expect(simulator.state.verifiedSenders).toEqual(['one.example', 'ann@example.org']);
});
