import { type Simulator, startSimulator } from '../../../simulator';
import { call, MAIL } from '../support/call';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ eventDelayMs: 0 });
});

afterAll(() => simulator.stop());

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `r${index}@example.org`);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const file = { filename: 'a.txt', mimetype: 'text/plain', fileblob: 'aGVsbG8=' };
const template = { id: 'receipt', template_name: 'Receipt', subject: 's', html_body: 'h', text_body: 't' };

test.each([
	['an email without sender', '/email/send', { ...MAIL, sender: undefined }, 'sender'],
	['a sender that is no address', '/email/send', { ...MAIL, sender: 'shop' }, 'sender'],
	['a recipient list that is a string', '/email/send', { ...MAIL, to: 'ann@example.org' }, 'to'],
	['an empty recipient list', '/email/send', { ...MAIL, to: [] }, 'to'],
	['101 recipients', '/email/send', { ...MAIL, to: many(101) }, 'to'],
	['101 copies', '/email/send', { ...MAIL, cc: many(101) }, 'cc'],
	['101 blind copies', '/email/send', { ...MAIL, bcc: many(101) }, 'bcc'],
	['a recipient that is no address', '/email/send', { ...MAIL, to: ['Ann'] }, 'to'],
	['an email without subject', '/email/send', { ...MAIL, subject: undefined }, 'subject'],
	['an email without body', '/email/send', { ...MAIL, text_body: undefined }, 'text_body'],
	['a null', '/email/send', { ...MAIL, html_body: null }, 'html_body'],
	['a number for a text', '/email/send', { ...MAIL, subject: 5 }, 'subject'],
	['a text for a boolean', '/email/send', { ...MAIL, fastaccept: 'true' }, 'fastaccept'],
	[
		'template data as a string',
		'/email/send',
		{ ...MAIL, template_id: 'welcome', template_data: '{}' },
		'template_data',
	],
	[
		'the header Content-Type',
		'/email/send',
		{ ...MAIL, custom_headers: [{ header: 'content-type', value: 'x' }] },
		'custom_headers[0]',
	],
	[
		'a header with a line break',
		'/email/send',
		{ ...MAIL, custom_headers: [{ header: 'X-A', value: 'x\r\nBcc: y' }] },
		'custom_headers[0]',
	],
	[
		'a header as name and value',
		'/email/send',
		{ ...MAIL, custom_headers: [{ name: 'X-A', value: 'x' }] },
		'custom_headers[0].header',
	],
	['an attachment without content', '/email/send', { ...MAIL, attachments: [{ filename: 'a' }] }, 'attachments[0]'],
	[
		'an attachment with content and url',
		'/email/send',
		{ ...MAIL, attachments: [{ ...file, url: 'https://example.com/a' }] },
		'attachments[0]',
	],
	[
		'an attachment without name',
		'/email/send',
		{ ...MAIL, attachments: [{ fileblob: 'aGVsbG8=' }] },
		'attachments[0].filename',
	],
	[
		'content that is no Base64',
		'/email/send',
		{ ...MAIL, attachments: [{ ...file, fileblob: 'hello!' }] },
		'attachments[0].fileblob',
	],
	[
		'Base64 without padding',
		'/email/send',
		{ ...MAIL, inlines: [{ ...file, fileblob: 'aGVsbG8' }] },
		'inlines[0].fileblob',
	],
	['URL-safe Base64', '/email/send', { ...MAIL, inlines: [{ ...file, fileblob: '__-_' }] }, 'inlines[0].fileblob'],
	[
		'a data URL as content',
		'/email/send',
		{ ...MAIL, inlines: [{ ...file, fileblob: 'data:text/plain;base64,aGVsbG8=' }] },
		'inlines[0].fileblob',
	],
	['a schedule in the past', '/email/send', { ...MAIL, schedule: '2020-01-01 10:00:00 +0000' }, 'schedule'],
	['a schedule more than three days ahead', '/email/send', { ...MAIL, schedule: inDays(3.01) }, 'schedule'],
	['a schedule that is no time', '/email/send', { ...MAIL, schedule: 'tomorrow' }, 'schedule'],
	['an empty batch', '/email/batch', { emails: [] }, 'emails'],
	['1,001 emails in a batch', '/email/batch', { emails: Array(1_001).fill(MAIL) }, 'emails'],
	['a broken email in a batch', '/email/batch', { emails: [MAIL, { ...MAIL, to: [] }] }, 'emails[1].to'],
	['MIME that is no Base64', '/email/mime', { mime_email: 'From: a@example.com' }, 'mime_email'],
	[
		'MIME without sender',
		'/email/mime',
		{ mime_email: Buffer.from('To: a@example.org\r\n\r\nx').toString('base64') },
		'mime_email',
	],
	['a template id of 4 characters', '/template/add', { ...template, id: 'four' }, 'id'],
	['a template id of 25 characters', '/template/add', { ...template, id: 'x'.repeat(25) }, 'id'],
	[
		'a template name of 65 characters',
		'/template/add',
		{ ...template, template_name: 'x'.repeat(65) },
		'template_name',
	],
	['a template without text', '/template/add', { ...template, text_body: undefined }, 'text_body'],
	['a template id that is taken', '/template/add', { ...template, id: 'welcome' }, 'id'],
	['a suppression without address', '/suppression/add', {}, 'email_address'],
	[
		'a suppression of no address and no domain',
		'/suppression/add',
		{ email_address: 'ann at home' },
		'email_address',
	],
	['a removal without reasons', '/suppression/remove', { email_address: 'a@example.org' }, 'reasons'],
	['an unknown suppression type', '/suppression/view', { suppression_type: 'angry' }, 'suppression_type'],
	['a hook without URL', '/webhook/add', {}, 'url'],
	[
		'a hook with an unknown format',
		'/webhook/add',
		{ url: 'http://127.0.0.1:1/', output_format: 'xml' },
		'output_format',
	],
	['a hook id that is a string', '/webhook/remove', { id: '4001' }, 'id'],
	['more than 1,000 activity rows', '/activity/search', { limit: 1_001 }, 'limit'],
	['an unknown activity event', '/activity/search', { event_types: ['open'] }, 'event_types[0]'],
	['a made-up continue token', '/activity/search', { continue_token: 'next' }, 'continue_token'],
	['an SMS without numbers', '/sms/send', { content: 'Hi' }, 'destination'],
	['an SMS to nobody', '/sms/send', { destination: [], content: 'Hi' }, 'destination'],
	[
		'an SMS to 101 numbers',
		'/sms/send',
		{ destination: Array(101).fill('+6421000000'), content: 'Hi' },
		'destination',
	],
	['a number instead of a list', '/sms/send', { destination: '+6421000000', content: 'Hi' }, 'destination'],
	['a number without country code', '/sms/send', { destination: ['021000000'], content: 'Hi' }, 'destination'],
	['a number with spaces', '/sms/send', { destination: ['+64 21 000 000'], content: 'Hi' }, 'destination'],
	['an SMS without text', '/sms/send', { destination: ['+6421000000'] }, 'content'],
	['an empty SMS', '/sms/send', { destination: ['+6421000000'], content: '' }, 'content'],
	['an SMS from a name', '/sms/send', { destination: ['+6421000000'], content: 'Hi', sender: 'Shop' }, 'sender'],
	[
		'an SMS from a number without plus',
		'/sms/send',
		{ destination: ['+6421000000'], content: 'Hi', sender: '64220000000' },
		'sender',
	],
	['an SMS list from no date', '/sms/view-sent', { start_date: 'last week' }, 'start_date'],
	['an SMS list of a number as user', '/sms/view-received', { username: 5 }, 'username'],
	['an SMS summary to no date', '/sms/summary', { end_date: 20260101 }, 'end_date'],
	['a number as user of a statistic', '/stats/email_bounces', { username: 5 }, 'username'],
	['an unknown group in the history', '/stats/email_history', { group_by: 'country' }, 'group_by'],
	['a history to no date', '/stats/email_history', { end_date: 'soon' }, 'end_date'],
	['subaccounts of the history that are no list', '/stats/email_history', { subaccounts: 'demo01' }, 'subaccounts'],
	['more than 5,000 archived mails', '/archive/search', { limit: 5_001 }, 'limit'],
	['a made-up token of the archive', '/archive/search', { continue_token: 'next' }, 'continue_token'],
	['an archived email without id', '/archive/email', {}, 'email_id'],
	['a region nobody has', '/activity/search', { region: 'nz' }, 'region'],
	['a single subaccount instead of a list', '/activity/search', { subaccounts: 'demo01' }, 'subaccounts'],
	['a date that is not one', '/activity/search', { start_date: 'yesterday' }, 'start_date'],
])('refuses %s', async (_what, path, body, field) => {
	const { status, body: answer } = await call(simulator, path, body);
	expect(status).toBe(400);
	expect(answer.data).toMatchObject({
		error_code: 'E_ApiResponseCodes.NON_VALIDATING_IN_PAYLOAD',
		field_validation_errors: { fieldname: field },
	});
});

