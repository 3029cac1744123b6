import {
	batchOf,
	buildMail,
	buildRequest,
	cutMails,
	findOperation,
	groupTexts,
	MESSAGE_KEY,
	preview,
	run,
	sendChecked,
	sendMail,
	sendMails,
	sendTexts,
	withMessageKey,
	type BuiltRequest,
	type HttpOutcome,
	type Operation,
} from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const smsSend = findOperation('sms', 'send') as Operation;
const values = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };

function mailOf(more: object = {}): BuiltRequest {
	const mail = buildMail({ ...values, ...more }, NOW);
	if (!mail.ok) throw mail.error;
	return mail.value;
}

function textOf(destination: string, content = 'Hi', sender?: string): BuiltRequest {
	const text = buildRequest(smsSend, { destination, content, ...(sender ? { sender } : {}) }, NOW);
	if (!text.ok) throw text.error;
	return text.value;
}

/** An email whose JSON has so many bytes, most of them in a file that nobody reads. */
function mailOfSize(bytes: number): BuiltRequest {
	const built = (size: number, text: string) =>
		mailOf({
			text_body: text,
			attachments: [
				{
					filename: 'a.bin',
					fileblob: {
						size,
						read: () => {
							throw new Error('read');
						},
					},
				},
			],
		});
	const rest = bytes - built(0, 'x').bytes;
	return built(Math.floor(rest / 4) * 3, 'x'.repeat(1 + (rest % 4)));
}

describe('mails are cut into calls', () => {
	test.each<[number, number | undefined, number[]]>([
		[0, undefined, []],
		[1, undefined, [1]],
		[100, undefined, [100]],
		[101, undefined, [100, 1]],
		[250, undefined, [100, 100, 50]],
		[5, 2, [2, 2, 1]],
		[3, 1, [1, 1, 1]],
		[1500, 1000, [1000, 500]],
	])('%i emails by %s', (count, most, lengths) => {
		const calls = cutMails(
			Array.from({ length: count }, () => mailOf()),
			most,
		);
		expect(calls.map(({ length }) => length)).toEqual(lengths);
		expect(calls.flat()).toEqual(Array.from({ length: count }, (_, index) => index));
	});

	// 13 bytes stand around the emails, and a comma between two.
	test.each<[string, number[], number[]]>([
		['just fit together', [20_000_000, 29_999_986], [2]],
		['are one byte too long together', [20_000_000, 29_999_987], [1, 1]],
		['just fit alone', [49_999_987], [1]],
		['are large and small', [30_000_000, 10_000_000, 30_000_000, 10_000_000, 9_999_999], [2, 2, 1]],
	])('by their true size: emails that %s', (_, sizes, lengths) => {
		const mails = sizes.map(mailOfSize);
		expect(mails.map(({ bytes }) => bytes)).toEqual(sizes);
		const calls = cutMails(mails);
		expect(calls.map(({ length }) => length)).toEqual(lengths);
		for (const call of calls)
			expect(batchOf(call.map((place) => mails[place] as BuiltRequest))).toMatchObject({ ok: true });
	});

	test('and one that is too large alone is refused where it is built', () => {
		const size = Math.ceil((50_000_000 - mailOf().bytes) / 4) * 3;
		expect(() => mailOfSize(49_999_988)).toThrow(
			'The email has 50,000,001 bytes; SMTP2GO accepts at most 50,000,000',
		);
		expect(
			buildMail({ ...values, attachments: [{ filename: 'a.bin', fileblob: { size, read: () => [] } }] }, NOW),
		).toMatchObject({
			ok: false,
			error: { kind: 'invalid', message: expect.stringContaining('Most of it is in Attachments') as string },
		});
	});

	test('each checked as Send checks it', () => {
		expect(buildMail({ ...values, text_body: undefined }, NOW)).toMatchObject({
			ok: false,
			error: { kind: 'invalid' },
		});
		expect(batchOf(Array.from({ length: 1001 }, () => mailOf()))).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining('1000') as string },
		});
	});
});

