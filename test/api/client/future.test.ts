/**
 * What SMTP2GO, or anything in its place, may send in the future: unknown events, statuses, properties,
 * lists in other shapes, JSON that nobody would write. No reader throws, none runs on, and what is known is read the
 * same beside it.
 */
import fc from 'fast-check';
import {
	buildRequest,
	emailEvents,
	isWanted,
	parseBody,
	readDelivery,
	resources,
	run,
	smsEvents,
	type Operation,
} from '../../../api';
import { readResponse } from '../../../api/client/response';
import { data, FakeHost, json, textOf } from '../support/fake-host';
import { fits } from '../../contract/support/samples';

const SEED = 20261127;
const DEEP = 200_000;
const deep = `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`;
const NOW = Date.parse('2026-11-22T12:00:00Z');

const operations = resources.flatMap((resource) =>
	resource.operations.map((operation) => [`${resource.key}.${operation.key}`, operation as Operation] as const),
);

/** The words that the readers look for, so that random JSON meets them often. */
const words = [
	'data',
	'error',
	'error_code',
	'field_validation_errors',
	'fieldname',
	'message',
	'request_id',
	'succeeded',
	'failed',
	'failures',
	'email_id',
	'schedule_id',
	'statuses',
	'messages',
	'total_sent',
	'status',
	'destination',
	'continue_token',
	'events',
	'emails',
	'webhooks',
	'id',
	'templates',
	'total_events',
	'results',
	'history',
	'__proto__',
	'constructor',
	'toString',
	'length',
];
const key = fc.oneof(fc.constantFrom(...words), fc.string());
const leaf = fc.oneof(
	fc.constantFrom<unknown>(
		null,
		true,
		false,
		0,
		1,
		-1,
		1e308,
		'',
		'0',
		'1',
		'unknown',
		'delivered',
		'2026-02-31 00:00:00',
		{},
		[],
	),
	fc.string(),
	fc.double(),
);
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 6 },
		leaf,
		fc.array(tie('value'), { maxLength: 4 }),
		fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
	),
}));
/** An envelope, mostly; else anything at all. */
const body = fc.oneof(
	anything,
	fc.record({ data: anything, request_id: fc.oneof(fc.constant('r-1'), anything) }),
	fc.record({ data: fc.dictionary(key, anything, { noNullPrototype: true }) }),
);
const status = fc.oneof(
	fc.constantFrom(200, 201, 204, 299, 302, 400, 401, 403, 408, 429, 499, 500, 503, 599),
	fc.integer({ min: 100, max: 999 }),
);
const headers = fc.dictionary(
	fc.constantFrom('retry-after', 'x-ratelimit-reset', 'date', 'x-new'),
	fc.oneof(fc.constantFrom('1', '-1', '1e9', 'Sun, 22 Nov 2026 12:00:00 GMT', 'soon'), fc.string()),
	{ noNullPrototype: true },
);

/** A value that fits each required field, so that the call is made. */
function values({ fields, needs = [] }: Operation): Record<string, unknown> {
	const least = fields.filter(({ required, name }) => required || needs.some((group) => group[0] === name));
	return Object.fromEntries(least.map((field) => [field.name, fits(field)]));
}

describe('an answer', () => {
	test('of any kind is judged, and judged the same again', () => {
		fc.assert(
			fc.property(fc.constantFrom(...operations), status, headers, body, ([, operation], code, head, answer) => {
				const judge = () => readResponse(operation, code, head, JSON.stringify(answer), NOW);
				const first = judge();
				expect(judge()).toEqual(first);
				if (first.ok) expect(code).toBe(200);
				// Nobody may take a call that changes something for one that did not happen because the answer said
				// nothing.
				else if (code > 500 && operation.effect !== 'reads')
					expect(['outcomeUnknown', 'auth', 'permission', 'rejected']).toContain(first.error.type);
			}),
			{ seed: SEED, numRuns: 3_000 },
		);
	});

	test('of any kind leaves every operation with a result or an error, after few calls', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...operations),
				fc.array(fc.tuple(status, body), { minLength: 1, maxLength: 3 }),
				async ([, operation], answers) => {
					const host = new FakeHost((_request, count) =>
						json(...((answers[(count - 1) % answers.length] ?? [200, {}]) as [number, unknown])),
					);
					const outcome = await run(host.connection, operation, { ...values(operation) }, { limit: 50 });
					expect(typeof outcome.ok).toBe('boolean');
					expect(host.sent.length).toBeLessThan(60);
				},
			),
			{ seed: SEED, numRuns: 1_500 },
		);
	});

	test.each(operations)('%s reads what it knows, whatever is new beside it', async (_, operation) => {
		const news = { brand_new: { nested: [1] }, status2: null, sending_state: 'odd' };
		const withNews = (value: unknown): unknown =>
			Array.isArray(value)
				? value.map(withNews)
				: typeof value === 'object' && value !== null
					? { ...value, ...news }
					: value;
		const { at } = operation.result;
		const sample = operation.sample as unknown;
		const inner =
			at && typeof sample === 'object' && sample !== null && at in sample
				? { ...sample, ...news, [at]: withNews((sample as Record<string, unknown>)[at]) }
				: withNews(sample);
		const of = async (answer: unknown) =>
			run(new FakeHost(() => data(answer)).connection, operation, values(operation), { limit: 10 });
		const [plain, grown] = [await of(sample), await of(inner)];
		expect(grown.ok).toBe(plain.ok);
		const known = plain.ok ? plain.value.result : undefined;
		if (grown.ok && Array.isArray(known)) expect(grown.value.result).toHaveLength(known.length);
		else if (grown.ok && typeof known === 'object' && known !== null && operation.result.is !== 'batch')
			expect(grown.value.result).toMatchObject(known);
	});

	/** One operation of each kind of answer. */
	const kinds = operations.filter(
		([, one], index) =>
			operations.findIndex(
				([, other]) =>
					other.result.is === one.result.is && (other.effect === 'reads') === (one.effect === 'reads'),
			) === index,
	);

	test.each(kinds)('%s, nested two hundred thousand levels deep, is an error that says so', async (_, operation) => {
		for (const text of [
			`{"data":${deep}}`,
			`{"data":{"${operation.result.at || 'events'}":[${deep}]}}`,
			`{"data":{"error":${deep}}}`,
			`{"data":{"succeeded":1,"failures":${deep}}}`,
		]) {
			const host = new FakeHost(() => ({ answered: true, status: 200, headers: {}, text }));
			const outcome = await run(host.connection, operation, values(operation));
			expect(outcome).toMatchObject({
				ok: false,
				error: {
					type: operation.effect === 'reads' ? 'server' : 'outcomeUnknown',
					message: expect.stringContaining('too deeply nested') as string,
				},
			});
		}
	});

	test('with pages that are empty and always point to a next one is not read for ever', async () => {
		const list = operations.find(([name]) => name === 'activity.search')?.[1] as Operation;
		const host = new FakeHost((_request, count) => data({ events: [], continue_token: `t${count}` }));
		expect(await run(host.connection, list, {}, { whole: true })).toMatchObject({
			ok: false,
			error: { message: expect.stringContaining('whole list') as string },
		});
		expect(host.sent.length).toBeLessThan(20);
	});

	test('with a page of two hundred thousand entries is read', async () => {
		const list = operations.find(([name]) => name === 'activity.search')?.[1] as Operation;
		const host = new FakeHost(() =>
			data({ events: Array.from({ length: DEEP }, () => ({ event: 'new' })), continue_token: null }),
		);
		const outcome = await run(host.connection, list, {});
		expect(outcome.ok && (outcome.value.result as unknown[]).length).toBe(DEEP);
	});
});

