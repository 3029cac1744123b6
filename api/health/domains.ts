/** The check of sender domains: which DNS record is not verified, what it must say, and what SMTP2GO found. */
import { domainRecords, recordDetails, recordSentence } from '../account/dns';
import type { Find, Finding } from './types';

/** Finds sender domains with a record that is not verified. */
export const unverifiedDomains: Find = (result) =>
	domainRecords(result).flatMap(({ domain, records }): Finding[] => {
		const broken = records.filter(({ isVerified }) => !isVerified);
		if (broken.length === 0) return [];
		return [
			{
				subject: domain,
				title: `${domain} is not verified`,
				message: broken.map(recordSentence).join(' '),
				whatToDo:
					'Correct the records at your DNS provider. SMTP2GO looks at them every few minutes. Until then, emails from this domain can be rejected or land in spam.',
				value: broken.map(({ purpose }) => purpose).join(', '),
				limit: null,
				details: { domain, records: broken.map(recordDetails) },
			},
		];
	});