test.each([
	['100 recipients', { to: many(100) }],
	['an address in angle brackets only', { to: ['<ann@example.org>'] }],
	['a quoted name with a comma', { to: ['"Miller, Ann" <ann@example.org>'] }],
	['a text of a space', { text_body: ' ' }],
	['Base64 with line breaks', { attachments: [{ ...file, fileblob: 'aGVs\r\nbG8=' }] }],
	['an unknown field', { version: 1 }],
])('takes %s', async (_what, more) => {
	expect(await call(simulator, '/email/send', { ...MAIL, ...more })).toMatchObject({
		status: 200,
		body: { data: { succeeded: 1, failed: 0 } },
	});
});

test('names the field and the value in the words of the live service', async () => {
	const { body } = await call(simulator, '/email/send', { ...MAIL, sender: 'shop' });
	expect(body.data?.['field_validation_errors']).toEqual({
		fieldname: 'sender',
		message: "The field 'sender' was expecting a valid RFC-822 formatted email field but found 'shop'",
	});
});

test.each([
	['nothing', undefined],
	['half a JSON', '{"sender":'],
	['a list', '[]'],
	['a form', 'sender=a'],
])('refuses a body of %s', async (_what, body) => {
	const response = await fetch(`${simulator.apiUrl}/webhook/view`, {
		method: 'POST',
		headers: { 'x-smtp2go-api-key': `api-${'DEMO'.repeat(8)}` },
		...(body === undefined ? {} : { body }),
	});
	expect(response.status).toBe(400);
	expect(await response.json()).toMatchObject({
		data: { error: 'An error occurred processing the json data you sent' },
	});
});

test('takes 1 MB in ordinary calls and 50 MB in mail', async () => {
	const padding = 'x'.repeat(1_000_000);
	expect((await call(simulator, '/webhook/view', { padding })).status).toBe(413);
	expect((await call(simulator, '/email/send', { ...MAIL, padding })).status).toBe(200);
	expect((await call(simulator, '/email/send', { ...MAIL, padding: 'x'.repeat(50_000_000) })).status).toBe(413);
});

test('puts error keys beside request_id if told to', async () => {
	const other = await startSimulator({ errorShape: 'top' });
	const { body } = await call(other, '/email/send', { ...MAIL, sender: 'shop' });
	await other.stop();
	expect(Object.keys(body).sort()).toEqual(['error', 'error_code', 'field_validation_errors', 'request_id']);
});
