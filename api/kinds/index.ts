/**
 * Field kinds: what a value is, in SMTP2GO's own language. A kind is one record; its name, its input type and every
 * table that needs an entry per kind follow from it. Each host adds how a kind looks and how its form is read.
 */
import type { FileSource } from '../files/content';
import {
	readAddressesOrDomains,
	readAddressList,
	readAddressOrDomain,
	readDomain,
	readEmailAddress,
	readRecipients,
	readSender,
} from './addresses';
import { readAttachments, readInlineImages, readMime } from './attachments';
import { readDateTime, readSchedule } from './dates';
import { readEmails } from './emails';
import { readHeaders } from './headers';
import { kind, type KindRecord } from './kind';
import { readObject, readTemplateData } from './objects';
import { readIpAddress, readPhoneNumber, readPhoneNumbers } from './phones-and-ips';
import { readBoolean, readChoice, readChoices, readName, readNumber, readText, readTextList, readUrl } from './plain';

/** Text values: a list, or one text with commas between them. */
export type TextList = string | readonly string[];

/** A file, given by its content or by a URL that SMTP2GO downloads. */
export type FileInput =
	| { readonly filename: string; readonly mimetype?: string; readonly fileblob: string | Uint8Array | FileSource }
	| { readonly filename: string; readonly mimetype?: string; readonly url: string };

/** Custom headers: pairs, or an object of names and values. */
type HeadersInput = Readonly<Record<string, string>> | readonly { readonly header: string; readonly value: string }[];

/** A date and time: a Date, ISO 8601, or milliseconds since 1970. */
type DateInput = Date | string | number;

