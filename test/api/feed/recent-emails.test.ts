import { recentEmails } from '../../../api';
import { FakeLog, MINUTE, NOW, SECOND, type Happening } from '../support/fake-log';
import { json } from '../support/fake-host';

const options = { count: 20, hoursBack: 168, usernames: [], subaccounts: [] };
const happening = (at: number, event: string, more: object = {}): Happening => ({
	at,
	entry: {
		event,
		email_id: 'm1',
		recipient: 'ann@example.org',
		subject: 'Order',
		sender: 'shop@example.com',
		...more,
	},
});

async function fates(happenings: readonly Happening[], more: object = {}) {
	const log = new FakeLog(happenings);
	const read = await recentEmails({ host: log.host, baseUrl: 'http://127.0.0.1' }, { ...options, ...more });
	if (!read.ok) throw read.error;
	return { log, emails: read.value, fates: read.value.map(({ recipient, kind }) => [recipient, kind]) };
}

describe('the last emails', () => {
	test('have their last event, newest first', async () => {
		const { emails } = await fates([
			happening(NOW - 3 * MINUTE, 'processed'),
			happening(NOW - 2 * MINUTE, 'soft-bounced', { smtp_response: '452 full' }),
			happening(NOW - MINUTE, 'hard-bounced', { smtp_response: '550 unknown' }),
			happening(NOW - 2 * MINUTE, 'delivered', { email_id: 'm2', recipient: 'bob@example.org' }),
		]);
		expect(emails).toEqual([
			{
				emailId: 'm1',
				recipient: 'ann@example.org',
				sender: 'shop@example.com',
				subject: 'Order',
				kind: 'hard-bounced',
				time: new Date(NOW - MINUTE).toISOString(),
				reason: '550 unknown',
			},
			expect.objectContaining({ emailId: 'm2', kind: 'delivered', reason: null }),
		]);
	});

	test('are one for each recipient: no delivery hides a bounce', async () => {
		const to = { recipient: null, recipients: ['ann@example.org', 'bob@example.org', 'cay@example.org'] };
		const found = await fates([
			happening(NOW - 4 * SECOND, 'processed', to),
			happening(NOW - 3 * SECOND, 'hard-bounced', { recipient: 'bob@example.org' }),
			happening(NOW - 2 * SECOND, 'delivered'),
		]);
		expect(found.fates).toEqual([
			['ann@example.org', 'delivered'],
			['bob@example.org', 'hard-bounced'],
			['cay@example.org', 'processed'],
		]);
	});

	test('are delivered even if the log lists "processed" of the same second first', async () => {
		const found = await fates([happening(NOW - SECOND, 'processed'), happening(NOW - SECOND, 'delivered')]);
		expect(found.fates).toEqual([['ann@example.org', 'delivered']]);
	});

	test('are read in one call, of these users and subaccounts only, and at most as many as asked for', async () => {
		const many = Array.from({ length: 9 }, (_, index) =>
			happening(NOW - index * MINUTE - SECOND, 'delivered', { email_id: `m${index}` }),
		);
		const found = await fates(many, { count: 3, usernames: ['shop'], subaccounts: ['s1'] });
		expect(found.emails.map(({ emailId }) => emailId)).toEqual(['m0', 'm1', 'm2']);
		expect(found.log.searches).toEqual([
			expect.objectContaining({ search_usernames: ['shop'], subaccounts: ['s1'], limit: 24 }),
		]);
	});

	test('are an error if SMTP2GO returns something else', async () => {
		const log = new FakeLog();
		log.answer = () => json(200, { data: 'nothing' });
		const read = await recentEmails({ host: log.host, baseUrl: 'http://127.0.0.1' }, options);
		expect(read.ok).toBe(false);
	});
});
