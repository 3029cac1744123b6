/** What SMTP2GO's responses mean, at the edges: each line is one that a small mistake in the reader would change. */
import {
	faultError,
	lostResponse,
	readResponse,
	readSafely,
	rejectionOf,
	rejectedSms,
} from '../../../api/client/response';
import { failure, type JsonObject, type Smtp2goError } from '../../../api';
import { operation } from '../support/operation';

const send = operation('email', 'send');
const sms = operation('sms', 'send');
const read = operation('webhook', 'getAll');
const write = operation('webhook', 'create');
const NOW = Date.parse('2026-11-22T12:00:00Z');

/** The error of an answer; undefined for a success. */
function errorOf(
	status: number,
	body: unknown,
	{ of = send, headers = {} }: { of?: typeof send; headers?: Record<string, string> } = {},
): Smtp2goError | undefined {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const answer = readResponse(of, status, headers, text, NOW);
	return answer.ok ? undefined : answer.error;
}
const sent = (data: JsonObject) => rejectionOf(send, data, { requestId: 'r1' });
const texted = (data: JsonObject) => rejectedSms(sms, data, { requestId: 'r1' });

describe('the hint of an outcome that is not known', () => {
	test.each([
		['an email', send, /recipient and subject/],
		['a text message', sms, /Get many sent SMS/],
		['a change of the account', write, /current state/],
	])('says where to look: %s', (_what, one, hint) => {
		expect(lostResponse(one, 'the connection broke', { requestId: 'r1' })).toMatchObject({
			message: 'Outcome unknown: the connection broke',
			details: { hint: expect.stringMatching(hint) as string, requestId: 'r1' },
		});
	});

	test('of a read is only to try later, in a separate sentence', () => {
		const { message, details } = lostResponse(read, 'the connection broke', { requestId: 'r1' });
		expect(message).toBe('The connection broke');
		expect(details).toEqual({ hint: expect.any(String) as string, requestId: 'r1' });
	});
});

test('an answer whose reading throws counts as lost, with what is known of it', () => {
	const result = readSafely(send, { httpStatus: 200 }, () => {
		throw new Error('broken');
	});
	expect(result).toMatchObject({ ok: false, error: { details: { endpoint: send.path, httpStatus: 200 } } });
	expect(readSafely(send, {}, () => failure(lostResponse(send, 'x', {})))).toMatchObject({ ok: false });
});

test.each([
	['ECONNREFUSED', 'connect ECONNREFUSED', /\(connection refused\)/],
	['EUNKNOWN', 'plain words', /\(plain words\)/],
	['EUNKNOWN', 'getaddrinfo fails', /reached$/],
	['EUNKNOWN', 'got ECONNRESET', /reached$/],
	['EUNKNOWN', '', /reached$/],
])('a fault %s (%s) is told in words, never by a code', (code, message, told) => {
	const error = faultError(send, 'no', code, message);
	expect(error.message).toMatch(told);
	expect(error.details).toMatchObject({ networkCode: code, endpoint: send.path });
});

describe('an envelope', () => {
	test.each<[string, JsonObject, object]>([
		['an error that is no text, as JSON', { data: { error: { code: 7 } } }, { message: '{"code":7}' }],
		['an error at top level', { error: 'No way' }, { message: 'No way' }],
		[
			'one field error that is not a list',
			{ error: 'x', field_validation_errors: { message: 'bad' } },
			{ message: 'bad' },
		],
		[
			'a field error without words, which is left out',
			{ error: 'Bad', field_validation_errors: [{ fieldname: 'to', message: '' }] },
			{ message: 'Bad' },
		],
		[
			'a field that its message does not name',
			{ error: 'x', field_validation_errors: [{ fieldname: 'to', message: 'is bad' }] },
			{ message: 'to: is bad' },
		],
		[
			'a field that its message names',
			{ error: 'x', field_validation_errors: [{ fieldname: 'to', message: 'to is bad' }] },
			{ message: 'to is bad' },
		],
		[
			'a message of no field',
			{ error: 'x', field_validation_errors: [{ message: 'is bad' }] },
			{ message: 'is bad' },
		],
	])('%s', (_what, body, expected) => {
		expect(errorOf(400, body)).toMatchObject(expected);
	});

	test('tells only of what it holds', () => {
		expect(errorOf(400, { error: 'x', error_code: 7, request_id: 8 })?.details).toEqual({
			endpoint: send.path,
			httpStatus: 400,
		});
		expect(errorOf(400, { error: 'x', error_code: 'E1', request_id: 'r1' })?.details).toEqual({
			endpoint: send.path,
			httpStatus: 400,
			errorCode: 'E1',
			requestId: 'r1',
		});
	});

	test.each([null, ''])('is a success where its error is %j', (error) => {
		expect(errorOf(200, { data: { error, succeeded: 1, email_id: 'E1' } })).toBeUndefined();
	});
});

