/** Types of an operation's values, derived from its record: a wrong field name or choice fails at compile time. */
import type { FileSource } from '../files/content';
import type { Field, Kind, Operation } from './index';
import type { JsonObject } from '../core/json';

/** A file, given by its content or by a URL that SMTP2GO downloads. */
export type FileInput =
	| { readonly filename: string; readonly mimetype?: string; readonly fileblob: string | Uint8Array | FileSource }
	| { readonly filename: string; readonly mimetype?: string; readonly url: string };

type TextList = string | readonly string[];

interface InputOfKind extends Record<Kind, unknown> {
	addressesOrDomains: TextList;
	addressOrDomain: string;
	apiKey: string;
	attachments: readonly FileInput[];
	boolean: boolean;
	dateTime: Date | string | number;
	domain: string;
	emailAddress: string;
	emails: readonly object[];
	headers: Readonly<Record<string, string>> | readonly { readonly header: string; readonly value: string }[];
	html: string;
	inlines: readonly FileInput[];
	ipAddress: string;
	ipPool: number;
	longText: string;
	mime: string | Uint8Array | FileSource;
	number: number;
	object: object;
	phoneNumber: string | number;
	phoneNumbers: TextList | number | readonly number[];
	recipients: TextList;
	replyTo: TextList;
	schedule: Date | string | number;
	secret: string;
	sender: string;
	senderDomain: string;
	singleSender: string;
	smtpUser: string;
	smtpUsers: TextList;
	subaccount: string;
	subaccounts: TextList;
	template: string;
	templateData: object;
	text: string;
	textList: TextList;
	url: string;
	webhook: number;
}

type ChoiceOf<F extends Field> = F extends { choices: readonly { value: infer V }[] } ? V : never;
type ValueOf<F extends Field> = F['kind'] extends 'choice'
	? ChoiceOf<F>
	: F['kind'] extends 'choices'
		? readonly ChoiceOf<F>[]
		: InputOfKind[F['kind']];

/** The values of an operation by API field name. */
export type InputOf<O extends Operation> = {
	[F in Extract<O['fields'][number], { required: true }> as F['name']]: ValueOf<F>;
} & {
	[F in Exclude<O['fields'][number], { required: true }> as F['name']]?: ValueOf<F> | undefined;
};

/** The response to a call, as JSON. */
export type { JsonObject };
