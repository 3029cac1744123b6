/** The checks of senders: whether emails can come from an address, and the DNS records of its domain. */
import { domainRecords, recordDetails, recordSentence, type DnsRecord, type DomainRecords } from '../account/dns';
import { isJsonObject, stringOrEmpty, type Json } from '../core/json';
import { line, unknownLine, type Read, type SetupCheck } from './setup-types';

/** What was read about senders. */
export interface SenderReads {
	readonly domains: Read;
	readonly singleSenders: Read;
	readonly allowedSenders: Read;
}

/** The maximum number of names in a sentence, and of DNS records that are wrong. */
const MAX_NAMES = 5;
const MAX_RECORDS = 20;

const SENDERS_PAGE = "SMTP2GO's page Sending > Verified Senders";

/** The names of the checks of DNS records. */
const recordChecks = {
	DKIM: { check: 'dkim', title: 'DKIM' },
	'return path': { check: 'returnPath', title: 'Return Path (SPF)' },
	tracking: { check: 'tracking', title: 'Tracking' },
} as const;

function namesText(names: readonly string[]): string {
	const more = names.length - MAX_NAMES;
	return names.slice(0, MAX_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function domainOf(address: string): string {
	return address.slice(address.lastIndexOf('@') + 1);
}

/** True if a list of addresses and domains contains an address or its domain, in any case. */
function holds(list: readonly string[], address: string): boolean {
	return list.some((name) => [address, domainOf(address)].includes(name.trim().toLowerCase().replace(/^@/, '')));
}

function isSigned({ records }: DomainRecords): boolean {
	return records.some(({ purpose, isVerified }) => purpose === 'DKIM' && isVerified);
}

function verifiedSingles(result: Json): string[] {
	return (Array.isArray(result) ? result : []).flatMap((entry) =>
		isJsonObject(entry) && entry['verified'] === true ? [stringOrEmpty(entry['email_address'])] : [],
	);
}

/** Judges senders by the account's own list, which replaces verified domains and single senders. */
function listLine(mode: string, list: readonly string[], sender: string | undefined): SetupCheck {
	const said = {
		check: 'sender',
		title: 'Sender',
		subject: sender ?? null,
		details: { mode, allowed_senders: [...list] },
	};
	const isWhitelist = mode === 'whitelist';
	if (sender === undefined)
		return isWhitelist && list.length === 0
			? line({
					...said,
					status: 'problem',
					message: 'The account sends only from allowed senders, and the list is empty.',
					whatToDo: 'Add your sender to the allowed senders, or turn the list off.',
				})
			: line({
					...said,
					status: 'ok',
					message: isWhitelist
						? `The account sends only from allowed senders: ${namesText(list)}.`
						: `The account sends from every sender except ${namesText(list) || 'none'}.`,
				});
	if (holds(list, sender) === isWhitelist)
		return line({ ...said, status: 'ok', message: `The list of allowed senders lets ${sender} send.` });
	return line({
		...said,
		status: 'problem',
		message: isWhitelist
			? `The account sends only from allowed senders, and ${sender} is not one of them.`
			: `${sender} is on the account's list of blocked senders.`,
		whatToDo: isWhitelist
			? `Add ${sender} to the allowed senders, or use another sender.`
			: `Remove ${sender} from the blocked senders, or use another sender.`,
	});
}

/** Judges one sender by the verified domains and single senders. */
function senderLine(sender: string, domains: readonly DomainRecords[], singles: readonly string[]): SetupCheck {
	const said = { check: 'sender', title: 'Sender', subject: sender };
	const name = domainOf(sender);
	const own = domains.find(({ domain }) => domain.toLowerCase() === name);
	if (own && isSigned(own))
		return line({ ...said, status: 'ok', message: `The domain ${own.domain} is verified, so ${sender} can send.` });
	if (singles.some((single) => single.toLowerCase() === sender))
		return line({ ...said, status: 'ok', message: `${sender} is verified as a single sender.` });
	if (own)
		return line({
			...said,
			status: 'problem',
			message: `The domain ${own.domain} is added, but its DKIM record is not verified.`,
		});
	const parent = domains.find((one) => isSigned(one) && name.endsWith(`.${one.domain.toLowerCase()}`));
	const advice = `Add the domain ${name}, or ${sender} as a single sender, on ${SENDERS_PAGE}.`;
	if (parent)
		return line({
			...said,
			status: 'warning',
			message: `${name} is not verified, only ${parent.domain} is. SMTP2GO may reject emails from ${sender}.`,
			whatToDo: advice,
		});
	return line({
		...said,
		status: 'problem',
		message: `Neither ${name} nor ${sender} is a verified sender, so SMTP2GO rejects emails from it.`,
		whatToDo: advice,
	});
}

/** Judges the account if no sender is given. */
function anyLine(domains: readonly DomainRecords[], singles: readonly string[]): SetupCheck {
	const verified = [...domains.filter(isSigned).map(({ domain }) => domain), ...singles];
	const said = { check: 'sender', title: 'Sender', details: { verified } };
	return verified.length > 0
		? line({ ...said, status: 'ok', message: `Verified senders: ${namesText(verified)}.` })
		: line({
				...said,
				status: 'problem',
				message: 'The account has no verified sender, so SMTP2GO rejects every email.',
				whatToDo: `Add your domain on ${SENDERS_PAGE}, and set its DNS records.`,
			});
}

/** Judges by what could be read: a verified sender is one whatever the other list says. */
function verifiedLine({ domains, singleSenders }: SenderReads, sender: string | undefined): SetupCheck {
	const known = domains.ok ? domainRecords(domains.value) : [];
	const singles = singleSenders.ok ? verifiedSingles(singleSenders.value) : [];
	const judged = sender === undefined ? anyLine(known, singles) : senderLine(sender, known, singles);
	const unread = [domains, singleSenders].filter((read) => !read.ok);
	return judged.status === 'ok' || unread.length === 0
		? judged
		: {
				...unknownLine('sender', 'Sender', `whether ${sender ?? 'any sender'} is verified`, ...unread),
				subject: sender ?? null,
			};
}

/** What is wrong with one DNS record, and what to do about it. */
function brokenLine(
	{ domain, setupLink }: DomainRecords,
	record: DnsRecord,
	sender: string | undefined,
	isNeeded: boolean,
): SetupCheck {
	const { check, title } = recordChecks[record.purpose];
	const harm = {
		DKIM: 'Without this record, emails are not signed, and SMTP2GO does not send from this domain.',
		'return path': 'Without this record, SPF does not pass for your domain, and emails may land in spam.',
		tracking: 'Without this record, links and opens are tracked under a domain of SMTP2GO.',
	}[record.purpose];
	return line({
		check,
		status: sender !== undefined && record.purpose === 'DKIM' && isNeeded ? 'problem' : 'warning',
		subject: domain,
		title: `${title}: ${domain}`,
		message: `${recordSentence(record)} ${harm}`,
		whatToDo:
			`At your DNS provider, set ${record.name} as a CNAME to ${record.expected}` +
			(setupLink === '' ? '.' : `, or let SMTP2GO guide you: ${setupLink}`),
		details: { domain, ...recordDetails(record) },
	});
}

/** Checks the DNS records of the sender's domain, or of all domains. */
function recordLines(domains: readonly DomainRecords[], sender: string | undefined, isNeeded: boolean): SetupCheck[] {
	const looked = domains.filter(({ domain }) => sender === undefined || domain.toLowerCase() === domainOf(sender));
	const lines = Object.entries(recordChecks).flatMap(([purpose, { check, title }]): SetupCheck[] => {
		const all = looked.flatMap((domain) =>
			domain.records.filter((record) => record.purpose === purpose).map((record) => ({ domain, record })),
		);
		const broken = all.filter(({ record }) => !record.isVerified);
		if (broken.length > 0) return broken.map(({ domain, record }) => brokenLine(domain, record, sender, isNeeded));
		if (all.length === 0) return [];
		const names = namesText(all.map(({ domain }) => domain.domain));
		return [line({ check, status: 'ok', title, message: `The record is verified for ${names}.` })];
	});
	const more = lines.length - MAX_RECORDS;
	if (more <= 0) return lines;
	return [
		...lines.slice(0, MAX_RECORDS),
		line({
			check: 'dkim',
			status: 'warning',
			title: 'More DNS Records',
			message: `${more} more DNS records are not shown here.`,
			whatToDo: `See ${SENDERS_PAGE}.`,
		}),
	];
}

/**
 * Checks whether emails can come from a sender, and the DNS records.
 * @param sender a bare address; undefined for whichever sender the account has
 */
export function senderLines(reads: SenderReads, sender: string | undefined): SetupCheck[] {
	const address = sender?.toLowerCase();
	const { allowedSenders, domains } = reads;
	const settings = allowedSenders.ok && isJsonObject(allowedSenders.value) ? allowedSenders.value : {};
	const mode = stringOrEmpty(settings['mode']);
	const isListed = mode === 'whitelist' || mode === 'blacklist';
	const list = Array.isArray(settings['allowed_senders'])
		? settings['allowed_senders'].filter((entry) => typeof entry === 'string')
		: [];
	const judged = isListed ? listLine(mode, list, address) : verifiedLine(reads, address);
	const canSend = judged.status === 'ok';
	return [
		judged,
		...(allowedSenders.ok
			? []
			: [
					unknownLine(
						'allowedSenders',
						'Allowed Senders',
						'whether the account restricts its senders',
						allowedSenders,
					),
				]),
		...(domains.ok
			? recordLines(domainRecords(domains.value), address, !canSend)
			: [unknownLine('dkim', 'DNS Records', 'whether the DNS records are right', domains)]),
	];
}