/** All kinds, by name. */
export const kinds = {
	addressList: kind<TextList | readonly object[]>()({
		read: readAddressList,
		json: 'array',
		counts: 'entries',
		written:
			'email addresses as they are: a list, also of objects with `email`, or separated by commas. Invalid ones are accepted',
	}),
	addressesOrDomains: kind<TextList>()({
		read: readAddressesOrDomains,
		json: 'array',
		counts: 'entries',
		written: 'email addresses and domains: a list or separated by commas',
	}),
	addressOrDomain: kind<string>()({
		read: readAddressOrDomain,
		json: 'string',
		written: 'an email address or a domain',
	}),
	apiKey: kind<string>()({
		read: readName,
		json: 'string',
		counts: 'characters',
		written: 'an API key of the account: from the list or typed',
		pickList: true,
	}),
	attachments: kind<readonly FileInput[]>()({
		read: readAttachments,
		json: 'array',
		counts: 'entries',
		written: 'files: a list of `{filename, fileblob, mimetype}` or `{filename, url}`',
		isFiles: true,
	}),
	boolean: kind<boolean>()({ read: readBoolean, json: 'boolean', written: '`true` or `false`' }),
	choice: kind<string>()({ read: readChoice, json: 'string', written: 'one of the listed values' }),
	choices: kind<readonly string[]>()({
		read: readChoices,
		json: 'array',
		counts: 'entries',
		written: 'several of the listed values: a list or separated by commas',
	}),
	dateTime: kind<DateInput>()({
		read: readDateTime,
		json: 'string',
		written: 'a date and time: ISO 8601, a Date, or milliseconds since 1970; sent in UTC',
		isDate: true,
	}),
	domain: kind<string>()({ read: readDomain, json: 'string', written: 'a domain' }),
	emailAddress: kind<string>()({ read: readEmailAddress, json: 'string', written: 'an email address' }),
	emails: kind<readonly object[]>()({
		read: readEmails,
		json: 'array',
		counts: 'entries',
		written: 'a JSON list of emails, each with the API field names of Send',
		isExact: true,
	}),
	headers: kind<HeadersInput>()({
		read: readHeaders,
		json: 'array',
		counts: 'entries',
		written: 'a list of `{header, value}`, an object, or JSON of either',
	}),
	html: kind<string>()({ read: readText, json: 'string', counts: 'characters', written: 'HTML' }),
	inlines: kind<readonly FileInput[]>()({
		read: readInlineImages,
		json: 'array',
		counts: 'entries',
		written: 'images, in the format of attachments; the file name (or `cid`) is the Content-ID',
		isFiles: true,
	}),
	ipAddress: kind<string>()({
		read: readIpAddress,
		json: 'string',
		written: 'an IP address or a range such as `192.0.2.0/24`',
	}),
	ipPool: kind<number>()({
		read: readNumber,
		json: 'integer',
		counts: 'value',
		written: 'a dedicated IP pool: from the list or by ID',
		pickList: true,
	}),
	longText: kind<string>()({
		read: readText,
		json: 'string',
		counts: 'characters',
		written: 'text with several lines',
	}),
	mime: kind<string | Uint8Array | FileSource>()({
		read: readMime,
		json: 'string',
		written: 'a complete message (RFC 5322): text, Base64, or a file',
	}),
	number: kind<number>()({
		read: readNumber,
		json: 'integer',
		counts: 'value',
		written: 'a whole number, also as text',
	}),
	object: kind<object>()({ read: readObject, json: 'object', written: 'a JSON object, also as text' }),
	phoneNumber: kind<string | number>()({
		read: readPhoneNumber,
		json: 'string',
		written: 'a phone number with country code, such as `+14155550123`',
	}),
	phoneNumbers: kind<TextList | number | readonly number[]>()({
		read: readPhoneNumbers,
		json: 'array',
		counts: 'entries',
		written: 'phone numbers with country code: a list or separated by commas',
	}),
	recipients: kind<TextList>()({
		read: readRecipients,
		json: 'array',
		counts: 'entries',
		written: 'addresses, also as `Name <address>`: a list or separated by commas',
	}),
	replyTo: kind<TextList>()({
		read: readRecipients,
		json: 'array',
		counts: 'entries',
		written: 'addresses for replies, in the format of recipients',
	}),
	schedule: kind<DateInput>()({
		read: readSchedule,
		json: 'string',
		written: 'a date and time at most 3 days from now, in the format of any date and time',
		isDate: true,
	}),
	secret: kind<string>()({
		read: readText,
		json: 'string',
		counts: 'characters',
		written: 'secret text, from an expression or a credential; do not type it into a flow that you share',
	}),
	sender: kind<string>()({
		read: readSender,
		json: 'string',
		written: 'the address of a verified sender, also as `Name <address>`',
		pickList: true,
	}),
	senderDomain: kind<string>()({
		read: readDomain,
		json: 'string',
		written: 'a sender domain of the account: from the list or typed',
		pickList: true,
	}),
	singleSender: kind<string>()({
		read: readEmailAddress,
		json: 'string',
		written: 'a verified sender address of the account: from the list or typed',
		pickList: true,
	}),
	smtpUser: kind<string>()({
		read: readName,
		json: 'string',
		counts: 'characters',
		written: 'an SMTP user of the account: from the list or typed',
		pickList: true,
	}),
	smtpUsers: kind<TextList>()({
		read: readTextList,
		json: 'array',
		counts: 'entries',
		written: 'names of SMTP users or API keys: a list or separated by commas',
	}),
	subaccount: kind<string>()({
		read: readName,
		json: 'string',
		counts: 'characters',
		written: 'the ID of a subaccount: from the list or typed',
		pickList: true,
	}),
	subaccounts: kind<TextList>()({
		read: readTextList,
		json: 'array',
		counts: 'entries',
		written: 'IDs of subaccounts: a list or separated by commas',
	}),
	template: kind<string>()({
		read: readName,
		json: 'string',
		counts: 'characters',
		written: 'a template: from the list or by ID',
		pickList: true,
	}),
	templateData: kind<object>()({
		read: readTemplateData,
		json: 'object',
		written: 'the values of the template variables: a form or a JSON object',
		isExact: true,
	}),
	text: kind<string>()({ read: readText, json: 'string', counts: 'characters', written: 'text' }),
	textList: kind<TextList>()({
		read: readTextList,
		json: 'array',
		counts: 'entries',
		written: 'text values: a list or separated by commas',
	}),
	url: kind<string>()({ read: readUrl, json: 'string', written: 'a full URL with http:// or https://' }),
	webhook: kind<number>()({
		read: readNumber,
		json: 'integer',
		counts: 'value',
		written: 'a webhook: from the list or by ID',
		pickList: true,
	}),
} as const;

/** The name of a kind. */
export type Kind = keyof typeof kinds;

/** The record of a kind, with all that a record can say. */
export function kindRecord(name: Kind): KindRecord {
	return kinds[name];
}

/** The type of the values of a kind. */
export type InputOfKind<K extends Kind> = (typeof kinds)[K] extends { readonly input?: infer Input }
	? Exclude<Input, undefined>
	: never;

/** The kinds whose values SMTP2GO can list. */
export type PickListKind = { [K in Kind]: (typeof kinds)[K] extends { readonly pickList: true } ? K : never }[Kind];
