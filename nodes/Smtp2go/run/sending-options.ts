/** How this run sends: read once, from the first item; but whether an item is sent at all, for each item. */
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import {
	missingPolicies,
	readBoolean,
	readChoice,
	readNumber,
	type Field,
	type Flow,
	type MissingPolicy,
	type Operation,
	type RecipientLimits,
} from '../../../api';
import { toNodeError } from '../connection/errors';
import { SENDING } from '../parameters/names';
import {
	batchSize,
	callsPerMinute,
	checkFirst,
	dryRun,
	inFlight,
	mainRecipients,
	maxRecipients,
	missingVariables,
	oneRecipient,
	sendModeOf,
	waitBetween,
} from '../parameters/own-options';
import { isBlank } from '../parameters/form-values';
import { isAdded, parameter } from '../parameters/read';

/** How this run sends. */
export interface Settings {
	/** True where several items go in one call. */
	readonly together: boolean;
	/** Emails in a call. */
	readonly batchSize: number;
	/** Items under way at a time. */
	readonly inFlight: number;
	readonly flow: Flow;
	readonly checkFirst: boolean;
}

/**
 * One that was added, as its field reads it; `undefined` where it was not. Read by its path: the options beside it are
 * none of its business, and may hold an expression that fails.
 */
function optionOf(context: IExecuteFunctions, operation: Operation, field: Field, itemIndex: number): unknown {
	if (operation.effect !== 'sends' || !isAdded(context, SENDING, field.name)) return undefined;
	return valueOf(context, field, itemIndex, parameter(context, `${SENDING}.${field.name}`, itemIndex, undefined));
}

/** A value of the form, as its field reads it. */
function valueOf(context: IExecuteFunctions, field: Field, itemIndex: number, value: unknown): unknown {
	if (isBlank(value)) {
		if (field.kind !== 'boolean') return undefined;
		// Also what n8n makes of an expression that fails. A switch that keeps email from going out must not be off by
		// mistake.
		throw new NodeOperationError(context.getNode(), `${field.label} has no value`, {
			itemIndex,
			description:
				'Its expression failed, or gives nothing, and nothing was sent for this item. Where nothing means no, say so in the expression, as in {{ $json.test ?? false }}.',
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
 * True where an item is only shown.
 * @throws NodeOperationError where the option does not fit, or whatever its expression throws
 */
export function isDry(context: IExecuteFunctions, operation: Operation, itemIndex: number): boolean {
	return optionOf(context, operation, dryRun, itemIndex) === true;
}

/** What keeps one item from being sent. */
export interface Guards {
	readonly recipients: RecipientLimits;
	readonly missing: MissingPolicy;
}

/**
 * The guards of an item: an expression may differ from one to the next.
 * @throws NodeOperationError where one does not fit, or whatever its expression throws
 */
export function readGuards(context: IExecuteFunctions, operation: Operation, itemIndex: number): Guards {
	const inForm = mainRecipients(operation) !== undefined;
	const one = inForm
		? valueOf(context, oneRecipient, itemIndex, parameter(context, oneRecipient.name, itemIndex, false))
		: optionOf(context, operation, oneRecipient, itemIndex);
	const missing = optionOf(context, operation, missingVariables, itemIndex) ?? missingVariables.default;
	return {
		recipients: {
			one: one === true,
			most: optionOf(context, operation, maxRecipients, itemIndex) as number | undefined,
		},
		missing: missingPolicies.find((policy) => policy === missing) ?? missingVariables.default,
	};
}

/**
 * Reads the settings.
 * @throws NodeOperationError where one does not fit, or whatever an expression in one throws
 */
export function readSettings(context: IExecuteFunctions, operation: Operation): Settings {
	const number = (field: Field) => optionOf(context, operation, field, 0) as number | undefined;
	// Reads go side by side. What changes the account goes one after the other: the last of two changes is the one that
	// stays.
	const places =
		operation.effect === 'sends' || operation.effect === 'reads' ? (number(inFlight) ?? inFlight.default) : 1;
	return {
		together: sendModeOf(operation) !== undefined && context.getNodeParameter('sendMode', 0, 'each') === 'batch',
		batchSize: number(batchSize) ?? batchSize.default,
		inFlight: places,
		flow: { inFlight: places, waitBetween: number(waitBetween), callsPerMinute: number(callsPerMinute) },
		checkFirst: optionOf(context, operation, checkFirst, 0) === true,
	};
}
