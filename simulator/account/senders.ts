// Who can send to whom: verified senders, restricted senders, allowed recipients.
import type { Account, AllowedRecipients, AllowedSenders, SenderDomain } from '../types';
import { lookUp, newDomain } from './domain';

/** Why a sender cannot send. */
export interface SenderRefusal {
	/** What the call is answered with. */
	answer: string;
	/** What the `reject` event says, for email that was accepted unseen. */
	reason: string;
}

/** Whether a list of addresses and domains holds an address or its domain, in any case. */
export function holds(list: readonly string[], address: string): boolean {
	const lower = address.toLowerCase();
	return list.some((name) => [lower, lower.split('@')[1]].includes(name.toLowerCase()));
}

/** A domain of one's own, or one of the master account that was opened to this subaccount. */
export function mayUse(domain: SenderDomain, subaccountId: string | undefined): boolean {
	return (
		domain.subaccountId === subaccountId ||
		(domain.subaccountId === undefined && subaccountId !== undefined && domain.subaccounts.includes(subaccountId))
	);
}

/** The addresses and domains the master account (or a subaccount) can send from. */
export function verifiedSenders({ domains, singleSenders }: Account, subaccountId?: string): string[] {
	return [
		...domains.filter((domain) => domain.dkimVerified && mayUse(domain, subaccountId)).map(({ name }) => name),
		...singleSenders
			.filter((sender) => sender.verified && sender.subaccountId === subaccountId)
			.map(({ email_address }) => email_address),
	];
}

/**
 * Puts verified domains and single senders in the place of the master account's. They are open to all its subaccounts.
 */
export function setVerifiedSenders(account: Account, names: readonly string[]): void {
	const subaccounts = account.subaccounts.map(({ id }) => id);
	const domains = names
		.filter((name) => !name.includes('@'))
		.map((name) => newDomain({ name: name.toLowerCase(), subaccounts, futureSubaccounts: true }));
	for (const domain of domains) lookUp(domain);
	const senders = names
		.filter((name) => name.includes('@'))
		.map((email_address) => ({ email_address, verified: true, emailsSent: 0 }));
	account.domains = [...account.domains.filter(({ subaccountId }) => subaccountId !== undefined), ...domains];
	account.singleSenders = [
		...account.singleSenders.filter(({ subaccountId }) => subaccountId !== undefined),
		...senders,
	];
}

/** The Restrict Senders setting of the master account or a subaccount. */
export function allowedSendersOf({ allowedSenders }: Account, subaccountId: string | undefined): AllowedSenders {
	return allowedSenders[subaccountId ?? ''] ?? { allowed_senders: [], mode: 'disabled' };
}

/** The Allowed Recipients of the master account or a subaccount. */
export function allowedRecipientsOf(
	{ allowedRecipients }: Account,
	subaccountId: string | undefined,
): AllowedRecipients {
	return allowedRecipients[subaccountId ?? ''] ?? { allowed_recipients: [], enabled: false };
}

/**
 * Why an address cannot send. Undefined if it can. A whitelist or blacklist takes the place of the verified senders.
 */
export function senderRefusal(
	account: Account,
	address: string,
	subaccountId: string | undefined,
): SenderRefusal | undefined {
	const { mode, allowed_senders } = allowedSendersOf(account, subaccountId);
	if (mode === 'disabled')
		return holds(verifiedSenders(account, subaccountId), address) ? undefined : unverified(address);
	return holds(allowed_senders, address) === (mode === 'whitelist') ? undefined : restricted(address);
}

/** Whether an address can receive email. */
export function mayReceive(account: Account, address: string, subaccountId: string | undefined): boolean {
	const { enabled, allowed_recipients } = allowedRecipientsOf(account, subaccountId);
	return !enabled || holds(allowed_recipients, address);
}

function unverified(address: string): SenderRefusal {
	const domain = address.split('@')[1] ?? address;
	return {
		answer:
			`550 From header sender domain not verified (${domain}). ` +
			'On your Sending > Verified Senders page verify the sender domain or email',
		reason: 'sender not verified',
	};
}

/** What the live service says here is not known. */
function restricted(address: string): SenderRefusal {
	return {
		answer: `550 Sender ${address} is not allowed by the Restrict Senders setting`,
		reason: 'sender not allowed',
	};
}
