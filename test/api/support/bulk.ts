/** Built emails and text messages, for the tests of many at once. */
import { buildEmail, buildRequest, findOperation, type BuiltRequest, type Operation } from '../../../api';

export const NOW = Date.parse('2026-11-22T12:00:00Z');
export const smsSend = findOperation('sms', 'send') as Operation;
export const values = { sender: 'shop@example.com', to: 'jane@example.com', subject: 'Hi', text_body: 'Hello' };

export function mailOf(more: object = {}): BuiltRequest {
	const mail = buildEmail({ ...values, ...more }, NOW);
	if (!mail.ok) throw mail.error;
	return mail.value;
}

export function textOf(destination: string, content = 'Hi', sender?: string): BuiltRequest {
	const text = buildRequest(smsSend, { destination, content, ...(sender ? { sender } : {}) }, NOW);
	if (!text.ok) throw text.error;
	return text.value;
}

/** An email whose JSON has so many bytes, most of them in a file that nobody reads. */
export function mailOfSize(bytes: number): BuiltRequest {
	const built = (size: number, text: string) =>
		mailOf({
			text_body: text,
			attachments: [
				{
					filename: 'a.bin',
					fileblob: {
						size,
						read: () => {
							throw new Error('read');
						},
					},
				},
			],
		});
	const rest = bytes - built(0, 'x').bytes;
	return built(Math.floor(rest / 4) * 3, 'x'.repeat(1 + (rest % 4)));
}
