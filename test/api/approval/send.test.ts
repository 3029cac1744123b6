/** Sends a question, reminds of it, and cancels what is no longer needed. */
import {
	cancelScheduled,
	clickTracking,
	replySms,
	scheduleReminder,
	sendQuestion,
	sendReplySms,
	type HttpOutcome,
	type LinkedRecipient,
} from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';
import { approval, freeText, jane, joe, LINK, question } from './support/questions';

const sending = { sender: 'Billing <billing@example.com>', smsSender: '' };
const accepted = data({ succeeded: 1, failed: 0, failures: [], email_id: 'e-1' });
const queued = data({ total_sent: 1, statuses: { queued: 1 }, messages: [{ message_id: 'm-1', status: 'queued' }] });

/** A host that takes emails and text messages, or answers as scripted. */
function host(script: Readonly<Record<string, HttpOutcome>> = {}): FakeHost {
	return new FakeHost(({ url, body }) => {
		const { to } = parsed(body) as { to?: readonly string[] };
		return script[String(to)] ?? script[url.slice(26)] ?? (url.endsWith('/sms/send') ? queued : accepted);
	});
}

test('sends each recipient one message with the personal link', async () => {
	const server = host();
	const outcome = await sendQuestion(server.connection, approval, [jane, joe], {
		...sending,
		replyTo: 'boss@example.com',
	});
	expect(outcome).toEqual({
		ok: true,
		value: {
			sent: [
				{
					recipient: { id: '1', channel: 'email', address: 'jane@example.com', name: 'Jane Doe' },
					emailId: 'e-1',
				},
				{ recipient: { id: '2', channel: 'sms', address: '+14155550123', name: '' }, messageId: 'm-1' },
			],
			failed: [],
			smsUnits: 1,
		},
	});
	const [email, sms] = server.sent.map(({ body }) => parsed(body));
	expect(email).toMatchObject({
		sender: 'Billing <billing@example.com>',
		to: ['Jane Doe <jane@example.com>'],
		subject: 'Approve invoice 4711?',
		custom_headers: [{ header: 'Reply-To', value: 'boss@example.com' }],
	});
	expect(email).not.toHaveProperty('fastaccept');
	expect(sms).toEqual({
		destination: ['+14155550123'],
		content: `Amount: 1,200.00 EUR\nAnswer: ${joe.link}`,
	});
	// The link decides, so it is in nothing that a host puts out.
	expect(JSON.stringify(outcome)).not.toContain('signature');
});

test('sends a template of the account instead', async () => {
	const server = host();
	await sendQuestion(server.connection, question({ expiresAt: Date.UTC(2026, 11, 1, 17) }), [jane], {
		...sending,
		templateId: 'abc12',
		fastAccept: true,
	});
	const email = parsed(server.sent[0]?.body ?? '');
	expect(email).not.toHaveProperty('html_body');
	expect(email).toMatchObject({
		template_id: 'abc12',
		fastaccept: true,
		template_data: {
			subject: 'Approve invoice 4711?',
			message: 'Amount: 1,200.00 EUR',
			name: 'Jane Doe',
			link: LINK,
			expires: 'Please answer by December 1, 2026 at 5:00 PM UTC.',
			answers: [
				{ label: 'Approve', link: `${LINK}#answer-approve` },
				{ label: 'Decline', link: `${LINK}#answer-decline` },
			],
		},
	});
});

test.each<[string, readonly LinkedRecipient[], object, string]>([
	['a sender is missing', [joe, jane], { sender: '' }, 'From is required'],
	['a link is not a URL', [jane, { ...joe, link: 'javascript:alert(1)' }], sending, 'The link to the page must be'],
	['a phone number is none', [jane, { ...joe, address: '1' }], sending, 'To: "1" is not a valid phone number'],
])('sends nothing if %s', async (_, recipients, options, message) => {
	const server = host();
	const outcome = await sendQuestion(server.connection, approval, recipients, options);
	expect(outcome).toMatchObject({ ok: false, error: { type: 'invalid', message: expect.stringContaining(message) } });
	expect(server.sent).toEqual([]);
});

test('reports who was not reached if somebody was', async () => {
	const server = host({ '/sms/send': json(400, { data: { error: 'No credit', error_code: 'E' } }) });
	expect(await sendQuestion(server.connection, approval, [jane, joe], sending)).toMatchObject({
		ok: true,
		value: {
			sent: [{ recipient: { id: '1' } }],
			failed: [{ recipient: { id: '2' }, error: { message: expect.stringContaining('No credit') } }],
			smsUnits: 0,
		},
	});
});

test('fails if nobody was reached, and says if somebody may have been', async () => {
	const all = host({
		'/sms/send': json(400, { data: { error: 'No credit' } }),
		'/email/send': fault('unknown', 'RESET'),
	});
	expect(await sendQuestion(all.connection, approval, [joe, jane], sending)).toMatchObject({
		ok: false,
		error: { type: 'outcomeUnknown' },
	});
	// Nothing is sent twice.
	expect(all.paths.sort()).toEqual(['/email/send', '/sms/send']);
	expect(await sendQuestion(host().connection, approval, [], sending)).toMatchObject({
		ok: false,
		error: { type: 'invalid' },
	});
});

