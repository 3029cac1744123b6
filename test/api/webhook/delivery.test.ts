/** Deliveries: who can send one, what it says, and which trigger gets it. */
/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets */
import {
	callbackUrlError,
	deriveToken,
	isAllowedSource,
	isBearer,
	isWanted,
	newToken,
	parseBody,
	readDelivery,
	sameSecret,
	unreadableSource,
} from '../../../api';

describe("a caller's address", () => {
	test.each<[string | undefined, string[], boolean]>([
		['203.0.113.7', [], true],
		[undefined, [], true],
		[undefined, ['203.0.113.7'], false],
		['', ['203.0.113.7'], false],
		['203.0.113.7', ['203.0.113.7'], true],
		['203.0.113.8', ['203.0.113.7'], false],
		['::ffff:203.0.113.7', ['203.0.113.7'], true],
		['203.0.113.7', ['::ffff:203.0.113.0/120'], true],
		['203.0.113.7', ['198.51.100.1', '203.0.113.0/24'], true],
		['203.0.114.7', ['203.0.113.0/24'], false],
		['203.0.113.7', ['0.0.0.0/0'], true],
		['203.0.113.7', ['203.0.113.7/32'], true],
		['2001:db8::1', ['2001:db8::/32'], true],
		['2001:db9::1', ['2001:db8::/32'], false],
		['2001:db8:0:0:0:0:0:1', ['2001:DB8::1'], true],
		['::1', ['0.0.0.0/0'], false],
		['203.0.113.7', ['::/0'], true],
		['203.0.113.7', ['not an address'], false],
		['203.0.113.7', ['203.0.113.7/33'], false],
		['203.0.113.7', ['203.0.113.0/-1'], false],
		['203.0.113.999', ['0.0.0.0/0'], false],
	])('%s with %j allowed: %s', (address, allowed, expected) => {
		expect(isAllowedSource(address, allowed)).toBe(expected);
	});

	test.each([
		['webhooks.smtp2go.com'],
		['203.0.113.7/33'],
		['1.2.3'],
		['1::2::3'],
		[':::'],
		['12345::'],
		['1.2.3.4/24/1'],
		[''],
	])('"%s" is none, nor a range', (text) => {
		expect(unreadableSource(['203.0.113.7', '2001:db8::/32', text])).toBe(text);
	});
});

describe('a secret', () => {
	const token = newToken();
	test('has 32 random bytes', () => {
		expect(token).toMatch(/^[0-9a-f]{64}$/);
		expect(newToken()).not.toBe(token);
	});

	test('derived from a key depends on key and owner only', () => {
		expect(deriveToken('k', 'a')).toBe(deriveToken('k', 'a'));
		expect(new Set([deriveToken('k', 'a'), deriveToken('k', 'b'), deriveToken('l', 'a')]).size).toBe(3);
	});

	test.each<[string, unknown, string | undefined, boolean]>([
		['right', `Bearer ${token}`, token, true],
		['right, scheme in lower case', `bearer ${token}`, token, true],
		['wrong', `Bearer ${token.replace(/.$/, 'x')}`, token, false],
		['longer', `Bearer ${token}0`, token, false],
		['shorter', `Bearer ${token.slice(1)}`, token, false],
		['missing', undefined, token, false],
		['empty', '', token, false],
		['without scheme', token, token, false],
		['in Basic', `Basic ${token}`, token, false],
		['given twice', [`Bearer ${token}`, `Bearer ${token}`], token, false],
		['followed by more', `Bearer ${token} x`, token, false],
		['not known here', `Bearer ${token}`, undefined, false],
		['empty here', 'Bearer  ', '', false],
		['empty on both sides', 'Bearer ', '', false],
	])('that is %s', (_, header, expected, accepted) => {
		expect(isBearer(header, expected)).toBe(accepted);
	});

	test('that is empty equals nothing, not even itself', () => {
		expect(sameSecret('', '')).toBe(false);
	});
});