describe('the words of an error decide before its status does', () => {
	const REFUSED = ['refused', expect.any(String)];
	test.each<[number, string, string, [string, unknown]]>([
		[500, "API key matching the passed 'api_key' was not found", '', ['auth', expect.any(String)]],
		[401, 'x', '', ['auth', expect.any(String)]],
		[400, 'You do not have permission to access this API endpoint', '', ['permission', expect.any(String)]],
		[400, 'x', 'E_ApiResponseCodes.ENDPOINT_PERMISSION_DENIED', ['permission', expect.any(String)]],
		[403, 'x', '', ['permission', expect.any(String)]],
		[429, 'x', '', ['rateLimit', expect.any(String)]],
		[400, 'ratelimit exceeded', '', ['rateLimit', expect.any(String)]],
		[400, 'You are rate limited', '', ['rateLimit', expect.any(String)]],
		[400, 'x', 'REQ_LIMIT_EXCEEDED', ['rateLimit', expect.any(String)]],
		[400, 'url must point to a valid destination', '', REFUSED as [string, unknown]],
		[400, 'sender is not verified', '', REFUSED as [string, unknown]],
		[400, 'not verified: see Verified Senders', '', ['refused', undefined]],
		[404, 'x', '', REFUSED as [string, unknown]],
		[400, 'x', '', ['refused', undefined]],
	])('%i "%s" %s', (status, error, error_code, expected) => {
		const { type, details } = typed(errorOf(status, { error, error_code }, { of: read }));
		expect([type, details.hint]).toEqual(expected);
	});

	test('which differ for a destination, a sender and an endpoint', () => {
		const hints = [
			errorOf(400, { error: 'url must point to a valid destination' }),
			errorOf(400, { error: 'sender is not verified' }),
			errorOf(404, { error: 'x' }),
		].map((error) => error?.details.hint);
		expect(hints).toEqual([
			expect.stringMatching(/public/),
			expect.stringMatching(/Verified Senders/),
			expect.stringMatching(/base URL/),
		]);
	});
});

/** The type of an error, under whichever name it has. */
function typed(error: Smtp2goError | undefined): { type: string | undefined; details: Smtp2goError['details'] } {
	return {
		type: error?.code
			.replace('SMTP2GO_', '')
			.toLowerCase()
			.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
		details: error?.details ?? {},
	};
}

test.each<[number, typeof send, string]>([
	[500, read, 'server'],
	[499, read, 'refused'],
	[500, write, 'outcomeUnknown'],
	[201, write, 'outcomeUnknown'],
	[299, write, 'outcomeUnknown'],
	[300, write, 'refused'],
	[408, write, 'outcomeUnknown'],
	[499, write, 'outcomeUnknown'],
	[498, write, 'refused'],
	[408, read, 'refused'],
])('a status of %i with an error is read as what it is: of %o', (status, one, type) => {
	expect(typed(errorOf(status, { error: 'x' }, { of: one })).type).toBe(type);
});

test.each([
	["API key matching the passed 'api_key' was not found", 'auth'],
	['You do not have permission to access this API endpoint', 'permission'],
])('with a 500, "%s" is known to have changed nothing', (error, type) => {
	expect(typed(errorOf(500, { error }, { of: write })).type).toBe(type);
});

