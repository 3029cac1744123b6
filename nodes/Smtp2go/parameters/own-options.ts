/**
 * Settings of this node beside the API's fields: how items are sent, how fast, and whether at all. They are read once,
 * from the
 * first item. Only those that can keep a single item from being sent are read for each item.
 */
import { missingPolicies, type Choice, type Field, type MissingPolicy, type Operation } from '../../../api';

/** For settings that are read only once, since they may hold an expression. */
const FOR_ALL = "The first item's value is used for all items.";

/** Every item by its own call, or several by one. */
const sendMode = { name: 'sendMode', label: 'Items', kind: 'choice', required: true, default: 'each' } as const;

/** How items go together, by what they are. */
const together = {
	mails: {
		...sendMode,
		help: `How to send the emails of several items. ${FOR_ALL}`,
		choices: [
			{
				value: 'each',
				label: 'One Call per Item',
				help: 'If an answer is lost, the outcome of one email is unknown',
			},
			{
				value: 'batch',
				label: 'All Items in Batches',
				help: 'Sends 100 emails in a call, or as many as Emails per Call says. This is much faster. If an answer is lost, the outcome of all emails in that call is unknown.',
			},
		],
	},
	texts: {
		...sendMode,
		help: `How to send the messages of several items. ${FOR_ALL}`,
		choices: [
			{
				value: 'each',
				label: 'One Call per Item',
				help: 'If an answer is lost, the outcome of one message is unknown',
			},
			{
				value: 'batch',
				label: 'Equal Messages Together',
				help: 'Sends items with the same text and sender in one call, up to 100 numbers. If an answer is lost, the outcome of all messages in that call is unknown.',
			},
		],
	},
} as const satisfies Record<NonNullable<Operation['together']>, Field>;

/** The parameter that says how items go together; undefined where they never do. */
export function sendModeOf(operation: Operation): Field | undefined {
	return operation.together && together[operation.together];
}

export const batchSize = {
	name: 'batchSize',
	label: 'Emails per Call',
	kind: 'number',
	default: 100,
	min: 1,
	max: 1000,
	help: `The maximum number of emails in one call. Large emails go in smaller batches. If the answer is lost, the outcome of all emails in that call is unknown. ${FOR_ALL}`,
} as const satisfies Field;
export const inFlight = {
	name: 'inFlight',
	label: 'Concurrent Calls',
	kind: 'number',
	default: 5,
	min: 1,
	max: 50,
	help: `The maximum number of calls at the same time. With 1, items are sent in order. ${FOR_ALL}`,
} as const satisfies Field;
export const waitBetween = {
	name: 'waitBetween',
	label: 'Wait Between Calls (Ms)',
	kind: 'number',
	default: 0,
	min: 0,
	max: 3_600_000,
	help: `The minimum time between the starts of two calls, in milliseconds. ${FOR_ALL}`,
} as const satisfies Field;
export const callsPerMinute = {
	name: 'callsPerMinute',
	label: 'Calls per Minute',
	kind: 'number',
	default: 60,
	min: 1,
	max: 100_000,
	help: `The maximum number of calls that start in any 60 seconds. All nodes of this n8n process that send with the same key and have this option share it. ${FOR_ALL}`,
} as const satisfies Field;
export const checkFirst = {
	name: 'checkFirst',
	label: 'Check First',
	kind: 'boolean',
	default: false,
	help: `Whether to look an email up if the answer was lost, and to send it again only if it is not there. Each email gets a header X-Message-Key. The node waits three minutes and searches the activity, which needs the permission /activity/search. Does not work for scheduled emails. ${FOR_ALL}`,
} as const satisfies Field;
export const dryRun = {
	name: 'dryRun',
	label: 'Dry Run',
	kind: 'boolean',
	default: false,
	help: 'Whether to build and check each request without sending it. The output shows the request without the API key. An expression is evaluated for each item.',
} as const satisfies Field;

/** Where a file that was fetched goes, in the words of n8n's own nodes. */
export const binaryField = {
	name: 'binaryPropertyName',
	label: 'Put Output File in Field',
	kind: 'text',
	default: 'data',
	help: 'The name of the output binary field to put the file in',
} as const satisfies Field;

/** Beside the recipients, where the form has them; else among the options. */
export const oneRecipient = {
	name: 'oneRecipient',
	label: 'One Recipient Only',
	kind: 'boolean',
	default: false,
	help: 'Whether To accepts only one recipient, so that a value from outside, such as a contact form, cannot add more',
} as const satisfies Field;
export const maxRecipients = {
	name: 'maxRecipients',
	label: 'Maximum Recipients',
	kind: 'number',
	default: 1,
	min: 1,
	max: 300,
	help: 'The maximum number of recipients of one email (To, CC and BCC together) or text message. If there are more, it is not sent.',
} as const satisfies Field;

const policyWords: Readonly<Record<MissingPolicy, Omit<Choice, 'value'>>> = {
	fail: { label: 'Fail', help: 'An email with a missing or empty variable is not sent' },
	ignore: { label: 'Ignore', help: 'The email is sent without a check' },
	warn: { label: 'Warn', help: 'The email is sent, and a hint beside the output names the variables' },
};
export const missingVariables = {
	name: 'missingVariables',
	label: 'Missing Variables',
	kind: 'choice',
	default: 'warn' satisfies MissingPolicy,
	help: 'What to do if the template uses a variable that has no value. To check, the node reads the template, which needs the permission /template/view.',
	choices: missingPolicies.map((value): Choice => ({ value, ...policyWords[value] })),
} as const satisfies Field;

/** Kinds of fields that name recipients. */
const RECIPIENTS: readonly string[] = ['recipients', 'phoneNumbers'];

/** The field beside which One Recipient Only stands: the recipients that must be given. */
export function mainRecipients({ effect, fields }: Operation): Field | undefined {
	return effect === 'sends' ? fields.find(({ kind, required }) => required && RECIPIENTS.includes(kind)) : undefined;
}

/** True for an operation that sends emails of which the fields are known, one or a list of them. */
function sendsMails({ together: kind, result }: Operation): boolean {
	return kind === 'mails' || result.is === 'batch';
}

/** The options of an operation that are this node's own. */
export function ownOptions(operation: Operation): Field[] {
	const { effect, together: kind } = operation;
	if (effect !== 'sends') return [];
	const recipients = mainRecipients(operation)
		? [maxRecipients]
		: sendsMails(operation)
			? [maxRecipients, oneRecipient]
			: [];
	return [
		inFlight,
		waitBetween,
		callsPerMinute,
		dryRun,
		...(kind === 'mails' ? [batchSize, checkFirst] : []),
		...recipients,
		...(sendsMails(operation) ? [missingVariables] : []),
	];
}