describe('a delivery is read', () => {
	const base = {
		event: 'bounce',
		id: 'a'.repeat(32),
		email_id: '1w-x-y',
		time: '2026-03-24T08:23:15Z',
		rcpt: 'jane@example.com',
		from: 'Shop <shop@example.com>',
		from_address: 'shop@example.com',
		sender: 'bounces@smtp.example.com',
		'message-id': '<m@x>',
		'Message-Id': '<m@x>',
		subject: 'Hi',
		Subject: 'Hi',
		bounce: 'hard',
		'X-Order': '42',
	};

	test('into the one shape, with the asked-for headers and the raw body', () => {
		expect(readDelivery(base, ['x-order', 'X-Absent'])).toEqual({
			subscription: 'bounce',
			event: {
				eventId: 'a'.repeat(32),
				eventKey: 'pOWIBTjpUteU3IZ4no_h_P',
				source: 'webhook',
				channel: 'email',
				kind: 'hard-bounced',
				bounceType: 'hard',
				recipient: 'jane@example.com',
				recipients: ['jane@example.com'],
				time: '2026-03-24T08:23:15.000Z',
				emailId: '1w-x-y',
				messageId: '<m@x>',
				subject: 'Hi',
				sender: 'shop@example.com',
				reason: null,
				link: null,
				headers: { 'x-order': '42' },
				raw: base,
			},
		});
	});

	test.each<[Record<string, unknown>, string, string | null, string]>([
		[{ event: 'processed' }, 'processed', null, 'processed'],
		[{ event: 'delivered' }, 'delivered', null, 'delivered'],
		[{ event: 'open' }, 'opened', null, 'open'],
		[{ event: 'opened' }, 'opened', null, 'open'],
		[{ event: 'click' }, 'clicked', null, 'click'],
		[{ event: 'clicked' }, 'clicked', null, 'click'],
		[{ event: 'bounce', bounce: 'hard' }, 'hard-bounced', 'hard', 'bounce'],
		[{ event: 'bounce', bounce: 'soft' }, 'soft-bounced', 'soft', 'bounce'],
		[{ event: 'bounce' }, 'unknown', null, 'bounce'],
		[{ event: 'hard_bounced' }, 'hard-bounced', 'hard', 'bounce'],
		[{ event: 'spam_complaint' }, 'spam', null, 'spam'],
		[{ event: 'unsubscribed' }, 'unsubscribed', null, 'unsubscribe'],
		[{ event: 'resubscribe' }, 'resubscribed', null, 'resubscribe'],
		[{ event: 'reject' }, 'rejected', null, 'reject'],
		[{ event: 'sms_delivered' }, 'sms-delivered', null, 'delivered'],
		[{ event: 'sms_failed' }, 'sms-failed', null, 'failed'],
		[{ event: 'opt-out', destination_number: '+1' }, 'sms-opt-out', null, 'opt-out'],
		[{ event: 'brand_new' }, 'unknown', null, 'brand_new'],
		[{ event: 'constructor' }, 'unknown', null, 'constructor'],
		[{ event: '__proto__' }, 'unknown', null, '__proto__'],
	])('%j is %s', (raw, kind, bounceType, subscription) => {
		expect(readDelivery(raw, [])).toMatchObject({ subscription, event: { kind, bounceType } });
	});

	test.each<[Record<string, unknown>, string, string]>([
		[{ event: 'delivered', destination_number: '+64211' }, 'sms', 'sms-delivered'],
		[{ event: 'rejected', destination_number: 64211 }, 'sms', 'sms-rejected'],
		[{ event: 'delivered', destination_number: '' }, 'email', 'delivered'],
		[{ event: 'delivered', destination_number: null }, 'email', 'delivered'],
		[{ event: 'delivered', destination_number: undefined }, 'email', 'delivered'],
		[{ event: 'rejected' }, 'email', 'rejected'],
	])('%j, whose name both channels have, by its number: %s', (raw, channel, kind) => {
		expect(readDelivery(raw, [])?.event).toMatchObject({ channel, kind });
	});

	test.each<[Record<string, unknown>, string]>([
		[{ event: 'open', from: 'Shop <shop@x.org>' }, 'shop@x.org'],
		[{ event: 'open', from: 'a@x.org, b@x.org' }, 'a@x.org, b@x.org'],
		[{ event: 'sms_sending', source_number: 'Shop <shop@x.org>' }, 'Shop <shop@x.org>'],
	])('%j: a sender is one address, or as it was written', (raw, sender) => {
		expect(readDelivery(raw, [])?.event.sender).toBe(sender);
	});

	test('with no headers but texts that belong to the delivery', () => {
		const raw = { event: 'open', 'X-Order': 42, 'X-Team': null, undefined: 'x' };
		expect(readDelivery(raw, ['X-Order', 'X-Team', 'X-Absent', 'toString'])?.event.headers).toEqual({});
	});

	test('of a text message with its own fields', () => {
		const raw = {
			event: 'sms_delivered',
			id: 'i',
			message_id: 77,
			destination_number: 64211234567,
			source_number: '+1555',
			received_timestamp: '2026-03-24 08:23:15',
			email_subject: 'via mail',
		};
		expect(readDelivery(raw, [])?.event).toMatchObject({
			channel: 'sms',
			recipient: '64211234567',
			messageId: '77',
			sender: '+1555',
			time: '2026-03-24T08:23:15.000Z',
			emailId: null,
			subject: 'via mail',
		});
	});

	test.each<[string, unknown, string[], string | null]>([
		['a list', ['a@x.org', 'b@x.org'], ['a@x.org', 'b@x.org'], null],
		['a list of one', ['a@x.org'], ['a@x.org'], 'a@x.org'],
		['one text', 'a@x.org', ['a@x.org'], 'a@x.org'],
		['text with commas', 'a@x.org,b@x.org', ['a@x.org', 'b@x.org'], null],
		['nothing', undefined, [], null],
	])('with recipients as %s', (_, recipients, expected, recipient) => {
		expect(readDelivery({ event: 'processed', recipients }, [])?.event).toMatchObject({
			recipients: expected,
			recipient,
		});
	});

	test('without an id by a fingerprint that stays the same', () => {
		const id = () => readDelivery({ event: 'open', rcpt: 'a@x.org' }, [])?.event.eventId;
		expect(id()).toMatch(/^[0-9a-f]{32}$/);
		expect(id()).toBe(id());
	});

	test.each([[{}], [{ event: '' }], [{ event: {} }], [{ event: null }], [{ id: 'x' }]])('%j is none', (raw) => {
		expect(readDelivery(raw, [])).toBeUndefined();
	});

	test.each<[string, string, string | undefined, unknown]>([
		['JSON', '{"event":"open"}', 'application/json', { event: 'open' }],
		['JSON under another type', '{"event":"open"}', 'text/plain', { event: 'open' }],
		[
			'a form',
			'event=open&rcpt=a%40x.org',
			'application/x-www-form-urlencoded; charset=utf-8',
			{ event: 'open', rcpt: 'a@x.org' },
		],
		[
			'a form with a repeated key',
			'recipients=a&recipients=b',
			'application/x-www-form-urlencoded',
			{ recipients: ['a', 'b'] },
		],
		['JSON with a byte order mark', '\uFEFF{"event":"open"}', 'application/json', { event: 'open' }],
		['a form with a byte order mark', '\uFEFFevent=open', 'application/x-www-form-urlencoded', { event: 'open' }],
		['JSON with that mark inside', '{"event":"a\uFEFFb"}', 'application/json', { event: 'a\uFEFFb' }],
		['a JSON list, called a form', '[1]', 'application/x-www-form-urlencoded', undefined],
		['a JSON number, called a form', '7', 'application/x-www-form-urlencoded', undefined],
		['a JSON list', '[1]', 'application/json', undefined],
		['a JSON text', '"x"', 'application/json', undefined],
		['broken JSON', '{"event":', 'application/json', undefined],
		['nothing', '', undefined, undefined],
	])('from a body that is %s', (_, text, type, expected) => {
		expect(parseBody(text, type)).toEqual(expected);
	});
});

