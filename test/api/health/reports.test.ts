/** What a report says: a workflow sends its sentences to people, and branches on its value and details. */
import { readHealth, readHealthState, readHealthWatch, type HealthReport, type HealthState } from '../../../api';
import { data, FakeHost, json } from '../support/fake-host';

/** Looks once at an account whose every answer is the same. */
async function lookAt(answer: unknown, values: object, state: HealthState = readHealthState(undefined, 'a')) {
	const host = new FakeHost(() => data(answer));
	const result = await readHealth(host.connection, readHealthWatch(values), state);
	if (!result.ok) throw result.error;
	return result.value;
}
const reportOf = async (...args: Parameters<typeof lookAt>): Promise<HealthReport | undefined> =>
	(await lookAt(...args)).reports[0];

test('a missing permission names its endpoint', async () => {
	expect(await reportOf(['/stats/*'], { checks: ['permission'], permissions: '/email/send' })).toMatchObject({
		subject: '/email/send',
		value: false,
		limit: null,
		details: { endpoint: '/email/send' },
	});
});

test('a check that the key has no permission for names its endpoint', async () => {
	const host = new FakeHost(() =>
		json(400, {
			data: {
				error: 'You do not have permission to access this API endpoint',
				error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
			},
		}),
	);
	const result = await readHealth(
		host.connection,
		readHealthWatch({ checks: ['quotaUsed'] }),
		readHealthState(undefined, 'a'),
	);
	expect(result).toMatchObject({
		ok: true,
		value: {
			reports: [{ subject: '/stats/email_cycle', details: { endpoint: '/stats/email_cycle' }, value: null }],
			skipped: [],
		},
	});
});

test('few emails left are counted of the quota', async () => {
	const answer = { cycle_used: 9_600, cycle_remaining: 400, cycle_max: 10_000 };
	expect(await reportOf(answer, { checks: ['quotaLeft'] })).toMatchObject({
		message: '400 of the 10,000 emails of this billing period are left.',
		value: 400,
		limit: 500,
	});
});

test('a quota at its limit is not above it', async () => {
	const answer = { cycle_used: 80, cycle_remaining: 20, cycle_max: 100 };
	expect(await reportOf(answer, { checks: ['quotaUsed'], quota_used: 80 })).toBeUndefined();
	expect(await reportOf(answer, { checks: ['quotaUsed'], quota_used: 79 })).toMatchObject({ value: 80, limit: 79 });
});

test.each([
	['hardBounceRate', 'hardbounces', 'hard_bounce_rate', 'Hard bounces'],
	['spamRate', 'spams', 'spam_rate', 'Spam complaints'],
	['unsubscribeRate', 'unsubscribes', 'unsubscribe_rate', 'Unsubscribes'],
])('%s says what was counted, of how many emails, and the limit', async (check, count, limit, label) => {
	const answer = { emails: 2_000, [count]: 100 };
	expect(await reportOf(answer, { checks: [check], [limit]: 3 })).toMatchObject({
		title: `${label} at 5%`,
		message: `${label} in the last 30 days: 100 of 2,000 emails. The limit that you set is 3%.`,
		details: answer,
	});
});

describe('a webhook', () => {
	const url = 'https://flows.example.com/hook';

	test('that is disabled has its URL in the details', async () => {
		expect(await reportOf([{ id: 1, url, disabled: true }], { checks: ['webhook'] })).toMatchObject({
			value: 'disabled',
			details: { url },
		});
	});

	test('that is gone has its URL in the details', async () => {
		const before = readHealthState({ account: 'a', webhooks: [url] }, 'a');
		expect(await reportOf([], { checks: ['webhook'] }, before)).toMatchObject({
			value: 'removed',
			details: { url },
		});
	});

	test('is one of 100 at most in what the host stores', async () => {
		const hooks = (from: number) =>
			Array.from({ length: 60 }, (_, index) => ({ id: from + index, url: `${url}${from + index}` }));
		const { state } = await lookAt(hooks(0), { checks: ['webhook'] });
		expect((await lookAt(hooks(60), { checks: ['webhook'] }, state)).state.webhooks).toHaveLength(100);
	});
});

describe('the form', () => {
	test('without a limit, or with blanks only, has the default, which is not 0', () => {
		expect(readHealthWatch({ quota_used: ' ', spam_rate: '\t' }).limits).toMatchObject({
			quota_used: 80,
			spam_rate: 0.1,
		});
	});

	test.each([
		[true, true],
		['true', true],
		[false, false],
		['false', false],
		['', false],
		[undefined, false],
	])('reports a recovery for %j: %j', (value, expected) => {
		expect(readHealthWatch({ report_recovery: value }).reportRecovery).toBe(expected);
	});
});

test.each([
	[{ problems: 7, webhooks: 'x' }],
	[{ problems: { quotaUsed: { since: 5 } } }],
	[{ problems: { quotaUsed: { title: 'x' } } }],
	[{ problems: { quotaUsed: 'since' } }],
])('of the state %j of this account only what is well-formed counts', (value) => {
	expect(readHealthState({ account: 'a', ...value }, 'a')).toEqual({ account: 'a', problems: {}, webhooks: [] });
});
