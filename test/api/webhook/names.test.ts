/** Under which names an event says what it says: each of them is looked at, and nothing else. */
import { readDelivery } from '../../../api';

const eventOf = (raw: Record<string, unknown>) => {
	const read = readDelivery({ event: 'bounce', ...raw }, []);
	if (!read) throw new Error('no event');
	return read.event;
};
const smsOf = (raw: Record<string, unknown>) => eventOf({ event: 'sms_delivered', ...raw });
const ANN = 'ann@example.org';

test.each(['rcpt', 'recipient', 'rcpt_to', 'recipient_address', 'recipient_email'])(
	'an email names its recipient: %s',
	(name) => {
		expect(eventOf({ [name]: ANN }).recipient).toBe(ANN);
	},
);

test.each(['destination_number', 'rcpt', 'recipient'])('a text message names its recipient: %s', (name) => {
	expect(smsOf({ [name]: '+14155550101' }).recipient).toBe('+14155550101');
});

test.each([
	[{ email: ANN }, ANN],
	[{ address: ANN }, ANN],
	[[{ email: ANN }], ANN],
	[`["${ANN}"]`, ANN],
	[` ["${ANN}"]`, ANN],
	[[[[ANN]]], null],
])('a recipient in the form %j', (rcpt, recipient) => {
	expect(eventOf({ rcpt }).recipient).toBe(recipient);
});

test.each(['time', 'received_timestamp', 'submitted_timestamp'])('a time: %s', (name) => {
	expect(eventOf({ [name]: '2026-11-22T09:00:00Z' }).time).toMatch(/^2026-11-22T09:00:00/);
});

test.each(['message-id', 'Message-Id'])('the ID of a message: %s', (name) => {
	expect(eventOf({ [name]: '<m1@x>' }).messageId).toBe('<m1@x>');
	expect(smsOf({ [name]: '<m1@x>' }).messageId).toBeNull();
});

test('the ID of a text message has its own name', () => {
	expect([smsOf({ message_id: 'M1' }).messageId, eventOf({ message_id: 'M1' }).messageId]).toEqual(['M1', null]);
});

test.each(['subject', 'Subject'])('a subject: %s', (name) => {
	expect(eventOf({ [name]: 'Order' }).subject).toBe('Order');
});