describe('a delivery', () => {
	const names = fc.oneof(
		fc.constantFrom(
			'bounce',
			'delivered',
			'sms_delivered',
			'sms_opt-out',
			'sms_optout',
			'opt-out',
			'sms_opt_out',
			'resubscribe',
			'open',
			'sms_',
			'__proto__',
			'constructor',
		),
		fc.string(),
	);
	const fields = [
		'event',
		'id',
		'rcpt',
		'recipients',
		'destination_number',
		'bounce',
		'time',
		'email_id',
		'message-id',
		'subject',
		'from',
		'from_address',
		'auth',
		'message',
		'url',
		'received_timestamp',
		'X-Order-ID',
	];
	const record = fc
		.tuple(
			names,
			fc.dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), anything, { noNullPrototype: true }),
		)
		.map(([event, rest]) => ({ ...rest, event }));

	test('of any kind is read or is none, and read the same again', () => {
		fc.assert(
			fc.property(fc.oneof(record, fc.dictionary(key, anything, { noNullPrototype: true })), (raw) => {
				const received = parseBody(JSON.stringify(raw), 'application/json');
				const read = received && readDelivery(received, ['X-Order-ID', '__proto__']);
				expect(received && readDelivery(received, ['X-Order-ID', '__proto__'])).toEqual(read);
				if (read === undefined) return;
				expect(read.event).toMatchObject({
					channel: expect.stringMatching(/^(email|sms)$/) as string,
					kind: expect.any(String) as string,
					recipients: expect.any(Array) as unknown,
				});
				expect(read.event.recipients.every((one) => typeof one === 'string')).toBe(true);
				expect(read.event.raw).toBe(received);
				isWanted(read, { events: ['bounce'], smsEvents: [] });
			}),
			{ seed: SEED, numRuns: 3_000 },
		);
	});

	test('of a future event is "unknown", and reaches only those who asked for everything', () => {
		const everything = {
			events: emailEvents.map(({ value }) => value),
			smsEvents: smsEvents.map(({ value }) => value),
		};
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z]{3,12}_v[2-9]$/), fc.boolean(), (name, isSms) => {
				const read = readDelivery(
					{ event: isSms ? `sms_${name}` : name, id: 'i', rcpt: 'jane@example.com' },
					[],
				);
				if (!read) throw new Error('not read');
				expect(read.event).toMatchObject({ kind: 'unknown', channel: isSms ? 'sms' : 'email' });
				expect([
					isWanted(read, everything),
					isWanted(read, {
						...everything,
						events: everything.events.slice(1),
						smsEvents: everything.smsEvents.slice(1),
					}),
				]).toEqual([true, false]);
			}),
			{ seed: SEED, numRuns: 200 },
		);
	});

	test('as a body of any text is read or is none', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ maxLength: 300 }),
					fc.string({ maxLength: 300 }).map((text) => `event=${text}&recipients=${text}&recipients=b`),
				),
				fc.option(fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain'), {
					nil: undefined,
				}),
				(text, type) => {
					const raw = parseBody(text, type);
					if (raw) readDelivery(raw, ['event']);
				},
			),
			{ seed: SEED, numRuns: 2_000 },
		);
	});

	test('nested two hundred thousand levels deep is none', () => {
		expect(parseBody(`{"event":"open","x":${deep}}`, 'application/json')).toBeUndefined();
		expect(
			parseBody(`{"event":"open","x":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`, 'application/json'),
		).toBeUndefined();
	});
});

test('the values of the tests above build a call of every operation', async () => {
	for (const [name, operation] of operations) {
		const built = buildRequest(operation, values(operation), NOW);
		expect([name, built.ok && typeof (await textOf(built.value))]).toEqual([name, 'string']);
	}
});
