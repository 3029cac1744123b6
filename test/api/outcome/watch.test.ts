/** What became of an email does not depend on the order of its events, nor on how often each comes. */
import fc from 'fast-check';
import { OutcomeWatch, type DeliveredEvent, type WatchedEmail, type WatchOptions } from '../../../api';
import { eventOf } from '../support/outcomes';

const ID = '1w4x2g-FnQW0hPru7M-NRRC';
const ann = 'ann@example.com';
const bob = 'bob@example.com';

function watchOf(email: WatchedEmail = { emailId: ID }, options: WatchOptions = {}) {
	const watch = new OutcomeWatch(options);
	const key = watch.add(email);
	if (!key.ok) throw key.error;
	return {
		watch,
		key: key.value,
		after: (...events: DeliveredEvent[]) => {
			for (const event of events) watch.feed(event);
			return watch.outcomeOf(key.value);
		},
	};
}

const word = fc.constantFrom(
	'processed',
	'delivered',
	'hard-bounced',
	'soft-bounced',
	'rejected',
	'spam',
	'opened',
	'clicked',
	'unsubscribed',
);
const happening = fc.record({
	event: word,
	emailId: fc.constantFrom(ID, ID, 'another'),
	recipient: fc.constantFrom(ann, 'ANN@example.com', bob, 'audit@example.com', null),
	recipients: fc.constantFrom([], [ann, bob], [bob]),
	second: fc.integer({ min: 0, max: 5 }),
	reason: fc.constantFrom(null, '550 no such user', '451 try later'),
});

test.each([
	['that names its recipients', { emailId: ID, recipients: [`Ann <${ann}>`, bob] }],
	['whose recipients only the events name', { emailId: ID }],
])('any order and any repetition of events decide the same for an email %s', (_name, email) => {
	fc.assert(
		fc.property(
			fc.array(happening, { maxLength: 12 }).chain((events) =>
				fc.record({
					events: fc.constant(events),
					again: fc.shuffledSubarray([...events, ...events], { minLength: 0 }),
					order: fc.shuffledSubarray(events, { minLength: events.length }),
				}),
			),
			fc.boolean(),
			({ events, again, order }, softBouncesCount) => {
				const once = watchOf(email, { softBouncesCount }).after(...events.map(eventOf));
				const mixed = watchOf(email, { softBouncesCount }).after(...[...order, ...again].map(eventOf));
				expect(mixed).toEqual(once);
			},
		),
		{ numRuns: 1000 },
	);
});

test('a restart at any moment loses nothing', () => {
	fc.assert(
		fc.property(fc.array(happening, { maxLength: 10 }), fc.nat(10), (events, at) => {
			const whole = watchOf().after(...events.map(eventOf));
			const first = watchOf();
			first.after(...events.slice(0, at).map(eventOf));
			const second = OutcomeWatch.read(JSON.parse(JSON.stringify(first.watch)));
			for (const event of events.slice(at)) second.feed(eventOf(event));
			expect(second.outcomeOf(first.key)).toEqual(whole);
		}),
	);
});

test('an event earlier than the email it is about counts as soon as the email is watched', () => {
	const watch = new OutcomeWatch();
	expect(watch.feed(eventOf({ event: 'hard-bounced', recipient: ann, reason: '550 gone' }))).toBeUndefined();
	const key = watch.add({ emailId: ID });
	expect(key.ok && watch.outcomeOf(key.value)).toMatchObject({ outcome: 'hard-bounced', reason: '550 gone' });
});

test('events that nobody waits for are kept up to a limit, the newest ones', () => {
	const watch = new OutcomeWatch({ maxEarly: 2 });
	for (const emailId of ['a', 'b', 'c']) watch.feed(eventOf({ emailId, recipient: ann }));
	for (const emailId of ['a', 'b', 'c']) watch.add({ emailId });
	expect(watch.keys().map((key) => watch.outcomeOf(key)?.outcome)).toEqual(['pending', 'delivered', 'delivered']);
});

describe('one recipient', () => {
	const { after, key, watch } = watchOf();

	test.each([
		['processed', 'pending', false],
		['soft-bounced', 'soft-bounced', false],
		['delivered', 'delivered', true],
		['hard-bounced', 'hard-bounced', true],
		['spam', 'spam', true],
	])('after %s: %s', (event, outcome, final) => {
		const at = '2026-11-22T12:00:00.000Z';
		expect(after(eventOf({ event, recipient: ann, recipients: [ann], reason: null }))).toEqual({
			emailId: ID,
			scheduleId: null,
			outcome,
			final,
			reason: null,
			at: outcome === 'pending' ? null : at,
			recipients: [{ address: ann, outcome, reason: null, at: outcome === 'pending' ? null : at }],
		});
		expect(watch.isSettled(key)).toBe(final);
	});
});

test('a soft bounce is final only if it counts', () => {
	const soft = eventOf({ event: 'soft-bounced', recipient: ann, reason: '451 try later' });
	expect(watchOf().after(soft)).toMatchObject({ outcome: 'soft-bounced', final: false, reason: '451 try later' });
	expect(watchOf({ emailId: ID }, { softBouncesCount: true }).after(soft)).toMatchObject({ final: true });
});

