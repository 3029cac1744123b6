/**
 * The options that only this node has: how items are sent, how fast, and what to check first. Most are read once, from
 * the first item. Those that can stop an item from being sent are read for each item.
 */
import {
	countries,
	missingPolicies,
	type Choice,
	type Field,
	type MissingPolicy,
	type OperationBase,
} from '../../../api';
import { mergeSendingOptions } from './merge-options';

/** Added to the help of an option that is read once, because it can hold an expression. */
const FIRST_ITEM = 'The value of the first item applies to all items.';

/** One call per item, or several items per call. */
const sendMode = { name: 'sendMode', label: 'Sending Mode', kind: 'choice', required: true, default: 'each' } as const;

/** How items are sent together, by what they send. */
const sendModes = {
	emails: {
		...sendMode,
		help: `How to send the emails of several items. ${FIRST_ITEM}`,
		choices: [
			{
				value: 'each',
				label: 'One Call per Item',
				help: 'Sends each email on its own. If a response is lost, the outcome of that one email is unknown.',
			},
			{
				value: 'batch',
				label: 'In Batches',
				help:
					'Sends many emails per call, which is much faster. ' +
					'Set the maximum with Emails per Call under Sending Options. ' +
					'If a response is lost, the outcome of all emails in that call is unknown.',
			},
		],
	},
	sms: {
		...sendMode,
		help: `How to send the text messages of several items. ${FIRST_ITEM}`,
		choices: [
			{
				value: 'each',
				label: 'One Call per Item',
				help:
					'Sends each text message on its own. If a response is lost, the outcome of that one message is ' +
					'unknown.',
			},
			{
				value: 'batch',
				label: 'Identical Messages Together',
				help:
					'Sends items with the same content and sender in one call, up to 100 phone numbers. ' +
					'If a response is lost, the outcome of all messages in that call is unknown.',
			},
		],
	},
} as const satisfies Record<NonNullable<OperationBase['together']>, Field>;

/** The parameter that says how items are sent together; undefined if each operation makes a separate call. */
export function sendModeField(operation: OperationBase): Field | undefined {
	return operation.together && sendModes[operation.together];
}

export const batchSize = {
	name: 'batchSize',
	label: 'Emails per Call',
	kind: 'number',
	default: 100,
	min: 1,
	max: 1000,
	help: `The maximum number of emails per call. Large emails are sent in smaller batches. ${FIRST_ITEM}`,
} as const satisfies Field;
export const concurrency = {
	name: 'inFlight',
	label: 'Concurrent Calls',
	kind: 'number',
	default: 5,
	min: 1,
	max: 50,
	help: `The maximum number of calls at the same time. To send items in order, set it to 1. ${FIRST_ITEM}`,
} as const satisfies Field;
export const minInterval = {
	name: 'waitBetween',
	label: 'Wait Between Calls (Ms)',
	kind: 'number',
	default: 0,
	min: 0,
	max: 3_600_000,
	help: `The minimum time between the starts of two calls, in milliseconds. ${FIRST_ITEM}`,
} as const satisfies Field;
export const callsPerMinute = {
	name: 'callsPerMinute',
	label: 'Calls per Minute',
	kind: 'number',
	default: 60,
	min: 1,
	max: 100_000,
	help:
		'The maximum number of calls that start within 60 seconds. ' +
		`Nodes that use the same API key share this limit if they run in the same n8n process. ${FIRST_ITEM}`,
} as const satisfies Field;
export const checkFirst = {
	name: 'checkFirst',
	label: 'Check First',
	kind: 'boolean',
	default: false,
	help:
		'Whether to search the activity for an email whose response was lost, and to send it again only if it is ' +
		'not found. Each email gets an X-Message-Key header. The node waits three minutes before it searches. ' +
		`The API key needs the permission /activity/search. Scheduled emails are not checked. ${FIRST_ITEM}`,
} as const satisfies Field;
export const dryRun = {
	name: 'dryRun',
	label: 'Dry Run',
	kind: 'boolean',
	default: false,
	help:
		'Whether to validate each request without sending it. The output shows the request without the API key, and ' +
		'the rendered email. ' +
		'An expression is evaluated for each item.',
} as const satisfies Field;

/** The output field of a downloaded file, worded as in n8n's own nodes. */
export const binaryField = {
	name: 'binaryPropertyName',
	label: 'Put Output File in Field',
	kind: 'text',
	default: 'data',
	help: 'The name of the output binary field to put the file in',
} as const satisfies Field;

