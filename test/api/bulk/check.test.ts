/** An email whose response was lost is looked up before it is sent again. */
import {
	failure,
	MESSAGE_KEY,
	sendChecked,
	sendEmail,
	sendEmails,
	Smtp2goError,
	withMessageKey,
	type BuiltRequest,
	type HttpOutcome,
} from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';
import { mailOf, mailOfSize, NOW } from '../support/bulk';

describe('an email whose answer was lost is looked up before it is sent again', () => {
	const keyed = (more: object = {}): BuiltRequest => {
		const mail = withMessageKey(mailOf(more));
		if (!mail.ok) throw mail.error;
		return mail.value;
	};
	const keyOf = (mail: BuiltRequest) =>
		(mail.fields['custom_headers'] as { header: string; value: string }[]).find(
			({ header }) => header === MESSAGE_KEY,
		)?.value ?? '';
	const lost = fault('unknown', 'ECONNRESET');
	const sent = data({ succeeded: 1, failed: 0, failures: [], email_id: 'E2' });
	const one = keyed();
	const row = (key: string, more: object = {}) => ({
		email_id: 'E1',
		recipient: 'jane@example.com',
		custom_headers: { 'x-message-key': key },
		...more,
	});
	const list = (events: unknown[], more: object = {}) =>
		data({ events, total_events: events.length, continue_token: null, ...more });

	test.each<[string, HttpOutcome[], string[], object]>([
		[
			'found: it was sent',
			[lost, list([row('other'), row(keyOf(one))])],
			['/email/send', '/activity/search'],
			{ ok: true, value: { succeeded: 1, failed: 0, failures: [], email_id: 'E1', found_in_activity: true } },
		],
		[
			'found in the headers',
			[lost, list([{ email_id: 'E1', headers: `Subject: Hi\nX-Message-Key: ${keyOf(one)}` }])],
			['/email/send', '/activity/search'],
			{ ok: true, value: { email_id: 'E1' } },
		],
		[
			'found on the last page',
			[
				lost,
				list([row('a')], { total_events: 2, continue_token: 't' }),
				list([row(keyOf(one))], { total_events: 2 }),
			],
			['/email/send', '/activity/search', '/activity/search'],
			{ ok: true, value: { email_id: 'E1' } },
		],
		[
			'not there: sent again',
			[lost, list([row('other')]), sent],
			['/email/send', '/activity/search', '/email/send'],
			{ ok: true, value: { email_id: 'E2' } },
		],
		[
			'found though the recipient is written otherwise',
			[lost, list([row(keyOf(one), { recipient: 'jane@xn--mnchen-3ya.example' })])],
			['/email/send', '/activity/search'],
			{ ok: true, value: { email_id: 'E1' } },
		],
		[
			'found in capitals, in a list, with a blank before it',
			[
				lost,
				list([
					{
						email_id: 'E1',
						custom_headers: [{ header: 'X-MESSAGE-KEY', value: ` ${keyOf(one).toUpperCase()}` }],
					},
				]),
			],
			['/email/send', '/activity/search'],
			{ ok: true, value: { email_id: 'E1' } },
		],
		[
			'found behind an empty page',
			[lost, list([], { total_events: 1, continue_token: 't' }), list([row(keyOf(one))])],
			['/email/send', '/activity/search', '/activity/search'],
			{ ok: true, value: { email_id: 'E1' } },
		],
		[
			'not there, and the second try is refused: the first may still show up',
			[lost, list([]), json(400, { data: { error: 'No more email today' } })],
			['/email/send', '/activity/search', '/email/send'],
			{
				ok: false,
				error: {
					type: 'outcomeUnknown',
					details: { hint: expect.stringMatching(/activity did not list it.*No more email today/) as string },
				},
			},
		],
		[
			'not there, and the second try never leaves: the first may still show up',
			[lost, list([]), fault('no', 'CERT_HAS_EXPIRED')],
			['/email/send', '/activity/search', '/email/send'],
			{ ok: false, error: { type: 'outcomeUnknown' } },
		],
		...[
			{},
			null,
			undefined,
			'nothing',
			{ events: null },
			{ events: {} },
			{ results: [] },
			{ events: [], total_events: '7' },
			{ events: [], continue_token: 7 },
		].map((answer): [string, HttpOutcome[], string[], object] => [
			`an answer that is no whole list (${JSON.stringify(answer)}): unknown`,
			[lost, json(200, { request_id: 'r', data: answer })],
			['/email/send', '/activity/search'],
			{
				ok: false,
				error: {
					type: 'outcomeUnknown',
					details: { hint: expect.stringContaining('The lookup failed') as string },
				},
			},
		]),
		[
			'a list that goes round in a circle: unknown',
			[
				lost,
				...['a', 'b', 'a'].map((token) =>
					json(200, { data: { events: [row('other')], continue_token: token } }),
				),
			],
			['/email/send', '/activity/search', '/activity/search', '/activity/search'],
			{ ok: false, error: { type: 'outcomeUnknown' } },
		],
		[
			'lost again, then found',
			[lost, list([]), lost, list([row(keyOf(one))])],
			['/email/send', '/activity/search', '/email/send', '/activity/search'],
			{ ok: true, value: { email_id: 'E1' } },
		],
		[
			'lost twice and never found: unknown, and not sent a third time',
			[lost, list([]), lost, list([])],
			['/email/send', '/activity/search', '/email/send', '/activity/search'],
			{
				ok: false,
				error: {
					type: 'outcomeUnknown',
					details: { hint: expect.stringContaining('activity did not list it') as string },
				},
			},
		],
		[
			'looking up fails: unknown',
			[lost, json(400, { data: { error: 'You do not have permission to access this API endpoint' } })],
			['/email/send', '/activity/search'],
			{
				ok: false,
				error: {
					type: 'outcomeUnknown',
					details: { hint: expect.stringContaining('The lookup failed') as string },
				},
			},
		],
		[
			'the list is not whole: unknown',
			[lost, list([row('a')], { total_events: 7 })],
			['/email/send', '/activity/search'],
			{ ok: false, error: { type: 'outcomeUnknown' } },
		],
		['nothing lost, nothing looked up', [sent], ['/email/send'], { ok: true, value: { email_id: 'E2' } }],
		[
			'refused, not lost',
			[json(400, { data: { error: 'No' } })],
			['/email/send'],
			{ ok: false, error: { type: 'refused' } },
		],
	])('%s', async (_, answers, paths, outcome) => {
		const host = new FakeHost((_request, count) => answers[count - 1] ?? json(500, {}));
		const waits: [number, string][] = [];
		const connection = {
			...host.connection,
			onWait: (milliseconds: number, why: string) => waits.push([milliseconds, why]),
		};
		const [result] = await sendChecked(connection, [one], async ([mail]) => [
			await sendEmail(connection, mail as BuiltRequest),
		]);
		expect(result).toMatchObject(outcome);
		expect(host.paths).toEqual(paths);
		expect(host.waits.filter((wait) => wait < 180_000)).toEqual([]);
		expect(waits).toHaveLength(host.waits.length);
	});

	test('of a batch only those that are not there', async () => {
		const mails = [keyed({ subject: 'a' }), keyed({ subject: 'b' }), keyed({ subject: 'c' })];
		const host = new FakeHost(({ url }, count) =>
			url.endsWith('search')
				? list([row(keyOf(mails[1] as BuiltRequest))])
				: count === 1
					? lost
					: data([{ email_id: 'A' }, { email_id: 'C' }]),
		);
		const outcomes = await sendChecked(host.connection, mails, (some) => sendEmails(host.connection, some));
		expect(outcomes.map((outcome) => outcome.ok && outcome.value['email_id'])).toEqual(['A', 'E1', 'C']);
		expect(
			host.sent
				.filter(({ url }) => url.endsWith('batch'))
				.map(({ body }) => (parsed(body)['emails'] as { subject: string }[]).map(({ subject }) => subject)),
		).toEqual([
			['a', 'b', 'c'],
			['a', 'c'],
		]);
	});

	test.each<[string, BuiltRequest[]]>([
		['a scheduled email, which the activity does not know yet', [keyed({ schedule: new Date(NOW + 3_600_000) })]],
		['an email with its own key, which another may have too', [keyed({ custom_headers: { [MESSAGE_KEY]: '7' } })]],
		['an email without a key', [mailOf()]],
	])('never %s', async (_, mails) => {
		const host = new FakeHost(() => lost);
		expect(
			(await sendChecked(host.connection, mails, (some) => sendEmails(host.connection, some))).every(
				(outcome) => !outcome.ok && outcome.error.type === 'outcomeUnknown',
			),
		).toBe(true);
		expect(host.paths).toEqual(['/email/batch']);
	});

	test('not after the host was stopped while it waited', async () => {
		const stop = new AbortController();
		const host = new FakeHost(() => lost);
		const connection = { ...host.connection, signal: stop.signal, onWait: () => stop.abort() };
		const [outcome] = await sendChecked(connection, [one], (some) => sendEmails(connection, some));
		expect(outcome).toMatchObject({ ok: false, error: { type: 'outcomeUnknown' } });
		// Nothing was looked up, so nothing is said about it.
		expect(outcome?.ok === false && outcome.error.details.hint).not.toMatch(/lookup/);
		expect(host.paths).toEqual(['/email/batch']);
	});

	test('nor sent again after the host was stopped while it looked', async () => {
		const stop = new AbortController();
		const host = new FakeHost(({ url }) => {
			if (url.endsWith('search')) stop.abort();
			return url.endsWith('search') ? list([]) : lost;
		});
		const sends: number[] = [];
		const connection = { ...host.connection, signal: stop.signal };
		const outcomes = await sendChecked(connection, [one], (some) => {
			sends.push(some.length);
			return sendEmails(connection, some);
		});
		expect(outcomes).toMatchObject([{ ok: false, error: { type: 'outcomeUnknown' } }]);
		expect(sends).toEqual([1]);
	});

	test('from ten minutes before the sending on, since clocks differ', async () => {
		const host = new FakeHost(({ url }) => (url.endsWith('search') ? list([row(keyOf(one))]) : lost));
		await host.sleep(1_000_000);
		const before = host.now();
		await sendChecked(host.connection, [one], ([mail]) =>
			sendEmail(host.connection, mail as BuiltRequest).then((outcome) => [outcome]),
		);
		expect(Date.parse(String(parsed(host.sent[1]?.body ?? '')['start_date']))).toBe(before - 600_000);
	});

	test.each([
		['as late as here', 0, 1],
		['five minutes behind, half of what the search allows for', 300_000, 1],
		['more than that behind', 301_000, 2],
		['ahead', -3_600_000, 1],
	])("once more by SMTP2GO's clock if that is %s", async (_, behind, searches) => {
		const host: FakeHost = new FakeHost(({ url }, count) => {
			if (!url.endsWith('search')) return lost;
			const date = new Date(host.now() - behind).toUTCString();
			// Only the last search finds it.
			return { ...list(count === searches + 1 ? [row(keyOf(one))] : []), headers: { date } } as HttpOutcome;
		});
		const before = host.now();
		const outcomes = await sendChecked(host.connection, [one], async ([mail]) => [
			await sendEmail(host.connection, mail as BuiltRequest),
		]);
		expect(outcomes).toMatchObject([{ ok: true, value: { email_id: 'E1' } }]);
		expect(host.paths).toHaveLength(1 + searches);
		expect(Date.parse(String(parsed(host.sent.at(-1)?.body ?? '')['start_date']))).toBe(
			before - 600_000 - (searches === 2 ? behind : 0),
		);
	});

	test.each<[string | undefined, string]>([
		['Look for it.', 'The activity did not list it three minutes later. Look for it.'],
		[undefined, 'The activity did not list it three minutes later.'],
	])('and if it is still unknown, says so before what to do (%s)', async (hint, expected) => {
		const host = new FakeHost(() => list([]));
		const outcomes = await sendChecked(host.connection, [one], async () => [
			failure(new Smtp2goError('outcomeUnknown', 'Outcome unknown: lost', hint === undefined ? {} : { hint })),
		]);
		expect(outcomes).toMatchObject([{ ok: false, error: { details: { hint: expected } } }]);
	});

	test('an email that is too large with its key is refused', () => {
		expect(withMessageKey(mailOfSize(49_999_980))).toMatchObject({ ok: false, error: { type: 'invalid' } });
	});

	test('keys are random, and one that was given stays', () => {
		expect(keyOf(keyed())).not.toBe(keyOf(keyed()));
		const beside = keyed({ custom_headers: { 'X-Order': '1' } });
		expect(keyOf(beside)).toMatch(/^[0-9a-f-]{36}$/);
		expect(beside.fields['custom_headers']).toEqual([
			{ header: 'X-Order', value: '1' },
			{ header: MESSAGE_KEY, value: keyOf(beside) },
		]);
		expect(keyed({ custom_headers: { 'x-message-key': 'order-1' } }).fields['custom_headers']).toEqual([
			{ header: 'x-message-key', value: 'order-1' },
		]);
	});
});
