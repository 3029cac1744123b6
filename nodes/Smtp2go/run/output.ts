/** Turns the outcome of an operation into n8n's items. */
import { NodeApiError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import { valueAt, type Json, type JsonObject, type OperationBase, type Outcome, type Smtp2goError } from '../../../api';
import { isSettled, toNodeError } from '../connection/errors';
import type { ItemOutcome } from '../state/item-outcome';
import { errorItem } from './error-items';

/** How the output of one input item is made. */
export interface OutputOptions {
	readonly node: INode;
	readonly itemIndex: number;
	/** Rejected emails of a batch become error items instead of one thrown error. */
	readonly continueOnFail: boolean;
	/** Records keep only their most important fields, if the catalogue names them. */
	readonly simplify: boolean;
}

/**
 * A record as an item's JSON. To n8n, a top-level key `error` looks like a failure: with Retry On Fail it would run the
 * whole node again. So the key becomes `errorText`.
 */
function itemJson(value: Json): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value };
	if (!Object.hasOwn(value, 'error')) return value;
	const { error, ...rest } = value;
	return { ...rest, errorText: error };
}

function simplifyRecord(value: Json, { simple }: OperationBase['result']): Json {
	if (simple === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const kept = simple.map((path): [string, Json | undefined] => [
		path.split('.').pop() ?? path,
		valueAt(value, path),
	]);
	return Object.fromEntries(kept.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/**
 * The emails of a batch, one item each. If a rejected email cannot become an item, the error names those that were
 * sent.
 */
function batchItems(
	emails: NonNullable<Outcome['emails']>,
	{ node, itemIndex, continueOnFail }: OutputOptions,
): ItemOutcome {
	const rejectedItem = (error: Smtp2goError) => errorItem(toNodeError(node, error, itemIndex), itemIndex);
	const rejected = emails.flatMap((email) => (email.ok ? [] : [email.error]));
	const [first] = rejected;
	if (first && !continueOnFail) {
		const sent = emails.flatMap((email) => (email.ok ? [email.value] : []));
		const error = new NodeApiError(
			node,
			{ message: first.message },
			{
				itemIndex,
				message:
					`${rejected.length} of ${emails.length} emails failed or have an unknown outcome. The first: ` +
					`${first.message}`,
				description:
					sent.length > 0
						? `Emails sent: ${sent.length}. Do not send the whole batch again. ${first.explanation}`
						: first.explanation,
			},
		);
		Object.assign(error.context, {
			smtp2go: {
				emails: emails.map((email) => (email.ok ? itemJson(email.value) : rejectedItem(email.error).json)),
			},
		});
		return { ok: false, error, settled: sent.length > 0 || rejected.some(isSettled) };
	}
	return {
		ok: true,
		items: emails.map((email) => (email.ok ? sentItem(email.value, itemIndex) : rejectedItem(email.error))),
		settled: true,
	};
}

/** The item of an email or text message that was sent. */
export function sentItem(value: JsonObject, itemIndex: number): INodeExecutionData {
	return { json: itemJson(value), pairedItem: { item: itemIndex } };
}

/** The item of a request that was only shown. */
export function previewItem(request: JsonObject, itemIndexes: readonly number[]): INodeExecutionData {
	const [first = 0, ...others] = itemIndexes;
	return {
		json: { dryRun: true, ...request },
		pairedItem: others.length === 0 ? { item: first } : itemIndexes.map((item) => ({ item })),
	};
}

/**
 * The output of an item: one output item per email of a batch or entry of a list, or one in all. If emails of a batch
 * were rejected and the workflow stops on errors, it is the error.
 */
export function toItems(operation: OperationBase, { result, emails }: Outcome, options: OutputOptions): ItemOutcome {
	if (emails) return batchItems(emails, options);
	const records = Array.isArray(result) ? result : [result];
	const items = records.map((record) => ({
		json: itemJson(options.simplify ? simplifyRecord(record, operation.result) : record),
		pairedItem: { item: options.itemIndex },
	}));
	return { ok: true, items, settled: true };
}