describe('each email of a call has its own outcome', () => {
	const mails = [mailOf({ subject: 'a' }), mailOf({ subject: 'b' }), mailOf({ subject: 'c' })];
	test.each<[string, HttpOutcome, string[]]>([
		['all taken', data([{ email_id: 'E1' }, { schedule_id: 'S2' }, { email_id: 'E3' }]), ['E1', 'S2', 'E3']],
		[
			'one refused',
			data([{ email_id: 'E1' }, { error: 'sender not verified' }, { email_id: 'E3' }]),
			['E1', 'rejected', 'E3'],
		],
		[
			'one refused in a list',
			data([{ succeeded: 0, failed: 1, failures: ['550 no'] }, { email_id: 'E2' }, { failed: 1 }]),
			['rejected', 'E2', 'rejected'],
		],
		['an answer that is too short', data([{ email_id: 'E1' }]), ['E1', 'outcomeUnknown', 'outcomeUnknown']],
		[
			'an entry that says nothing',
			data([{ email_id: 'E1' }, {}, { email_id: '' }]),
			['E1', 'outcomeUnknown', 'outcomeUnknown'],
		],
		['no list', data({}), ['outcomeUnknown', 'outcomeUnknown', 'outcomeUnknown']],
		['the whole call refused', json(400, { data: { error: 'No' } }), ['refused', 'refused', 'refused']],
		['the answer lost', fault('unknown', 'ECONNRESET'), ['outcomeUnknown', 'outcomeUnknown', 'outcomeUnknown']],
		['HTTP 502', json(502, {}), ['outcomeUnknown', 'outcomeUnknown', 'outcomeUnknown']],
	])('%s', async (_, answer, expected) => {
		const host = new FakeHost(() => answer);
		const outcomes = await sendMails(host.connection, mails);
		expect(
			outcomes.map((outcome) =>
				outcome.ok ? String(outcome.value['email_id'] ?? outcome.value['schedule_id']) : outcome.error.kind,
			),
		).toEqual(expected);
		expect(host.paths).toEqual(['/email/batch']);
		expect(
			(parsed(host.sent[0]?.body ?? '')['emails'] as { subject: string }[]).map(({ subject }) => subject),
		).toEqual(['a', 'b', 'c']);
	});
});

