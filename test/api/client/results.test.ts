/** What is made of the answers of all operations. */
import { bodyWithKey, buildRequest, resources, run, type Operation } from '../../../api';
import { data, FakeHost, json, textOf } from '../support/fake-host';
import { operation } from '../support/operation';

async function outcome(name: string, answer: unknown, values: Record<string, unknown> = {}, options = {}) {
	const [resource = '', key = ''] = name.split('.');
	return run(new FakeHost(() => data(answer)).connection, operation(resource, key), values, options);
}

const value = async (...call: Parameters<typeof outcome>) => {
	const done = await outcome(...call);
	if (!done.ok) throw done.error;
	return done.value;
};

describe('every operation', () => {
	test.each(resources.flatMap(({ key, operations }) => operations.map((one) => [`${key}.${one.key}`, one] as const)))(
		'%s makes something of its sample',
		async (name, one) => {
			const required: Record<string, unknown> = {
				sender: 'a@example.com',
				to: 'b@example.com',
				subject: 's',
				text_body: 't',
				html_body: '<p>',
				mime_email: 'From: a',
				emails: [
					{ sender: 'a@example.com', to: 'b@example.com', subject: 's', text_body: 't' },
					{ sender: 'a@example.com', to: 'b@example.com', subject: 's', text_body: 't' },
				],
				schedule_id: 'x',
				destination: '+14155550123',
				content: 'Hi',
				id: one.path.startsWith('/webhook') ? 7 : 'receipt',
				template_name: 'T',
				url: 'https://example.com',
				email_address: 'a@example.com',
				reasons: ['manual'],
				email_id: 'x',
				domain: 'example.com',
				old_subdomain: 'a',
				new_subdomain: 'b',
				subaccounts: ['a'],
				allowed_senders: ['a@example.com'],
				allowed_recipients: ['a@example.com'],
				mode: 'disabled',
				enabled: true,
				username: 'shop-user',
				ip_address: '192.0.2.1',
				fullname: 'N',
			};
			const names = [
				...one.fields.filter((field) => field.required).map((field) => field.name),
				...(one.needs ?? []).map(([first]) => first ?? ''),
			];
			const { result } = await value(
				name,
				one.sample,
				Object.fromEntries(names.map((field) => [field, required[field]])),
			);
			if (one.result.is === 'list') expect(result).toHaveLength((one.sample as { length?: number }).length ?? 1);
			else if (one.result.is === 'deleted') expect(result).toEqual({ deleted: true });
			else expect(Object.keys(result as object).length).toBeGreaterThan(0);
		},
	);

	test('has a simple form of at most ten fields, all of which its sample knows', () => {
		for (const { key, operations } of resources) {
			for (const one of operations) {
				const operationOne: Operation = one;
				expect([key, operationOne.key, (operationOne.result.simple?.length ?? 0) <= 10]).toEqual([
					key,
					operationOne.key,
					true,
				]);
			}
		}
	});
});

describe('a useful answer', () => {
	test('holds numbers that came as text, and moments in ISO 8601', async () => {
		expect((await value('statistics.getBounces', { emails: 1, bounce_percent: '0.50' })).result).toEqual({
			emails: 1,
			bounce_percent: 0.5,
		});
		expect(
			(await value('statistics.getQuota', { cycle_start: '2022-11-01 00:00:00+00:00', cycle_used: 1 })).result,
		).toEqual({ cycle_start: '2022-11-01T00:00:00Z', cycle_used: 1 });
		expect(
			(
				await value('sms.getSent', {
					messages: [{ timestamp: '2025-06-08T19:05:25.830Z', content: '2025-06-08' }],
				})
			).result,
		).toEqual([{ timestamp: '2025-06-08T19:05:25.830Z', content: '2025-06-08' }]);
	});

	test.each([['n/a'], [''], [null], ['1e999x']])('leaves %j alone where a number is expected', async (given) => {
		expect((await value('statistics.getBounces', { bounce_percent: given })).result).toEqual({
			bounce_percent: given,
		});
	});

	test('is one option away from the raw one', async () => {
		const raw = { emails: 1, bounce_percent: '0.00' };
		expect((await value('statistics.getBounces', raw, {}, { raw: true })).result).toEqual(raw);
	});

	test('of a change to a domain is that domain, whatever else is listed', async () => {
		const domains = ['a.org', 'b.org'].map((fulldomain) => ({ domain: { fulldomain }, trackers: [] }));
		expect((await value('senderDomain.verify', { domains }, { domain: 'b.org' })).result).toEqual(domains[1]);
		expect((await value('senderDomain.verify', { domains: [domains[0]] }, { domain: 'A.org' })).result).toEqual(
			domains[0],
		);
	});

	test('of an endpoint that answers in words, or not at all, is a record too', async () => {
		expect((await value('subaccount.close', 'Successfully closed', { id: 'x' })).result).toEqual({
			message: 'Successfully closed',
		});
		expect((await value('singleSender.create', {}, { email_address: 'a@example.com' })).result).toEqual({
			success: true,
		});
		expect((await value('allowedSender.get', {})).result).toEqual({});
	});
});

