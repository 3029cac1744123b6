/** How each kind of field looks in a dialog: which fixed values it takes, and how you enter them. */
import type { Kind } from '../../../api/kinds';

/** How the fixed values of a kind are entered. */
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

/** The look of every kind. A new kind does not compile until it is here. */
export const looks: Readonly<Record<Kind, Look>> = {
	addressList: 'textOrJson',
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

/** The languages of the looks whose fixed text is entered in a code editor. */
export const editorModes: Partial<Record<Look, string>> = { html: 'ace/mode/html', longText: 'ace/mode/text' };
