/** A dry run shows the request as it would leave. */
import { preview, sendEmail } from '../../../api';
import { data, FakeHost, parsed } from '../support/fake-host';
import { mailOf, values } from '../support/bulk';

describe('a request is shown as it would leave', () => {
	test('with everything but the key, and large files shortened', async () => {
		const read = jest.fn();
		const mail = mailOf({
			attachments: [
				{ filename: 'a.txt', fileblob: 'SGk=' },
				{ filename: 'b.pdf', fileblob: Buffer.alloc(3000, 'x') },
				{ filename: 'c.pdf', fileblob: { size: 3_000_000, read } },
				{ filename: 'd.pdf', url: 'https://example.com/d.pdf' },
			],
		});
		expect(preview('https://api.smtp2go.com/v3', mail)).toEqual({
			method: 'POST',
			url: 'https://api.smtp2go.com/v3/email/send',
			bytes: mail.bytes,
			headers: {
				Accept: 'application/json',
				'Content-Type': 'application/json',
				'X-Smtp2go-Api': expect.any(String) as string,
				'X-Smtp2go-Api-Version': expect.any(String) as string,
			},
			body: {
				...values,
				to: ['jane@example.com'],
				attachments: [
					{ filename: 'a.txt', fileblob: 'SGk=' },
					{ filename: 'b.pdf', fileblob: `${'eHh4'.repeat(10)}… (4,000 characters of Base64)` },
					{ filename: 'c.pdf', fileblob: '… (4,000,000 characters of Base64)' },
					{ filename: 'd.pdf', url: 'https://example.com/d.pdf' },
				],
			},
		});
		expect(read).not.toHaveBeenCalled();
		const host = new FakeHost(() => data({ succeeded: 1, email_id: 'E' }));
		await sendEmail(host.connection, mailOf());
		expect({
			url: host.sent[0]?.url,
			headers: host.sent[0]?.headers,
			body: parsed(host.sent[0]?.body ?? ''),
		}).toEqual((({ url, headers, body }) => ({ url, headers, body }))(preview(host.connection.baseUrl, mailOf())));
	});
});
