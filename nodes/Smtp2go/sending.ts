/** What this node itself asks beside the API's fields: how many items are sent, how fast, and whether at all. Read once a run, from the first item, but for what keeps a single item from being sent: that is read for each. */
import { missingPolicies, type Choice, type Field, type MissingPolicy, type Operation } from '../../api';

/** Said of what is not read again for the other items, since an expression may stand there. */
const FOR_ALL = 'The first item\'s value counts for all.';

/** Every item by its own call, or several by one. */
const sendMode = { name: 'sendMode', label: 'Items', kind: 'choice', required: true, default: 'each' } as const;

/** How items go together, by what they are. */
const together = {
	mails: {
		...sendMode,
		help: `How the mails of several items are sent. ${FOR_ALL}`,
		choices: [
			{ value: 'each', label: 'One Call per Item', help: 'A lost answer leaves the outcome of one mail unknown' },
			{ value: 'batch', label: 'All Items in Batches', help: 'A hundred mails a call, or as Mails per Call says: much faster. A lost answer leaves the outcome of all mails of that call unknown.' },
		],
	},
	texts: {
		...sendMode,
		help: `How the messages of several items are sent. ${FOR_ALL}`,
		choices: [
			{ value: 'each', label: 'One Call per Item', help: 'A lost answer leaves the outcome of one message unknown' },
			{ value: 'batch', label: 'Equal Messages Together', help: 'Items with the same text and sender go in one call, up to 100 numbers. A lost answer leaves the outcome of all messages of that call unknown.' },
		],
	},
} as const satisfies Record<NonNullable<Operation['together']>, Field>;

/** The parameter that says how items go together; undefined where they never do. */
export function sendModeOf(operation: Operation): Field | undefined {
	return operation.together && together[operation.together];
}

export const batchSize = { name: 'batchSize', label: 'Mails per Call', kind: 'number', default: 100, min: 1, max: 1000, help: `How many mails go in one call, at most; fewer where they are large. If its answer is lost, the outcome of all of them is unknown. ${FOR_ALL}` } as const satisfies Field;
export const inFlight = { name: 'inFlight', label: 'Calls in Flight', kind: 'number', default: 5, min: 1, max: 50, help: `How many calls are under way at a time. With 1 they go in the order of the items. ${FOR_ALL}` } as const satisfies Field;
export const waitBetween = { name: 'waitBetween', label: 'Wait Between Calls (Ms)', kind: 'number', default: 0, min: 0, max: 3_600_000, help: `Least time between the starts of two calls, in milliseconds. ${FOR_ALL}` } as const satisfies Field;
export const callsPerMinute = { name: 'callsPerMinute', label: 'Calls per Minute', kind: 'number', default: 60, min: 1, max: 100_000, help: `How many calls start in any 60 seconds, at most. It counts for all nodes of this n8n process that send with the same key and have this option. ${FOR_ALL}` } as const satisfies Field;
export const checkFirst = { name: 'checkFirst', label: 'Check First', kind: 'boolean', default: false, help: `Whether a mail whose answer was lost is looked up, and sent again only if it is not there. Each mail gets a header X-Message-Key; the node waits three minutes and searches the activity, for which the key needs permission. Not for scheduled mail. ${FOR_ALL}` } as const satisfies Field;
export const dryRun = { name: 'dryRun', label: 'Dry Run', kind: 'boolean', default: false, help: 'Whether nothing is sent: each request is built and checked, and the output shows it without the API key. An expression decides for each item.' } as const satisfies Field;

/** Where a file that was fetched goes, in the words of n8n's own nodes. */
export const binaryField = { name: 'binaryPropertyName', label: 'Put Output File in Field', kind: 'text', default: 'data', help: 'The name of the output binary field to put the file in' } as const satisfies Field;

/** Beside the recipients, where the form has them; else among the options. */
export const oneRecipient = { name: 'oneRecipient', label: 'One Recipient Only', kind: 'boolean', default: false, help: 'Whether To takes one recipient only, so that a value from outside, such as that of a contact form, cannot make it many' } as const satisfies Field;
export const maxRecipients = { name: 'maxRecipients', label: 'Most Recipients', kind: 'number', default: 1, min: 1, max: 300, help: 'How many recipients one email or text message may have, at most, over To, CC and BCC together. One that has more is refused before it is sent.' } as const satisfies Field;

const policyWords: Readonly<Record<MissingPolicy, Omit<Choice, 'value'>>> = {
	fail: { label: 'Fail', help: 'An email with a missing or empty variable is refused before it is sent' },
	ignore: { label: 'Ignore', help: 'The template is not read, and the email is sent as it is' },
	warn: { label: 'Warn', help: 'The email is sent, and a hint beside the output names the variables' },
};
export const missingVariables = {
	name: 'missingVariables', label: 'Missing Variables', kind: 'choice', default: 'warn' satisfies MissingPolicy,
	help: 'What to do where the template uses a variable that has no value. To know, the node reads the template once, for which the key needs the permission /template/view.',
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
	const recipients = mainRecipients(operation) ? [maxRecipients] : sendsMails(operation) ? [maxRecipients, oneRecipient] : [];
	return [inFlight, waitBetween, callsPerMinute, dryRun, ...(kind === 'mails' ? [batchSize, checkFirst] : []), ...recipients, ...(sendsMails(operation) ? [missingVariables] : [])];
}