test('sends a text message that is answered by one', async () => {
	const server = host();
	expect(await sendReplySms(server.connection, '+14155550123', replySms(freeText), '+14155550100')).toEqual({
		ok: true,
		value: { messageId: 'm-1' },
	});
	expect(parsed(server.sent[0]?.body ?? '')).toEqual({
		destination: ['+14155550123'],
		content: 'Amount: 1,200.00 EUR\nReply with your answer',
		sender: '+14155550100',
	});
});

describe('reminders', () => {
	const at = Date.parse('2026-11-22T15:00:00Z');

	test('are scheduled at SMTP2GO', async () => {
		const server = host({ '/email/send': data({ succeeded: 1, failed: 0, failures: [], schedule_id: 's-1' }) });
		const outcome = await scheduleReminder(server.connection, approval, jane, at, { ...sending, fastAccept: true });
		expect(outcome).toEqual({ ok: true, value: { scheduleId: 's-1', emailId: null } });
		expect(parsed(server.sent[0]?.body ?? '')).toMatchObject({
			subject: 'Reminder: Approve invoice 4711?',
			schedule: '2026-11-22 15:00:00 +0000',
		});
	});

	test('to somebody else are the question itself', async () => {
		const server = host({ '/email/send': data({ succeeded: 1, failed: 0, failures: [], schedule_id: 's-1' }) });
		await scheduleReminder(server.connection, approval, jane, at, sending, 'question');
		expect(parsed(server.sent[0]?.body ?? '')).toMatchObject({ subject: 'Approve invoice 4711?' });
	});

	test.each([
		['more than three days ahead', at + 3 * 86_400_000, jane, 'at most 3 days from now'],
		['in the past', at - 86_400_000, jane, 'must be in the future'],
		['with a link that is none', at, { ...jane, link: '/x' }, 'must be a full URL'],
	])('are refused %s', async (_, time, recipient, message) => {
		const server = host();
		expect(await scheduleReminder(server.connection, approval, recipient, time, sending)).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining(message) },
		});
		expect(server.sent).toEqual([]);
	});

	test('without an ID could not be canceled, which is an error', async () => {
		expect(await scheduleReminder(host().connection, approval, jane, at, sending)).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining('no schedule ID') },
		});
	});

	test('are canceled, and it is no error if one is gone', async () => {
		const server = new FakeHost(({ body }) =>
			parsed(body)['schedule_id'] === 'b'
				? json(400, { data: { error: "A scheduled email with id 'b' was not found" } })
				: data({}),
		);
		expect(await cancelScheduled(server.connection, ['a', 'b', 'c'])).toEqual({
			ok: true,
			value: { canceled: ['a', 'c'], gone: ['b'] },
		});
	});

	test('that cannot be canceled are an error, after all others were', async () => {
		const server = new FakeHost(({ body }) =>
			parsed(body)['schedule_id'] === 'a' ? fault('unknown', 'X') : data({}),
		);
		expect(await cancelScheduled(server.connection, ['a', 'b'])).toMatchObject({ ok: false });
		expect(server.sent).toHaveLength(2);
	});
});

describe('click tracking', () => {
	const key = `api-${'A'.repeat(32)}`;
	const masked = (name: string, tracked: unknown) => ({ api_key: `${name}****`, click_tracking_enabled: tracked });

	test.each([
		['on', data([masked('api-BBBBBBBBBBBB', false), masked('api-AAAAAAAAAAAA', true)])],
		['off', data([masked('api-AAAAAAAAAAAA', false)])],
		['unknown', data([masked('api-BBBBBBBBBBBB', true)])],
		['unknown', data([masked('api-AAAAAAAAAAAA', 'yes')])],
		['unknown', data([])],
		['unknown', data({})],
		['unknown', json(400, { data: { error: 'You do not have permission to access this API endpoint' } })],
		['unknown', fault('no', 'ECONNREFUSED')],
	])('is %s', async (state, outcome) => {
		const server = new FakeHost(() => outcome);
		expect(await clickTracking(server.connection, key)).toBe(state);
		expect(JSON.stringify(server.sent)).not.toContain('AAAA');
	});
});

test('sends nothing to anybody if the text message would be charged as too many units', async () => {
	const server = host();
	const long = question({ message: 'a'.repeat(20_000) });
	const outcome = await sendQuestion(server.connection, long, [jane, joe], sending);
	expect(outcome).toMatchObject({
		ok: false,
		error: {
			type: 'invalid',
			message:
				'The text message would be charged as 132 SMS units per recipient, but at most 10 are allowed. Shorten the ' +
				'message. The text message was not sent',
		},
	});
	expect(await sendReplySms(server.connection, '+14155550123', replySms(long))).toMatchObject({ ok: false });
	expect(server.sent).toEqual([]);
	// By email, it can be as long.
	expect(await sendQuestion(server.connection, long, [jane], sending)).toMatchObject({ ok: true });
	const short = question({ message: 'a'.repeat(1000) });
	expect(await sendQuestion(server.connection, short, [joe], sending)).toMatchObject({ value: { smsUnits: 8 } });
});

test('schedules nothing for a time that no clock has', async () => {
	const server = host();
	expect(await scheduleReminder(server.connection, approval, jane, 1e30, sending)).toMatchObject({
		ok: false,
		error: { type: 'invalid' },
	});
	expect(server.sent).toEqual([]);
});
