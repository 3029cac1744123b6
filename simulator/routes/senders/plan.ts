// How many senders a free plan allows.
import { Refusal } from '../../core/refusal';
import type { State } from '../../state/state';

/** How many sender domains and single senders a free plan has. */
const FREE_SENDERS = 5;

/**
 * Refuses one more sender domain or single sender on a free plan, the one with a single webhook.
 * @throws Refusal in the words a provider's client recorded in October 2026, as far as it kept them
 */
export function refuseSenderBeyondPlan({ webhookLimit, account: { domains, singleSenders } }: State): void {
	if (webhookLimit > 1 || domains.length + singleSenders.length < FREE_SENDERS) return;
	throw new Refusal(400, `Free plans can add a maximum of ${FREE_SENDERS} verified senders, please upgrade`);
}
