import {
	buildRequest,
	operationOf,
	run,
	sendChecked,
	sendEmails,
	withMessageKey,
	type BuiltRequest,
} from '../../../api';
import { data, FakeHost, fault, json } from '../support/fake-host';

const mail = {
	sender: 'Shop <shop@example.com>',
	to: 'jane@example.com, Joe <joe@example.com>',
	cc: 'c@example.com',
	subject: 'Hi',
	text_body: 'T',
};
const shape = {
	emailId: 'id-1',
	scheduleId: null,
	to: ['jane@example.com', 'Joe <joe@example.com>'],
	cc: ['c@example.com'],
	bcc: [],
	subject: 'Hi',
	sender: 'Shop <shop@example.com>',
};
const accepted = { succeeded: 1, failed: 0, failures: [], email_id: 'id-1' };

async function resultOf(operation: 'send' | 'sendMime' | 'sendBatch', values: object, answer: unknown, options = {}) {
	const outcome = await run(
		new FakeHost(() => data(answer)).connection,
		operationOf('email', operation),
		values as never,
		options,
	);
	if (!outcome.ok) throw outcome.error;
	return outcome.value;
}

test('a send answers with its ID, and to whom it went', async () => {
	expect((await resultOf('send', mail, accepted)).result).toEqual(shape);
});

test('a scheduled one with the ID of its schedule', async () => {
	const { result } = await resultOf('send', { ...mail, schedule: '2026-11-23T12:00:00Z' }, { schedule_id: 's-1' });
	expect(result).toEqual({ ...shape, emailId: null, scheduleId: 's-1' });
});

test('one of a template has no subject: the template gives it', async () => {
	const { result } = await resultOf('send', { ...mail, template_id: 'order-receipt' }, accepted);
	expect(result).toEqual({ ...shape, subject: null });
});

test("raw, it is SMTP2GO's own answer", async () => {
	expect((await resultOf('send', mail, accepted, { raw: true })).result).toEqual(accepted);
	expect(await resultOf('sendBatch', { emails: [mail] }, [{ email_id: 'id-1' }], { raw: true })).toMatchObject({
		result: [{ email_id: 'id-1' }],
		emails: [{ ok: true, value: { email_id: 'id-1' } }],
	});
});

test('each email of a batch answers alike, and a refused one says whom it was for', async () => {
	const { result, emails: mails } = await resultOf(
		'sendBatch',
		{ emails: [mail, { ...mail, to: 'bad@example.com', subject: 'No' }] },
		[{ email_id: 'id-1' }, { error: 'Refused' }],
	);
	expect(result).toEqual([shape]);
	expect(mails).toMatchObject([
		{ ok: true, value: shape },
		{ ok: false, error: { details: { to: ['bad@example.com'], subject: 'No' } } },
	]);
});

describe('a MIME message tells of itself by its head', () => {
	const message =
		'From: =?UTF-8?Q?J=C3=B6rg?= <joerg@example.com>\r\nTo: jane@example.com,\r\n Joe <joe@example.com>\r\nCc: c@example.com\r\nSubject: =?utf-8?B?R3LDvMOf?=\r\n =?iso-8859-1?Q?e_=E9?=\r\n\r\nTo: nobody@example.com\r\n';
	const told = { ...shape, sender: 'Jörg <joerg@example.com>', subject: 'Grüße é' };

	async function* pieces() {
		for (let at = 0; at < message.length; at += 7) yield Buffer.from(message.slice(at, at + 7));
	}

	test.each<[string, unknown]>([
		['as text', message],
		['as bytes', Buffer.from(message)],
		['in Base64', Buffer.from(message).toString('base64')],
		['as a file that is read later', { size: message.length, read: pieces }],
	])('%s', async (_, mime) => {
		expect((await resultOf('sendMime', { mime_email: mime }, accepted)).result).toEqual(told);
	});

	test('and where its head says nothing, so does the answer', async () => {
		expect((await resultOf('sendMime', { mime_email: 'X-A: b\n\nHi' }, accepted)).result).toEqual({
			...shape,
			to: [],
			cc: [],
			subject: null,
			sender: null,
		});
	});
});

function built(values: object): BuiltRequest {
	const request = buildRequest(operationOf('email', 'send'), values as never, Date.parse('2026-11-22T12:00:00Z'));
	if (!request.ok) throw request.error;
	return request.value;
}

test('where a whole call fails, each error says whose email it is', async () => {
	const host = new FakeHost(() => json(400, { data: { error: 'Not today' } }));
	const outcomes = await sendEmails(host.connection, [
		built(mail),
		built({ ...mail, to: 'x@example.com', subject: 'Two' }),
	]);
	expect(outcomes).toMatchObject([
		{ ok: false, error: { details: { to: shape.to, subject: 'Hi' } } },
		{ ok: false, error: { message: 'Not today', details: { to: ['x@example.com'], subject: 'Two' } } },
	]);
});

test('one that was found in the activity says so', async () => {
	const keyed = withMessageKey(built(mail));
	if (!keyed.ok) throw keyed.error;
	const key = (keyed.value.fields['custom_headers'] as { value: string }[])[0]?.value;
	const host = new FakeHost(({ url }) =>
		url.endsWith('/activity/search')
			? data({ events: [{ email_id: 'id-1', headers: `X-Message-Key: ${key}` }] })
			: fault('unknown', 'ECONNRESET'),
	);
	const [found] = await sendChecked(host.connection, [keyed.value], (mails) => sendEmails(host.connection, mails));
	expect(found).toMatchObject({ ok: true, value: { email_id: 'id-1', found_in_activity: true } });
});
