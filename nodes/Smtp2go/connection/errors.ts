/**
 * How an error is shown in n8n: SMTP2GO's own sentence on top, below it what to do and what its support will ask for.
 */
import { NodeApiError, NodeOperationError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
// These files alone, not all of api/: n8n loads them at every start.
import { Smtp2goError } from '../../../api/core/errors';
import { messageOf } from '../../../api/core/bytes';

/** The code of an error of the kind `invalid`. */
const INVALID = new Smtp2goError('invalid', '').code;

/** Everything known about an error as JSON, for the error output and for workflows that branch on it. */
function detailsOf({ code, details }: Smtp2goError): IDataObject {
	const {
		hint,
		endpoint,
		httpStatus,
		errorCode,
		requestId,
		fieldErrors,
		failures,
		partly,
		emailId,
		to,
		subject,
		retryAfterMs,
		networkCode,
	} = details;
	const known = {
		code,
		hint,
		endpoint,
		httpStatus,
		errorCode,
		requestId,
		to: to && [...to],
		subject,
		emailId,
		partly,
		retryAfterMs,
		networkCode,
		failures: failures && [...failures],
		fieldErrors: fieldErrors?.map((entry) => ({ ...entry })),
	};
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/**
 * The node's error for one of the client's.
 * @param itemIndex of the item it is about; none for hooks and lists
 */
export function toNodeError(node: INode, error: Smtp2goError, itemIndex?: number): NodeApiError | NodeOperationError {
	const at = itemIndex === undefined ? {} : { itemIndex };
	const { message, explanation: description } = error;
	const { httpStatus } = error.details;
	const shown =
		error.kind === 'invalid'
			? new NodeOperationError(node, message, { ...at, description })
			: new NodeApiError(
					node,
					{ message },
					{ ...at, message, description, ...(httpStatus ? { httpCode: String(httpStatus) } : {}) },
				);
	// n8n replaces a message that contains a code such as ECONNREFUSED with a generic sentence; ours says more.
	shown.message = message;
	Object.assign(shown.context, { smtp2go: detailsOf(error) });
	return shown;
}

/** True where a call that failed had its effect, had it in part, or may have had it. */
export function isSettled({ kind, details }: Smtp2goError): boolean {
	return kind === 'outcomeUnknown' || details.partly === true;
}

/** Whatever was thrown while an item ran, as an error that knows its item. */
export function asNodeError(node: INode, thrown: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	const error =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError
			? thrown
			: new NodeOperationError(node, thrown instanceof Error ? thrown : messageOf(thrown), { itemIndex });
	error.context['itemIndex'] ??= itemIndex;
	// What a node refuses by itself was wrong before anything was sent.
	if (error instanceof NodeOperationError) error.context['smtp2go'] ??= { code: INVALID };
	return error;
}

/**
 * The item with its error beside, for the error output of n8n before 2.36, which looks for it there where an item holds
 * details. Not to be listed: n8n drops it from the copy that goes out, which is the same in all versions.
 */
function marked(item: INodeExecutionData, error: NodeApiError | NodeOperationError): INodeExecutionData {
	if (error.node.onError !== 'continueErrorOutput') return item;
	return Object.defineProperty(item, 'error', {
		value: error,
		writable: true,
		configurable: true,
		enumerable: false,
	});
}

/**
 * The item for the error output. n8n sends an item there by its form only: `error`, and beside it nothing but
 * `message` and `details` (workflow-execute.js of n8n-core 2.41.1).
 */
export function errorItem(error: NodeApiError | NodeOperationError, itemIndex: number): INodeExecutionData {
	const details = error.context['smtp2go'] as IDataObject | undefined;
	const json = {
		error: error.message,
		...(error.description ? { message: error.description } : {}),
		...(details ? { details } : {}),
	};
	return marked({ json, pairedItem: { item: itemIndex } }, error);
}
