/** Answers and states that try to raise a false alarm, a flood of alarms, or none. */
import { readHealth, readHealthState, readHealthWatch, type HealthReport, type HealthState } from '../../../api';
import { data, FakeHost, json } from '../support/fake-host';

const DENIED = json(400, {
	data: {
		error: 'You do not have permission to access this API endpoint',
		error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	},
});

/** One account whose every answer is the same. */
class Account {
	answer: unknown = {};
	state: HealthState = readHealthState(undefined, 'a');
	private readonly host = new FakeHost(() => (this.answer === DENIED ? DENIED : data(this.answer)));

	/** Looks once, and keeps the state as a host does: as JSON. */
	async look(check: string, values: object = {}): Promise<HealthReport[]> {
		const watch = readHealthWatch({ checks: [check], report_recovery: true, ...values });
		const result = await readHealth(this.host.connection, watch, this.state);
		if (!result.ok) throw result.error;
		this.state = readHealthState(JSON.parse(JSON.stringify(result.value.state)), 'a');
		return [...result.value.reports];
	}

	async titles(check: string, values: object = {}): Promise<string[]> {
		return (await this.look(check, values)).map(({ title }) => title);
	}
}

let account: Account;
beforeEach(() => {
	account = new Account();
});

const domains = (from: number, to: number) => ({
	domains: Array.from({ length: to - from }, (_, index) => ({
		domain: { fulldomain: `d${from + index}.example`, dkim_verified: false },
		trackers: [],
	})),
});
const hook = (id: number, more: object = {}) => ({
	id,
	url: `https://flows.example.com/hook${id}`,
	events: [],
	...more,
});

describe('an answer that says nothing', () => {
	const full = { cycle_used: 9_900, cycle_remaining: 100, cycle_max: 10_000 };
	const bounces = { emails: 1_000, hardbounces: 100 };
	test.each<[string, object, object]>([
		['quotaUsed', full, { cycle_max: 10_000 }],
		['quotaUsed', full, { cycle_used: 9_900 }],
		['quotaUsed', full, { ...full, cycle_used: ' ' }],
		['quotaLeft', full, { cycle_max: 10_000 }],
		['quotaLeft', full, { ...full, cycle_remaining: 'few' }],
		['quotaLeft', full, { cycle_remaining: 100 }],
		['hardBounceRate', bounces, { emails: 1_000 }],
		['hardBounceRate', bounces, { ...bounces, emails: null }],
		['hardBounceRate', bounces, {}],
		['spamRate', { emails: 1_000, spams: 9 }, { emails: 1_000, spams: [] }],
	])('about %s is neither a problem nor the end of one', async (check, wrong, silent) => {
		account.answer = silent;
		expect(await account.look(check)).toEqual([]);
		account.answer = wrong;
		expect(await account.look(check)).toHaveLength(1);
		account.answer = silent;
		expect(await account.look(check)).toEqual([]);
		account.answer = wrong;
		expect(await account.look(check)).toEqual([]);
	});

	test.each([[[]], [[{ endpoint: '/email/send' }]], [[null]]])(
		'of permissions, such as %j, does not report every endpoint as missing',
		async (answer) => {
			account.answer = answer;
			expect(await account.look('permission', { permissions: '/email/send,/sms/send' })).toEqual([]);
		},
	);

	test('has rows without content, which are left out', async () => {
		account.answer = [null, 7, 'key', {}, { sending_status: 7 }, { sending_status: null }];
		expect(await account.look('sendingBlocked')).toEqual([]);
		account.answer = { domains: [null, 7, {}, { domain: null }, { domain: { dkim_verified: null } }] };
		expect(await account.look('senderDomain')).toEqual([]);
		account.answer = [null, 7, { id: 1 }, { id: 2, url: null, disabled: true }];
		expect(await account.look('webhook')).toEqual([]);
	});
});

