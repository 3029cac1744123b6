/** The account's health: each problem is reported once, and again only after it was over. */
import { readHealth, readHealthState, readHealthWatch, type HealthReport, type HealthState } from '../../../api';
import { data, FakeHost, json } from '../support/fake-host';
import { verifiedDomain } from '../support/sender-domain';

const DENIED = json(400, {
	request_id: 'r',
	data: {
		error: 'You do not have permission to access this API endpoint',
		error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	},
});
const UNKNOWN_KEY = json(500, {
	request_id: 'r',
	data: { error: "API User matching the passed 'api_key' was not found" },
});
const BROKEN = json(503, {});

const cycle = (used: number, max = 10_000) => ({
	cycle_start: '2026-11-01 00:00:00+00:00',
	cycle_end: '2026-11-30 00:00:00+00:00',
	cycle_used: used,
	cycle_remaining: max - used,
	cycle_max: max,
});
const verified = {
	domain: verifiedDomain('example.com'),
	trackers: [],
};

/** The account: answers by path. A test changes it between two looks. */
let account: Record<string, unknown>;
let host: FakeHost;
let state: HealthState;

beforeEach(() => {
	account = {
		'/stats/email_cycle': cycle(100),
		'/stats/email_bounces': {
			emails: 1_000,
			rejects: 0,
			softbounces: 500,
			hardbounces: 1,
			bounce_percent: '50.10',
		},
		'/stats/email_spam': { emails: 1_000, rejects: 0, spams: 0, spam_percent: '0.00' },
		'/stats/email_unsubs': { emails: 1_000, rejects: 0, unsubscribes: 0, unsubscribe_percent: '0.00' },
		'/api_keys/view': [
			{ api_key: 'api-000000000000****', username: 'api-000000000000', sending_status: 'allowed' },
		],
		'/domain/view': { domains: [verified] },
		'/webhook/view': [{ id: 1, url: 'https://flows.example.com/hook', events: ['bounce'] }],
		'/api_keys/permissions': ['/email/*', '/api_keys/permissions'],
	};
	host = new FakeHost(({ url }) => {
		const answer = account[url.replace('https://api.smtp2go.com/v3', '')];
		return answer === DENIED || answer === BROKEN || answer === UNKNOWN_KEY
			? (answer as typeof DENIED)
			: data(answer);
	});
	state = readHealthState(undefined, 'a');
});

/** Looks once and keeps the state as a host does: as JSON. */
async function look(values: object): Promise<HealthReport[]> {
	const result = await readHealth(host.connection, readHealthWatch(values), state);
	if (!result.ok) throw result.error;
	state = readHealthState(JSON.parse(JSON.stringify(result.value.state)), 'a');
	return [...result.value.reports];
}

const titles = async (values: object) => (await look(values)).map(({ title }) => title);

