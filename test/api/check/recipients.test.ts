/** The addresses of a list are checked before sending, by as few calls as SMTP2GO allows. */
import { checkRecipients, type RecipientCheck } from '../../../api';
import { stopwatch } from '../support/processor-time';
import { data, FakeHost, json, parsed } from '../support/fake-host';

const DENIED = json(400, {
	request_id: 'r',
	data: {
		error: 'You do not have permission to access this API endpoint',
		error_code: 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED',
	},
});

interface Row {
	readonly email_address: string;
	readonly reason: string;
	readonly timestamp: string;
}

const row = (email_address: string, reason = 'bounce', timestamp = '2026-03-01 10:00:00'): Row => ({
	email_address,
	reason,
	timestamp,
});

/** What the account holds, and how its suppression list behaves. */
interface Account {
	readonly rows: readonly Row[];
	readonly pageSize?: number;
	readonly allowed?: object;
	/** How a search for recipients ends: as the contract says, with nothing found, or rejected. */
	readonly search?: 'works' | 'finds nothing' | 'is rejected';
}

function hostOf({ rows, pageSize = 100, allowed, search = 'works' }: Account): FakeHost {
	return new FakeHost(({ url, body }) => {
		if (url.endsWith('/allowed_recipients/view')) return allowed === undefined ? DENIED : data(allowed);
		const { recipients, continue_token: token = '0' } = parsed(body) as {
			recipients?: string[];
			continue_token?: string;
		};
		if (recipients !== undefined && search === 'is rejected')
			return json(400, { request_id: 'r', data: { error: 'Too many recipients' } });
		const found =
			recipients === undefined
				? rows
				: rows.filter(({ email_address }) => search === 'works' && recipients.includes(email_address));
		const end = Number(token) + pageSize;
		return data({
			results: found.slice(Number(token), end),
			total_results: found.length,
			continue_token: end < found.length ? String(end) : null,
		});
	});
}

async function check(host: FakeHost, addresses: readonly unknown[]): Promise<RecipientCheck> {
	const checked = await checkRecipients(host.connection, addresses);
	if (!checked.ok) throw checked.error;
	return checked.value;
}

const open = { allowed_recipients: [], enabled: false };
const problems = ({ verdicts }: RecipientCheck) => verdicts.map(({ problem }) => problem);
const many = (count: number) => Array.from({ length: count }, (_, index) => row(`bounced-${index}@example.net`));

test('says of each address in order why it should not get an email', async () => {
	const host = hostOf({
		rows: [row('Joe@Example.com', 'unsubscribe'), row('blocked.org', 'manual')],
		allowed: open,
	});
	const checked = await check(host, [
		'Jane Doe <jane@example.com>',
		'',
		undefined,
		'jane',
		' JANE@example.com ',
		'joe@example.com',
		{ email: 'anyone@blocked.org' },
		{ email_address: 'other@sub.blocked.org' },
		42,
	]);
	expect(problems(checked)).toEqual([
		null,
		'noAddress',
		'noAddress',
		'invalidAddress',
		'duplicate',
		'suppressed',
		'suppressed',
		null,
		'invalidAddress',
	]);
	expect(checked.verdicts[0]).toMatchObject({ address: 'jane@example.com', ok: true, message: null });
	expect(checked.verdicts[4]?.message).toContain('entry 1');
	expect(checked.verdicts[5]).toMatchObject({
		reason: 'unsubscribe',
		since: '2026-03-01T10:00:00Z',
		entry: 'Joe@Example.com',
	});
	expect(checked.verdicts[6]).toMatchObject({ reason: 'manual', entry: 'blocked.org' });
});

test('finds the same address however its accents are encoded', async () => {
	const host = hostOf({ rows: [row('jos\u00e9@example.com')], allowed: open });
	const checked = await check(host, ['jose\u0301@example.com', 'Jos\u00e9@example.com', 'jane@example.com']);
	expect(problems(checked)).toEqual(['suppressed', 'duplicate', null]);
});

test('makes no call for a list without any valid address', async () => {
	const host = hostOf({ rows: [] });
	expect((await check(host, ['', 'jane'])).calls).toBe(0);
	expect(host.sent).toEqual([]);
});

test('names all reasons of an address, and the first date', async () => {
	const host = hostOf({
		rows: [row('joe@example.com', 'spam', '2026-05-01 00:00:00'), row('joe@example.com', 'bounce')],
		allowed: open,
	});
	const { verdicts } = await check(host, ['joe@example.com']);
	expect(verdicts[0]).toMatchObject({ reason: 'spam, bounce', since: '2026-03-01T10:00:00Z' });
});