describe('numbers in text', () => {
	test('count as numbers', async () => {
		account.answer = { cycle_used: '9900', cycle_remaining: '100', cycle_max: '10000' };
		expect(await account.titles('quotaUsed')).toEqual(['99% of the quota used']);
		expect(await account.titles('quotaLeft')).toEqual(['100 emails left']);
	});

	test('of an account that is over its quota do, too', async () => {
		account.answer = { cycle_used: 10_050, cycle_remaining: -50, cycle_max: 10_000 };
		expect(await account.titles('quotaLeft')).toEqual(['-50 emails left']);
	});
});

describe('a rate at its limit', () => {
	test.each([
		['hardBounceRate', 'hardbounces', 'hard_bounce_rate'],
		['spamRate', 'spams', 'spam_rate'],
		['unsubscribeRate', 'unsubscribes', 'unsubscribe_rate'],
	])('%s is reported once, and over only well below the limit', async (check, count, limit) => {
		const values = { [limit]: 2, min_emails: 1_000 };
		const reports: string[] = [];
		for (const found of [20, 21, 20, 21, 19, 21, 18, 21]) {
			account.answer = { emails: 1_000, [count]: found };
			reports.push(...(await account.look(check, values)).map(({ status }) => `${found} ${status}`));
		}
		expect(reports).toEqual(['21 problem', '18 recovered', '21 problem']);
	});

	test('is not over and new again when the number of emails is at its own limit', async () => {
		const reports: HealthReport[] = [];
		for (const emails of [99, 100, 99, 100, 90, 100, 89]) {
			account.answer = { emails, hardbounces: 50 };
			reports.push(...(await account.look('hardBounceRate', { min_emails: 100 })));
		}
		expect(reports.map(({ status }) => status)).toEqual(['problem', 'recovered']);
	});

	test('does not ease the quota', async () => {
		const quota = (left: number) => ({ cycle_used: 0, cycle_remaining: left, cycle_max: 10_000 });
		account.answer = quota(499);
		expect(await account.titles('quotaLeft', { quota_left: 500 })).toEqual(['499 emails left']);
		account.answer = quota(500);
		expect(await account.titles('quotaLeft', { quota_left: 500 })).toEqual(['Over: 499 emails left']);
	});
});

describe('many problems', () => {
	test('in another order are not new', async () => {
		account.answer = domains(0, 300);
		expect(await account.look('senderDomain')).toHaveLength(200);
		account.answer = { domains: [...domains(0, 300).domains].reverse() };
		expect(await account.look('senderDomain')).toEqual([]);
	});

	test('leave room when some of them are over', async () => {
		account.answer = domains(0, 201);
		expect(await account.look('senderDomain')).toHaveLength(200);
		account.answer = domains(1, 201);
		expect((await account.look('senderDomain')).map(({ subject, status }) => [subject, status])).toEqual([
			['d200.example', 'problem'],
			['d0.example', 'recovered'],
		]);
	});

	test('of one check do not push those of another out of the state', async () => {
		const hooks = Array.from({ length: 100 }, (_, id) => hook(id, { disabled: true }));
		const host = new FakeHost(({ url }) => data(url.endsWith('/domain/view') ? domains(0, 200) : hooks));
		const watch = readHealthWatch({ checks: ['senderDomain', 'webhook'] });
		const counts: number[] = [];
		for (let look = 0; look < 3; look++) {
			const result = await readHealth(host.connection, watch, account.state);
			if (!result.ok) throw result.error;
			account.state = readHealthState(JSON.parse(JSON.stringify(result.value.state)), 'a');
			counts.push(result.value.reports.length);
		}
		expect(counts).toEqual([300, 0, 0]);
	});

	test('do not hide that the check may no longer be read', async () => {
		account.answer = domains(0, 200);
		await account.look('senderDomain');
		account.answer = DENIED;
		expect(await account.titles('senderDomain')).toEqual(['Sender Domain cannot be checked']);
		expect(await account.look('senderDomain')).toEqual([]);
		expect(Object.keys(account.state.problems)).toHaveLength(201);
	});

	test('with the same subject are one', async () => {
		account.answer = [hook(1, { disabled: true }), hook(1, { disabled: true })];
		expect(await account.titles('webhook')).toEqual(['Webhook disabled']);
	});
});

