import fc from 'fast-check';
import { buildRequest, nameInUrl, operationOf, percentDecoded } from '../../../api';
import { entitiesDecoded } from '../../../api/formats/entities';

describe('the name of a file behind a URL', () => {
	test.each<[unknown, string | undefined]>([
		['https://files.example.com/a/Offer%20March.pdf', 'Offer March.pdf'],
		['https://files.example.com/a/Rechnung März.pdf', 'Rechnung März.pdf'],
		['https://files.example.com/a/Rechnung%20M%C3%A4rz.pdf?sig=%2Fx/y.txt#z/w.png', 'Rechnung März.pdf'],
		['https://files.example.com/%F0%9F%93%8E%E2%82%AC.pdf', '📎€.pdf'],
		['https://example.com/100%25.pdf', '100%.pdf'],
		['https://example.com/100%.pdf', '100%.pdf'],
		['https://example.com/a%2520b.pdf', 'a%20b.pdf'],
		['https://example.com/M%E4rz%20%ff%C3.pdf', 'M%E4rz %ff%C3.pdf'],
		['https://example.com/%ED%A0%80%C0%AF%E0%80%80.pdf', '%ED%A0%80%C0%AF%E0%80%80.pdf'],
		['https://example.com/o/invoices%2F2026%2FMarch.pdf?alt=media', 'March.pdf'],
		['https://example.com/..%2f..%5cetc%5cpasswd', 'passwd'],
		['https://example.com/a%00b%0d%0aBcc:%20x%7f.pdf', 'abBcc: x.pdf'],
		['https://example.com/invoice%E2%80%AEfdp.exe', 'invoicefdp.exe'],
		['https://example.com/a+b.pdf', 'a+b.pdf'],
		['https://example.com/files/', undefined],
		['https://example.com', undefined],
		['https://example.com/a%2F', undefined],
		['https://example.com/x/%2e%2e%2f..', undefined],
		['https://example.com/%20', undefined],
		['data:text/plain,a/b.txt', undefined],
		['b.pdf', undefined],
		[undefined, undefined],
	])('%s', (url, expected) => {
		expect(nameInUrl(url)).toBe(expected);
	});

	test('is the one that was encoded', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
				const name = text.trim();
				fc.pre(
					name !== '' &&
						!/[/\\\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u.test(name) &&
						!/^\.\.?$/.test(name),
				);
				expect(nameInUrl(`https://example.com/x/${encodeURIComponent(name)}?a=/b`)).toBe(name);
			}),
			{ seed: 11, numRuns: 500 },
		);
	});
});

test('what was decoded once is not decoded again', () => {
	expect(percentDecoded('%2541')).toBe('%41');
	expect(entitiesDecoded('&amp;lt;')).toBe('&lt;');
});

describe('a file by URL without a name is called as its URL says', () => {
	const mail = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };
	const url = 'https://example.com/Offer%20March.pdf?x=1';

	test.each(['attachments', 'inlines'])('among the %s', (field) => {
		for (const file of [{ url }, { url, filename: '' }, { url, fileName: null }]) {
			const built = buildRequest(operationOf('email', 'send'), { ...mail, [field]: [file] }, 0);
			expect(built.ok && built.value.fields[field]).toEqual([
				expect.objectContaining({ filename: 'Offer March.pdf', url }),
			]);
		}
	});

	test('and refused where that says nothing', () => {
		const built = buildRequest(
			operationOf('email', 'send'),
			{ ...mail, attachments: [{ url: 'https://example.com/' }] },
			0,
		);
		expect(built).toMatchObject({
			ok: false,
			error: { message: 'Attachments must have a file name for each file' },
		});
	});
});