describe('passwords of SMTP users', () => {
	const users = { results: [{ username: 'shop', email_password: 'TopSecret' }], default_ratelimit_value: 0 };

	test.each([{}, { raw: true }])('are nowhere in the answer unless asked for (%j)', async (options) => {
		for (const wish of [undefined, false, 'false', ''])
			expect(
				JSON.stringify(await value('smtpUser.getAll', users, { include_passwords: wish }, options)),
			).not.toContain('TopSecret');
	});

	test.each([true, 'true'])('are there when include_passwords is %j, which itself does not travel', async (wish) => {
		const host = new FakeHost(() => data(users));
		const done = await run(host.connection, operation('smtpUser', 'getAll'), { include_passwords: wish });
		expect(done.ok && done.value.result).toEqual(users.results);
		expect(host.sent.map(({ body }) => body)).toEqual(['{}']);
	});

	test('are not told of a user who was deleted', async () => {
		expect(
			JSON.stringify(await value('smtpUser.delete', users, { username: 'shop' }, { raw: true })),
		).not.toContain('TopSecret');
	});
});

describe('a list that SMTP2GO cuts short says so', () => {
	const many = (count: number) => Array.from({ length: count }, (_, index) => ({ email_id: String(index) }));

	test('when the last page is as full as can be and names no next one', async () => {
		const done = await value('archive.search', { email_count: 5000, emails: many(5000) });
		expect(done.hint).toMatch(/returned 5,000 entries.*narrow the search/);
	});

	test('when it counts more than it gave', async () => {
		expect(
			(await value('activity.search', { events: many(3), total_events: 7312, continue_token: null })).hint,
		).toMatch(/3 of 7,312/);
	});

	test.each<[string, string, unknown, object]>([
		['all were given', 'activity.search', { events: many(1000), total_events: 1000, continue_token: '' }, {}],
		['the page was not full', 'archive.search', { emails: many(4999) }, {}],
		['no more were asked for', 'archive.search', { emails: many(50) }, { limit: 50 }],
		['the list has no cap', 'sms.getSent', { messages: many(5000) }, {}],
	])('and does not when %s', async (_, name, answer, options) => {
		expect((await value(name, answer, {}, options)).hint).toBeUndefined();
	});
});

describe('a text message that was not accepted is an error', () => {
	const send = { destination: '+14155550123,+14155550124', content: 'Hi' };

	test.each<[string, unknown, object]>([
		[
			'by its state',
			{ total_sent: 2, statuses: { queued: 1, rejected: 1 } },
			{
				type: 'rejected',
				details: { failures: ['1 rejected'], hint: expect.stringMatching(/other numbers were accepted/) },
			},
		],
		[
			'by number',
			{
				total_sent: 2,
				messages: [
					{ destination: '+14155550123', status: 'failed' },
					{ destination: '+14155550124', status: 'queued' },
				],
			},
			{ type: 'rejected', details: { failures: ['+14155550123: failed'] } },
		],
		['when none was sent', { total_sent: 0, statuses: {} }, { type: 'rejected' }],
		['when the answer does not say', {}, { type: 'outcomeUnknown' }],
	])('%s', async (_, answer, error) => {
		expect(await outcome('sms.send', answer, send)).toMatchObject({ ok: false, error });
	});

	test('and one that waits its turn is none', async () => {
		expect((await value('sms.send', { total_sent: 2, statuses: { queued: 2 } }, send)).result).toMatchObject({
			total_sent: 2,
		});
	});

	test('a lost answer says where to look', async () => {
		const done = await run(
			new FakeHost(() => ({ answered: false, arrived: 'unknown', code: 'ECONNRESET', message: 'reset' }))
				.connection,
			operation('sms', 'send'),
			send,
		);
		expect(done).toMatchObject({
			ok: false,
			error: { type: 'outcomeUnknown', details: { hint: expect.stringContaining('Get many sent SMS') } },
		});
	});
});

describe('the key in the body', () => {
	const list = operation('ipAllowList', 'add');
	const KEY = `api-${'Ab12'.repeat(8)}`;

	test('is asked for by the record, and put in by the host only', async () => {
		const host = new FakeHost(() =>
			json(400, { request_id: 'r', data: { error: `The key ${KEY} may not do this` } }),
		);
		const done = await run(host.connection, list, { ip_address: '192.0.2.1' });
		const [request] = host.sent;
		expect(request).toMatchObject({ keyInBody: true, body: '{"ip_address":"192.0.2.1"}' });
		expect(request && bodyWithKey(request, KEY)).toBe(`{"api_key":"${KEY}","ip_address":"192.0.2.1"}`);
		expect(done.ok ? '' : `${done.error.message} ${done.error.explanation}`).not.toContain(KEY);
	});

	test('is in no other body', async () => {
		const host = new FakeHost(() => data([]));
		await run(host.connection, operation('dedicatedIp', 'getAll'), {});
		expect(host.sent.map((request) => bodyWithKey(request, KEY))).toEqual(['{}']);
	});

	test('cannot be given as a field', () => {
		expect(buildRequest(list, { ip_address: '192.0.2.1', api_key: KEY }, 0)).toMatchObject({
			ok: false,
			error: { type: 'invalid' },
		});
	});
});

