// Decides by the address what happens to an email: delivered, bounced, rejected, and so on.
import type { EmailEventName, Email } from '../types';
import { type EventDetails, firstLink } from '../events/email-event';

/** One thing that will happen to a recipient. */
export interface Outcome extends EventDetails {
	event: EmailEventName;
}

const BY_LOCAL_PART: Record<string, Outcome[]> = {
	bounce: [{ event: 'bounce', bounce: 'hard' }],
	'soft-bounce': [{ event: 'bounce', bounce: 'soft' }],
	spam: [{ event: 'delivered' }, { event: 'spam' }],
	unsubscribe: [{ event: 'delivered' }, { event: 'unsubscribe' }],
};

/** The local part without a plus tag, in lower case: `Bounce+42@example.com` is `bounce`. */
function localPart(address: string): string {
	return (address.split('@')[0] ?? '').split('+')[0]?.toLowerCase() ?? '';
}

/** Why a recipient is turned away at submission, because its name says so. */
export function rejectReason(address: string): string | undefined {
	return localPart(address) === 'reject' ? 'recipient rejected' : undefined;
}

/** What happens to an accepted recipient after `processed`, in order. A click needs a link. */
export function outcomesFor(address: string, email: Email): Outcome[] {
	const special = BY_LOCAL_PART[localPart(address)];
	if (special) return special;
	const read: Outcome[] = [{ event: 'delivered' }, { event: 'open' }];
	return firstLink(email.html) === undefined ? read : [...read, { event: 'click' }];
}
