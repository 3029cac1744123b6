// Subaccounts, as they are created.
import type { Account, Subaccount } from '../types';

/** A subaccount with what the contract gives a new one. */
export function newSubaccount(details: Pick<Subaccount, 'id' | 'name'> & Partial<Subaccount>): Subaccount {
	return {
		email: '',
		limit: 10_000,
		state: 'Active',
		dedicatedIp: false,
		archiving: false,
		enforce2fa: false,
		smsEnabled: false,
		smsLimit: 1_000,
		...details,
	};
}

/** Adds a subaccount; domains that are open to every new one are open to it. */
export function addSubaccount({ subaccounts, domains }: Account, subaccount: Subaccount): void {
	subaccounts.push(subaccount);
	for (const domain of domains)
		if (domain.futureSubaccounts) domain.subaccounts = [...domain.subaccounts, subaccount.id];
}
