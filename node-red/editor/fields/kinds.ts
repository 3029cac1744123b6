/** How each kind of field looks in a dialog: which fixed values it takes, and how they are entered. */
import type { Kind } from '../../../api/kinds';

/** The fixed values of a kind, beside message, context, variable and expression. */
export type Look =
	| 'text'
	| 'date'
	| 'number'
	| 'yesNo'
	| 'choice'
	| 'choices'
	| 'textOrJson'
	| 'files'
	| 'images'
	| 'jsonList'
	| 'jsonObject'
	| 'longText'
	| 'html'
	| 'secret'
	| 'variables';

/** One look for every kind: a new kind does not compile before it is here. */
export const looks: Readonly<Record<Kind, Look>> = {
	addressesOrDomains: 'textOrJson',
	addressOrDomain: 'text',
	apiKey: 'text',
	attachments: 'files',
	boolean: 'yesNo',
	choice: 'choice',
	choices: 'choices',
	dateTime: 'date',
	domain: 'text',
	emailAddress: 'text',
	emails: 'jsonList',
	headers: 'jsonObject',
	html: 'html',
	inlines: 'images',
	ipAddress: 'text',
	ipPool: 'text',
	longText: 'longText',
	mime: 'longText',
	number: 'number',
	object: 'jsonObject',
	phoneNumber: 'text',
	phoneNumbers: 'textOrJson',
	recipients: 'textOrJson',
	replyTo: 'textOrJson',
	schedule: 'date',
	secret: 'secret',
	sender: 'text',
	senderDomain: 'text',
	singleSender: 'text',
	smtpUser: 'text',
	smtpUsers: 'textOrJson',
	subaccount: 'text',
	subaccounts: 'textOrJson',
	template: 'text',
	templateData: 'variables',
	text: 'text',
	textList: 'textOrJson',
	url: 'text',
	webhook: 'text',
};

/** Looks whose fixed text is entered in a code editor below the row, and its language. */
export const editorModes: Partial<Record<Look, string>> = { html: 'ace/mode/html', longText: 'ace/mode/text' };