test('the worst recipient decides, and an email with a pending recipient is not final', () => {
	const { after } = watchOf({ emailId: ID, recipients: [ann, bob, 'cy@example.com'] });
	expect(after(eventOf({ recipient: ann }))).toMatchObject({ outcome: 'pending', final: false });
	const bounced = eventOf({ event: 'hard-bounced', recipient: bob, reason: '550 gone' });
	expect(after(bounced)).toMatchObject({ outcome: 'hard-bounced', reason: '550 gone', final: false });
	expect(after(eventOf({ recipient: 'Cy@Example.com' }))).toMatchObject({ outcome: 'hard-bounced', final: true });
});

test('a copy for somebody else decides nothing if the recipients are known', () => {
	const audit = eventOf({ event: 'hard-bounced', recipient: 'audit@example.com', recipients: [ann] });
	expect(watchOf({ emailId: ID, recipients: [ann] }).after(audit)).toMatchObject({ outcome: 'pending' });
});

test('SMTP2GO rejects an email for all its recipients, but a bounce without a name is nobody’s', () => {
	const email = { emailId: ID, recipients: [ann, bob] };
	const rejected = eventOf({ event: 'rejected', recipient: null, reason: 'sender not verified' });
	expect(
		watchOf(email)
			.after(rejected)
			?.recipients.map(({ outcome }) => outcome),
	).toEqual(['rejected', 'rejected']);
	const bounced = eventOf({ event: 'hard-bounced', recipient: null });
	expect(watchOf(email).after(bounced)).toMatchObject({ outcome: 'pending' });
	expect(watchOf({ emailId: ID }).after(bounced)).toMatchObject({ outcome: 'hard-bounced', final: true });
});

test('an entry of the log without a list of recipients names them in its header lines', () => {
	const entry = { ...eventOf({ recipient: ann }), raw: { to: `Ann <${ann}>, ${bob}`, cc: 'cy@example.com' } };
	expect(watchOf().after(entry)?.recipients).toHaveLength(3);
	expect(watchOf().after({ ...entry, source: 'webhook' })?.recipients).toHaveLength(1);
});

test('a scheduled email gets its ID with its first event, whose header names the schedule', () => {
	const { after, key, watch } = watchOf({ scheduleId: 's-1' });
	expect(watch.needsSchedules).toBe(true);
	expect(after()).toMatchObject({ emailId: null, scheduleId: 's-1', outcome: 'pending' });
	const headers = { 'x-smtp2go-schedule-id': 's-1' };
	expect(watch.feed({ ...eventOf({ event: 'processed', recipients: [ann] }), headers })).toBe(key);
	expect(watch.needsSchedules).toBe(false);
	// The header is not needed any more, not even after a restart.
	const again = OutcomeWatch.read(JSON.parse(JSON.stringify(watch)));
	expect(again.feed(eventOf({ recipient: ann }))).toBe(key);
	expect(again.outcomeOf(key)).toMatchObject({ emailId: ID, outcome: 'delivered', final: true });
});

test('an event says whether it changes something', () => {
	const { watch, key } = watchOf();
	const delivered = eventOf({ recipient: ann });
	expect(watch.feed(delivered)).toBe(key);
	expect(watch.feed(delivered)).toBeUndefined();
	expect(watch.feed(eventOf({ event: 'opened', recipient: ann }))).toBeUndefined();
	expect(watch.feed({ ...delivered, channel: 'sms' })).toBeUndefined();
	expect(watch.feed(eventOf({ event: 'spam', recipient: ann }))).toBe(key);
	expect(watch.remove(key)).toMatchObject({ outcome: 'spam' });
	expect(watch.size).toBe(0);
	expect(watch.feed(delivered)).toBeUndefined();
});

test('an email without an ID is an error, and so are too many', () => {
	const watch = new OutcomeWatch({ maxEmails: 1 });
	for (const emailId of [undefined, null, '', ' '])
		expect(watch.add({ emailId })).toMatchObject({ ok: false, error: { type: 'invalid' } });
	expect(watch.add({ emailId: 'a' })).toEqual({ ok: true, value: 'a' });
	expect(watch.add({ emailId: ' a ' })).toEqual({ ok: true, value: 'a' });
	expect(watch.add({ emailId: 'b' })).toMatchObject({
		ok: false,
		error: { message: 'At most 1 emails can be watched at the same time' },
	});
});

test('a store with anything else in it is read as far as it makes sense', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(OutcomeWatch.read(value).size).toBe(0);
			expect(OutcomeWatch.read({ version: 1, emails: [value, { id: ID, seen: value, to: value }] }).size).toBe(1);
		}),
	);
});

test('an email ID tells when SMTP2GO accepted the email, by its own clock', () => {
	const { watch, key } = watchOf();
	const at = Date.parse('2026-03-24T08:23:14Z');
	expect(watch.sentAt(key, at + 60_000)).toEqual({ moment: at, by: 'smtp2go' });
	// From a year ago, it is more likely that the ID means something else.
	expect(watch.sentAt(key, at + 366 * 86_400_000)).toBeUndefined();
	const other = watchOf({ emailId: 'one', sentAt: 5 });
	expect(other.watch.sentAt(other.key, at)).toEqual({ moment: 5, by: 'host' });
});
