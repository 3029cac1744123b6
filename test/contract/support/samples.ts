/** A value that fits, and one that does not, for a field of every kind. */
import type { Field, Json, Kind } from '../../../api';

const mail = { sender: 'shop@example.com', to: ['jane@example.com'], subject: 'Hi', text_body: 'Hello' };
const file = { filename: 'hello.txt', fileblob: 'SGVsbG8=', mimetype: 'text/plain' };
const notText = { no: 'text' };

/** A text as long as the field asks for. */
function text({ min = 0 }: Field): string {
	return 'some text'.padEnd(min, '.');
}

const first = ({ choices = [] }: Field) => choices[0]?.value ?? '';

const fitting: Readonly<Record<Kind, (field: Field) => Json>> = {
	addressList: () => ['jane@example.com', 'nobody'],
	addressesOrDomains: () => ['jane@example.com', 'example.org'],
	addressOrDomain: () => 'jane@example.com',
	apiKey: text,
	attachments: () => [file],
	boolean: () => true,
	choice: first,
	choices: (field) => [first(field)],
	dateTime: ({ name }) => (name.startsWith('end') ? '2026-11-22T10:00:00Z' : '2026-11-21T09:00:00Z'),
	domain: () => 'example.com',
	emailAddress: () => 'jane@example.com',
	emails: () => [mail],
	headers: () => [{ header: 'X-Order-ID', value: '4711' }],
	html: () => '<p>Jané</p>',
	inlines: () => [{ ...file, filename: 'logo.png', mimetype: 'image/png' }],
	ipAddress: () => '192.0.2.1',
	ipPool: () => 7,
	longText: text,
	mime: () => 'From: shop@example.com\r\nTo: jane@example.com\r\n\r\nHello',
	number: ({ min = 1 }) => min,
	object: () => ({ name: 'Jané', list: [1, true, null] }),
	phoneNumber: () => '+14155550123',
	phoneNumbers: () => ['+14155550123', '+61491570156'],
	recipients: () => ['jane@example.com', 'Jané <jane@example.org>'],
	replyTo: () => 'help@example.com',
	schedule: () => new Date(Date.now() + 3_600_000).toISOString(),
	secret: text,
	sender: () => 'Shop <shop@example.com>',
	senderDomain: () => 'example.com',
	singleSender: () => 'shop@example.com',
	smtpUser: text,
	smtpUsers: () => ['shop', 'newsletter'],
	subaccount: () => '5a1b2c',
	subaccounts: () => ['5a1b2c', '6d7e8f'],
	template: () => 'welcome',
	templateData: () => ({ name: 'Jané' }),
	text,
	textList: () => ['one', 'two'],
	url: () => 'https://example.com/hook',
	webhook: () => 4320,
};

/** Kinds that take any text refuse what is none; the others refuse a text as well. */
const wrong: Readonly<Partial<Record<Kind, Json>>> = {
	attachments: 'no file',
	boolean: 'perhaps',
	choice: 'no such choice',
	choices: ['no such choice'],
	dateTime: 'yesterday-ish',
	emails: 'no mails',
	headers: 'no header',
	inlines: 'no file',
	ipAddress: 'home',
	ipPool: 'first',
	phoneNumber: 'mobile',
	phoneNumbers: ['mobile'],
	emailAddress: 'jane',
	addressOrDomain: 'jane',
	addressesOrDomains: ['jane'],
	domain: 'jane@example.com',
	senderDomain: 'jane@example.com',
	singleSender: 'jane',
	number: 'many',
	object: 'no object',
	schedule: '1999-01-01T00:00:00Z',
	templateData: 'no object',
	url: 'example.com/no-scheme',
	webhook: 'first',
	recipients: ['jane@example.com\r\nBcc: evil@example.com'],
	replyTo: 'jane@example.com\r\nBcc: evil@example.com',
	sender: 'shop@example.com\r\nBcc: evil@example.com',
};

/** A value that SMTP2GO takes for the field, as it may come out of an expression or a message. */
export function fits(field: Field): Json {
	return fitting[field.kind](field);
}

/** A value that is refused before a call. */
export function doesNotFit({ kind }: Field): Json {
	return wrong[kind] ?? notText;
}
