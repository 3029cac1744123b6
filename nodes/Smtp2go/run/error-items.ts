/** The items and errors of a failed input item, in the form that n8n sends to the error output. */
import { NodeApiError, NodeOperationError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import { messageOf, Smtp2goError } from '../../../api';

/** The code of an error of the kind `invalid`. */
const INVALID = new Smtp2goError('invalid', '').code;

/** Turns whatever an item threw into an error that knows its item. */
export function asNodeError(node: INode, thrown: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(node, thrown instanceof Error ? thrown : messageOf(thrown), { itemIndex });
	error.context['itemIndex'] ??= itemIndex;
	// The node itself rejects only values, before anything is sent.
	if (error instanceof NodeOperationError) error.context['smtp2go'] ??= { code: INVALID };
	return error;
}

/**
 * Adds the error to the item, where n8n before 2.36 looks for it if an item has details. The property is not
 * enumerable: n8n drops it when it copies the item, so the output is the same in all versions.
 */
function withError(item: INodeExecutionData, error: NodeApiError | NodeOperationError): INodeExecutionData {
	if (error.node.onError !== 'continueErrorOutput') return item;
	return Object.defineProperty(item, 'error', {
		value: error,
		writable: true,
		configurable: true,
		enumerable: false,
	});
}

/**
 * The item for the error output. n8n recognizes it by its form alone: `error`, and nothing beside it but `message` and
 * `details` (workflow-execute.js of n8n-core 2.41.1).
 */
export function errorItem(error: NodeApiError | NodeOperationError, itemIndex: number): INodeExecutionData {
	const details = error.context['smtp2go'] as IDataObject | undefined;
	const json = {
		error: error.message,
		...(error.description ? { message: error.description } : {}),
		...(details ? { details } : {}),
	};
	return withError({ json, pairedItem: { item: itemIndex } }, error);
}
