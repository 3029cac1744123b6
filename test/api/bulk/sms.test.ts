/** Many text messages in few calls. */
import { groupSms, run, sendSms, type BuiltRequest } from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';
import { smsSend, textOf } from '../support/bulk';

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
			'nor does one go with others of which one number is there already',
			[textOf('+14155550101, +14155550102'), textOf('+14155550102, +14155550103')],
			[[0], [1]],
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
		expect(groupSms(texts)).toEqual(calls);
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
			'lost, but it is unknown which',
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
		const outcomes = await sendSms(host.connection, texts);
		expect(outcomes.map((outcome) => (outcome.ok ? outcome.value['total_sent'] : outcome.error.type))).toEqual(
			expected,
		);
		expect(host.sent.map(({ body }) => parsed(body))).toEqual([
			{ destination: ['+14155550101', '+14155550102', '+14155550103'], content: 'Hi' },
		]);
	});

	test('an outcome names the call only if SMTP2GO did', async () => {
		const lost = { data: { total_sent: 3, statuses: { queued: 2, rejected: 1 } } };
		for (const requestId of ['r-7', undefined]) {
			const host = new FakeHost(() => json(200, { ...lost, request_id: requestId }));
			const [outcome] = await sendSms(host.connection, texts);
			expect(outcome?.ok === false && outcome.error.details).toEqual({
				endpoint: '/sms/send',
				httpStatus: 200,
				hint: expect.any(String) as string,
				...(requestId === undefined ? {} : { requestId }),
			});
		}
	});

	test('one alone is judged as SMS Send judges it', async () => {
		const answer = { total_sent: 0, statuses: {} };
		const alone = await sendSms(new FakeHost(() => data(answer)).connection, [textOf('+14155550101')]);
		expect(alone).toMatchObject([{ ok: false, error: { type: 'rejected' } }]);
		expect(
			await run(new FakeHost(() => data(answer)).connection, smsSend, {
				destination: '+14155550101',
				content: 'Hi',
			}),
		).toMatchObject({ ok: false, error: { type: 'rejected' } });
	});

	test('a call that fails fails all its messages', async () => {
		expect(await sendSms(new FakeHost(() => fault('unknown', 'ETIMEDOUT')).connection, texts)).toMatchObject([
			{ error: { type: 'outcomeUnknown' } },
			{ error: { type: 'outcomeUnknown' } },
		]);
	});
});
