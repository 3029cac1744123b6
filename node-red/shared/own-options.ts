/**
 * The options of an action node that are ours, not the API's. A flow saves them beside the API's fields, under names
 * with a dollar sign, which no API field has.
 */
import { countries } from '../../api/formats/countries';
import type { Field, OperationBase } from '../../api/catalogue/types';
import { problemPolicies } from '../../api/merge/policy';
import type { MissingPolicy } from '../../api/template/policy';
import type { FormField } from './form';

/** The value of `operation` that lets each message choose, in `msg.operation`. */
export const FROM_MESSAGE = 'msg.operation';

/** The name, among the saved `fields`, of the maximum number of list entries. */
export const LIMIT = '$limit';

/** The limit of a new node that lists something. The dialog shows it, and the flow saves it. */
export const FIRST_LIMIT = { type: 'num', value: '1000' } as const;

/** Names among the saved `fields` of an action node. */
export const OWN = {
	/** `array` or `sequence`: many emails in one message, or in the messages of a sequence. */
	batch: '$batch',
	batchSize: '$batchSize',
	patience: '$patience',
	checkFirst: '$checkFirst',
	dryRun: '$dryRun',
	oneRecipient: '$oneRecipient',
	maxRecipients: '$maxRecipients',
	missingVariables: '$missingVariables',
	problemRows: '$problemRows',
	checkSuppressions: '$checkSuppressions',
	allowDuplicates: '$allowDuplicates',
	defaultCountry: '$defaultCountry',
	maxUnits: '$maxUnits',
	maxRunUnits: '$maxRunUnits',
	plainText: '$plainText',
} as const;

/** What a batch is made of. */
export const batches = ['array', 'sequence'] as const;
export type Batch = (typeof batches)[number];

/** Emails per call of a batch, by default. */
export const DEFAULT_BATCH_SIZE = 100;
/** Maximum number of emails per call. */
export const MAX_BATCH_SIZE = 1000;
/** Seconds without another message after which a sequence counts as complete, by default. */
export const DEFAULT_TIMEOUT = 30;
/** Maximum number of recipients of one email: 100 each in To, CC, and BCC. */
export const MAX_RECIPIENTS = 300;
/** Maximum of the limits of SMS units. */
export const MAX_UNITS = 100;
export const MAX_RUN_UNITS = 10_000;
/** What happens if a template variable has no value, by default. */
export const DEFAULT_MISSING_POLICY: MissingPolicy = 'warn';
/** The choices, in the order of the dialog. */
export const missingChoices = ['warn', 'fail', 'ignore'] as const satisfies readonly MissingPolicy[];
/** Maximum timeout of a sequence: a day, in seconds. */
export const MAX_TIMEOUT = 86_400;

/** One option. */
export interface OwnOption {
	/**
	 * As the dialog shows it. Its messages are under `common.own` in the editor's catalogue: label, help, choices, and
	 * `unset` for an unset option.
	 */
	readonly form: FormField;
	/** True for operations that have it. */
	readonly of: (operation: OperationBase) => boolean;
}

/**
 * True for an operation that sends one email made of fields: several of them fit into one call, and an email can be
 * found again by a header.
 */
export function sendsOneEmail({ result, fields }: OperationBase): boolean {
	return (
		result.is === 'sent' &&
		fields.some(({ kind }) => kind === 'recipients') &&
		fields.some(({ kind }) => kind === 'headers')
	);
}

/** True for an operation that sends emails whose fields are known: one email, or a list. */
export function sendsKnownEmails(operation: OperationBase): boolean {
	return sendsOneEmail(operation) || operation.result.is === 'batch';
}

/** The required recipients. The dialog shows the switch for one recipient beside them. */
export function mainRecipients({ effect, fields }: OperationBase): Field | undefined {
	return effect === 'sends'
		? fields.find(({ kind, required }) => required && (kind === 'recipients' || kind === 'phoneNumbers'))
		: undefined;
}

