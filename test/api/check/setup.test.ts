/** One check answers whether the account can send, and what to do if it cannot. */
import { checkSetup, jobs, resources, type Connection, type SetupCheck, type SetupReport } from '../../../api';
import { data, FakeHost, fault, json } from '../support/fake-host';
import { verifiedDomain } from '../support/sender-domain';

const USERNAME = 'api-0123456789AB';
const UNKNOWN_KEY = json(500, {
	request_id: 'r',
	data: { error: "API User matching the passed 'api_key' was not found" },
});

const domain = (fulldomain: string, changes: object = {}, tracker: object = {}) => ({
	domain: verifiedDomain(fulldomain, { setup_link: 'unavailable', ...changes }),
	trackers: [
		{
			fulldomain: `link.${fulldomain}`,
			cname_verified: true,
			cname_status: '',
			cname_value: 'track.smtp2go.net',
			enabled: true,
			...tracker,
		},
	],
});

/** The account: what SMTP2GO says, by path. A test changes it. */
let account: Record<string, unknown>;
let permissions: string[];
let host: FakeHost;
let connection: Connection;

beforeEach(() => {
	permissions = ['*'];
	account = {
		'/api_keys/view': [{ username: USERNAME, description: 'Shop', status: 'allowed', sending_status: 'allowed' }],
		'/domain/view': { domains: [domain('example.com')] },
		'/single_sender_emails/view': { senders: [{ email_address: 'jane@example.org', verified: true }] },
		'/allowed_senders/view': { allowed_senders: [], mode: 'disabled' },
		'/allowed_recipients/view': { allowed_recipients: [], enabled: false },
		'/stats/email_cycle': { cycle_used: 100, cycle_remaining: 9_900, cycle_max: 10_000 },
		'/ip_allow_list/view': { enabled: false, ip_addresses: [] },
		'/webhook/view': [{ id: 1, url: 'https://user:pass@flows.example.com/hook?token=1' }],
	};
	host = new FakeHost(({ url }) => {
		const path = url.replace('https://api.smtp2go.com/v3', '');
		if (path === '/api_keys/permissions') return data(permissions);
		return account[path] === 'broken' ? json(503, {}) : data(account[path]);
	});
	connection = { ...host.connection, keyName: USERNAME };
});

async function report(options: Parameters<typeof checkSetup>[1] = {}): Promise<SetupReport> {
	const checked = await checkSetup(connection, options);
	if (!checked.ok) throw checked.error;
	return checked.value;
}

const lineOf = ({ checks }: SetupReport, name: string): SetupCheck | undefined =>
	checks.find(({ check }) => check === name);
const notOk = ({ checks }: SetupReport) =>
	checks.filter(({ status }) => status !== 'ok').map(({ check, status }) => [check, status]);

test('says that everything is fine, by nine calls that change nothing', async () => {
	const found = await report();
	expect(found).toMatchObject({ ready: true, verdict: 'ready', todo: [], calls: 9 });
	expect(notOk(found)).toEqual([]);
	expect(host.paths.every((path) => /view$|permissions$|email_cycle$/.test(path))).toBe(true);
});

test('reports an unknown key instead of failing, and asks nothing else', async () => {
	host = new FakeHost(() => UNKNOWN_KEY);
	connection = host.connection;
	const found = await report();
	expect(found).toMatchObject({ ready: false, verdict: 'not ready', checks: [{ check: 'key', status: 'problem' }] });
	expect(found.todo).toHaveLength(1);
	expect(host.sent).toHaveLength(1);
});

test('reports that SMTP2GO cannot be reached', async () => {
	host = new FakeHost(() => fault('no', 'ENOTFOUND'));
	connection = host.connection;
	expect(await report()).toMatchObject({ ready: false, checks: [{ check: 'connection', status: 'problem' }] });
});

test('fails if SMTP2GO cannot say now', async () => {
	host = new FakeHost(() => json(503, {}));
	expect(await checkSetup(host.connection)).toMatchObject({ ok: false, error: { type: 'server' } });
});

test('calls only what the key can call: the rest is unknown, with one step that lists what to allow', async () => {
	permissions = ['/email/*', '/stats/email_cycle'];
	const found = await report();
	expect(host.paths).toEqual(['/api_keys/permissions', '/stats/email_cycle']);
	expect(found).toMatchObject({ ready: true, verdict: 'ready with warnings' });
	expect(found.todo).toEqual([
		"To check the rest: Allow /api_keys/view, /domain/view, /single_sender_emails/view, /allowed_senders/view, /allowed_recipients/view, /ip_allow_list/view, /webhook/view for the key on SMTP2GO's page Sending > API Keys.",
	]);
	expect(lineOf(found, 'sender')).toMatchObject({ status: 'unknown' });
});