describe('a problem', () => {
	test('is reported once, and again only after it was over', async () => {
		const watch = { checks: ['quotaUsed'], quota_used: 80 };
		expect(await look(watch)).toEqual([]);
		account['/stats/email_cycle'] = cycle(8_500);
		host.wall = Date.parse('2026-11-20T10:00:00Z');
		expect(await look(watch)).toEqual([
			{
				check: 'quotaUsed',
				status: 'problem',
				subject: null,
				since: '2026-11-20T10:00:00.000Z',
				title: '85% of the quota used',
				message: '8,500 of the 10,000 emails of this billing period are used.',
				whatToDo: expect.stringContaining('upgrade'),
				value: 85,
				limit: 80,
				details: {
					...cycle(8_500),
					cycle_start: '2026-11-01T00:00:00Z',
					cycle_end: '2026-11-30T00:00:00Z',
				},
			},
		]);
		account['/stats/email_cycle'] = cycle(9_000);
		expect(await look(watch)).toEqual([]);
		account['/stats/email_cycle'] = cycle(10);
		expect(await look(watch)).toEqual([]);
		account['/stats/email_cycle'] = cycle(9_900);
		expect(await titles(watch)).toEqual(['99% of the quota used']);
	});

	test('that is over is reported, too, if that is asked for: with when it began', async () => {
		const watch = { checks: ['quotaLeft'], quota_left: 500, report_recovery: true };
		account['/stats/email_cycle'] = cycle(9_501);
		host.wall = Date.parse('2026-11-20T10:00:00Z');
		expect(await titles(watch)).toEqual(['499 emails left']);
		account['/stats/email_cycle'] = cycle(9_500);
		host.wall = Date.parse('2026-11-21T10:00:00Z');
		expect(await look(watch)).toEqual([
			expect.objectContaining({
				check: 'quotaLeft',
				status: 'recovered',
				subject: null,
				since: '2026-11-20T10:00:00.000Z',
				message: 'The problem "499 emails left" is over.',
			}),
		]);
		expect(await look(watch)).toEqual([]);
	});

	test('is neither over nor new while SMTP2GO cannot be read', async () => {
		const watch = { checks: ['quotaUsed', 'spamRate'], report_recovery: true };
		account['/stats/email_cycle'] = cycle(9_000);
		expect(await titles(watch)).toEqual(['90% of the quota used']);
		account['/stats/email_cycle'] = BROKEN;
		const result = await readHealth(host.connection, readHealthWatch(watch), state);
		expect(result).toMatchObject({ ok: true, value: { reports: [], skipped: [{ type: 'server' }] } });
		state = result.ok ? result.value.state : state;
		account['/stats/email_cycle'] = cycle(9_000);
		expect(await titles(watch)).toEqual([]);
	});
});

describe('the key', () => {
	test('that is unknown is an error, whatever else could be read', async () => {
		account['/stats/email_spam'] = UNKNOWN_KEY;
		const result = await readHealth(host.connection, readHealthWatch({ checks: ['quotaUsed', 'spamRate'] }), state);
		expect(result).toMatchObject({ ok: false, error: { type: 'auth' } });
	});

	test('with nothing to read is an error, so that a host tells it', async () => {
		account['/stats/email_cycle'] = BROKEN;
		const result = await readHealth(host.connection, readHealthWatch({ checks: ['quotaUsed'] }), state);
		expect(result).toMatchObject({ ok: false, error: { type: 'server' } });
	});

	test('that may not read a check is reported once; what was known of that check stays', async () => {
		const watch = { checks: ['senderDomain', 'quotaUsed'], report_recovery: true };
		account['/domain/view'] = { domains: [{ ...verified, domain: { ...verified.domain, dkim_verified: false } }] };
		expect(await titles(watch)).toEqual(['example.com is not verified']);
		const before = account['/domain/view'];
		account['/domain/view'] = DENIED;
		expect(await look(watch)).toEqual([
			expect.objectContaining({
				check: 'senderDomain',
				subject: '/domain/view',
				title: 'Sender Domain cannot be checked',
				message: expect.stringContaining('/domain/view'),
			}),
		]);
		expect(await look(watch)).toEqual([]);
		account['/domain/view'] = before;
		expect(await titles(watch)).toEqual(['Over: Sender Domain cannot be checked']);
	});

	test('without a required permission is reported by endpoint; a wildcard counts', async () => {
		const watch = { checks: ['permission'], permissions: '/email/send, /sms/send,/webhook/add' };
		expect((await look(watch)).map(({ subject }) => subject)).toEqual(['/sms/send', '/webhook/add']);
		account['/api_keys/permissions'] = ['*'];
		expect(await look(watch)).toEqual([]);
	});

	test.each([
		['allowed', 0],
		['', 0],
		['OK', 0],
		['Active', 0],
		['enabled', 0],
		[undefined, 0],
		['blocked', 1],
		['suspended', 1],
		['something new', 1],
	])('with the sending status %j gives %i reports', async (status, count) => {
		account['/api_keys/view'] = [
			{
				api_key: 'api-111111111111****',
				username: 'api-111111111111',
				description: 'Shop',
				sending_status: status,
			},
		];
		const reports = await look({ checks: ['sendingBlocked'] });
		expect(reports).toHaveLength(count);
		for (const { subject, message } of reports) {
			expect(subject).toBe('api-111111111111');
			expect(message).toContain('"Shop" (api-111111111111)');
		}
	});
});

