/** Counts the SMS units of all items before the first text message is sent, if the run has a maximum. */
import { beyondUnits, runLimitError, sumOfSms, type BuiltRequest, type Operation } from '../../../api';
import { toNodeError } from '../connection/errors';
import type { ItemOutcomes } from './item-outcomes';
import type { Session } from './session';
import { prepareItem, type PreparedItem } from './single-item';

/** An item with the request that it would send. */
interface Counted {
	readonly itemIndex: number;
	readonly request: BuiltRequest;
}

/** The requests of the items that an earlier try of this run sent. Their units count too. */
async function sentBefore(session: Session, operation: Operation, outcomes: ItemOutcomes): Promise<BuiltRequest[]> {
	const requests: BuiltRequest[] = [];
	for (const itemIndex of outcomes.settledBefore) {
		const prepared = await prepareItem(session, operation, itemIndex);
		if ('request' in prepared) requests.push(prepared.request);
	}
	return requests;
}

/**
 * Returns the items that fit into the maximum number of units of the run. The others get an error. If the workflow
 * stops on errors, the first error stops all.
 */
export async function withinRun<Item extends Counted>(
	session: Session,
	operation: Operation,
	outcomes: ItemOutcomes,
	items: readonly Item[],
): Promise<readonly Item[]> {
	const { maxRunUnits: max } = session.options;
	if (max === undefined) return items;
	const requests = items.map(({ request }) => request);
	const before = await sentBefore(session, operation, outcomes);
	const beyond = new Set(beyondUnits(requests, max, sumOfSms(before).total));
	const isAll = before.length === 0 && !session.context.continueOnFail();
	for (const index of beyond) {
		const { itemIndex = 0 } = items[index] ?? {};
		const error = runLimitError(sumOfSms([...before, ...requests]), max, isAll);
		outcomes.set(itemIndex, { ok: false, error: toNodeError(session.node, error, itemIndex), settled: false });
		if (outcomes.stops) return [];
	}
	return items.filter((_item, index) => !beyond.has(index));
}

/**
 * Reads and checks all items before the first call if the run has a maximum number of units, so that none is sent if
 * they exceed it.
 * @returns the items that are ready, by their index; none if there is no maximum, or if a failed item ends the run
 */
export async function prepareAhead(
	session: Session,
	operation: Operation,
	outcomes: ItemOutcomes,
): Promise<ReadonlyMap<number, PreparedItem>> {
	if (session.options.maxRunUnits === undefined) return new Map();
	const ready: PreparedItem[] = [];
	for (const itemIndex of outcomes.open) {
		if (session.signal?.aborted) return new Map();
		const prepared = await prepareItem(session, operation, itemIndex);
		if (!('ok' in prepared)) ready.push(prepared);
		else outcomes.set(itemIndex, prepared);
		if (outcomes.stops) return new Map();
	}
	const allowed = await withinRun(session, operation, outcomes, ready);
	return new Map(allowed.map((item) => [item.itemIndex, item]));
}