test.each<[number, typeof send, string]>([
	[429, send, 'rateLimit'],
	[300, send, 'refused'],
	[404, send, 'refused'],
	[299, send, 'outcomeUnknown'],
	[408, send, 'outcomeUnknown'],
	[499, send, 'outcomeUnknown'],
	[500, send, 'outcomeUnknown'],
	[502, read, 'server'],
])('an answer of status %i that is not JSON is read by its status: of %o', (status, one, type) => {
	const error = typed(errorOf(status, '<html>', { of: one, headers: { 'retry-after': '7' } }));
	expect([error.type, error.details.retryAfterMs, error.details.httpStatus]).toEqual([type, 7_000, status]);
	expect(error.details.endpoint).toBe(one.path);
	expect(error.details.hint).toEqual(expect.any(String));
});

test.each<[string, typeof send, number, string]>([
	['a mail', send, 500, 'sender is not verified'],
	['a mail', send, 500, 'You are rate limited'],
	['a change', write, 500, 'url must point to a valid destination'],
	['a change', write, 599, 'not verified'],
])('with a status that leaves open what happened, the words about %s change nothing', (_what, one, status, error) => {
	expect(typed(errorOf(status, { error }, { of: one })).type).toBe('outcomeUnknown');
});

test('a read that failed at SMTP2GO may be tried later, and says so in a sentence', () => {
	expect(errorOf(500, { error: 'internal error' }, { of: read })).toMatchObject({
		message: 'Internal error',
		details: { hint: 'Try again later', httpStatus: 500, endpoint: read.path },
	});
});

describe('an error beside a count of what was taken', () => {
	const data = { error: 'no', succeeded: 1, email_id: 'E1' };

	test('of emails says that a part was sent', () => {
		expect(errorOf(400, { data })).toMatchObject({
			type: 'rejected',
			details: { partly: true, failures: ['no'], emailId: 'E1' },
		});
	});

	test('leaves the outcome open where the status does', () => {
		expect(typed(errorOf(500, { data })).type).toBe('outcomeUnknown');
	});

	test('of anything else counts no emails', () => {
		for (const one of [read, write]) expect(errorOf(400, { data }, { of: one })?.details.partly).toBeUndefined();
	});
});

