/** Which events the filters of a trigger let through, their groups, and the memory of duplicate events. */
/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets */
import {
	eventGroups,
	fingerprintOf,
	groupOf,
	passes,
	readFilter,
	readDelivery,
	SeenEvents,
	type DeliveredEvent,
	type EventFilter,
} from '../../../api';

const nothing = readFilter({});

function read(raw: Record<string, unknown>, headers: string[] = []) {
	const delivery = readDelivery(
		{
			id: 'a',
			rcpt: 'ann@example.com',
			from_address: 'shop@Example.com',
			subject: 'Your Order 7',
			auth: 'shop',
			...raw,
		},
		headers,
	);
	if (!delivery) throw new Error('no event');
	return delivery;
}

describe('the filter of a trigger', () => {
	test.each<[string, Partial<EventFilter>, Record<string, unknown>, boolean]>([
		['nothing asked', {}, { event: 'open' }, true],
		['hard of a hard bounce', { bounce_type: 'hard' }, { event: 'bounce', bounce: 'hard' }, true],
		['hard of a soft bounce', { bounce_type: 'hard' }, { event: 'bounce', bounce: 'soft' }, false],
		['hard of a bounce of neither type', { bounce_type: 'hard' }, { event: 'bounce' }, false],
		['hard of what is no bounce', { bounce_type: 'hard' }, { event: 'spam' }, true],
		['sender, other case', { filter_senders: ['SHOP@example.COM'] }, { event: 'open' }, true],
		['domain of the sender', { filter_senders: ['example.com'] }, { event: 'open' }, true],
		['domain with @', { filter_senders: ['@example.com'] }, { event: 'open' }, true],
		['end of a domain only', { filter_senders: ['ample.com'] }, { event: 'open' }, false],
		['one of several senders', { filter_senders: ['a@b.org', 'shop@example.com'] }, { event: 'open' }, true],
		[
			'sender of an event without one',
			{ filter_senders: ['example.com'] },
			{ event: 'open', from_address: '' },
			false,
		],
		['part of the subject', { filter_subject: ' your order' }, { event: 'open' }, true],
		['another subject', { filter_subject: 'invoice' }, { event: 'open' }, false],
		['user', { filter_users: ['shop'] }, { event: 'open' }, true],
		['another user', { filter_users: ['Shop2'] }, { event: 'open' }, false],
		[
			'whole API key, reported by 16 characters',
			{ filter_users: ['api-5BFDE1E62529ABCDEF0123456789ABCD'] },
			{ event: 'open', auth: 'api-5BFDE1E62529' },
			true,
		],
		[
			'an API key that only begins alike',
			{ filter_users: ['api-5BFDE1E62528ABCDEF0123456789ABCD'] },
			{ event: 'open', auth: 'api-5BFDE1E62529' },
			false,
		],
		['user of an event without one', { filter_users: ['shop'] }, { event: 'open', auth: undefined }, false],
		[
			'header',
			{ filter_headers: [{ header: 'x-tenant', value: 'ACME' }] },
			{ event: 'open', 'X-Tenant': 'acme' },
			true,
		],
		[
			'another value',
			{ filter_headers: [{ header: 'X-Tenant', value: 'acme' }] },
			{ event: 'open', 'X-Tenant': 'other' },
			false,
		],
		[
			'a header that is not there',
			{ filter_headers: [{ header: 'X-Tenant', value: 'acme' }] },
			{ event: 'open' },
			false,
		],
		['all of several', { filter_subject: 'order', filter_users: ['other'] }, { event: 'open' }, false],
	])('%s', (_, asked, raw, expected) => {
		expect(passes(read(raw, ['X-Tenant']), { ...nothing, ...asked })).toBe(expected);
	});
});

test.each([
	[{ event: 'delivered' }, 'delivered'],
	[{ event: 'open' }, 'engaged'],
	[{ event: 'click' }, 'engaged'],
	[{ event: 'bounce', bounce: 'hard' }, 'hardBounce'],
	[{ event: 'bounce', bounce: 'soft' }, 'softBounce'],
	[{ event: 'bounce' }, 'other'],
	[{ event: 'spam' }, 'complaint'],
	[{ event: 'unsubscribe' }, 'unsubscribed'],
	[{ event: 'resubscribe' }, 'other'],
	[{ event: 'reject' }, 'rejected'],
	[{ event: 'processed' }, 'other'],
	[{ event: 'something-new' }, 'other'],
	[{ event: 'sms_delivered', destination_number: '+64210000000' }, 'sms'],
	[{ event: 'sms_new' }, 'sms'],
] as const)('%j goes to the output %s', (raw, group) => {
	expect(groupOf(read(raw).event)).toBe(group);
	expect(eventGroups.map(({ value }) => value)).toContain(group);
});

describe('the memory of events', () => {
	const event = (id: string, subject = 'Your order') => read({ event: 'open', id, subject }).event;

	test('knows a repetition, over a restart too', () => {
		const seen = new SeenEvents();
		expect(seen.isDuplicate(event('1'))).toBe(false);
		expect(seen.isDuplicate(event('1'))).toBe(true);
		expect(new SeenEvents(JSON.parse(JSON.stringify(seen.list())) as string[]).isDuplicate(event('1'))).toBe(true);
	});

	test.each([
		['another kind', { kind: 'spam' }],
		['another recipient', { recipients: ['joe@example.com'] }],
	])('is not deceived by an id that comes again for %s', (_, other) => {
		const seen = new SeenEvents();
		expect(
			[event('1'), { ...event('1'), ...other } as DeliveredEvent, event('1')].map((one) => seen.isDuplicate(one)),
		).toEqual([false, false, true]);
	});

	test('is bounded: the oldest is forgotten first', () => {
		const seen = new SeenEvents([], 2);
		for (const id of ['1', '2', '3']) seen.isDuplicate(event(id));
		expect(seen.list()).toEqual([event('2'), event('3')].map(fingerprintOf));
		expect(new SeenEvents(['1', 2, null, '3', '4'], 2).list()).toEqual(['3', '4']);
	});

	test('starts with what is given, without what is no text, or with nothing', () => {
		expect(new SeenEvents(['1', 2, null, {}, '3']).list()).toEqual(['1', '3']);
		expect(new SeenEvents().list()).toEqual([]);
	});

	test('keeps twelve digits of a hash beside the id, and no address', () => {
		expect(fingerprintOf(event('1'))).toMatch(/^1 [0-9a-f]{12}$/);
	});

	test('never takes a test event for a repetition', () => {
		const seen = new SeenEvents();
		for (let press = 0; press < 2; press++)
			expect(seen.isDuplicate(event('1', 'Mail test - please ignore'))).toBe(false);
	});

	test('lets an event be tried again that could not be handed on', () => {
		const seen = new SeenEvents();
		seen.isDuplicate(event('1'));
		seen.forget(event('1'));
		expect(seen.isDuplicate(event('1'))).toBe(false);
	});
});