test('asks for all dates, because SMTP2GO would list only the last 30 days', async () => {
	const host = hostOf({ rows: [], allowed: open });
	await check(host, ['jane@example.com']);
	const asked = host.sent.find(({ url }) => url.endsWith('/suppression/view'));
	expect(parsed(asked?.body ?? '')).toMatchObject({
		start_date: '2000-01-01T00:00:00Z',
		end_date: '2026-11-23T12:00:00.000Z',
	});
});

describe('the number of calls', () => {
	const list = Array.from({ length: 10_000 }, (_, index) => `person-${index}@example.com`);

	test('is two for 10,000 addresses if the suppressions fit a page', async () => {
		const host = hostOf({ rows: many(100), allowed: open });
		expect((await check(host, list)).calls).toBe(2);
	});

	test('is three for 10,000 addresses with a long suppression list: all are searched for at once', async () => {
		const host = hostOf({ rows: [...many(5_000), row(list[7_000] ?? '')], allowed: open });
		const checked = await check(host, list);
		expect(checked.calls).toBe(3);
		expect(checked.verdicts.filter(({ ok }) => !ok)).toMatchObject([{ address: list[7_000] }]);
	});

	test('is that of the pages if reading them all needs fewer', async () => {
		const host = hostOf({ rows: many(150), allowed: open });
		expect((await check(host, ['bounced-149@example.net'])).calls).toBe(3);
		expect(host.sent.some(({ body }) => 'recipients' in parsed(body))).toBe(false);
	});

	test('keeps each body below the limit of SMTP2GO', async () => {
		const long = Array.from(
			{ length: 10_000 },
			(_, index) => `${'x'.repeat(60)}${index}@${'y'.repeat(60)}.example`,
		);
		const host = hostOf({ rows: many(5_000), allowed: open });
		expect((await check(host, long)).calls).toBe(4);
		for (const { body } of host.sent) expect(Buffer.byteLength(body as string)).toBeLessThan(1_000_000);
	});
});

test.each(['finds nothing', 'is rejected'] as const)(
	'reads the whole list if the search for recipients %s',
	async (search) => {
		const host = hostOf({ rows: many(1_000), pageSize: 100, allowed: open, search });
		const checked = await check(host, ['bounced-999@example.net', 'jane@example.com']);
		expect(problems(checked)).toEqual(['suppressed', null]);
	},
);

test('fails if the list is not whole, because a missing entry would count as not suppressed', async () => {
	const host = new FakeHost(({ url }) =>
		url.endsWith('/allowed_recipients/view')
			? data(open)
			: data({ results: [row('joe@example.com')], total_results: 2, continue_token: null }),
	);
	const checked = await checkRecipients(host.connection, ['jane@example.com']);
	expect(checked).toMatchObject({ ok: false, error: { type: 'server' } });
});

test('fails if later pages are missing', async () => {
	const host = new FakeHost(({ url, body }) => {
		if (url.endsWith('/allowed_recipients/view')) return data(open);
		const isFirst = !('continue_token' in parsed(body));
		return data({ results: [row('a@example.com')], total_results: 3, continue_token: isFirst ? 'next' : null });
	});
	const checked = await checkRecipients(host.connection, ['jane@example.com']);
	expect(checked).toMatchObject({ ok: false, error: { type: 'server' } });
});

test('lets through only allowed recipients if the account restricts them', async () => {
	const allowed = { allowed_recipients: ['Jane@example.com', 'example.org'], enabled: true };
	const checked = await check(hostOf({ rows: [], allowed }), [
		'jane@example.com',
		'joe@example.com',
		'a@Example.org',
	]);
	expect(problems(checked)).toEqual([null, 'notAllowed', null]);
});

test('says what it could not check if the key has no permission for the allowed recipients', async () => {
	const checked = await check(hostOf({ rows: [] }), ['jane@example.com']);
	expect(problems(checked)).toEqual([null]);
	expect(checked.unchecked).toEqual([expect.stringContaining('/allowed_recipients/view')]);
});

test('fails without the permission for the suppressions', async () => {
	const host = new FakeHost(() => DENIED);
	const checked = await checkRecipients(host.connection, ['jane@example.com']);
	expect(checked).toMatchObject({ ok: false, error: { type: 'permission' } });
});

test('takes linear time', async () => {
	const list = (count: number) =>
		Array.from({ length: count }, (_, index) => `person-${index % 5_000}@d${index}.com`);
	const time = async (count: number) => {
		const addresses = list(count);
		const host = hostOf({ rows: many(10), allowed: open });
		const elapsed = stopwatch();
		await check(host, addresses);
		return elapsed();
	};
	await time(20_000);
	const [one, ten] = [await time(10_000), await time(100_000)];
	expect(ten).toBeLessThan(Math.max(one, 20) * 25);
});
