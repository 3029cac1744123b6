/** How this run sends: read once, from the first item. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord, readBoolean, readNumber, type Field, type Flow, type Operation } from '../../../api';
import { toNodeError } from '../errors';
import { OPTIONS } from '../parameters';
import { batchSize, callsPerMinute, checkFirst, dryRun, inFlight, sendModeOf, waitBetween } from '../sending';

/** How this run sends. */
export interface Settings {
	/** True where several items go in one call. */
	readonly together: boolean;
	/** Mails in a call. */
	readonly batchSize: number;
	/** Items under way at a time. */
	readonly inFlight: number;
	readonly flow: Flow;
	readonly checkFirst: boolean;
	readonly dryRun: boolean;
}

/** One that was added, as its field reads it; its default where it was not, and `undefined` for a number without one. */
function optionOf(context: IExecuteFunctions, options: Readonly<Record<string, unknown>>, field: Field): unknown {
	if (!Object.hasOwn(options, field.name)) return undefined;
	const read = (field.kind === 'boolean' ? readBoolean : readNumber)(options[field.name], field);
	if (!read.ok) throw toNodeError(context.getNode(), read.error, 0);
	return read.value;
}

/**
 * Reads the settings.
 * @throws NodeOperationError where one does not fit
 */
export function readSettings(context: IExecuteFunctions, operation: Operation): Settings {
	const added = operation.effect === 'sends' ? context.getNodeParameter(OPTIONS, 0, {}) : {};
	const options = isRecord(added) ? added : {};
	const number = (field: Field) => optionOf(context, options, field) as number | undefined;
	// Reads go side by side. What changes the account goes one after the other: the last of two changes is the one that stays.
	const places = operation.effect === 'sends' || operation.effect === 'reads' ? number(inFlight) ?? inFlight.default : 1;
	return {
		together: sendModeOf(operation) !== undefined && context.getNodeParameter('sendMode', 0, 'each') === 'batch',
		batchSize: number(batchSize) ?? batchSize.default,
		inFlight: places,
		flow: { inFlight: places, waitBetween: number(waitBetween), callsPerMinute: number(callsPerMinute) },
		checkFirst: optionOf(context, options, checkFirst) === true,
		dryRun: optionOf(context, options, dryRun) === true,
	};
}
