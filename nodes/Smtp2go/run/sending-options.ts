/** Reads the node's own options: how items are sent, once per run, and what can stop an item, for each item. */
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import {
	missingPolicies,
	problemPolicies,
	readBoolean,
	readChoice,
	readNumber,
	type CallLimits,
	type Columns,
	type Field,
	type MissingPolicy,
	type Operation,
	type OperationBase,
	type ProblemPolicy,
	type ReadOptions,
	type RecipientLimits,
	type UnitLimits,
} from '../../../api';
import { toNodeError } from '../connection/errors';
import { isBlank } from '../parameters/form-values';
import {
	allowDuplicates,
	AUTO_MAP,
	checkSuppressions,
	columnFields,
	COLUMNS,
	columnsToUse,
	dataMode,
	problemRows,
} from '../parameters/merge-options';
import { SENDING_OPTIONS } from '../parameters/names';
import {
	batchSize,
	callsPerMinute,
	checkFirst,
	concurrency,
	defaultCountry,
	dryRun,
	maxRecipients,
	maxRunUnits,
	maxUnits,
	minInterval,
	missingVariables,
	oneRecipient,
	plainText,
	recipientField,
	sendModeField,
} from '../parameters/own-options';
import { isAdded, readParameter } from '../parameters/read';

/** How this run sends its items. */
export interface SendingOptions {
	/** True if several items share a call. */
	readonly together: boolean;
	/** Emails per call. */
	readonly batchSize: number;
	/** Calls at the same time. */
	readonly concurrency: number;
	readonly limits: CallLimits;
	readonly checkFirst: boolean;
	/** The maximum number of SMS units of all items together. */
	readonly maxRunUnits?: number | undefined;
	/** How items are read as rows of a list; undefined if each field of the form is read for each item. */
	readonly merge?: MergeOptions | undefined;
}

/** How the rows of a list are read and checked. */
export interface MergeOptions {
	readonly columns: Columns;
	readonly problemRows: ProblemPolicy;
	readonly checkSuppressions: boolean;
	readonly allowDuplicates: boolean;
}

/**
 * An option that was added; undefined if it was not. Read by its own path, because an expression in another option can
 * fail.
 */
function readOption(context: IExecuteFunctions, operation: OperationBase, field: Field, itemIndex: number): unknown {
	if (operation.effect !== 'sends' || !isAdded(context, SENDING_OPTIONS, field.name)) return undefined;
	const value = readParameter(context, `${SENDING_OPTIONS}.${field.name}`, itemIndex, undefined);
	return readOwnField(context, field, itemIndex, value);
}

/** Options that can stop an email, besides those that are on or off. */
const SAFEGUARDS: readonly Field[] = [problemRows, missingVariables, maxRecipients, maxUnits, maxRunUnits];

/** The value of an own field, checked. */
function readOwnField(context: IExecuteFunctions, field: Field, itemIndex: number, value: unknown): unknown {
	if (isBlank(value)) {
		const isSwitch = field.kind === 'boolean';
		if (!isSwitch && !SAFEGUARDS.includes(field)) return undefined;
		// n8n also turns a failed expression into an empty value. An option that stops emails must not be off by
		// mistake.
		throw new NodeOperationError(context.getNode(), `${field.label} has no value`, {
			itemIndex,
			description:
				'Its expression failed or resolved to an empty value, so this item was not sent. ' +
				(isSwitch
					? 'If empty means no, use a default, such as {{ $json.test ?? false }}.'
					: 'Enter a value, or remove the option.'),
		});
	}
	const read = (field.kind === 'boolean' ? readBoolean : field.kind === 'choice' ? readChoice : readNumber)(
		value,
		field,
	);
	if (!read.ok) throw toNodeError(context.getNode(), read.error, itemIndex);
	return read.value;
}

/**
 * True if an item is only shown, not sent.
 * @throws NodeOperationError if the option is invalid, or whatever its expression throws
 */
export function isDryRun(context: IExecuteFunctions, operation: Operation, itemIndex: number): boolean {
	return readOption(context, operation, dryRun, itemIndex) === true;
}

/** What can stop an item from being sent, and how its values are read. */
export interface Safeguards {
	readonly recipients: RecipientLimits;
	readonly units: UnitLimits;
	readonly reading: ReadOptions;
	readonly missing: MissingPolicy;
}

/**
 * Reads the safeguards of an item.
 * @throws NodeOperationError if one is invalid, or whatever its expression throws
 */
export function readSafeguards(context: IExecuteFunctions, operation: Operation, itemIndex: number): Safeguards {
	const inForm = recipientField(operation) !== undefined;
	const one = inForm
		? readOwnField(context, oneRecipient, itemIndex, readParameter(context, oneRecipient.name, itemIndex, false))
		: readOption(context, operation, oneRecipient, itemIndex);
	const option = (field: Field) => readOption(context, operation, field, itemIndex);
	const missing = option(missingVariables) ?? missingVariables.default;
	return {
		recipients: { one: one === true, max: option(maxRecipients) as number | undefined },
		units: { plain: option(plainText) === true, perSms: option(maxUnits) as number | undefined },
		reading: { country: option(defaultCountry) as string | undefined },
		missing: missingPolicies.find((policy) => policy === missing) ?? missingVariables.default,
	};
}

/** The columns of the list, as the form assigns them. */
function readColumns(context: IExecuteFunctions): Columns {
	const option = ({ name }: Field) =>
		isAdded(context, COLUMNS, name) ? readParameter(context, `${COLUMNS}.${name}`, 0, '') : '';
	const assigned = columnFields
		.map(([use, field]): [string, unknown] => [use, option(field)])
		.filter(([, column]) => !isBlank(column));
	return {
		assigned: Object.fromEntries(assigned.map(([use, column]) => [use, String(column)])),
		all: option(columnsToUse) === 'all',
	};
}

/** How items are read as rows of a list, from the first item; undefined in the other mode. */
function readMergeOptions(context: IExecuteFunctions, operation: OperationBase): MergeOptions | undefined {
	if (operation.together !== 'emails' || context.getNodeParameter(dataMode.name, 0, dataMode.default) !== AUTO_MAP)
		return undefined;
	const policy = readOption(context, operation, problemRows, 0);
	return {
		columns: readColumns(context),
		problemRows: problemPolicies.find((one) => one === policy) ?? problemRows.default,
		checkSuppressions: readOption(context, operation, checkSuppressions, 0) !== false,
		allowDuplicates: readOption(context, operation, allowDuplicates, 0) === true,
	};
}

/**
 * Reads how this run sends its items, from the first item.
 * @throws NodeOperationError if an option is invalid, or whatever an expression in one throws
 */
export function readSendingOptions(context: IExecuteFunctions, operation: OperationBase): SendingOptions {
	const number = (field: Field) => readOption(context, operation, field, 0) as number | undefined;
	// Changes to the account are made one after the other: of two changes, the last one must win.
	const calls =
		operation.effect === 'sends' || operation.effect === 'reads' ? (number(concurrency) ?? concurrency.default) : 1;
	return {
		together: sendModeField(operation) !== undefined && context.getNodeParameter('sendMode', 0, 'each') === 'batch',
		batchSize: number(batchSize) ?? batchSize.default,
		concurrency: calls,
		limits: { concurrency: calls, minInterval: number(minInterval), callsPerMinute: number(callsPerMinute) },
		checkFirst: readOption(context, operation, checkFirst, 0) === true,
		maxRunUnits: number(maxRunUnits),
		merge: readMergeOptions(context, operation),
	};
}
