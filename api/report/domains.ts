/** Counts emails by the domain of the recipient, from entries of the activity log. */
import type { Entry } from './log';
import { percentOf } from './rates';
import type { DomainRow } from './types';

type Counted = Omit<DomainRow, 'domain' | 'deliveredRate' | 'bounceRate'>;

function domainOf(recipient: string): string {
	return recipient.slice(recipient.lastIndexOf('@') + 1);
}

/** The events that an email to one recipient can have. */
type Events = { readonly domain: string; readonly kinds: Set<Entry['kind']> };

/** Returns the events of each email to one recipient. */
function byEmail(entries: readonly Entry[]): Events[] {
	const emails = new Map<string, Events>();
	for (const { emailId, recipient, kind } of entries) {
		const key = `${emailId} ${recipient}`;
		const known = emails.get(key) ?? { domain: domainOf(recipient), kinds: new Set() };
		known.kinds.add(kind);
		emails.set(key, known);
	}
	return [...emails.values()];
}

/** The one outcome of an email: a delivery after a soft bounce counts as a delivery. */
function outcomeOf(kinds: ReadonlySet<Entry['kind']>): keyof Counted | undefined {
	if (kinds.has('hard-bounced')) return 'hardBounces';
	if (kinds.has('delivered')) return 'delivered';
	if (kinds.has('soft-bounced')) return 'softBounces';
	return kinds.has('rejected') ? 'rejects' : undefined;
}

function none(): Counted {
	return { emails: 0, delivered: 0, hardBounces: 0, softBounces: 0, rejects: 0, complaints: 0, unsubscribes: 0 };
}

/** Returns the domains, those with the most emails first. */
export function domainsOf(entries: readonly Entry[]): DomainRow[] {
	const domains = new Map<string, Counted>();
	for (const { domain, kinds } of byEmail(entries)) {
		const counts = domains.get(domain) ?? none();
		domains.set(domain, counts);
		const outcome = outcomeOf(kinds);
		if (outcome !== undefined) {
			counts.emails++;
			counts[outcome]++;
		}
		if (kinds.has('spam')) counts.complaints++;
		if (kinds.has('unsubscribed')) counts.unsubscribes++;
	}
	return [...domains]
		.map(([domain, counts]) => ({
			domain,
			...counts,
			deliveredRate: percentOf(counts.delivered, counts.emails),
			bounceRate: percentOf(counts.hardBounces + counts.softBounces, counts.emails),
		}))
		.sort((one, other) => other.emails - one.emails || (one.domain < other.domain ? -1 : 1));
}
