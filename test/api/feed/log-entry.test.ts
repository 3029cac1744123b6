import { isWanted, newestEvents, passes, readDelivery, readFilter, startCursor, type JsonObject } from '../../../api';
import { readLogEntry } from '../../../api/feed/log-entry';
import { json } from '../support/fake-host';
import { FakeLog, HOUR, MINUTE, NOW } from '../support/fake-log';
import { read } from '../support/follower';

const entry: JsonObject = {
	date: '2026-03-24T08:23:15Z',
	event: 'hard-bounced',
	email_id: '1w4x2g-FnQW0hPru7M-NRRC',
	from: 'bounces@example.org',
	sender: 'shop@example.com',
	sender_full: 'Shop <shop@example.com>',
	to: 'Jane@example.com, joe@example.com',
	recipient: 'Jane@example.com',
	recipients: ['Jane@example.com', 'joe@example.com'],
	subject: 'Hi',
	username: 'api-5BFDE1E62529',
	smtp_response: '550 user unknown',
	reason: 'rejected',
	custom_headers: { 'X-Order': '7' },
};
const eventOf = (change: JsonObject = {}, headers: string[] = []) =>
	readLogEntry({ ...entry, ...change }, headers).delivery.event;

test('an entry of the log becomes an event of the one shape', () => {
	const { delivery, moment } = readLogEntry(entry, ['x-order', 'X-Absent']);
	expect(moment).toBe(Date.parse('2026-03-24T08:23:15Z'));
	expect(delivery).toEqual({
		subscription: 'bounce',
		event: {
			eventId: expect.stringMatching(/^[\w-]{22}$/),
			eventKey: delivery.event.eventId,
			source: 'log',
			channel: 'email',
			kind: 'hard-bounced',
			bounceType: 'hard',
			recipient: 'Jane@example.com',
			recipients: ['Jane@example.com', 'joe@example.com'],
			time: '2026-03-24T08:23:15.000Z',
			emailId: '1w4x2g-FnQW0hPru7M-NRRC',
			messageId: null,
			subject: 'Hi',
			sender: 'shop@example.com',
			reason: '550 user unknown',
			link: null,
			headers: { 'x-order': '7' },
			raw: entry,
		},
	});
});

test.each([
	['processed', 'processed', 'processed', null],
	['delivered', 'delivered', 'delivered', null],
	['opened', 'opened', 'open', null],
	['clicked', 'clicked', 'click', null],
	['hard-bounced', 'hard-bounced', 'bounce', 'hard'],
	['soft-bounced', 'soft-bounced', 'bounce', 'soft'],
	['rejected', 'rejected', 'reject', null],
	['spam', 'spam', 'spam', null],
	['unsubscribed', 'unsubscribed', 'unsubscribe', null],
	['resubscribed', 'resubscribed', 'resubscribe', null],
	['exploded', 'unknown', 'exploded', null],
])('%s has the kind %s and the subscription %s', (event, kind, subscription, bounceType) => {
	expect(readLogEntry({ ...entry, event }, []).delivery).toMatchObject({ subscription, event: { kind, bounceType } });
});

const delivered = {
	id: 'f'.repeat(32),
	email_id: '1w4x2g-FnQW0hPru7M-NRRC',
	time: '2026-03-24T08:23:15Z',
	rcpt: 'jane@example.com',
	recipients: ['jane@example.com', 'joe@example.com'],
};

test.each([
	[{ event: 'bounce', bounce: 'hard' }, {}],
	[{ event: 'bounce', bounce: 'soft' }, { event: 'soft-bounced' }],
	[{ event: 'open' }, { event: 'opened' }],
	[{ event: 'click', url: 'https://example.com' }, { event: 'clicked' }],
	[{ event: 'processed', rcpt: undefined }, { event: 'processed' }],
	[{ event: 'delivered', time: '2026-03-24T08:23:15.052765+00:00' }, { event: 'delivered' }],
	[{ event: 'delivered', time: '2026-03-24T09:23:15+01:00' }, { event: 'delivered' }],
	[{ event: 'delivered', rcpt: 'Jane <JANE@example.com>' }, { event: 'delivered' }],
])('the delivery %j and its entry in the log have the same key', (delivery, change) => {
	expect(readDelivery({ ...delivered, ...delivery }, [])?.event.eventKey).toBe(eventOf(change).eventKey);
});

test.each([
	[{ recipient: 'joe@example.com' }],
	[{ email_id: 'other' }],
	[{ date: '2026-03-24T08:23:16Z' }],
	[{ event: 'soft-bounced' }],
	[{ email_id: null }],
	[{ date: null }],
])('an entry that differs by %j has another key', (change) => {
	expect(eventOf(change as JsonObject).eventKey).not.toBe(eventOf().eventKey);
});

test('events that do not say which email, or when, have keys of their own', () => {
	const key = (more: object) => readDelivery({ event: 'open', rcpt: 'a@x.org', ...more }, [])?.event.eventKey;
	expect(key({ id: '1', email_id: 'm' })).not.toBe(key({ id: '2', email_id: 'm' }));
	expect(key({ id: '1', time: '2026-03-24T08:23:15Z' })).not.toBe(key({ id: '2', time: '2026-03-24T08:23:15Z' }));
	expect(key({ id: '1' })).toBe(key({ id: '1' }));
	expect(eventOf({ date: null, subject: 'A' }).eventKey).not.toBe(eventOf({ date: null, subject: 'B' }).eventKey);
});