test('says of something that SMTP2GO does not answer now that it is unknown', async () => {
	account['/stats/email_cycle'] = 'broken';
	const found = await report();
	expect(lineOf(found, 'quota')).toMatchObject({ status: 'unknown' });
	expect(found.verdict).toBe('ready with warnings');
});

describe('the key', () => {
	test.each([
		[{ status: 'sandbox' }, 'sandbox'],
		[{ status: 'blocked' }, 'blocked'],
		[{ sending_status: 'suspended' }, 'suspended'],
	])('is a problem with %j', async (changes, word) => {
		account['/api_keys/view'] = [
			{ username: 'api-OTHEROTHEROT', status: 'allowed' },
			{ username: USERNAME, description: 'Shop', status: 'allowed', ...changes },
		];
		const found = await report();
		expect(found.verdict).toBe('not ready');
		expect(lineOf(found, 'keyStatus')).toMatchObject({ status: 'problem', message: expect.stringContaining(word) });
	});

	test('is not judged by the status of another key', async () => {
		account['/api_keys/view'] = [
			{ username: 'api-OTHEROTHEROT', status: 'blocked' },
			{ username: USERNAME, status: 'allowed' },
		];
		expect(lineOf(await report(), 'keyStatus')?.status).toBe('ok');
		expect(lineOf((connection = host.connection) && (await report()), 'keyStatus')?.status).toBe('unknown');
	});
});

describe('permissions', () => {
	test('are a problem if a required job lacks them, and a note otherwise', async () => {
		permissions = ['/api_keys/*', '/email/send', '/domain/*', '/single_sender_emails/*', '/stats/*'];
		const found = await report({ jobs: ['sendEmail', 'sendSms'] });
		expect(found.checks.filter(({ check }) => check === 'permissions')).toMatchObject([
			{ subject: 'sendEmail', status: 'ok', details: { missing: ['/email/batch', '/email/mime'] } },
			{ subject: 'sendSms', status: 'problem', details: { missing: ['/sms/send'] } },
			{ subject: 'useTemplates', status: 'info' },
			{ subject: 'checkRecipients', status: 'info' },
			{ subject: 'receiveEvents', status: 'info' },
			{ subject: 'readActivity', status: 'info' },
			{ subject: 'receiveSms', status: 'info' },
			{ subject: 'scheduleEmails', status: 'info' },
			{ subject: 'readReports', status: 'ok' },
		]);
		expect(found.todo[0]).toContain('Allow /sms/send');
	});

	test('of all jobs exist in the API', () => {
		const paths = resources.flatMap(({ operations }) => operations.map(({ path }) => path));
		for (const { needs, also = [] } of jobs.map((job) => ({ also: [], ...job })))
			expect(paths).toEqual(expect.arrayContaining([...needs, ...also]));
	});
});

describe('the sender', () => {
	test.each([
		['Shop <shop@Example.com>', 'ok'],
		['jane@example.org', 'ok'],
		['joe@example.org', 'problem'],
		['shop@news.example.com', 'warning'],
	])('%s: %s', async (sender, status) => {
		const found = await report({ sender });
		expect(lineOf(found, 'sender')?.status).toBe(status);
	});

	test('is a problem if its domain is not verified, and the DNS record to set is the one thing to do', async () => {
		account['/domain/view'] = {
			domains: [
				domain('example.com', {
					dkim_verified: false,
					dkim_status: 'Lookup returned no results',
					setup_link: 'https://app.smtp2go.com/setup/1',
				}),
				domain('other.org', { rpath_verified: false }),
			],
		};
		const found = await report({ sender: 'shop@example.com' });
		expect(notOk(found)).toEqual([
			['sender', 'problem'],
			['dkim', 'problem'],
		]);
		expect(lineOf(found, 'dkim')).toMatchObject({
			subject: 'example.com',
			details: { type: 'CNAME', name: 's1._domainkey.example.com', expected: 'dkim.smtp2go.net' },
		});
		expect(found.todo).toEqual([
			'At your DNS provider, set s1._domainkey.example.com as a CNAME to dkim.smtp2go.net, or let SMTP2GO guide you: https://app.smtp2go.com/setup/1',
		]);
	});

	test('can send as a single sender although the records of its domain are wrong', async () => {
		account['/domain/view'] = { domains: [domain('example.org', { dkim_verified: false, rpath_verified: false })] };
		const found = await report({ sender: 'jane@example.org' });
		expect(found.verdict).toBe('ready with warnings');
		expect(notOk(found)).toEqual([
			['dkim', 'warning'],
			['returnPath', 'warning'],
		]);
	});

	test('needs no tracking domain, but is warned about one that is wrong', async () => {
		account['/domain/view'] = {
			domains: [domain('example.com', {}, { cname_verified: false }), domain('b.org', {}, { enabled: false })],
		};
		expect(notOk(await report())).toEqual([['tracking', 'warning']]);
	});

	test('is a problem if the account has none', async () => {
		account['/domain/view'] = { domains: [] };
		account['/single_sender_emails/view'] = { senders: [{ email_address: 'a@b.org', verified: false }] };
		expect(notOk(await report())).toEqual([['sender', 'problem']]);
	});

	test.each([
		['whitelist', ['example.com'], 'shop@example.com', 'ok'],
		['whitelist', ['other@example.com'], 'shop@example.com', 'problem'],
		['whitelist', [], undefined, 'problem'],
		['blacklist', ['shop@example.com'], 'shop@example.com', 'problem'],
		['blacklist', ['shop@example.com'], 'other@anywhere.net', 'ok'],
	])('is judged by the %s %j of the account: %s is %s', async (mode, list, sender, status) => {
		account['/allowed_senders/view'] = { allowed_senders: list, mode };
		expect(lineOf(await report({ sender }), 'sender')?.status).toBe(status);
	});

	test('is verified by one list although the key cannot read the other', async () => {
		permissions = ['/email/*', '/single_sender_emails/view'];
		expect(lineOf(await report({ sender: 'jane@example.org' }), 'sender')?.status).toBe('ok');
		expect(lineOf(await report({ sender: 'joe@example.org' }), 'sender')?.status).toBe('unknown');
	});

	test('of an account with many broken domains shows 20 records at most', async () => {
		account['/domain/view'] = {
			domains: Array.from({ length: 50 }, (_, index) => domain(`d${index}.com`, { rpath_verified: false })),
		};
		const found = await report();
		expect(notOk(found).length).toBeLessThanOrEqual(21);
		expect(found.checks.find(({ title }) => title === 'More DNS Records')?.message).toContain('more DNS records');
	});
});

