/** Who is asked. */
import { MAX_RECIPIENTS, readRecipients, type Recipient } from '../../../api';

function read(emails: unknown, phones: unknown): readonly Recipient[] | string {
	const recipients = readRecipients(emails, phones);
	return recipients.ok
		? recipients.value
		: `${recipients.error.details.fieldErrors?.[0]?.field}: ${recipients.error.message}`;
}

test('reads email addresses with names and phone numbers', () => {
	expect(read('"Doe, Jane" <jane@example.com>, joe@example.com', '+1 415-555-0123; 6421555012')).toEqual([
		{ id: '1', channel: 'email', address: 'jane@example.com', name: 'Doe, Jane' },
		{ id: '2', channel: 'email', address: 'joe@example.com', name: '' },
		{ id: '3', channel: 'sms', address: '+14155550123', name: '' },
		{ id: '4', channel: 'sms', address: '+6421555012', name: '' },
	]);
});

test('asks each once', () => {
	expect(read('a@example.com, Jane <a@EXAMPLE.com>', ['+14155550123', '14155550123'])).toHaveLength(2);
});

test.each<[string, unknown, unknown]>([
	['to: There are no recipients. Enter at least one email address or phone number', '', ''],
	['destination: There are no recipients. Enter at least one email address or phone number', undefined, ' '],
	['to: To: "jane@" is not a valid email address', 'jane@', undefined],
	[
		'destination: Phone Numbers: "0123" is not a valid phone number: it starts with 0, so its country code is missing. ' +
			'Enter + and the country code, or set Default Country. Example: +14155550123',
		undefined,
		'0123',
	],
])('says %s', (message, emails, phones) => {
	expect(read(emails, phones)).toBe(message);
});

test('asks at most 20 recipients', () => {
	const emails = Array.from({ length: MAX_RECIPIENTS }, (_, index) => `a${index}@example.com`);
	expect(read(emails, undefined)).toHaveLength(20);
	expect(read(emails, '+14155550123')).toBe('to: A question can have at most 20 recipients, not 21. Remove some');
	expect(read([...emails, 'b@example.com'], undefined)).toBe('to: To must have at most 20 entries, not 21');
});

test('phone numbers get the code of the default country, which must be in its list', () => {
	const read = (country: unknown) => readRecipients(undefined, '021 555 0123', country);
	expect(read('nz')).toMatchObject({ ok: true, value: [{ channel: 'sms', address: '+64215550123' }] });
	expect(read('')).toMatchObject({ ok: false, error: { message: expect.stringContaining('set Default Country') } });
	expect(read('XX')).toMatchObject({
		ok: false,
		error: { message: 'Default Country must be the two letters of a country in its list, such as US, not "XX"' },
	});
	expect(readRecipients('ann@example.com', undefined, 'XX').ok).toBe(true);
});
