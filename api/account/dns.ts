/** Reads the DNS records of sender domains: what each must be, what SMTP2GO found, and whether it is verified. */
import { isJsonObject, stringOrEmpty, type Json, type JsonObject } from '../core/json';

/** A DNS record of a sender domain. */
export interface DnsRecord {
	readonly purpose: 'DKIM' | 'return path' | 'tracking';
	/** The full name of the record. Its type is CNAME. */
	readonly name: string;
	readonly expected: string;
	/** What SMTP2GO found, or its note about the lookup. Empty if it does not say. */
	readonly found: string;
	readonly isVerified: boolean;
}

/** A sender domain with its records. */
export interface DomainRecords {
	readonly domain: string;
	readonly records: readonly DnsRecord[];
	/** A page that sets the records up. Empty if SMTP2GO gives none. */
	readonly setupLink: string;
}

/**
 * What a record must be and what it is. The live service shows the target as `dkim_expected` and what it found as
 * `dkim_value`; without the former, `dkim_value` is the target and `dkim_status` the note (contract and live service
 * differ).
 */
function comparison(record: JsonObject, prefix: string): Pick<DnsRecord, 'expected' | 'found'> {
	const [expected, value, status] = ['expected', 'value', 'status'].map((part) =>
		stringOrEmpty(record[`${prefix}_${part}`]),
	) as [string, string, string];
	return expected === '' ? { expected: value, found: status } : { expected, found: value || status };
}

function recordsIn(domain: JsonObject, trackers: readonly Json[]): DnsRecord[] {
	const name = stringOrEmpty(domain['fulldomain']);
	const own = [
		['DKIM', 'dkim', `${stringOrEmpty(domain['dkim_selector'])}._domainkey.${name}`],
		['return path', 'rpath', `${stringOrEmpty(domain['rpath_selector'])}.${name}`],
	] as const;
	return [
		...own.flatMap(([purpose, prefix, record]): DnsRecord[] => {
			const verified = domain[`${prefix}_verified`];
			if (typeof verified !== 'boolean') return [];
			return [{ purpose, name: record, ...comparison(domain, prefix), isVerified: verified }];
		}),
		...trackers.flatMap((tracker): DnsRecord[] => {
			// A tracking domain that is off is shown as unverified, which is no fault.
			if (
				!isJsonObject(tracker) ||
				tracker['enabled'] === false ||
				typeof tracker['cname_verified'] !== 'boolean'
			)
				return [];
			return [
				{
					purpose: 'tracking',
					name: stringOrEmpty(tracker['fulldomain']),
					...comparison(tracker, 'cname'),
					isVerified: tracker['cname_verified'],
				},
			];
		}),
	];
}

/** Returns the sender domains in a response of `/domain/view`. */
export function domainRecords(result: Json): DomainRecords[] {
	return (Array.isArray(result) ? result : []).flatMap((entry): DomainRecords[] => {
		if (!isJsonObject(entry) || !isJsonObject(entry['domain'])) return [];
		const { domain, trackers } = entry;
		const link = stringOrEmpty(domain['setup_link']);
		return [
			{
				domain: stringOrEmpty(domain['fulldomain']),
				records: recordsIn(domain, Array.isArray(trackers) ? trackers : []),
				setupLink: /^https?:/.test(link) ? link : '',
			},
		];
	});
}

/** Says what a record must be, and what SMTP2GO found instead. */
export function recordSentence({ purpose, name, expected, found }: DnsRecord): string {
	return `The ${purpose} record ${name} must be a CNAME to ${expected}${found === '' ? '' : `. SMTP2GO found: ${found}`}.`;
}

/** Returns a record for the details of a report. */
export function recordDetails({ purpose, name, expected, found }: DnsRecord): JsonObject {
	return { type: 'CNAME', purpose, name, expected, found };
}
