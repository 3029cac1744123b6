/** Many emails in few calls, each with its own outcome. */
import {
	batchRequest,
	buildEmail,
	cutEmails,
	sendEmail,
	sendEmails,
	type BuiltRequest,
	type HttpOutcome,
} from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';
import { mailOf, mailOfSize, NOW, values } from '../support/bulk';

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
		const calls = cutEmails(
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
		const calls = cutEmails(mails);
		expect(calls.map(({ length }) => length)).toEqual(lengths);
		for (const call of calls)
			expect(batchRequest(call.map((place) => mails[place] as BuiltRequest))).toMatchObject({ ok: true });
	});

	test('and one that is too large alone is refused where it is built', () => {
		const size = Math.ceil((50_000_000 - mailOf().bytes) / 4) * 3;
		expect(() => mailOfSize(49_999_988)).toThrow(
			expect.objectContaining({
				type: 'invalid',
				message: 'The email has 50,000,001 bytes; SMTP2GO accepts at most 50,000,000',
			}) as Error,
		);
		expect(
			buildEmail({ ...values, attachments: [{ filename: 'a.bin', fileblob: { size, read: () => [] } }] }, NOW),
		).toMatchObject({
			ok: false,
			error: { type: 'invalid', message: expect.stringContaining('Most of it is in Attachments') as string },
		});
	});

	test('each checked as Send checks it', () => {
		expect(buildEmail({ ...values, text_body: undefined }, NOW)).toMatchObject({
			ok: false,
			error: { type: 'invalid' },
		});
		expect(batchRequest(Array.from({ length: 1001 }, () => mailOf()))).toMatchObject({
			ok: false,
			error: { type: 'invalid', message: expect.stringContaining('1000') as string },
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
		const outcomes = await sendEmails(host.connection, mails);
		expect(
			outcomes.map((outcome) =>
				outcome.ok ? String(outcome.value['email_id'] ?? outcome.value['schedule_id']) : outcome.error.type,
			),
		).toEqual(expected);
		expect(host.paths).toEqual(['/email/batch']);
		expect(
			(parsed(host.sent[0]?.body ?? '')['emails'] as { subject: string }[]).map(({ subject }) => subject),
		).toEqual(['a', 'b', 'c']);
	});
});

test('calls that are rate limited are retried until SMTP2GO accepts them, and all pause together', async () => {
	const host = new FakeHost((_request, count) =>
		count <= 3
			? json(429, { data: { error: 'API key ratelimit exceeded' } })
			: data({ succeeded: 1, email_id: `E${count}` }),
	);
	expect(await sendEmail(host.connection, mailOf())).toMatchObject({ ok: true });
	expect(host.waits).toEqual([500, 75_000, 75_000]);
});
