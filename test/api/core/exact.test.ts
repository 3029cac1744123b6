import { buildRequest, exactNumber, operationOf, parseExactJson } from '../../../api';
import { tooLong } from '../support/processor-time';

const NOW = Date.parse('2026-11-22T12:00:00Z');

test.each<[string, unknown]>([
	['{"id": 12345678901234567890}', { id: '12345678901234567890' }],
	['{"id": -9007199254740993, "ok": 9007199254740991}', { id: '-9007199254740993', ok: 9007199254740991 }],
	['[[12345678901234567890], 0.12345678901234567890]', [['12345678901234567890'], '0.12345678901234567890']],
	[
		'{"text": "12345678901234567890 \\" 98765432109876543210", "n": 19.90}',
		{ text: '12345678901234567890 " 98765432109876543210', n: 19.9 },
	],
	['{"12345678901234567890": 1}', { '12345678901234567890': 1 }],
	['100000000000000000000', 100000000000000000000],
	['"12345678901234567890"', '12345678901234567890'],
	['{"a": 1', undefined],
])('%s keeps every digit', (text, expected) => {
	expect(parseExactJson(text)).toEqual(expected);
});

test('a number that is typed alone too', () => {
	expect(
		[' 19.90 ', '12345678901234567890', '-7', '9007199254740993', '01234', '0', '0.00', '007', '1.5', '1e5'].map(
			exactNumber,
		),
	).toEqual(['19.90', '12345678901234567890', -7, '9007199254740993', '01234', 0, 0, '007', 1.5, 100_000]);
});

const mail = { sender: 'shop@example.com', to: ['jane@example.com'], template_id: 'order-receipt' };

test('values of a template given as JSON text are sent with every digit, in a batch too', () => {
	const data = '{"order": 12345678901234567890}';
	const one = buildRequest(operationOf('email', 'send'), { ...mail, template_data: data }, NOW);
	expect(one.ok && one.value.fields['template_data']).toEqual({ order: '12345678901234567890' });
	const many = buildRequest(
		operationOf('email', 'sendBatch'),
		{
			emails: `[{"sender":"shop@example.com","to":["jane@example.com"],"template_id":"order-receipt","template_data":${data}}]`,
		},
		NOW,
	);
	expect(many.ok && many.value.fields['emails']).toMatchObject([
		{ template_data: { order: '12345678901234567890' } },
	]);
});

test('elsewhere such a number is refused in words, and not rounded', () => {
	const template = {
		template_name: 'A',
		id: 'a-template',
		subject: 'S',
		html_body: 'H',
		text_body: 'T',
		template_variables: '{"order": 12345678901234567890}',
	};
	expect(buildRequest(operationOf('template', 'create'), template, NOW)).toMatchObject({
		ok: false,
		error: {
			type: 'invalid',
			message: expect.stringContaining(
				'12345678901234567890, which has more digits than a number can keep',
			) as string,
		},
	});
});

test('a megabyte of digits, quotes or backslashes is read at once', () => {
	for (const text of [
		`[${'1'.repeat(1_000_000)}]`,
		JSON.stringify('"'.repeat(500_000)),
		JSON.stringify(Array.from({ length: 50_000 }, () => '1234567890123456\\')),
	]) {
		// Time that grows with the square would take minutes.
		expect(tooLong(() => parseExactJson(text), 100)).toBeUndefined();
	}
});