test('an answer that is nested without end is not walked', () => {
	expect(typed(errorOf(200, `{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).type).toBe('outcomeUnknown');
});

describe('how long an answer asks to wait', () => {
	test.each<[Record<string, string>, number | undefined]>([
		[{}, undefined],
		[{ 'retry-after': '7' }, 7_000],
		[{ 'retry-after': '0' }, 0],
		[{ 'retry-after': '-1' }, undefined],
		[{ 'retry-after': 'soon' }, undefined],
		[{ 'x-ratelimit-reset': '3' }, 3_000],
		[{ 'x-rate-limit-reset': '4' }, 4_000],
		[{ 'retry-after': '1', 'x-ratelimit-reset': '9' }, 1_000],
		[{ 'retry-after': 'Sun, 22 Nov 2026 12:00:05 GMT' }, 5_000],
		[{ 'retry-after': 'Sun, 22 Nov 2026 12:00:05 GMT', date: 'Sun, 22 Nov 2026 12:00:03 GMT' }, 2_000],
	])('%j', (headers, expected) => {
		expect(errorOf(429, { error: 'x' }, { headers })?.details.retryAfterMs).toBe(expected);
	});
});

describe('an email in an answer', () => {
	test.each<[string, JsonObject]>([
		['counted', { succeeded: 1 }],
		['with an ID', { email_id: 'E1' }],
		['with a schedule', { schedule_id: 'S1' }],
		['with an error that says no', { succeeded: 1, error: false }],
		['with empty failures', { succeeded: 1, failures: [] }],
		['with one empty failure', { succeeded: 1, failures: '' }],
		['with a failure that is nothing', { succeeded: 1, failures: [null] }],
		['with failures that are nothing', { succeeded: 1, failures: null }],
	])('is accepted: %s', (_what, data) => {
		expect(sent(data)).toBeUndefined();
	});

	test.each<[string, JsonObject, string, object]>([
		['nothing at all', {}, 'outcomeUnknown', {}],
		['an empty ID', { email_id: '' }, 'outcomeUnknown', {}],
		['an ID that is no text', { email_id: 7 }, 'outcomeUnknown', {}],
		['an error', { error: 'no' }, 'rejected', { failures: ['no'], requestId: 'r1' }],
		['one failure', { failures: 'no' }, 'rejected', { failures: ['no'] }],
		['failures', { failures: ['a', '', { to: 'x' }] }, 'rejected', { failures: ['a', '{"to":"x"}'] }],
		['a count only', { failed: 2 }, 'rejected', { failures: [expect.stringContaining('2')] }],
		[
			'a count beside failures without words',
			{ failed: 1, failures: [null, ''] },
			'rejected',
			{ failures: [expect.stringContaining('1')] },
		],
		[
			'a part',
			{ succeeded: 1, failures: ['no'] },
			'rejected',
			{ partly: true, hint: expect.any(String) as string },
		],
		['an ID beside it', { email_id: 'E1', failures: ['no'] }, 'rejected', { emailId: 'E1' }],
		[
			'words with a known meaning',
			{ failures: ['sender not verified'] },
			'rejected',
			{ hint: expect.any(String) as string },
		],
	])('is not: %s', (_what, data, type, details) => {
		expect(typed(sent(data))).toMatchObject({ type, details });
	});

	test('that was refused whole says neither that a part was sent nor an ID', () => {
		expect(Object.keys(sent({ failures: ['no'] })?.details ?? {}).sort()).toEqual(['failures', 'requestId']);
	});
});

describe('a text message in an answer', () => {
	test.each<[string, JsonObject]>([
		['counted', { total_sent: 1 }],
		['named', { messages: [{ destination: '+1', status: 'sent' }] }],
		['with a lost status that counts none', { total_sent: 1, statuses: { failed: 0, sent: 1 } }],
		['with a state that is no loss', { total_sent: 1, statuses: { queued: 1 } }],
		['with entries that are none', { total_sent: 1, messages: [null, 7] }],
	])('is accepted: %s', (_what, data) => {
		expect(texted(data)).toBeUndefined();
	});

	test.each(['cancelled', 'expired', 'failed', 'rejected'])('is not, where its state is %s', (status) => {
		expect(texted({ total_sent: 1, statuses: { [status]: 1 } })).toMatchObject({
			details: { failures: [`1 ${status}`], requestId: 'r1' },
		});
		expect(texted({ total_sent: 1, messages: [{ destination: '+1', status }] })).toMatchObject({
			message: expect.stringContaining(`+1: ${status}`) as string,
			details: { failures: [`+1: ${status}`] },
		});
	});

	test('names the status alone where no number is told', () => {
		expect(texted({ messages: [{ status: 'failed' }, { destination: 641, status: 'expired' }] })).toMatchObject({
			message: expect.stringMatching(/: failed, 641: expired$/) as string,
			details: { failures: ['failed', '641: expired'] },
		});
	});

	test.each<[string, JsonObject, true | undefined]>([
		['one of two', { total_sent: 2, statuses: { failed: 1 } }, true],
		['two of two', { total_sent: 2, statuses: { failed: 1, expired: 1 } }, undefined],
		['two of three, counted in two states', { total_sent: 3, statuses: { failed: 1, expired: 1 } }, true],
		[
			'one named of two that are counted, of two',
			{ total_sent: 2, statuses: { failed: 2 }, messages: [{ destination: '+1', status: 'failed' }] },
			undefined,
		],
	])('says whether a part was sent: %s', (_what, data, partly) => {
		expect(texted(data)?.details.partly).toBe(partly);
	});

	test('is rejected where it was sent to nobody, and unknown where nothing is said', () => {
		expect(typed(texted({ total_sent: 0 })).type).toBe('rejected');
		expect(typed(texted({ total_sent: 0, messages: [] })).type).toBe('rejected');
		expect(typed(texted({})).type).toBe('outcomeUnknown');
		expect(typed(texted({ messages: [] })).type).toBe('outcomeUnknown');
	});

	test('is not looked for in the answer to anything else', () => {
		expect(rejectedSms(send, { total_sent: 0 }, {})).toBeUndefined();
	});
});
