import { emailEvents, isWanted, sampleEvent, sampleKinds, smsEvents } from '../../../api';

const all = sampleKinds(
	emailEvents.map(({ value }) => value),
	smsEvents.map(({ value }) => value),
);
const options = { now: Date.UTC(2026, 10, 28, 9, 30), id: 'abc', headers: ['X-Order-ID'] };

describe.each(['webhook', 'log'] as const)('a sample event as the %s reports it', (source) => {
	test.each(all)('%s is well-formed, and marked', (kind) => {
		const sample = sampleEvent(kind, { ...options, source });
		if (sample === undefined) throw new Error('no sample');
		const isSms = kind.startsWith('smsEvents.');
		expect(sample.event).toMatchObject({
			sample: true,
			channel: isSms ? 'sms' : 'email',
			source: isSms ? 'webhook' : source,
			time: '2026-11-28T09:30:00.000Z',
			sender: isSms ? '+12025550100' : 'shop@example.com',
			headers: isSms ? {} : { 'X-Order-ID': 'Sample of X-Order-ID' },
		});
		expect(sample.event.kind).not.toBe('unknown');
		expect(sample.event.recipient ?? sample.event.recipients[0]).toBe(isSms ? '+12025550123' : 'jane@example.com');
		// Exactly the triggers that ask for the event want it.
		const [, name = ''] = kind.split('.');
		expect(isWanted(sample, { events: isSms ? [] : [name], smsEvents: isSms ? [name] : [] })).toBe(true);
	});

	test('says why an email bounced', () => {
		const reason = (kind: string) => sampleEvent(kind, { ...options, source })?.event.reason;
		expect([reason('events.bounce.hard'), reason('events.bounce.soft'), reason('events.delivered')]).toEqual([
			'550 5.1.1 User unknown',
			'452 4.2.2 Mailbox full',
			null,
		]);
	});

	test('has a link if it was clicked', () => {
		expect(sampleEvent('events.click', { ...options, source })?.event.link).toBe('https://example.com/');
	});
});

test('both types of bounces can be chosen', () => {
	expect(sampleKinds(['bounce', 'open'], ['failed'])).toEqual([
		'events.bounce.hard',
		'events.bounce.soft',
		'events.open',
		'smsEvents.failed',
	]);
});

test.each(['', 'events.bounce', 'events.nothing', 'smsEvents.nothing', '__proto__', 'toString'])(
	'%j is no kind of sample',
	(kind) => {
		expect(sampleEvent(kind, { ...options, source: 'webhook' })).toBeUndefined();
	},
);