describe('rates of the last 30 days', () => {
	test.each([
		['hardBounceRate', '/stats/email_bounces', 'hardbounces', 'hard_bounce_rate'],
		['spamRate', '/stats/email_spam', 'spams', 'spam_rate'],
		['unsubscribeRate', '/stats/email_unsubs', 'unsubscribes', 'unsubscribe_rate'],
	])('%s counts above its limit, not at it', async (check, path, count, limit) => {
		const watch = { checks: [check], [limit]: '0.3' };
		account[path] = { emails: 1_000, [count]: 3 };
		expect(await look(watch)).toEqual([]);
		account[path] = { emails: '1000', [count]: '4' };
		expect(await look(watch)).toEqual([expect.objectContaining({ check, value: 0.4, limit: 0.3 })]);
	});

	test("count no soft bounces, although SMTP2GO's own percentage does", async () => {
		expect(await look({ checks: ['hardBounceRate'], hard_bounce_rate: 2 })).toEqual([]);
	});

	test('say nothing with few emails, or none', async () => {
		const watch = { checks: ['hardBounceRate'], min_emails: 100 };
		account['/stats/email_bounces'] = { emails: 99, hardbounces: 99 };
		expect(await look(watch)).toEqual([]);
		account['/stats/email_bounces'] = { emails: 0, hardbounces: 0 };
		expect(await look({ ...watch, min_emails: 0, hard_bounce_rate: 0 })).toEqual([]);
		account['/stats/email_bounces'] = { emails: 100, hardbounces: 99 };
		expect(await titles(watch)).toEqual(['Hard bounces at 99%']);
	});

	test('an account without a quota has none to use up', async () => {
		account['/stats/email_cycle'] = cycle(0, 0);
		expect(await look({ checks: ['quotaUsed', 'quotaLeft'], quota_used: 0 })).toEqual([]);
	});
});

describe('a sender domain', () => {
	const broken = (changes: object, trackers: object[] = []) => {
		account['/domain/view'] = { domains: [{ ...verified, domain: { ...verified.domain, ...changes }, trackers }] };
		return look({ checks: ['senderDomain'] });
	};

	test('names each record, what it must be, and what was found', async () => {
		const [report] = await broken(
			{ dkim_verified: false, dkim_status: 'Lookup returned no results', rpath_verified: false },
			[
				{
					fulldomain: 'link.example.com',
					cname_verified: false,
					cname_value: 'track.smtp2go.net',
					enabled: true,
				},
				{
					fulldomain: 'old.example.com',
					cname_verified: false,
					cname_value: 'track.smtp2go.net',
					enabled: false,
				},
			],
		);
		expect(report).toMatchObject({ subject: 'example.com', value: 'DKIM, return path, tracking' });
		expect(report?.details['records']).toEqual([
			{
				type: 'CNAME',
				purpose: 'DKIM',
				name: 's1._domainkey.example.com',
				expected: 'dkim.smtp2go.net',
				found: 'Lookup returned no results',
			},
			{
				type: 'CNAME',
				purpose: 'return path',
				name: 'em1.example.com',
				expected: 'return.smtp2go.net',
				found: '',
			},
			{ type: 'CNAME', purpose: 'tracking', name: 'link.example.com', expected: 'track.smtp2go.net', found: '' },
		]);
	});

	test('of the live service names the target as expected, and what was found as value', async () => {
		const [report] = await broken({
			dkim_verified: false,
			dkim_expected: 'dkim.smtp2go.net',
			dkim_value: 'other.example',
		});
		expect(report?.message).toBe(
			'The DKIM record s1._domainkey.example.com must be a CNAME to dkim.smtp2go.net. SMTP2GO found: other.example.',
		);
	});

	test('that is verified is no problem', async () => expect(await broken({})).toEqual([]));
});

