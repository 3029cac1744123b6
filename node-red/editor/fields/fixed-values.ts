/**
 * Checks fixed values with the readers that the runtime uses, so that the dialog is never stricter.
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
import type { ReadContext, Reader, ReaderField } from '../../../api/kinds/reader';
import type { FormField } from '../../shared/form';

/** The default country of phone numbers if a message decides. */
export const ANY_COUNTRY = '*';

/** A reader that needs no more than the default country of phone numbers. */
type FixedReader = (value: unknown, field: ReaderField, home: Pick<ReadContext, 'country'>) => ReturnType<Reader>;

/** Readers of the kinds whose values can be checked alone. All others accept any text, or depend on other fields. */
const readers: Readonly<Record<Kind, FixedReader | undefined>> = {
	addressList: undefined,
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

/** True if fixed values of a kind can be checked. */
export function isChecked(kind: Kind): boolean {
	return readers[kind] !== undefined;
}

/**
 * Checks a fixed value.
 * @param country the default country of phone numbers
 * @returns what is wrong; undefined if nothing is, or if Node-RED replaces a variable in it when the flow starts
 */
export function problemWith(
	{ name, kind, min, max }: FormField,
	label: string,
	text: string,
	country?: string,
): string | undefined {
	const read = readers[kind];
	if (read === undefined || text.trim() === '' || text.includes('${')) return undefined;
	if (country === ANY_COUNTRY && kind.startsWith('phoneNumber')) return undefined;
	const field = { name, label, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
	const result = read(text, field, { country });
	return result.ok ? undefined : result.error.message;
}
