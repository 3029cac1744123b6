/** Errors of the client as n8n shows them: SMTP2GO's own message first, then what to do and what support asks for. */
import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
// Not from api/index: n8n loads these files when it starts.
import type { Smtp2goError } from '../../../api/core/errors';

/** Everything known about an error as JSON, for the error output and for workflows that branch on it. */
function errorDetails({ code, details }: Smtp2goError): IDataObject {
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
 * Turns an error of the client into an error of the node.
 * @param itemIndex the item that it concerns; none for webhooks and lists
 */
export function toNodeError(node: INode, error: Smtp2goError, itemIndex?: number): NodeApiError | NodeOperationError {
	const at = itemIndex === undefined ? {} : { itemIndex };
	const { message, explanation: description } = error;
	const { httpStatus } = error.details;
	const shown =
		error.type === 'invalid'
			? new NodeOperationError(node, message, { ...at, description })
			: new NodeApiError(
					node,
					{ message },
					{ ...at, message, description, ...(httpStatus ? { httpCode: String(httpStatus) } : {}) },
				);
	// n8n replaces a message that contains a code such as ECONNREFUSED with a generic one; ours says more.
	shown.message = message;
	Object.assign(shown.context, { smtp2go: errorDetails(error) });
	return shown;
}

/** Joins sentences, and leaves out one that an earlier one already contains. */
function joinSentences(parts: readonly (string | undefined)[]): string {
	const texts = parts
		.filter((part) => part !== undefined && part !== '')
		.map((part) => String(part).replace(/\.$/, ''));
	return `${texts.filter((text, index) => !texts.slice(0, index).some((earlier) => earlier.includes(text))).join('. ')}.`;
}

/**
 * Turns an error of the client into an error of the node with everything in its message: n8n shows nothing else when a
 * workflow is published.
 * @param advice what to do, after what the error itself says
 */
export function errorInOneMessage(node: INode, error: Smtp2goError, advice?: string): NodeApiError {
	const { httpStatus } = error.details;
	const text = joinSentences([error.message, error.explanation, advice]);
	const message = error.type === 'invalid' || /smtp2go/i.test(text) ? text : `SMTP2GO: ${text}`;
	const shown = new NodeApiError(
		node,
		{ message },
		{ message, ...(httpStatus ? { httpCode: String(httpStatus) } : {}) },
	);
	shown.message = message;
	return shown;
}

/** True if a failed call took effect, took effect in part, or may have. */
export function isSettled({ type, details }: Smtp2goError): boolean {
	return type === 'outcomeUnknown' || details.partly === true;
}