describe('a webhook', () => {
	const watch = { checks: ['webhook'], report_recovery: true };
	const hook = { id: 1, url: 'https://flows.example.com/hook?token=secret', events: ['bounce'] };

	test('that is removed is reported, without its secret, and so is its return', async () => {
		account['/webhook/view'] = [hook];
		expect(await look(watch)).toEqual([]);
		expect(JSON.stringify(state)).not.toContain('secret');
		account['/webhook/view'] = [];
		expect(await look(watch)).toEqual([
			expect.objectContaining({
				subject: 'https://flows.example.com/hook',
				title: 'Webhook removed',
				value: 'removed',
			}),
		]);
		expect(await look(watch)).toEqual([]);
		account['/webhook/view'] = [{ ...hook, id: 2 }];
		expect(await titles(watch)).toEqual(['Over: Webhook removed']);
		account['/webhook/view'] = [];
		expect(await titles(watch)).toEqual(['Webhook removed']);
	});

	test('that is disabled is reported', async () => {
		account['/webhook/view'] = [{ ...hook, disabled: true }];
		expect(await titles(watch)).toEqual(['Webhook disabled']);
	});

	test('is not reported as removed if the list is in doubt', async () => {
		account['/webhook/view'] = [hook];
		await look(watch);
		account['/webhook/view'] = 'no list';
		const result = await readHealth(host.connection, readHealthWatch(watch), state);
		expect(result).toMatchObject({ ok: false, error: { type: 'server' } });
	});
});

test('checks that read the same make one call together', async () => {
	await look({ checks: ['quotaUsed', 'quotaLeft'] });
	expect(host.paths).toEqual(['/stats/email_cycle']);
});

test('a watch without checks makes no call and reports nothing', async () => {
	expect(await look({ checks: [] })).toEqual([]);
	expect(host.paths).toEqual([]);
});

test('the checks by default need no webhook and no list of permissions', async () => {
	await look({});
	expect(host.paths).toEqual([
		'/stats/email_cycle',
		'/stats/email_bounces',
		'/stats/email_spam',
		'/api_keys/view',
		'/domain/view',
	]);
});

test('limits are read as a form or an expression gives them, within their bounds', () => {
	const limits = (values: object) => readHealthWatch(values).limits;
	expect(limits({ quota_used: '90', spam_rate: 0.05, quota_left: -5, hard_bounce_rate: 500 })).toMatchObject({
		quota_used: 90,
		spam_rate: 0.05,
		quota_left: 0,
		hard_bounce_rate: 100,
	});
	expect(limits({ quota_used: '', spam_rate: 'much', min_emails: null })).toMatchObject({
		quota_used: 80,
		spam_rate: 0.1,
		min_emails: 100,
	});
});

test.each([undefined, null, 'x', [], { problems: 7, webhooks: 'x' }, { problems: { quotaUsed: { since: 5 } } }])(
	'a stored state %j that is none counts as empty',
	(value) => expect(readHealthState(value, 'a')).toEqual({ account: 'a', problems: {}, webhooks: [] }),
);

test('the state of another account counts for nothing: its webhooks are not removed ones', async () => {
	await look({ checks: ['webhook'] });
	expect(state.webhooks).toHaveLength(1);
	state = readHealthState(state, 'another');
	account['/webhook/view'] = [];
	expect(await look({ checks: ['webhook'] })).toEqual([]);
});

test('the state stays small, however much is wrong', async () => {
	account['/domain/view'] = {
		domains: Array.from({ length: 1_000 }, (_, index) => ({
			domain: { fulldomain: `d${index}.example`, dkim_verified: false },
			trackers: [],
		})),
	};
	expect(await look({ checks: ['senderDomain'] })).toHaveLength(200);
	expect(JSON.stringify(state).length).toBeLessThan(40_000);
});
