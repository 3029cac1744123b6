import { randomInt } from 'node:crypto';
import type { SenderDomain } from '../state/types';

/** A domain name of at least two parts. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** One part of a domain name. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** Whether a text is the name of a domain, in lower case. */
export const isDomain = (text: string): boolean => DOMAIN.test(text);

/** Whether a text can stand before a domain. */
export const isSubdomain = (text: string): boolean => text.split('.').every((label) => LABEL.test(label));

/** What a new domain may be given. */
export type DomainDetails = Pick<SenderDomain, 'name'> & Partial<SenderDomain>;

/** A domain whose records nobody has looked up yet. */
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

/** Looks the records up. There is no DNS here: they are found, unless the first part of the name is `unverified`. */
export function lookUp(domain: SenderDomain): void {
	const found = !domain.name.startsWith('unverified.');
	Object.assign(domain, { looked: true, dkimVerified: found, returnPathVerified: found, trackingVerified: found });
}