describe('text messages', () => {
	test.each<[string, BuiltRequest[], number[][]]>([
		[
			'equal ones go together',
			[textOf('+14155550101'), textOf('+14155550102'), textOf('+14155550103, +14155550104')],
			[[0, 1, 2]],
		],
		[
			'others do not',
			[
				textOf('+14155550101', 'a'),
				textOf('+14155550102', 'b'),
				textOf('+14155550103', 'a'),
				textOf('+14155550104', 'a', '+14155550199'),
			],
			[[0, 2], [1], [3]],
		],
		[
			'a number that stands twice gets two calls',
			[textOf('+14155550101'), textOf('14155550101'), textOf('+14155550102')],
			[[0], [1, 2]],
		],
		[
			'no call has more than 100 numbers',
			Array.from({ length: 5 }, (_, item) =>
				textOf(
					Array.from(
						{ length: 30 },
						(_number, index) => `+1415556${item}${String(index).padStart(3, '0')}`,
					).join(),
				),
			),
			[
				[0, 1, 2],
				[3, 4],
			],
		],
	])('%s', (_, texts, calls) => {
		expect(groupTexts(texts)).toEqual(calls);
	});

	const texts = [textOf('+14155550101'), textOf('+14155550102, +14155550103')];
	const message = (destination: string, status = 'queued') => ({
		destination,
		message_id: destination.slice(-1),
		status,
	});
	test.each<[string, unknown, (string | number)[]]>([
		[
			'named one by one',
			{
				total_sent: 3,
				statuses: { queued: 3 },
				messages: [message('+14155550103'), message('14155550101'), message('+14155550102')],
			},
			[1, 2],
		],
		['counted only', { total_sent: 3, statuses: { queued: 3 } }, [1, 2]],
		[
			'one lost',
			{
				total_sent: 3,
				statuses: { queued: 2, rejected: 1 },
				messages: [message('+14155550101'), message('+14155550102'), message('+14155550103', 'rejected')],
			},
			[1, 'rejected'],
		],
		[
			'lost, but nobody knows which',
			{ total_sent: 3, statuses: { queued: 2, rejected: 1 } },
			['outcomeUnknown', 'outcomeUnknown'],
		],
		[
			'one not named',
			{ total_sent: 2, statuses: { queued: 2 }, messages: [message('+14155550102'), message('+14155550103')] },
			['outcomeUnknown', 2],
		],
		['all lost', { total_sent: 3, statuses: { failed: 3 } }, ['rejected', 'rejected']],
		['none sent', { total_sent: 0, statuses: {} }, ['outcomeUnknown', 'outcomeUnknown']],
	])('%s: each item gets its own share', async (_, answer, expected) => {
		const host = new FakeHost(() => data(answer));
		const outcomes = await sendTexts(host.connection, texts);
		expect(outcomes.map((outcome) => (outcome.ok ? outcome.value['total_sent'] : outcome.error.kind))).toEqual(
			expected,
		);
		expect(host.sent.map(({ body }) => parsed(body))).toEqual([
			{ destination: ['+14155550101', '+14155550102', '+14155550103'], content: 'Hi' },
		]);
	});

	test('one alone is judged as SMS Send judges it', async () => {
		const answer = { total_sent: 0, statuses: {} };
		const alone = await sendTexts(new FakeHost(() => data(answer)).connection, [textOf('+14155550101')]);
		expect(alone).toMatchObject([{ ok: false, error: { kind: 'rejected' } }]);
		expect(
			await run(new FakeHost(() => data(answer)).connection, smsSend, {
				destination: '+14155550101',
				content: 'Hi',
			}),
		).toMatchObject({ ok: false, error: { kind: 'rejected' } });
	});

	test('a call that fails fails all its messages', async () => {
		expect(await sendTexts(new FakeHost(() => fault('unknown', 'ETIMEDOUT')).connection, texts)).toMatchObject([
			{ error: { kind: 'outcomeUnknown' } },
			{ error: { kind: 'outcomeUnknown' } },
		]);
	});
});

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
			{ ok: true, value: { email_id: 'E1', found_in_activity: true } },
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
					kind: 'outcomeUnknown',
					details: { hint: expect.stringMatching(/activity did not list it.*No more email today/) as string },
				},
			},
		],
		[
			'not there, and the second try never leaves: the first may still show up',
			[lost, list([]), fault('no', 'CERT_HAS_EXPIRED')],
			['/email/send', '/activity/search', '/email/send'],
			{ ok: false, error: { kind: 'outcomeUnknown' } },
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
					kind: 'outcomeUnknown',
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
			{ ok: false, error: { kind: 'outcomeUnknown' } },
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
					kind: 'outcomeUnknown',
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
					kind: 'outcomeUnknown',
					details: { hint: expect.stringContaining('The lookup failed') as string },
				},
			},
		],
		[
			'the list is not whole: unknown',
			[lost, list([row('a')], { total_events: 7 })],
			['/email/send', '/activity/search'],
			{ ok: false, error: { kind: 'outcomeUnknown' } },
		],
		['nothing lost, nothing looked up', [sent], ['/email/send'], { ok: true, value: { email_id: 'E2' } }],
		[
			'refused, not lost',
			[json(400, { data: { error: 'No' } })],
			['/email/send'],
			{ ok: false, error: { kind: 'refused' } },
		],
	])('%s', async (_, answers, paths, outcome) => {
		const host = new FakeHost((_request, count) => answers[count - 1] ?? json(500, {}));
		const waits: [number, string][] = [];
		const connection = {
			...host.connection,
			onWait: (milliseconds: number, why: string) => waits.push([milliseconds, why]),
		};
		const [result] = await sendChecked(connection, [one], async ([mail]) => [
			await sendMail(connection, mail as BuiltRequest),
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
		const outcomes = await sendChecked(host.connection, mails, (some) => sendMails(host.connection, some));
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
		[
			'an email with a key of its own, which another may have too',
			[keyed({ custom_headers: { [MESSAGE_KEY]: '7' } })],
		],
		['an email without a key', [mailOf()]],
	])('never %s', async (_, mails) => {
		const host = new FakeHost(() => lost);
		expect(
			(await sendChecked(host.connection, mails, (some) => sendMails(host.connection, some))).every(
				(outcome) => !outcome.ok && outcome.error.kind === 'outcomeUnknown',
			),
		).toBe(true);
		expect(host.paths).toEqual(['/email/batch']);
	});

	test('not after the host was stopped while it waited', async () => {
		const stop = new AbortController();
		const host = new FakeHost(() => lost);
		const connection = { ...host.connection, signal: stop.signal, onWait: () => stop.abort() };
		expect(await sendChecked(connection, [one], (some) => sendMails(connection, some))).toMatchObject([
			{ ok: false, error: { kind: 'outcomeUnknown' } },
		]);
		expect(host.paths).toEqual(['/email/batch']);
	});

	test('from ten minutes before the sending on, since clocks differ', async () => {
		const host = new FakeHost(({ url }) => (url.endsWith('search') ? list([row(keyOf(one))]) : lost));
		const before = host.now();
		await sendChecked(host.connection, [one], ([mail]) =>
			sendMail(host.connection, mail as BuiltRequest).then((outcome) => [outcome]),
		);
		expect(Date.parse(String(parsed(host.sent[1]?.body ?? '')['start_date']))).toBeLessThanOrEqual(
			before - 600_000,
		);
	});

	test('keys are random, and one that was given stays', () => {
		expect(keyOf(keyed())).not.toBe(keyOf(keyed()));
		expect(keyOf(keyed({ custom_headers: { 'X-Order': '1' } }))).toMatch(/^[0-9a-f-]{36}$/);
		expect(keyed({ custom_headers: { 'x-message-key': 'order-1' } }).fields['custom_headers']).toEqual([
			{ header: 'x-message-key', value: 'order-1' },
		]);
	});
});

