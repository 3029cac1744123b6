/**
 * What is wrong with a fixed value, by the very readers that the runtime reads it with: the dialog is never the
 * stricter one.
 */
import type { Kind } from '../../../api/kinds';
import {
	readAddressesOrDomains,
	readAddressOrDomain,
	readDomain,
	readEmailAddress,
	readRecipients,
	readSender,
} from '../../../api/kinds/addresses';
import { readIpAddress, readPhoneNumber, readPhoneNumbers } from '../../../api/kinds/phones-and-ips';
import { readNumber, readUrl } from '../../../api/kinds/plain';
import type { Reader } from '../../../api/kinds/reader';
import type { FormField } from '../../shared/form';

/** Kinds whose values can be validated alone; all others accept any text, or depend on more than the text. */
const readers: Partial<Record<Kind, Reader>> = {
	addressesOrDomains: readAddressesOrDomains,
	addressOrDomain: readAddressOrDomain,
	domain: readDomain,
	emailAddress: readEmailAddress,
	ipAddress: readIpAddress,
	ipPool: readNumber,
	number: readNumber,
	phoneNumber: readPhoneNumber,
	phoneNumbers: readPhoneNumbers,
	recipients: readRecipients,
	replyTo: readRecipients,
	sender: readSender,
	senderDomain: readDomain,
	singleSender: readEmailAddress,
	url: readUrl,
	webhook: readNumber,
};

/** True where fixed values of a kind can be wrong by themselves. */
export function canBeWrong(kind: Kind): boolean {
	return readers[kind] !== undefined;
}

/**
 * Says what is wrong with a fixed value.
 * @returns undefined where nothing is, or where Node-RED puts a variable in its place when the flow starts
 */
export function flawOf({ name, kind, min, max }: FormField, label: string, text: string): string | undefined {
	const read = readers[kind];
	if (read === undefined || text.trim() === '' || text.includes('${')) return undefined;
	const result = read(text, {
		name,
		label,
		...(min === undefined ? {} : { min }),
		...(max === undefined ? {} : { max }),
	});
	return result.ok ? undefined : result.error.message;
}