describe('the state', () => {
	test('remembers 100 webhooks at most, and those that are there before those that are gone', async () => {
		account.answer = Array.from({ length: 60 }, (_, id) => hook(id));
		await account.look('webhook');
		account.answer = Array.from({ length: 60 }, (_, id) => hook(id + 60));
		expect(await account.look('webhook')).toHaveLength(60);
		expect(account.state.webhooks).toHaveLength(100);
		expect(account.state.webhooks[0]).toBe('https://flows.example.com/hook60');
		expect(
			readHealthState({ account: 'a', webhooks: Array.from({ length: 500 }, String) }, 'a').webhooks,
		).toHaveLength(100);
	});

	test('of a hand that edited it is cut and cleaned', () => {
		const problems = Object.fromEntries(
			Array.from({ length: 5_000 }, (_, index) => [`senderDomain d${index}`, { since: 'x', title: 'y' }]),
		);
		expect(Object.keys(readHealthState({ account: 'a', problems }, 'a').problems)).toHaveLength(9 * 201);
		expect(
			readHealthState(
				{ account: 'a', problems: { quotaUsed: { since: 'x' }, spamRate: 7 }, webhooks: [7, 'u'] },
				'a',
			),
		).toEqual({
			account: 'a',
			problems: { quotaUsed: { since: 'x', title: '' } },
			webhooks: ['u'],
		});
	});

	test('forgets the problems of a check that is no longer made, without a report', async () => {
		account.answer = domains(0, 1);
		await account.look('senderDomain');
		account.answer = { cycle_used: 0, cycle_remaining: 1_000, cycle_max: 1_000 };
		expect(await account.look('quotaUsed')).toEqual([]);
		expect(account.state.problems).toEqual({});
	});

	test('has a problem only of the check that it names', async () => {
		account.state = readHealthState({ account: 'a', problems: { quotaUsedX: { since: 'x', title: 'y' } } }, 'a');
		account.answer = { cycle_used: 0, cycle_remaining: 1_000, cycle_max: 1_000 };
		expect(await account.look('quotaUsed')).toEqual([]);
	});
});

test('no report and no state has a secret', async () => {
	const key = `api-${'0123456789abcdef'.repeat(2)}`.toUpperCase();
	account.answer = [{ api_key: key, sending_status: 'blocked' }];
	const reports = [...(await account.look('sendingBlocked'))];
	const secret = 'f'.repeat(64);
	account.answer = [
		{ id: 1, url: `https://user:pass@flows.example.com/hook/${secret}?token=geheim`, disabled: true },
		{ id: 2, url: `not a url/${secret}?token=geheim`, disabled: true },
	];
	reports.push(...(await account.look('webhook')));
	expect(reports).toHaveLength(3);
	expect(reports[0]).toMatchObject({ subject: key.slice(0, 16), details: { username: key.slice(0, 16) } });
	const said = JSON.stringify([reports, account.state]);
	for (const hidden of [key, secret, 'geheim', 'pass']) expect(said).not.toContain(hidden);
});

test('each report says what to do', async () => {
	const all: [string, unknown][] = [
		['quotaUsed', { cycle_used: 10, cycle_remaining: 0, cycle_max: 10 }],
		['quotaLeft', { cycle_used: 10, cycle_remaining: 0, cycle_max: 10 }],
		['hardBounceRate', { emails: 100, hardbounces: 100 }],
		['spamRate', { emails: 100, spams: 100 }],
		['unsubscribeRate', { emails: 100, unsubscribes: 100 }],
		['sendingBlocked', [{ username: 'shop', sending_status: 'blocked' }]],
		['senderDomain', domains(0, 1)],
		['webhook', [hook(1, { disabled: true })]],
		['permission', ['/stats/*']],
	];
	for (const [check, answer] of all) {
		account.answer = answer;
		const reports = await account.look(check, { permissions: ['/email/send'] });
		expect(reports).toHaveLength(1);
		expect(reports[0]).toMatchObject({ check, status: 'problem' });
		expect(reports[0]?.whatToDo).toMatch(/\w+ \w+.*\.$/);
	}
});