test('a text message has the key of its number, message and second', () => {
	const sms = {
		event: 'sms_delivered',
		message_id: 'm',
		destination_number: '+15550100',
		received_timestamp: '2026-03-24T08:23:15.5Z',
	};
	const key = (more: object) => readDelivery({ ...sms, ...more }, [])?.event.eventKey;
	expect(key({ id: '1' })).toBe(key({ id: '2' }));
	expect(key({ message_id: 'n' })).not.toBe(key({}));
	expect(key({ destination_number: '+15550101' })).not.toBe(key({}));
	expect(key({ event: 'sms_failed' })).not.toBe(key({}));
});

test.each<[JsonObject, string | null]>([
	[{ smtp_response: '', reason: 'mailbox full' }, 'mailbox full'],
	[{ smtp_response: null, reason: null, error: 'i/o timeout' }, 'i/o timeout'],
	[{ event: 'rejected', smtp_response: '250 OK', reason: 'sender not verified' }, 'sender not verified'],
	[{ event: 'spam', reason: 'This was a spam email' }, 'This was a spam email'],
	[{ event: 'delivered', smtp_response: '250 OK' }, null],
	[{ event: 'unsubscribed', reason: 'jane@example.com' }, null],
])('the reason of %j is %j', (change, reason) => {
	expect(eventOf(change).reason).toBe(reason);
});

test('the link of a click is in the entry or in its metadata, or is not known', () => {
	expect(eventOf({ event: 'clicked' }).link).toBeNull();
	expect(eventOf({ event: 'clicked', url: 'https://a.example' }).link).toBe('https://a.example');
	expect(eventOf({ event: 'clicked', metadata: { url: 'https://b.example' } }).link).toBe('https://b.example');
	expect(eventOf({ event: 'opened', metadata: { url: 'https://b.example' } }).link).toBeNull();
});

test('an entry that says nothing is an event, too', () => {
	expect(readLogEntry({}, [])).toMatchObject({
		moment: undefined,
		delivery: {
			event: { kind: 'unknown', recipient: null, recipients: [], time: null, emailId: null, sender: null },
		},
	});
});

test('the filters of a trigger accept an entry of the log like a delivery', () => {
	const { delivery } = readLogEntry(entry, ['X-Order']);
	expect(isWanted(delivery, { events: ['bounce'], smsEvents: [] })).toBe(true);
	expect(isWanted(delivery, { events: ['open'], smsEvents: [] })).toBe(false);
	const accepts = (values: object) => passes(delivery, readFilter(values));
	expect(accepts({ bounce_type: 'hard' })).toBe(true);
	expect(accepts({ bounce_type: 'soft' })).toBe(false);
	expect(accepts({ filter_senders: 'example.com' })).toBe(true);
	expect(accepts({ filter_senders: 'example.org' })).toBe(false);
	expect(accepts({ filter_subject: 'hi' })).toBe(true);
	expect(accepts({ filter_headers: [{ header: 'x-order', value: '7' }] })).toBe(true);
	expect(accepts({ filter_headers: [{ header: 'x-order', value: '8' }] })).toBe(false);
	expect(accepts({ filter_users: 'api-5BFDE1E62529ABCDEFABCDEFABCDEFAB' })).toBe(true);
	expect(accepts({ filter_users: 'shop' })).toBe(false);
	expect(
		passes(readLogEntry({ ...entry, username: 'shop' }, []).delivery, readFilter({ filter_users: 'shop' })),
	).toBe(true);
});

test('a delivery with a header named username is not taken for its user', () => {
	const delivery = readDelivery({ ...delivered, event: 'open', auth: 'shop', username: 'other' }, ['username']);
	expect(delivery && passes(delivery, readFilter({ filter_users: 'other' }))).toBe(false);
	expect(delivery && passes(delivery, readFilter({ filter_users: 'shop' }))).toBe(true);
});

describe('the newest events', () => {
	test('come in one call, oldest first, without a cursor', async () => {
		const log = new FakeLog(Array.from({ length: 30 }, (_, index) => ({ at: NOW - index * MINUTE })));
		const found = await newestEvents(log.host.connection, 3, 24);
		expect(found.ok && found.value.map(({ event }) => event.emailId)).toEqual(['e2', 'e1', 'e0']);
		expect(log.searches).toEqual([
			{ start_date: '2026-11-21T12:00:00Z', end_date: '2026-11-22T12:00:01Z', limit: 3 },
		]);
		expect((await read(log, startCursor(NOW, 1))).deliveries).toHaveLength(29);
	});

	test('have the headers that are asked for', async () => {
		const log = new FakeLog([{ at: NOW - MINUTE, entry: { custom_headers: { 'x-order': '7', other: '8' } } }]);
		const found = await newestEvents(log.host.connection, 3, 24, { customHeaders: ['X-Order'] });
		expect(found.ok && found.value.map(({ event }) => event.headers)).toEqual([{ 'X-Order': '7' }]);
	});

	test('of a kind that the log does not know are an error, before any call', async () => {
		const log = new FakeLog();
		expect(await newestEvents(log.host.connection, 3, 24, { kinds: ['exploded'] })).toMatchObject({
			ok: false,
			error: { type: 'invalid' },
		});
		expect(log.searches).toEqual([]);
	});

	test('are none in a log that is empty for so long', async () => {
		const log = new FakeLog([{ at: NOW - 25 * HOUR }]);
		expect(await newestEvents(log.host.connection, 3, 24)).toEqual({ ok: true, value: [] });
	});

	test.each([
		[json(200, { data: 'x' }), 'server'],
		[json(401, { data: { error: 'The API Key passed was not found' } }), 'auth'],
	])('are an error, if SMTP2GO answers %j', async (outcome, type) => {
		const log = new FakeLog();
		log.answer = () => outcome;
		expect(await newestEvents(log.host.connection, 3, 24)).toMatchObject({ ok: false, error: { type } });
	});
});
