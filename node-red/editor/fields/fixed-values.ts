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

/** The readers of values that can be checked by themselves. All others take any text, or depend on more than the text. */
const readers: Readonly<Record<Kind, Reader | undefined>> = {
	addressesOrDomains: readAddressesOrDomains,
	addressOrDomain: readAddressOrDomain,
	apiKey: undefined,
	attachments: undefined,
	boolean: undefined,
	choice: undefined,
	choices: undefined,
	dateTime: undefined,
	domain: readDomain,
	emailAddress: readEmailAddress,
	emails: undefined,
	headers: undefined,
	html: undefined,
	inlines: undefined,
	ipAddress: readIpAddress,
	ipPool: readNumber,
	longText: undefined,
	mime: undefined,
	number: readNumber,
	object: undefined,
	phoneNumber: readPhoneNumber,
	phoneNumbers: readPhoneNumbers,
	recipients: readRecipients,
	replyTo: readRecipients,
	schedule: undefined,
	secret: undefined,
	sender: readSender,
	senderDomain: readDomain,
	singleSender: readEmailAddress,
	smtpUser: undefined,
	smtpUsers: undefined,
	subaccount: undefined,
	subaccounts: undefined,
	template: undefined,
	templateData: undefined,
	text: undefined,
	textList: undefined,
	url: readUrl,
	webhook: readNumber,
};

/** True where fixed values of a kind can be wrong by themselves. */
export function isChecked(kind: Kind): boolean {
	return readers[kind] !== undefined;
}

/**
 * Says what is wrong with a fixed value.
 * @returns undefined where nothing is, or where Node-RED puts a variable in its place when the flow starts
 */
export function problemWith({ name, kind, min, max }: FormField, label: string, text: string): string | undefined {
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
