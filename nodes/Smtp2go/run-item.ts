import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { findOperation, readBoolean, run, type Operation } from '../../api';
import { toNodeError } from './errors';
import { connect } from './host';
import { canSimplify, hasLimit } from './parameters';
import { itemsOf } from './results';
import { readValues } from './values';

function chosenOperation(context: IExecuteFunctions, itemIndex: number): Operation {
	const resource = String(context.getNodeParameter('resource', itemIndex));
	const key = String(context.getNodeParameter('operation', itemIndex));
	const operation = findOperation(resource, key);
	if (!operation) {
		throw new NodeOperationError(context.getNode(), `There is no operation "${key}" of "${resource}"`, {
			itemIndex, description: 'Choose resource and operation again. The workflow may have been made with a newer version of this node.',
		});
	}
	return operation;
}

/** A switch of the form; an expression or an AI agent may give it as text. */
function isOn(context: IExecuteFunctions, itemIndex: number, name: string, label: string, initial: boolean): boolean {
	const read = readBoolean(context.getNodeParameter(name, itemIndex, initial), { name, label });
	if (!read.ok) throw toNodeError(context.getNode(), read.error, itemIndex);
	return read.value === undefined ? initial : read.value === true;
}

/** How many entries of a list are wanted: a whole number from 1, or all. */
function limitOf(context: IExecuteFunctions, operation: Operation, itemIndex: number): number {
	if (!hasLimit(operation) || isOn(context, itemIndex, 'returnAll', 'Return All', false)) return Infinity;
	const limit = Number(context.getNodeParameter('limit', itemIndex, 50));
	if (!Number.isSafeInteger(limit) || limit < 1) throw new NodeOperationError(context.getNode(), 'Limit must be a whole number from 1', { itemIndex });
	return limit;
}

/**
 * Runs the chosen operation for one input item.
 * @returns the items that came of it, paired with that item
 * @throws NodeApiError or NodeOperationError, with SMTP2GO's own sentence as the message
 */
export async function runItem(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const operation = chosenOperation(context, itemIndex);
	const simplify = !canSimplify(operation) || isOn(context, itemIndex, 'simplify', 'Simplify', true);
	const connection = await connect(context, itemIndex, context.getExecutionCancelSignal());
	if (!connection.ok) throw toNodeError(node, connection.error, itemIndex);
	const values = await readValues(context, operation, itemIndex);
	const outcome = await run(connection.value, operation, values, { limit: limitOf(context, operation, itemIndex), raw: !simplify });
	if (!outcome.ok) throw toNodeError(node, outcome.error, itemIndex);
	if (outcome.value.hint) context.addExecutionHints({ message: outcome.value.hint, location: 'outputPane', type: 'warning' });
	return itemsOf(operation, outcome.value, { node, itemIndex, simplify, continueOnFail: context.continueOnFail() });
}
