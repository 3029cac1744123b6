/** The outcome of an email that waits, as far as it is known. */
import type { EventKind, JsonObject } from '../../../api';
import type { News } from './news';
import type { Wait, WaitingEmail } from './wait';

export type OutcomeName = 'delivered' | 'hard-bounced' | 'soft-bounced' | 'rejected' | 'spam' | 'pending';
export type EmailOutcome = {
	emailId: string | null;
	scheduleId: string | null;
	outcome: OutcomeName;
	final: boolean;
	reason: string | null;
	at: string | null;
	recipients: { address: string; outcome: OutcomeName; reason: string | null; at: string | null }[];
};

const order: readonly EventKind[] = ['hard-bounced', 'rejected', 'spam', 'soft-bounced'];

/** When a soft bounce counts as failed, in milliseconds since 1970; infinite without one, or without its own limit. */
export function softEnd({ softLimit }: Wait, { news }: WaitingEmail): number {
	if (softLimit === undefined) return Infinity;
	const [first] = news.filter(({ kind }) => kind === 'soft-bounced');
	return first === undefined ? Infinity : Date.parse(first.time ?? '') + softLimit;
}

/** The outcome of an email; undefined while it is open. */
export function judge(wait: Wait, email: WaitingEmail, now: number): EmailOutcome | undefined {
	const isOver = wait.expiresAt <= now || softEnd(wait, email) <= now;
	const states = new Map<string, News | undefined>(email.to.map((one) => [one.toLowerCase(), undefined]));
	for (const news of email.news) {
		const address = (news.recipient ?? '').toLowerCase();
		if (states.get(address)?.kind !== 'delivered') states.set(address, news);
	}
	const all = [...states];
	const worst = order.flatMap((kind) => all.filter(([, news]) => news?.kind === kind))[0]?.[1];
	const isFailed = worst !== undefined && (worst.kind !== 'soft-bounced' || isOver);
	const isDelivered = all.length > 0 && all.every(([, news]) => news?.kind === 'delivered');
	if (!isFailed && !isDelivered && !isOver) return undefined;
	const decides = isFailed ? worst : isDelivered ? all.at(-1)?.[1] : undefined;
	return {
		emailId: email.emailId,
		scheduleId: null,
		final: !isOver,
		outcome: (decides?.kind ?? 'pending') as OutcomeName,
		recipients: all.map(([address, news]) => ({
			address,
			outcome: (news?.kind ?? 'pending') as OutcomeName,
			reason: news?.reason ?? null,
			at: news?.time ?? null,
		})),
		reason: decides?.reason ?? null,
		at: decides?.time ?? null,
	};
}

/** The outcome of an email of a batch that SMTP2GO did not accept, or of which that is unknown. */
export function notAccepted({ type, message, to }: JsonObject): EmailOutcome {
	const outcome = type === 'outcomeUnknown' ? 'pending' : 'rejected';
	const reason = typeof message === 'string' ? message : null;
	const recipients = Array.isArray(to) ? to.map(String) : [];
	return {
		emailId: null,
		scheduleId: null,
		final: outcome === 'rejected',
		outcome,
		recipients: recipients.map((address) => ({ address, outcome, reason, at: null })),
		reason,
		at: null,
	};
}
