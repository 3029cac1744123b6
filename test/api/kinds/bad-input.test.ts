/**
 * Every field of every operation against every kind of bad value: an error that names the field, or the value as given.
 */
import { buildRequest, resources, type Field, type Kind, type Operation } from '../../../api';
import { textOf } from '../support/fake-host';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const circular: unknown[] = [];
circular.push(circular);

const bad: [string, unknown][] = [
	['undefined', undefined],
	['null', null],
	['an empty text', ''],
	['spaces', '   '],
	['a lone surrogate', '\ud800'],
	['a line end', 'a\r\nBcc: x@example.com'],
	['NUL', 'a\u0000b'],
	['1 MB of text', 'x'.repeat(900_000)],
	['a number', 42],
	['a negative number', -1],
	['a fraction', 0.5],
	['not a number', NaN],
	['an infinite number', Infinity],
	['a big integer', 10n],
	['true', true],
	['false', false],
	['an empty list', []],
	['a list of nothing', [null, undefined]],
	['a nested list', [[['a']]]],
	['an empty object', {}],
	['a __proto__ object', JSON.parse('{"__proto__":{"polluted":true}}')],
	['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 })],
	['a list that holds itself', circular],
	['a function', () => 'x'],
	['a symbol', Symbol('x')],
	['a date', new Date(NaN)],
	['bytes', Buffer.from([0xff, 0xfe])],
	['broken JSON', '{"a":'],
	['a JSON list', '["a"]'],
	['a JSON object', '{"a":1}'],
	['script', '<script>alert(1)</script>'],
	['a template', '{{constructor}}'],
	['an error', new Error('x')],
	['a map', new Map([['a', 1]])],
	['a map inside', { a: new Map([['a', 1]]) }],
];

/** A value each kind accepts, so that the other fields are no obstacle. */
const good: Record<Kind, unknown> = {
	addressList: 'a@example.com',
	addressesOrDomains: 'a@example.com',
	addressOrDomain: 'a@example.com',
	apiKey: 'name of an API key',
	attachments: [{ filename: 'a', fileblob: 'aGk=' }],
	boolean: true,
	choice: undefined,
	choices: undefined,
	dateTime: '2026-11-22',
	domain: 'example.com',
	emailAddress: 'a@example.com',
	emails: [{ sender: 'a@example.com', to: 'b@example.com', subject: 's', text_body: 't' }],
	headers: { 'X-A': 'b' },
	html: '<p>',
	inlines: [{ filename: 'a', fileblob: 'aGk=' }],
	ipAddress: '192.0.2.1',
	ipPool: 1,
	longText: 'text',
	mime: 'From: a',
	number: 1,
	object: { a: 1 },
	phoneNumber: '+14155550123',
	phoneNumbers: '+14155550123',
	recipients: 'b@example.com',
	replyTo: 'c@example.com',
	schedule: NOW + 60_000,
	secret: 's',
	sender: 'a@example.com',
	senderDomain: 'example.com',
	singleSender: 'a@example.com',
	smtpUser: 'u',
	smtpUsers: 'u',
	subaccount: 's',
	subaccounts: 's',
	template: 'receipt',
	templateData: { a: 1 },
	text: 'some text',
	textList: 'a',
	url: 'https://example.com',
	webhook: 7,
};

function goodValues(operation: Operation): Record<string, unknown> {
	return Object.fromEntries(
		operation.fields
			.filter((field) => field.required)
			.map((field) => [
				field.name,
				good[field.kind] ??
					(field.kind === 'choices' ? [field.choices?.[0]?.value] : field.choices?.[0]?.value),
			]),
	);
}

/** What the body holds of a field; reply-to travels as a header. */
function sentValue(field: Field, body: string): unknown {
	const parsed = JSON.parse(body) as Record<string, unknown>;
	if (field.kind !== 'replyTo') return parsed[field.name];
	return (parsed['custom_headers'] as { header: string; value: string }[] | undefined)?.find(
		({ header }) => header === 'Reply-To',
	)?.value;
}

/**
 * True where what is sent says the same as what was given: the text itself, or the same JSON, or the same list, number,
 * yes/no in text form.
 */
function says(given: unknown, sent: unknown): boolean {
	if (sent === undefined)
		return (
			given === null ||
			given === undefined ||
			given === '' ||
			(Array.isArray(given) && given.every((part) => part === null || part === undefined)) ||
			(typeof given === 'string' && given.trim() === '')
		);
	const text = JSON.stringify(sent);
	const forms = [given, [given]];
	if (typeof given !== 'object') forms.push(String(given), [String(given)]);
	if (typeof given === 'string') {
		// Half of a character travels as U+FFFD.
		forms.push(given.trim(), Buffer.from(given).toString('base64'), Buffer.from(given).toString('utf8'), [
			Buffer.from(given).toString('utf8'),
		]);
		forms.push(given.trim() === '' ? [] : given.split(/[,\n]/).map((part) => part.trim()));
		try {
			forms.push(JSON.parse(given));
		} catch {
			/* no JSON: the other forms count */
		}
	}
	if (given instanceof Uint8Array) forms.push(Buffer.from(given).toString('base64'));
	return forms.some((form) => {
		try {
			return JSON.stringify(form) === text;
		} catch {
			return false;
		}
	});
}

/** Headers as they travel, where a value gives them as an object or its JSON; none at all is nothing to send. */
function headersIn(value: unknown): unknown {
	const given: unknown = typeof value === 'string' && value.startsWith('{"a":1') ? JSON.parse(value) : value;
	if (Object.prototype.toString.call(given) !== '[object Object]') return value;
	const pairs = Object.entries(given as object).map(([header, text]) => ({ header, value: String(text) }));
	return pairs.length === 0 ? undefined : pairs;
}

const cases = resources.flatMap(({ key, operations }) =>
	operations.flatMap((operation) =>
		operation.fields
			.filter((field: Field) => !field.local)
			.map((field) => ({ name: `${key}.${operation.key}.${field.name}`, operation, field })),
	),
);

test.each(cases)('$name is refused by name or sent as given', async ({ operation, field }) => {
	for (const [what, value] of bad) {
		const built = buildRequest(operation, { ...goodValues(operation), [field.name]: value }, NOW);
		if (built.ok) {
			const sent = sentValue(field, await textOf(built.value));
			const given =
				field.assumed && says(value, undefined)
					? field.default
					: field.kind === 'headers'
						? headersIn(value)
						: value;
			expect({ what, sent, said: says(given, sent) }).toMatchObject({ what, said: true });
			expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
		} else {
			expect({ what, type: built.error.type }).toEqual({ what, type: 'invalid' });
			// The size of the whole body and a group of which one must be given are about more than one field.
			const names = built.error.details.fieldErrors?.map((entry) => entry.field) ?? [field.name];
			expect({
				what,
				named: names.includes(field.name) || /At least one of these is required/.test(built.error.message),
			}).toEqual({ what, named: true });
		}
	}
});

test('no header value or name of a person can carry a line end into the request', () => {
	for (const { operation, field } of cases.filter(({ field: { kind } }) =>
		['sender', 'recipients', 'replyTo', 'headers'].includes(kind),
	)) {
		for (const end of ['\r\n', '\n', '\r', '\u2028', '\u0000']) {
			const value =
				field.kind === 'headers' ? { 'X-A': `a${end}Bcc: x@example.com` } : [`Name${end}Bcc: <x@example.com>`];
			const given = field.kind === 'sender' ? value[0 as never] : value;
			expect(
				buildRequest(
					operation,
					{ ...goodValues(operation), subject: 's', text_body: 't', [field.name]: given },
					NOW,
				),
			).toMatchObject({ ok: false, error: { type: 'invalid' } });
		}
	}
});
