import { buildRequest, operationOf, withinRecipients, type RecipientLimits } from '../../../api';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function check(resource: 'email' | 'sms', operation: 'send' | 'sendBatch', values: object, limits: RecipientLimits) {
	const built = buildRequest(operationOf(resource, operation as never), values as never, NOW);
	if (!built.ok) throw built.error;
	const within = withinRecipients(built.value, limits);
	return within.ok ? 'sent' : `${within.error.message}. ${within.error.details.hint}`;
}
const mail = (values: object) => ({ sender: 'shop@example.com', subject: 'S', text_body: 'T', ...values });

test.each<[object, RecipientLimits, string | RegExp]>([
	[{ to: 'jane@example.com' }, { one: true, max: 1 }, 'sent'],
	[
		{ to: '["a@example.com","b@example.com"]' },
		{ one: true },
		/^To has 2 recipients, but only one is allowed\. Nothing was sent/,
	],
	[{ to: 'a@example.com, "Bob" <b@example.com>' }, { one: true }, /^To has 2 recipients/],
	[{ to: 'a@example.com', cc: 'b@example.com, c@example.com' }, { one: true }, 'sent'],
	[
		{ to: 'a@example.com', cc: 'b@example.com, c@example.com', bcc: ['d@example.com'] },
		{ max: 3 },
		/^There are 4 recipients \(To 1, CC 2, BCC 1\), but at most 3 are allowed/,
	],
	[{ to: 'a@example.com', cc: 'b@example.com, c@example.com' }, { max: 3 }, 'sent'],
	[{ to: 'a@example.com, b@example.com' }, { max: 1 }, /^There are 2 recipients \(To 2\), but at most 1 is allowed/],
	[{ to: 'a@example.com, b@example.com' }, {}, 'sent'],
])('%j within %j', (values, limits, expected) => {
	const said = check('email', 'send', mail(values), limits);
	if (typeof expected === 'string') expect(said).toBe(expected);
	else expect(said).toMatch(expected);
});

test('telephone numbers count too: they cost money', () => {
	const text = { destination: '+14155550123, +14155550124', content: 'Hi' };
	expect(check('sms', 'send', text, { one: true })).toMatch(/^To has 2 recipients/);
	expect(check('sms', 'send', text, { max: 1 })).toMatch(/^There are 2 recipients \(To 2\)/);
	expect(check('sms', 'send', { ...text, destination: '+14155550123' }, { one: true, max: 1 })).toBe('sent');
});

test('in a batch each email counts by itself', () => {
	const emails = [mail({ to: ['a@example.com'] }), mail({ to: ['b@example.com'], cc: ['c@example.com'] })];
	expect(check('email', 'sendBatch', { emails }, { one: true, max: 2 })).toBe('sent');
	expect(check('email', 'sendBatch', { emails }, { max: 1 })).toMatch(
		/^Entry 2: There are 2 recipients \(To 1, CC 1\)/,
	);
});
