/** The check of sender domains: which DNS record is not verified, what it must say, and what SMTP2GO found. */
import { isJsonObject, stringOrEmpty, type JsonObject } from '../core/json';
import type { Find, Finding } from './types';

/** A DNS record that SMTP2GO could not verify. */
interface BrokenRecord {
	readonly purpose: 'DKIM' | 'return path' | 'tracking';
	/** The full name of the record. Its type is CNAME. */
	readonly name: string;
	readonly expected: string;
	/** What SMTP2GO found, or its note about the lookup. Empty if it does not say. */
	readonly found: string;
}

/**
 * What a record must be and what it is. The live service shows the target as `dkim_expected` and what it found as
 * `dkim_value`; without the former, `dkim_value` is the target and `dkim_status` the note (contract and live service
 * differ).
 */
function comparison(record: JsonObject, prefix: string): Pick<BrokenRecord, 'expected' | 'found'> {
	const [expected, value, status] = ['expected', 'value', 'status'].map((part) =>
		stringOrEmpty(record[`${prefix}_${part}`]),
	) as [string, string, string];
	return expected === '' ? { expected: value, found: status } : { expected, found: value || status };
}

function brokenRecords(entry: JsonObject): BrokenRecord[] {
	const domain = isJsonObject(entry['domain']) ? entry['domain'] : {};
	const name = stringOrEmpty(domain['fulldomain']);
	const records: BrokenRecord[] = [];
	if (domain['dkim_verified'] === false)
		records.push({
			purpose: 'DKIM',
			name: `${stringOrEmpty(domain['dkim_selector'])}._domainkey.${name}`,
			...comparison(domain, 'dkim'),
		});
	if (domain['rpath_verified'] === false)
		records.push({
			purpose: 'return path',
			name: `${stringOrEmpty(domain['rpath_selector'])}.${name}`,
			...comparison(domain, 'rpath'),
		});
	const trackers = Array.isArray(entry['trackers']) ? entry['trackers'] : [];
	for (const tracker of trackers) {
		// A tracking domain that is off is shown as unverified, which is no fault.
		if (!isJsonObject(tracker) || tracker['enabled'] === false || tracker['cname_verified'] !== false) continue;
		records.push({
			purpose: 'tracking',
			name: stringOrEmpty(tracker['fulldomain']),
			...comparison(tracker, 'cname'),
		});
	}
	return records;
}

function sentenceOf({ purpose, name, expected, found }: BrokenRecord): string {
	return `The ${purpose} record ${name} must be a CNAME to ${expected}${found === '' ? '' : `. SMTP2GO found: ${found}`}.`;
}

/** Finds sender domains with a record that is not verified. */
export const unverifiedDomains: Find = (result) =>
	(Array.isArray(result) ? result : []).flatMap((entry): Finding[] => {
		if (!isJsonObject(entry) || !isJsonObject(entry['domain'])) return [];
		const records = brokenRecords(entry);
		if (records.length === 0) return [];
		const name = stringOrEmpty(entry['domain']['fulldomain']);
		return [
			{
				subject: name,
				title: `${name} is not verified`,
				message: records.map(sentenceOf).join(' '),
				whatToDo:
					'Correct the records at your DNS provider. SMTP2GO looks at them every few minutes. Until then, emails from this domain can be rejected or land in spam.',
				value: records.map(({ purpose }) => purpose).join(', '),
				limit: null,
				details: { domain: name, records: records.map((record): JsonObject => ({ type: 'CNAME', ...record })) },
			},
		];
	});
