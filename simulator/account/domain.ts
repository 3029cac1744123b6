// Sender domains and the check of their DNS records.
import { randomInt } from 'node:crypto';
import type { DnsRecord, SenderDomain } from '../types';

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

/**
 * Looks up the records. There is no DNS here: they are found, unless the first part of the name is `unverified` or the
 * record was lost.
 */
export function lookUp(domain: SenderDomain): void {
	const isThere = (record: DnsRecord): boolean =>
		!domain.name.startsWith('unverified.') && domain.lost?.[record] === undefined;
	Object.assign(domain, {
		looked: true,
		dkimVerified: isThere('dkim'),
		returnPathVerified: isThere('returnPath'),
		trackingVerified: isThere('tracking'),
	});
}

/**
 * Lets a record point elsewhere ('' is nowhere), or back (undefined), and looks all of them up, as SMTP2GO does
 * regularly.
 */
export function changeRecord(domain: SenderDomain, record: DnsRecord, found: string | undefined): void {
	domain.lost = { ...domain.lost };
	if (found === undefined) delete domain.lost[record];
	else domain.lost[record] = found;
	lookUp(domain);
}