/** Shown below the recipients if the form has them, or else among the options. */
export const oneRecipient = {
	name: 'oneRecipient',
	label: 'One Recipient Only',
	kind: 'boolean',
	default: false,
	help:
		'Whether to accept only one recipient in To. Turn this on if the address comes from an untrusted source, ' +
		'such as a contact form.',
} as const satisfies Field;
export const maxRecipients = {
	name: 'maxRecipients',
	label: 'Maximum Recipients',
	kind: 'number',
	default: 1,
	min: 1,
	max: 300,
	help:
		'The maximum number of recipients per email (To, CC and BCC together) or text message. ' +
		'An item with more recipients is not sent.',
} as const satisfies Field;

export const maxUnits = {
	name: 'maxUnits',
	label: 'Maximum Units per SMS',
	kind: 'number',
	default: 3,
	min: 1,
	max: 100,
	help:
		'The maximum number of units of one text message. An item with a longer text is not sent. ' +
		'A unit has up to 160 characters, or 70 with characters outside GSM-7.',
} as const satisfies Field;
export const maxRunUnits = {
	name: 'maxRunUnits',
	label: 'Maximum Units per Run',
	kind: 'number',
	default: 100,
	min: 1,
	max: 1_000_000,
	help:
		'The maximum number of units of all items together. Each phone number is charged separately. ' +
		'All items are counted before the first one is sent. If the workflow stops on errors, ' +
		`a run with more units sends nothing. ${FIRST_ITEM}`,
} as const satisfies Field;
export const plainText = {
	name: 'plainText',
	label: 'Replace Typographic Characters',
	kind: 'boolean',
	default: false,
	help:
		'Whether to replace curly quotes, long dashes, special spaces and the like if the text then needs ' +
		'no Unicode, and so has fewer units',
} as const satisfies Field;
export const defaultCountry = {
	name: 'defaultCountry',
	label: 'Default Country',
	kind: 'choice',
	default: 'US',
	help: 'The country of phone numbers without a country code. A number that could be of two countries is not sent.',
	choices: countries.map(({ value, name, code }): Choice => ({ value, label: `${name} (+${code})` })),
} as const satisfies Field;

const policyLabels: Readonly<Record<MissingPolicy, Omit<Choice, 'value'>>> = {
	fail: { label: 'Fail', help: 'Do not send the email' },
	ignore: { label: 'Ignore', help: 'Send the email without checking' },
	warn: { label: 'Warn', help: 'Send the email and name the variables in a hint below the output' },
};
export const missingVariables = {
	name: 'missingVariables',
	label: 'Missing Variables',
	kind: 'choice',
	default: 'warn' satisfies MissingPolicy,
	help:
		'What to do if a variable of the template has no value. To check this, the node reads the template. ' +
		'The API key needs the permission /template/view.',
	choices: missingPolicies.map((value): Choice => ({ value, ...policyLabels[value] })),
} as const satisfies Field;

/** Kinds of fields that hold recipients. */
const RECIPIENT_KINDS: readonly string[] = ['recipients', 'phoneNumbers'];

/** The required recipients of an operation, below which "One Recipient Only" is shown. */
export function recipientField({ effect, fields }: OperationBase): Field | undefined {
	return effect === 'sends'
		? fields.find(({ kind, required }) => required && RECIPIENT_KINDS.includes(kind))
		: undefined;
}

/** True for an operation that sends emails from fields, one email or a list of them. */
function sendsEmails({ together, result }: OperationBase): boolean {
	return together === 'emails' || result.is === 'batch';
}

/** The options of an operation that are the node's own. */
export function ownOptions(operation: OperationBase): Field[] {
	if (operation.effect !== 'sends') return [];
	const recipients = recipientField(operation)
		? [maxRecipients]
		: sendsEmails(operation)
			? [maxRecipients, oneRecipient]
			: [];
	return [
		concurrency,
		minInterval,
		callsPerMinute,
		dryRun,
		...(operation.together === 'emails' ? [batchSize, checkFirst, ...mergeSendingOptions] : []),
		...recipients,
		...(sendsEmails(operation) ? [missingVariables] : []),
		...(operation.together === 'sms' ? [defaultCountry, maxUnits, maxRunUnits, plainText] : []),
	];
}