describe('values of the new kinds', () => {
	const sent = async (name: string, values: Record<string, unknown>) => {
		const [resource = '', key = ''] = name.split('.');
		const built = buildRequest(operation(resource, key), values, 0);
		return built.ok ? (JSON.parse(await textOf(built.value)) as unknown) : built.error.message;
	};

	test.each<[unknown, unknown]>([
		['+1 (415) 555-0123', ['+14155550123']],
		[14155550123, ['14155550123']],
		['+14155550123; +64.21.555012', ['+14155550123', '+6421555012']],
		['["+14155550123"]', ['+14155550123']],
	])('numbers given as %j', async (destination, numbers) => {
		expect(await sent('sms.send', { destination, content: 'Hi' })).toEqual({ destination: numbers, content: 'Hi' });
	});

	test.each(['021 555 012', '+44 (0) 20 7946 0000', 'Jane', '+1', '0064215550123', `+${'1'.repeat(16)}`])(
		'%s is not a number with its country code',
		async (destination) => {
			expect(await sent('sms.send', { destination, content: 'Hi' })).toMatch(
				/^To: ".*" is not a valid phone number: it .*Example: \+14155550123$/,
			);
		},
	);

	test('at most 100 numbers', async () => {
		expect(
			await sent('sms.send', {
				destination: Array.from({ length: 101 }, (_, index) => `+1415555${String(index).padStart(4, '0')}`),
				content: 'Hi',
			}),
		).toMatch(/at most 100/);
	});

	test('a list may be replaced by an empty one, but nothing cannot be added to it', async () => {
		expect(await sent('allowedSender.replace', { allowed_senders: [], mode: 'disabled' })).toEqual({
			allowed_senders: [],
			mode: 'disabled',
		});
		expect(await sent('allowedSender.add', { allowed_senders: [] })).toMatch(/at least 1/);
	});

	test.each(['192.0.2.1', '2001:db8::1', '192.0.2.0/24', '::ffff:192.0.2.1'])('the address %s', async (address) => {
		expect(await sent('ipAllowList.add', { ip_address: address })).toEqual({ ip_address: address });
	});

	test.each([
		'localhost',
		'192.0.2',
		'1234',
		'https://192.0.2.1',
		5,
		'999.1.1.1',
		'192.168.010.001',
		'192.0.2.0/33',
		'1:2',
		'1::2::3',
		'2001:db8::1/129',
		'192.0\u200b.2.1',
	])('%j is no IP address', async (address) => {
		expect(await sent('ipAllowList.add', { ip_address: address })).toMatch(/must be an IP address/);
	});

	test('an empty name of something means none, and an empty audit address takes it away', async () => {
		expect(await sent('apiKey.update', { id: 'api-000000000000', audit_email: '', subaccount_id: '' })).toEqual({
			id: 'api-000000000000',
			audit_email: '',
		});
	});
});

describe('a period', () => {
	test.each([
		['activity', 'search'],
		['archive', 'search'],
		['sms', 'getSent'],
		['sms', 'getSummary'],
		['statistics', 'getHistory'],
		['suppression', 'getAll'],
	])('of %s %s that ends before it starts is refused, naming both fields', (resource, key) => {
		const built = buildRequest(
			operation(resource, key),
			{ start_date: '2026-11-22T10:00:00+02:00', end_date: '2026-11-22 07:59' },
			0,
		);
		expect(built).toMatchObject({
			ok: false,
			error: { type: 'invalid', details: { fieldErrors: [{ field: 'start_date' }, { field: 'end_date' }] } },
		});
		expect(built.ok ? '' : built.error.message).toMatch(
			/^Start Date \(2026-11-22T08:00:00Z\) is after End Date \(/,
		);
	});

	test('may be as short as a moment', () => {
		expect(
			buildRequest(operation('activity', 'search'), { start_date: '2026-11-22', end_date: '2026-11-22' }, 0),
		).toMatchObject({ ok: true });
	});
});

describe('a suppression to be removed', () => {
	const row = (reason: string, removed: boolean) => ({ email_address: 'jane@example.com', reason, removed });

	test.each<[string, object[], boolean]>([
		['no entry was removed', [row('manual', false), row('spam', false)], true],
		['one of two was', [row('manual', true), row('spam', false)], false],
		['all were', [row('manual', true)], false],
	])('says so where nothing came of it: %s', async (_, suppressions, said) => {
		expect(
			(await value('suppression.remove', { suppressions }, { email_address: 'jane@example.com' })).hint !==
				undefined,
		).toBe(said);
	});

	test('is that of the usual reasons unless others are given', () => {
		const request = (values: object) =>
			buildRequest(
				operation('suppression', 'remove'),
				{ email_address: 'jane@example.com', ...values },
				Date.now(),
			);
		for (const reasons of [undefined, null, ['bounce'], 'bounce']) {
			const built = request({ reasons });
			expect(built.ok && built.value.fields['reasons']).toEqual(reasons ? ['bounce'] : ['manual', 'spam']);
		}
		expect(request({ reasons: [] }).ok).toBe(false);
	});
});