/** True for an operation whose recipients can be counted. */
function hasRecipients(operation: OperationBase): boolean {
	return mainRecipients(operation) !== undefined || operation.result.is === 'batch';
}

/** The choices of the default country. */
export const countryCodes: readonly string[] = countries.map(({ value }) => value);

/** True for an operation that sends text messages. */
function sendsSms({ together }: OperationBase): boolean {
	return together === 'sms';
}

/** All options, in the order of the dialog. */
export const ownOptions: readonly OwnOption[] = [
	{
		form: { name: OWN.oneRecipient, kind: 'boolean', main: true, default: 'true', text: 'common.own.oneRecipient' },
		of: hasRecipients,
	},
	{
		form: { name: OWN.batch, kind: 'choice', main: true, choices: batches, text: 'common.own.batch', fixed: true },
		of: sendsOneEmail,
	},
	{
		form: {
			name: OWN.batchSize,
			kind: 'number',
			shownWith: OWN.batch,
			default: String(DEFAULT_BATCH_SIZE),
			min: 1,
			max: MAX_BATCH_SIZE,
			text: 'common.own.batchSize',
			fixed: true,
		},
		of: sendsOneEmail,
	},
	{
		form: {
			name: OWN.patience,
			kind: 'number',
			shownWith: OWN.batch,
			default: String(DEFAULT_TIMEOUT),
			min: 1,
			max: MAX_TIMEOUT,
			text: 'common.own.patience',
			fixed: true,
		},
		of: sendsOneEmail,
	},
	{
		form: {
			name: OWN.problemRows,
			kind: 'choice',
			shownWith: OWN.batch,
			default: 'skip',
			choices: problemPolicies,
			text: 'common.own.problemRows',
			fixed: true,
		},
		of: sendsOneEmail,
	},
	{
		form: {
			name: OWN.checkSuppressions,
			kind: 'boolean',
			shownWith: OWN.batch,
			default: 'false',
			text: 'common.own.checkSuppressions',
		},
		of: sendsOneEmail,
	},
	{
		form: {
			name: OWN.allowDuplicates,
			kind: 'boolean',
			shownWith: OWN.batch,
			default: 'true',
			text: 'common.own.allowDuplicates',
		},
		of: sendsOneEmail,
	},
	{
		form: { name: OWN.checkFirst, kind: 'boolean', default: 'true', text: 'common.own.checkFirst' },
		of: sendsOneEmail,
	},
	{
		form: { name: OWN.dryRun, kind: 'boolean', default: 'true', text: 'common.own.dryRun' },
		of: ({ effect }) => effect !== 'reads',
	},
	{
		form: {
			name: OWN.maxRecipients,
			kind: 'number',
			default: '1',
			min: 1,
			max: MAX_RECIPIENTS,
			text: 'common.own.maxRecipients',
		},
		of: hasRecipients,
	},
	{
		form: {
			name: OWN.missingVariables,
			kind: 'choice',
			default: 'fail',
			choices: missingChoices,
			text: 'common.own.missingVariables',
			fixed: true,
		},
		of: sendsKnownEmails,
	},
	{
		form: {
			name: OWN.defaultCountry,
			kind: 'choice',
			default: 'US',
			choices: countryCodes,
			text: 'common.own.defaultCountry',
		},
		of: sendsSms,
	},
	{
		form: {
			name: OWN.maxUnits,
			kind: 'number',
			default: '3',
			min: 1,
			max: MAX_UNITS,
			text: 'common.own.maxUnits',
		},
		of: sendsSms,
	},
	{
		form: {
			name: OWN.maxRunUnits,
			kind: 'number',
			default: '100',
			min: 1,
			max: MAX_RUN_UNITS,
			text: 'common.own.maxRunUnits',
		},
		of: sendsSms,
	},
	{
		form: { name: OWN.plainText, kind: 'boolean', default: 'true', text: 'common.own.plainText' },
		of: sendsSms,
	},
];
