/** From what came of an operation to n8n's items. */
import { NodeApiError, type IDataObject, type INode, type INodeExecutionData } from 'n8n-workflow';
import { fieldAt, type Json, type JsonObject, type Operation, type Outcome, type Smtp2goError } from '../../../api';
import { errorItem, isSettled, toNodeError } from '../connection/errors';
import type { ItemOutcome } from './item-outcomes';

/** Where and how the items of one input item are made. */
export interface Making {
	readonly node: INode;
	readonly itemIndex: number;
	/** Refused emails of a batch become error items instead of one thrown error. */
	readonly continueOnFail: boolean;
	/** Records with their most important fields only, where the catalogue names them. */
	readonly simplify: boolean;
}

/**
 * A record as an item's JSON. A key `error` at its top would look like a failure to n8n, which then runs the
 * whole node again where Retry On Fail is set: it is renamed to `errorText`.
 */
function toJson(value: Json): IDataObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value };
	if (!Object.hasOwn(value, 'error')) return value;
	const { error, ...rest } = value;
	return { ...rest, errorText: error };
}

function simplified(value: Json, { simple }: Operation['result']): Json {
	if (simple === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const kept = simple.map((path): [string, Json | undefined] => [
		path.split('.').pop() ?? path,
		fieldAt(value, path),
	]);
	return Object.fromEntries(kept.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/**
 * The emails of a batch, each an item. Where a refused one may not become an item, the error names those that were
 * sent.
 */
function mailItems(mails: NonNullable<Outcome['mails']>, { node, itemIndex, continueOnFail }: Making): ItemOutcome {
	const refusedItem = (error: Smtp2goError) => errorItem(toNodeError(node, error, itemIndex), itemIndex);
	const refused = mails.flatMap((mail) => (mail.ok ? [] : [mail.error]));
	const [first] = refused;
	if (first && !continueOnFail) {
		const sent = mails.flatMap((mail) => (mail.ok ? [mail.value] : []));
		const error = new NodeApiError(
			node,
			{ message: first.message },
			{
				itemIndex,
				message: `${refused.length} of ${mails.length} emails were not accepted. The first: ${first.message}`,
				description:
					sent.length > 0
						? `The other ${sent.length} were accepted: do not send the batch again as it is. ${first.explanation}`
						: first.explanation,
			},
		);
		Object.assign(error.context, {
			smtp2go: { mails: mails.map((mail) => (mail.ok ? toJson(mail.value) : refusedItem(mail.error).json)) },
		});
		return { ok: false, error, settled: sent.length > 0 || refused.some(isSettled) };
	}
	return {
		ok: true,
		items: mails.map((mail) => (mail.ok ? sentItem(mail.value, itemIndex) : refusedItem(mail.error))),
		settled: true,
	};
}

/** The item of an email or message that was sent. */
export function sentItem(value: JsonObject, itemIndex: number): INodeExecutionData {
	return { json: toJson(value), pairedItem: { item: itemIndex } };
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
 * What came of an item: one output item per email of a batch, one per entry of a list, else one; or, where emails of a
 * batch were refused and the workflow is to stop at errors, the error.
 */
export function itemsOf(operation: Operation, { result, mails }: Outcome, making: Making): ItemOutcome {
	if (mails) return mailItems(mails, making);
	const records = Array.isArray(result) ? result : [result];
	const items = records.map((record) => ({
		json: toJson(making.simplify ? simplified(record, operation.result) : record),
		pairedItem: { item: making.itemIndex },
	}));
	return { ok: true, items, settled: true };
}
