// How the API shows sender domains, with the DNS records that they need.
import type { JsonObject } from '../core/json';
import type { SenderDomain } from '../types';
import { mayUse } from './senders';

/** Where the records of a sender domain point to. */
const TARGETS = { dkim: 'dkim.smtp2go.net', returnPath: 'return.smtp2go.net', tracking: 'track.smtp2go.net' } as const;

/** Second-level names that belong to the suffix, as in `example.co.uk`. */
const SECOND_LEVEL = /\.(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}$/;

/** `shop.example.co.uk` is `shop`, `example`, `co.uk`. */
function parts(name: string): { subdomain: string | null; domain: string; suffix: string } {
	const labels = name.split('.');
	const suffix = labels.splice(SECOND_LEVEL.test(name) ? -2 : -1).join('.');
	const domain = labels.pop() ?? '';
	return { subdomain: labels.length === 0 ? null : labels.join('.'), domain, suffix };
}

/** What a lookup said about a record. The live service's words about a wrong target are not known. */
function lookupStatus({ looked, name }: SenderDomain, verified: boolean, record: string, found = ''): string {
	return verified || !looked ? '' : `Lookup CNAME(${record}.${name}.) returned ${found || 'no results'}`;
}

/**
 * Where a record points, and where it must. The contract shows one value, the right target. The live service was seen
 * to show the right one separately, which here it does if the record points elsewhere.
 */
function targetView(name: 'dkim' | 'rpath', target: string, found = ''): JsonObject {
	return found === '' ? { [`${name}_value`]: target } : { [`${name}_value`]: found, [`${name}_expected`]: target };
}

function domainView(domain: SenderDomain, setupLink: string): JsonObject {
	const { name, dkimSelector, dkimVerified, returnPath, returnPathVerified, lost = {} } = domain;
	return {
		fulldomain: name,
		...parts(name),
		dkim_selector: dkimSelector,
		dkim_verified: dkimVerified,
		dkim_status: lookupStatus(domain, dkimVerified, `${dkimSelector}._domainkey`, lost.dkim),
		...targetView('dkim', TARGETS.dkim, lost.dkim),
		rpath_selector: returnPath,
		rpath_verified: returnPathVerified,
		rpath_status: lookupStatus(domain, returnPathVerified, returnPath, lost.returnPath),
		...targetView('rpath', TARGETS.returnPath, lost.returnPath),
		setup_link: setupLink,
	};
}

function trackerView(domain: SenderDomain): JsonObject {
	const { name, tracking, trackingVerified } = domain;
	return {
		fulldomain: `${tracking}.${name}`,
		...parts(name),
		subdomain: tracking,
		cname_verified: trackingVerified,
		cname_status: lookupStatus(domain, trackingVerified, tracking, domain.lost?.tracking),
		cname_value: TARGETS.tracking,
		enabled: trackingVerified,
	};
}

/**
 * Domains as the API shows them to the master account or a subaccount.
 * The link that sets the records up is there for one domain only, else it is `unavailable`.
 */
export function domainsView(domains: SenderDomain[], viewer: string | undefined): JsonObject {
	const shown = domains.filter((domain) => mayUse(domain, viewer));
	return {
		domains: shown.map((domain) => ({
			from_master: domain.subaccountId !== viewer,
			domain: domainView(
				domain,
				shown.length === 1 ? `https://app.smtp2go.com/simulated-setup/${domain.name}` : 'unavailable',
			),
			trackers: [trackerView(domain)],
			subaccount_access: { subaccounts: domain.subaccounts, future_subaccounts: domain.futureSubaccounts },
		})),
	};
}
