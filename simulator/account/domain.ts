// Sender domains and the check of their DNS records.
import { randomInt } from 'node:crypto';
import type { SenderDomain } from '../types';

/** Details of a new domain. */
export type DomainDetails = Pick<SenderDomain, 'name'> & Partial<SenderDomain>;

/** A domain whose records have not been looked up yet. */
export function newDomain(details: DomainDetails): SenderDomain {
	const number = randomInt(100_000, 1_000_000);
	return {
		dkimSelector: `s${number}`,
		dkimVerified: false,
		returnPath: `em${number}`,
		returnPathVerified: false,
		tracking: 'link',
		trackingVerified: false,
		looked: false,
		subaccounts: [],
		futureSubaccounts: false,
		...details,
	};
}

/** Looks up the records. There is no DNS here: they are found, unless the first part of the name is `unverified`. */
export function lookUp(domain: SenderDomain): void {
	const found = !domain.name.startsWith('unverified.');
	Object.assign(domain, { looked: true, dkimVerified: found, returnPathVerified: found, trackingVerified: found });
}
