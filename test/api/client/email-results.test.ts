/** What a send says of its emails: which were accepted, with which IDs, and to whom they went. */
import { operationOf, Smtp2goError } from '../../../api';
import { emailOutcomes } from '../../../api/client/email-outcomes';
import { emailIn, sentEmail, sentOf, withEmail } from '../../../api/client/sent';
import { FileContent } from '../../../api/files/content';
import type { WireObject } from '../../../api/files/wire';
import type { BuiltRequest } from '../../../api/request/build';

const batch = operationOf('email', 'sendBatch');

describe('the emails of a batch', () => {
	const outcomes = (data: unknown, count: number, requestId: string | null = 'r-1') =>
		emailOutcomes(batch, data as never, count, { requestId });

	test('are each accepted by an ID of their own, in order', () => {
		const entries = [{ email_id: 'a' }, { schedule_id: 's' }];
		expect(outcomes(entries, 2)).toEqual(entries.map((value) => ({ ok: true, value })));
	});

	test('are rejected one by one', () => {
		const [first, second] = outcomes([{ failures: ['bad sender'] }, { email_id: 'b' }], 2);
		expect(first).toMatchObject({
			ok: false,
			error: {
				type: 'rejected',
				message: 'bad sender',
				details: { requestId: 'r-1', endpoint: '/email/batch', httpStatus: 200 },
			},
		});
		expect(second).toMatchObject({ ok: true });
	});

	test.each([
		['too short', [{ email_id: 'a' }]],
		['no record', [{ email_id: 'a' }, 'b']],
	])('have an unknown outcome if the response is %s', (_what, data) => {
		const [first, second, ...others] = outcomes(data, 2);
		expect(first).toMatchObject({ ok: true });
		expect(second).toMatchObject({
			ok: false,
			error: {
				type: 'outcomeUnknown',
				message: expect.stringContaining('does not mention email 2 of the call'),
				details: { requestId: 'r-1', endpoint: '/email/batch', httpStatus: 200 },
			},
		});
		expect(others).toEqual([]);
	});

	test('have an unknown outcome if the response is not a list, and name no request that has no ID', () => {
		const [only] = outcomes({ succeeded: 1, email_id: 'a' }, 1, null);
		expect(only).toMatchObject({ ok: false, error: { type: 'outcomeUnknown' } });
		expect(only?.ok === false && Object.keys(only.error.details)).not.toContain('requestId');
	});
});

const mail = {
	to: ['a@example.com'],
	cc: ['b@example.com'],
	bcc: ['c@example.com'],
	subject: 'Hi',
	sender: 's@example.com',
};

describe('an email', () => {
	test('is its recipients, subject and sender', () => {
		expect(emailIn({ ...mail, text_body: 'T' })).toEqual(mail);
	});

	test.each<[string, WireObject, object]>([
		['nothing is given', {}, { to: [], cc: [], bcc: [], subject: null, sender: null }],
		['a recipient is no text', { ...mail, to: ['a@example.com', 5, null] }, mail],
		['the subject is no text', { ...mail, subject: 5 }, { ...mail, subject: null }],
		['the sender is no text', { ...mail, sender: 5 }, { ...mail, sender: null }],
		['it has a template, which has the subject', { ...mail, template_id: 't' }, { ...mail, subject: null }],
		['its template is empty', { ...mail, template_id: '' }, mail],
	])('is read as far as it can be: %s', (_what, fields, expected) => {
		expect(emailIn(fields)).toEqual(expected);
	});

	test('can be a MIME message', async () => {
		const mime = Buffer.from('From: s@example.com\r\nTo: a@example.com\r\nSubject: Hi\r\n\r\nT');
		const request = { fields: { mime_email: new FileContent(mime), subject: 'Other' } } as unknown as BuiltRequest;
		expect(await sentOf(request, { email_id: 'a' })).toMatchObject({
			to: ['a@example.com'],
			subject: 'Hi',
			sender: 's@example.com',
		});
		expect(await sentOf({ fields: mail } as unknown as BuiltRequest, { email_id: 'a' })).toMatchObject(mail);
	});
});

describe('the result of a send', () => {
	test('has the ID of the email or of its schedule, and a copy of the recipients', () => {
		const result = sentEmail(mail, { email_id: 'a', schedule_id: '', succeeded: 1 });
		expect(result).toEqual({ emailId: 'a', scheduleId: null, ...mail });
		for (const name of ['to', 'cc', 'bcc'] as const) expect(result[name]).not.toBe(mail[name]);
		expect(sentEmail(mail, { schedule_id: 's', email_id: 5 })).toEqual({ emailId: null, scheduleId: 's', ...mail });
	});

	test.each([
		[true, true],
		[false, false],
		['true', false],
		[undefined, false],
	])('says whether the email was found in the activity log: %j', (found, isSaid) => {
		const result = sentEmail(mail, { email_id: 'a', ...(found === undefined ? {} : { found_in_activity: found }) });
		expect(Object.keys(result).includes('foundInActivity')).toBe(isSaid);
		if (isSaid) expect(result['foundInActivity']).toBe(true);
	});
});

describe('the error of an email', () => {
	const error = new Smtp2goError('rejected', 'No', { httpStatus: 200 });

	test('names its recipients and its subject', () => {
		const named = withEmail(error, mail);
		expect(named).toMatchObject({ type: 'rejected', message: 'No' });
		expect(named.details).toEqual({ httpStatus: 200, to: ['a@example.com'], subject: 'Hi' });
	});

	test('names no subject if there is none', () => {
		expect(Object.keys(withEmail(error, { to: ['a@example.com'] }).details)).toEqual(['httpStatus', 'to']);
	});
});
