/** What the statistics say instead of what happened, in percent of the emails. Undefined: what happened. */
export interface Rates {
	hardBounce?: number;
	spam?: number;
	unsubscribe?: number;
}

/** A DNS record that a sender domain needs. */
export type DnsRecord = 'dkim' | 'returnPath' | 'tracking';
