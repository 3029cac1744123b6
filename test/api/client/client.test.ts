import { outcomeOfFault, run, type ErrorType, type HttpOutcome, type Operation } from '../../../api';
import { data, FakeHost, fault, json, parsed } from '../support/fake-host';
import { operation } from '../support/operation';

const send = operation('email', 'send');
const list = operation('template', 'getAll');
const change = operation('template', 'update');
const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
const sent = { succeeded: 1, failed: 0, failures: [], email_id: 'E1' };
const empty = { templates: [], continue_token: null };

const error = (text: string, code = 'API_EXCEPTION') => ({
	request_id: 'r-9',
	data: { error: text, error_code: `E_ApiResponseCodes.${code}` },
});
const UNKNOWN_KEY = "An API User matching the passed 'api_key' was not found";

/** JSON of a list in a list, so many times. */
const nested = (depth: number) => `${'['.repeat(depth)}"x"${']'.repeat(depth)}`;

describe('an answer is judged', () => {
	test.each([200, 400])('HTTP %i with an error beside email that was taken: a part was sent', async (status) => {
		const host = new FakeHost(() =>
			json(status, { data: { error: 'one recipient is suppressed', succeeded: 1, failed: 1, email_id: 'E1' } }),
		);
		expect(await run(host.connection, send, mail)).toMatchObject({
			ok: false,
			error: {
				type: 'rejected',
				message: 'one recipient is suppressed',
				details: { partly: true, emailId: 'E1' },
			},
		});
	});

	test.each<[string, HttpOutcome, ErrorType, RegExp]>([
		['an unknown key, answered with 500', json(500, error(UNKNOWN_KEY)), 'auth', /was not found/],
		['HTTP 401', json(401, error('No key')), 'auth', /No key/],
		[
			'a missing permission, answered with 400',
			json(400, error('You do not have permission to access this API endpoint', 'ENDPOINT_PERMISSION_DENIED')),
			'permission',
			/permission/,
		],
		[
			'a refused value, field message first',
			json(400, {
				request_id: 'r',
				data: {
					error: 'An error occurred processing the json data you sent',
					field_validation_errors: { fieldname: 'to', message: 'not a list' },
				},
			}),
			'refused',
			/^to: not a list/,
		],
		['errors at top level', json(400, { request_id: 'r', error: 'Wrong', error_code: 'X' }), 'refused', /^Wrong$/],
		['HTTP 200 with an error', json(200, error('Something')), 'refused', /Something/],
		[
			'HTTP 200 with failures',
			data({ succeeded: 0, failed: 1, failures: ['sender not verified'] }),
			'rejected',
			/sender not verified/,
		],
		['HTTP 200 with failed and no text', data({ succeeded: 0, failed: 1 }), 'rejected', /rejected the email/],
		['HTTP 200 that says nothing', data({}), 'outcomeUnknown', /does not say/],
		[
			'HTTP 200 that is not JSON',
			{ answered: true, status: 200, headers: {}, text: '<html>' },
			'outcomeUnknown',
			/not JSON/,
		],
		[
			'a cut-off answer',
			{ answered: true, status: 200, headers: {}, text: '{"request_id": "r", "da' },
			'outcomeUnknown',
			/not JSON/,
		],
		["a proxy's page", { answered: true, status: 407, headers: {}, text: 'Proxy' }, 'refused', /407/],
		['a redirect', { answered: true, status: 302, headers: {}, text: '' }, 'refused', /302/],
		...[201, 202, 204, 408, 499].map((status): [string, HttpOutcome, ErrorType, RegExp] => [
			`HTTP ${status}, which is neither a yes nor a no`,
			json(status, { data: { succeeded: 1, email_id: 'E1' } }),
			'outcomeUnknown',
			new RegExp(String(status)),
		]),
		...[202, 408, 499].map((status): [string, HttpOutcome, ErrorType, RegExp] => [
			`HTTP ${status} without JSON`,
			{ answered: true, status, headers: {}, text: '' },
			'outcomeUnknown',
			new RegExp(String(status)),
		]),
		...[
			'{ "succeeded": { "toString": 1, "valueOf": 1 } }',
			'{ "failed": { "valueOf": [] }, "succeeded": 0 }',
			`{ "failures": ${nested(50_000)}, "failed": 1 }`,
		].map((answer, index): [string, HttpOutcome, ErrorType, RegExp] => [
			`an answer that cannot be read, no. ${index + 1}`,
			{ answered: true, status: 200, headers: {}, text: `{ "data": ${answer} }` },
			'outcomeUnknown',
			/response (could not be read|does not say)|not JSON|too deeply nested/,
		]),
		['HTTP 500', json(500, error('Oops')), 'outcomeUnknown', /Outcome unknown: Oops/],
		[
			'HTTP 502 without JSON',
			{ answered: true, status: 502, headers: {}, text: 'Bad gateway' },
			'outcomeUnknown',
			/502/,
		],
		['a reset', fault('unknown', 'ECONNRESET'), 'outcomeUnknown', /arrived \(connection reset\)$/],
		['a time-out', fault('unknown', 'ETIMEDOUT'), 'outcomeUnknown', /arrived \(timed out\)$/],
	])('%s', async (_, outcome, type, message) => {
		const host = new FakeHost(() => outcome);
		const result = await run(host.connection, send, mail);
		expect(result).toMatchObject({ ok: false, error: { type } });
		expect(result.ok ? '' : result.error.message).toMatch(message);
		expect(host.sent).toHaveLength(1);
	});

	test.each([
		['no', 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9', 'SMTP2GO could not be reached (connection refused)'],
		[
			'no',
			'ENOTFOUND',
			'getaddrinfo ENOTFOUND smtp2go.invalid',
			'SMTP2GO could not be reached (hostname not found)',
		],
		['no', 'ENOENT', 'connect ENOENT /run/proxy', 'SMTP2GO could not be reached'],
		['no', 'ERR_INVALID_URL', 'Invalid URL', 'SMTP2GO could not be reached (Invalid URL)'],
		[
			'unknown',
			'ECONNRESET',
			'read ECONNRESET',
			'Outcome unknown: the connection to SMTP2GO failed before the response arrived (connection reset)',
		],
		['unknown', 'EACCES', '', 'Outcome unknown: the connection to SMTP2GO failed before the response arrived'],
	] as const)(
		'%s, %s: a network fault is described in words, with its code in the details',
		async (arrived, code, message, sentence) => {
			const host = new FakeHost(() => ({ answered: false, arrived, code, message }));
			const result = await run(host.connection, send, mail);
			expect(result).toMatchObject({ ok: false, error: { message: sentence, details: { networkCode: code } } });
		},
	);

	test('the explanation holds hint, permission, status, code and request ID, in this order', async () => {
		const host = new FakeHost(() =>
			json(400, error('You do not have permission to access this API endpoint', 'ENDPOINT_PERMISSION_DENIED')),
		);
		const result = await run(host.connection, send, mail);
		expect(result.ok ? '' : result.error.explanation).toMatch(
			/Allow this endpoint.*Missing permission: \/email\/send\. HTTP status: 400\. Error code: E_ApiResponseCodes\.ENDPOINT_PERMISSION_DENIED\. Request ID: r-9/,
		);
	});

	test('a key that the server repeats is blotted out', async () => {
		const host = new FakeHost(() => json(400, error(`bad key api-${'A1'.repeat(16)} given`)));
		const result = await run(host.connection, send, mail);
		expect(result.ok ? '' : result.error.message).toBe('bad key api-… given');
	});

	test('an email without email_id but counted as sent is a success (email/mime answers so)', async () => {
		const host = new FakeHost(() => data({ succeeded: 1, failed: 0, failures: [] }));
		expect(await run(host.connection, send, mail)).toMatchObject({ ok: true });
	});
});

describe('a call is repeated only if it is safe to do so', () => {
	const ok = { send: data(sent), list: data(empty), change: data({ id: 'x' }) };
	test.each<[string, HttpOutcome, { send: number; change: number; list: number }]>([
		['refused connection', fault('no', 'ECONNREFUSED'), { send: 2, change: 2, list: 2 }],
		['no address', fault('no', 'ENOTFOUND'), { send: 2, change: 2, list: 2 }],
		['no trust', fault('no', 'CERT_HAS_EXPIRED'), { send: 1, change: 1, list: 1 }],
		['HTTP 429', json(429, error('API key ratelimit exceeded')), { send: 2, change: 2, list: 2 }],
		[
			'HTTP 429 without JSON',
			{ answered: true, status: 429, headers: {}, text: '' },
			{ send: 2, change: 2, list: 2 },
		],
		['reset', fault('unknown', 'ECONNRESET'), { send: 1, change: 1, list: 2 }],
		['HTTP 503', json(503, error('busy')), { send: 1, change: 1, list: 2 }],
		['not JSON', { answered: true, status: 200, headers: {}, text: 'x' }, { send: 1, change: 1, list: 2 }],
		['HTTP 400', json(400, error('no')), { send: 1, change: 1, list: 1 }],
		['unknown key', json(500, error(UNKNOWN_KEY)), { send: 1, change: 1, list: 1 }],
	])('after %s', async (_, first, expected) => {
		const calls = async (of: Operation, values: Record<string, unknown>, good: HttpOutcome) => {
			const host = new FakeHost((_request, count) => (count === 1 ? first : good));
			const result = await run(host.connection, of, values);
			expect(result.ok).toBe(host.sent.length > 1);
			return host.sent.length;
		};
		expect({
			send: await calls(send, mail, ok.send),
			change: await calls(change, { id: 'template' }, ok.change),
			list: await calls(list, {}, ok.list),
		}).toEqual(expected);
	});

	test('at most four times, with growing pauses', async () => {
		const host = new FakeHost(() => fault('no', 'ECONNREFUSED'));
		expect(await run(host.connection, send, mail)).toMatchObject({ ok: false, error: { type: 'unreachable' } });
		expect(host.waits).toEqual([500, 1000, 2000]);
	});

	test.each([
		['retry-after', '7', 7000],
		['retry-after', '600', 600_000],
		['x-ratelimit-reset', '3', 3000],
		['retry-after', 'Sun, 22 Nov 2026 12:00:09 GMT', 9000],
	])('after the pause that %s: %s asks for', async (name, value, wait) => {
		const host = new FakeHost((_request, count) =>
			count === 1 ? json(429, error('slow'), { [name]: value }) : data(sent),
		);
		expect(await run(host.connection, send, mail)).toMatchObject({ ok: true });
		expect(host.waits).toEqual([wait]);
	});

	test('not when the server asks for a longer pause than a person waits', async () => {
		const host = new FakeHost(() => json(429, error('slow'), { 'retry-after': '3600' }));
		expect(await run(host.connection, send, mail)).toMatchObject({
			ok: false,
			error: { type: 'rateLimit', details: { retryAfterMs: 3_600_000 } },
		});
		expect(host.sent).toHaveLength(1);
	});

	test('not after the host was stopped, also while waiting', async () => {
		const abort = new AbortController();
		const host = new FakeHost(() => {
			abort.abort();
			return fault('no', 'ECONNREFUSED');
		});
		expect(await run({ ...host.connection, signal: abort.signal }, send, mail)).toMatchObject({ ok: false });
		expect(host.sent).toHaveLength(1);
		expect(await run({ ...host.connection, signal: abort.signal }, send, mail)).toMatchObject({
			ok: false,
			error: { type: 'cancelled' },
		});
		expect(host.sent).toHaveLength(1);
	});
});

describe('a list is read to its end', () => {
	const page = (names: string[], token: unknown) =>
		data({ templates: names.map((name) => ({ name })), ...(token === undefined ? {} : { continue_token: token }) });

	test.each<[string, unknown]>([
		['null', null],
		['empty', ''],
		['absent', undefined],
	])('which a token that is %s marks', async (_, end) => {
		const host = new FakeHost((_request, count) => (count === 1 ? page(['a', 'b'], 't1') : page(['c'], end)));
		expect(await run(host.connection, list, { tags: 'x' })).toMatchObject({
			ok: true,
			value: { result: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
		});
		expect(host.sent.map(({ body }) => parsed(body))).toEqual([
			{ tags: ['x'], page_size: 100 },
			{ tags: ['x'], page_size: 100, continue_token: 't1' },
		]);
	});

	test('and stops when the token repeats itself', async () => {
		const host = new FakeHost(() => page(['a'], 'same'));
		expect(await run(host.connection, list, {})).toMatchObject({
			ok: true,
			value: { result: [{ name: 'a' }, { name: 'a' }] },
		});
	});

	test('or to the limit, asking for no more than that', async () => {
		const host = new FakeHost(() => page(['a', 'b', 'c'], 't'));
		expect(await run(host.connection, list, {}, { limit: 2 })).toMatchObject({
			value: { result: [{ name: 'a' }, { name: 'b' }] },
		});
		expect(host.sent.map(({ body }) => body)).toEqual(['{"page_size":2}']);
	});

	test('by page number where the operation counts pages', async () => {
		const host = new FakeHost((_request, count) =>
			data(count === 1 ? [{ schedule_id: '1' }, { schedule_id: '2' }] : [{ schedule_id: '3' }]),
		);
		const result = await run(host.connection, operation('email', 'searchScheduled'), { limit: 2 });
		expect(result).toMatchObject({
			value: { result: [{ schedule_id: '1' }, { schedule_id: '2' }, { schedule_id: '3' }] },
		});
		expect(host.sent.map(({ body }) => body)).toEqual(['{"limit":2}', '{"limit":2,"page":2}']);
	});

	test.each<[string, unknown, number]>([
		[
			'a list',
			[
				{ id: 1, url: 'u' },
				{ id: 2, url: 'v' },
			],
			2,
		],
		['one object', { id: 1, url: 'u' }, 1],
		['a list under its name', { webhooks: [{ id: 1 }] }, 1],
		['an empty list', [], 0],
		['an empty object', {}, 0],
		['an empty list under its name', { webhooks: [] }, 0],
	])('from webhook/view that answers with %s', async (_, value, count) => {
		const result = await run(new FakeHost(() => data(value)).connection, operation('webhook', 'getAll'), {});
		expect(result.ok && result.value.result).toHaveLength(count);
	});
});

describe('a user gets the thing itself', () => {
	test.each<[string, string, Record<string, unknown>, unknown, unknown]>([
		['template', 'delete', { id: 'receipt' }, "Successfully deleted template 'receipt'", { deleted: true }],
		['template', 'get', { id: 'receipt' }, { id: 'receipt' }, { id: 'receipt' }],
		['webhook', 'create', { url: 'https://x.org' }, [{ id: 1 }], { id: 1 }],
		['email', 'send', mail, sent, { emailId: 'E1', scheduleId: null, sender: mail.sender }],
	])('of %s %s', async (resource, key, values, value, expected) => {
		const result = await run(new FakeHost(() => data(value)).connection, operation(resource, key), values);
		expect(result).toMatchObject({ ok: true, value: { result: expected, response: { requestId: 'r-1' } } });
	});

	test('and per email of a batch its own outcome; a missing one is unknown', async () => {
		const host = new FakeHost(() => data([{ email_id: 'E1' }, { error: 'sender not verified' }]));
		const result = await run(host.connection, operation('email', 'sendBatch'), { emails: [mail, mail, mail] });
		expect(result.ok && result.value.emails).toMatchObject([
			{ ok: true, value: { emailId: 'E1' } },
			{ ok: false, error: { type: 'rejected' } },
			{ ok: false, error: { type: 'outcomeUnknown' } },
		]);
	});
});

describe('a fault of the network', () => {
	const chain = (code: string, syscall?: string) =>
		Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code, syscall }) });
	test.each<[string, unknown, string, string]>([
		["under fetch's own error", chain('ECONNREFUSED'), 'no', 'ECONNREFUSED'],
		['while connecting', chain('ETIMEDOUT', 'connect'), 'no', 'ETIMEDOUT'],
		['after connecting', chain('ETIMEDOUT', 'read'), 'unknown', 'ETIMEDOUT'],
		[
			'with several addresses',
			{ cause: { code: 'ECONNREFUSED', errors: [{ code: 'ECONNREFUSED', syscall: 'connect' }] } },
			'no',
			'ECONNREFUSED',
		],
		['that is only text', 'boom', 'unknown', 'UNKNOWN'],
		['that is null', null, 'unknown', 'UNKNOWN'],
	])('%s is understood', (_, thrown, arrived, code) => {
		expect(outcomeOfFault(thrown)).toMatchObject({ answered: false, arrived, code });
	});
});