describe('a trigger gets an event', () => {
	const read = (raw: Record<string, unknown>) => {
		const delivery = readDelivery(raw, []);
		if (!delivery) throw new Error('no event');
		return delivery;
	};
	const allEmail = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'];
	test.each<[string, Record<string, unknown>, string[], string[], boolean]>([
		['it asked for', { event: 'bounce', bounce: 'hard' }, ['bounce'], [], true],
		['by an older name', { event: 'opened' }, ['open'], [], true],
		['it did not ask for', { event: 'open' }, ['bounce'], [], false],
		['of the other channel with the same name', { event: 'sms_delivered' }, ['delivered'], [], false],
		['of text messages', { event: 'sms_delivered' }, [], ['delivered'], true],
		['that is new, when it asked for all', { event: 'brand_new' }, allEmail, [], true],
		['that is new, when it did not ask for all', { event: 'brand_new' }, ['open'], [], false],
		['resubscribe, when it asked for all', { event: 'resubscribe' }, allEmail, [], true],
		['resubscribe, when it asked for unsubscribe', { event: 'resubscribe' }, ['unsubscribe'], [], false],
		['a bounce of unknown type, when it asked for bounces', { event: 'bounce' }, ['bounce'], [], true],
		['a bounce, when it asked for all but bounces', { event: 'bounce' }, allEmail.slice(1), [], false],
		['when it asked for none', { event: 'open' }, [], [], false],
	])('%s', (_, raw, events, smsEvents, expected) => {
		expect(isWanted(read(raw), { events, smsEvents })).toBe(expected);
	});
});

test.each<[string, boolean, RegExp | undefined]>([
	['https://n8n.example.com/webhook/x', false, undefined],
	['http://203.0.113.9:5678/x', false, undefined],
	['https://[2001:db8::1]/x', false, undefined],
	['http://localhost:5678/x', false, /private/],
	['http://127.0.0.1/x', false, /private/],
	['http://10.1.2.3/x', false, /private/],
	['http://192.168.1.5/x', false, /private/],
	['http://172.20.0.1/x', false, /private/],
	['http://169.254.1.1/x', false, /private/],
	['http://100.64.0.1/x', false, /private/],
	['http://[::1]/x', false, /private/],
	['http://[fd00::1]/x', false, /private/],
	['http://n8n/x', false, /private/],
	['http://box.local/x', false, /private/],
	['http://localhost:5678/x', true, undefined],
	['ftp://example.com/x', true, /not an http/],
	['', false, /not an http/],
])('the callback address %j (private allowed: %s) is judged', (url, allowPrivate, message) => {
	const flaw = callbackUrlError(url, allowPrivate);
	if (message) expect(flaw?.message).toMatch(message);
	else expect(flaw).toBeUndefined();
});

test('an address that will not do is told without the secret at its end', () => {
	expect(callbackUrlError(`flows.example.com/smtp2go/account/${'d1'.repeat(32)}`, false)?.message).toBe(
		'The callback address "flows.example.com/smtp2go/account/…" is not an http or https URL',
	);
});