describe('a request is shown as it would leave', () => {
	test('with everything but the key, and large files shortened', async () => {
		const read = jest.fn();
		const mail = mailOf({
			attachments: [
				{ filename: 'a.txt', fileblob: 'SGk=' },
				{ filename: 'b.pdf', fileblob: Buffer.alloc(3000, 'x') },
				{ filename: 'c.pdf', fileblob: { size: 3_000_000, read } },
				{ filename: 'd.pdf', url: 'https://example.com/d.pdf' },
			],
		});
		expect(preview('https://api.smtp2go.com/v3', mail)).toEqual({
			method: 'POST',
			url: 'https://api.smtp2go.com/v3/email/send',
			bytes: mail.bytes,
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/json',
				'X-Smtp2go-Api': expect.any(String) as string,
				'X-Smtp2go-Api-Version': expect.any(String) as string,
			},
			body: {
				...values,
				to: ['jane@example.com'],
				attachments: [
					{ filename: 'a.txt', fileblob: 'SGk=' },
					{ filename: 'b.pdf', fileblob: `${'eHh4'.repeat(10)}… (4,000 characters of Base64)` },
					{ filename: 'c.pdf', fileblob: '… (4,000,000 characters of Base64)' },
					{ filename: 'd.pdf', url: 'https://example.com/d.pdf' },
				],
			},
		});
		expect(read).not.toHaveBeenCalled();
		const host = new FakeHost(() => data({ succeeded: 1, email_id: 'E' }));
		await sendMail(host.connection, mailOf());
		expect({
			url: host.sent[0]?.url,
			headers: host.sent[0]?.headers,
			body: parsed(host.sent[0]?.body ?? ''),
		}).toEqual((({ url, headers, body }) => ({ url, headers, body }))(preview(host.connection.baseUrl, mailOf())));
	});
});

test('when SMTP2GO says that calls come too fast, each is repeated until it is taken, and all pause together', async () => {
	const host = new FakeHost((_request, count) =>
		count <= 3
			? json(429, { data: { error: 'API key ratelimit exceeded' } })
			: data({ succeeded: 1, email_id: `E${count}` }),
	);
	expect(await sendMail(host.connection, mailOf())).toMatchObject({ ok: true });
	expect(host.waits).toEqual([500, 75_000, 75_000]);
});