describe('the account', () => {
	test.each([
		[{ cycle_used: 10_000, cycle_remaining: 0, cycle_max: 10_000 }, 'problem'],
		[{ cycle_used: 9_500, cycle_remaining: 500, cycle_max: 10_000 }, 'warning'],
		[{ cycle_used: '10', cycle_max: '100' }, 'ok'],
		[{ cycle_used: 5, cycle_remaining: 0, cycle_max: 0 }, 'ok'],
		[{}, 'unknown'],
	])('with the quota %j: %s', async (quota, status) => {
		account['/stats/email_cycle'] = quota;
		expect(lineOf(await report(), 'quota')?.status).toBe(status);
	});

	test('that sends only to listed recipients is a warning, and to none a problem', async () => {
		account['/allowed_recipients/view'] = { allowed_recipients: ['a@b.org'], enabled: true };
		expect(lineOf(await report(), 'allowedRecipients')?.status).toBe('warning');
		account['/allowed_recipients/view'] = { allowed_recipients: [], enabled: true };
		expect(lineOf(await report(), 'allowedRecipients')?.status).toBe('problem');
	});

	test('of a free plan has its only webhook in use, whose secrets are not shown', async () => {
		account['/stats/email_cycle'] = { cycle_used: 1, cycle_remaining: 999, cycle_max: 1_000 };
		const webhooks = lineOf(await report(), 'webhooks');
		expect(webhooks).toMatchObject({ status: 'info', details: { urls: ['https://flows.example.com/hook'] } });
	});

	test('with a disabled webhook gets no events', async () => {
		account['/webhook/view'] = [{ id: 1, url: 'https://a.example.com/', disabled: true }];
		expect(lineOf(await report(), 'webhooks')?.status).toBe('warning');
	});

	test('asks for the allow list of the API, not of SMTP', async () => {
		account['/ip_allow_list/view'] = { enabled: true, ip_addresses: [{ ip_address: '192.0.2.1' }] };
		expect(lineOf(await report(), 'ipAllowList')).toMatchObject({ status: 'ok', details: { count: 1 } });
		const asked = host.sent.find(({ url }) => url.endsWith('/ip_allow_list/view'));
		expect(asked).toMatchObject({ keyInBody: true, body: '{"type":"api"}' });
	});
});

test('reads as a text: verdict, check list, and what to do in order', async () => {
	account['/allowed_senders/view'] = { allowed_senders: [], mode: 'whitelist' };
	account['/stats/email_cycle'] = { cycle_used: 9_500, cycle_remaining: 500, cycle_max: 10_000 };
	permissions = ['/email/*', '/stats/*', '/allowed_senders/*'];
	const { text } = await report();
	expect(text).toMatch(/^Not ready to send\.\n\nOK {7}API Key: /);
	expect(text).toContain('PROBLEM  Sender: ');
	expect(text).toContain('WARNING  Quota: 95% used: ');
	expect(text).toMatch(/What to do:\n1\. Add your sender .*\n2\. Send less .*\n3\. To check the rest: Allow /);
});

test('never shows the key', async () => {
	account['/api_keys/view'] = [{ api_key: `${USERNAME}********************`, status: 'allowed' }];
	expect(JSON.stringify(await report())).not.toMatch(/api-[A-Za-z0-9]{13}/);
});
