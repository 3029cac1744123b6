// Emails of a shop over some weeks, the same at every run.
import type { FakeEmail, FakeEvent } from './account';

const DAY = 86_400_000;

const SENDERS = ['orders@shop.example', 'news@shop.example', 'support@shop.example'];
const DOMAINS = [
	'gmail.com',
	'gmail.com',
	'gmail.com',
	'outlook.com',
	'outlook.com',
	'yahoo.com',
	'müller.example',
	'例え.jp',
];

/** A row of numbers below `most` that looks random. */
function numbers(seed: number): (most: number) => number {
	let state = seed;
	return (most) => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((state / 2_147_483_648) * most);
	};
}

function eventsOf(percent: number, recipient: string, id: number): FakeEvent[] {
	if (percent < 2)
		return [
			{
				kind: 'hard-bounced',
				reason: `550 5.1.1 <${recipient}>: User unknown in virtual mailbox table ${id}abc99`,
			},
		];
	if (percent < 3) return [{ kind: 'soft-bounced', reason: '452 4.2.2 The email account is over quota' }];
	if (percent < 4) return [{ kind: 'soft-bounced', reason: '421 4.7.0 Try again later' }, { kind: 'delivered' }];
	if (percent < 5) return [{ kind: 'rejected', reason: 'Recipient is suppressed' }];
	const events: FakeEvent[] = [{ kind: 'delivered' }];
	if (percent < 45) events.push({ kind: 'opened' });
	if (percent < 12) events.push({ kind: 'clicked' });
	if (percent === 50) events.push({ kind: 'unsubscribed' });
	if (percent === 51 && id % 7 === 0) events.push({ kind: 'spam' });
	return events;
}

/** Emails before a moment. @param perDay the number of emails of a working day; other days have fewer */
export function shopEmails(end: string, days: number, perDay: number, seed = 7): FakeEmail[] {
	const next = numbers(seed);
	const last = Date.parse(end);
	return Array.from({ length: days }, (_, back) => last - (days - back) * DAY).flatMap((start) => {
		const count = [0, 6].includes(new Date(start).getUTCDay())
			? Math.ceil(perDay / 4)
			: perDay - next(Math.ceil(perDay / 3));
		return Array.from({ length: count }, (__, index): FakeEmail => {
			const id = next(100_000);
			const recipient = `user${id % 400}@${DOMAINS[next(DOMAINS.length)] ?? ''}`;
			return {
				at: start + Math.floor(((index + 0.5) * DAY) / count / 1000) * 1000,
				sender: SENDERS[[0, 0, 0, 1, 1, 2][next(6)] ?? 0] ?? '',
				recipient,
				events: eventsOf(next(100), recipient, id),
			};
		});
	});
}
