/** A run of the node: all input items, by as many calls as the options ask for. */
import { NodeOperationError, sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import {
	findOffered,
	isCompound,
	lostResponse,
	messageOf,
	runPool,
	type OfferedOperation,
	type Operation,
} from '../../../api';
import { toNodeError } from '../connection/errors';
import type { ItemOutcome } from '../state/item-outcome';
import { asNodeError, errorItem } from './error-items';
import { ItemOutcomes } from './item-outcomes';
import { checkRows } from './problem-rows';
import { readSendingOptions, type SendingOptions } from './sending-options';
import { runForAll } from './compound';
import { Session } from './session';
import { runTogether } from './shared-calls';
import { prepareItem, runItem, type PreparedItem } from './single-item';
import { prepareAhead } from './unit-limit';

/** The operation of the form. It is the same for all items: resource and operation take no expression. */
function chosenOperation(context: IExecuteFunctions): OfferedOperation {
	const resource = String(context.getNodeParameter('resource', 0));
	const key = String(context.getNodeParameter('operation', 0));
	const operation = findOffered(resource, key);
	if (!operation) {
		throw new NodeOperationError(
			context.getNode(),
			`The resource "${resource}" does not have an operation "${key}"`,
			{
				itemIndex: 0,
				description:
					'The workflow may have been created with a newer version of this node. ' +
					'Update the node, or select the resource and operation again.',
			},
		);
	}
	return operation;
}

/** True for an item that makes a call. */
function makesCall(prepared: PreparedItem | ItemOutcome): boolean {
	return !('ok' in prepared) && !prepared.dry;
}

/** The outcome of an item whose call may have left before something threw. Only a read can run again. */
function thrownOutcome({ node }: Session, operation: Operation, thrown: unknown, itemIndex: number): ItemOutcome {
	if (operation.effect === 'reads') return { ok: false, error: asNodeError(node, thrown, itemIndex), settled: false };
	return {
		ok: false,
		error: toNodeError(node, lostResponse(operation, messageOf(thrown), {}), itemIndex),
		settled: true,
	};
}

/**
 * Runs every open item with a separate call. Items are read and checked one after the other, so that no item behind an
 * invalid one starts; their calls run concurrently. The event loop turns between two items: otherwise all calls would
 * leave and return at once, with nothing to do in between.
 */
async function runEach(session: Session, operation: Operation, outcomes: ItemOutcomes): Promise<void> {
	const isOver = () => session.signal?.aborted === true || outcomes.stops;
	const ahead = await prepareAhead(session, operation, outcomes);
	let turn: Promise<unknown> = Promise.resolve();
	const work = async (itemIndex: number) => {
		const preparing = turn.then(async () =>
			isOver() ? undefined : (ahead.get(itemIndex) ?? prepareItem(session, operation, itemIndex)),
		);
		turn = preparing.then((prepared) => (prepared && makesCall(prepared) ? sleep(0) : undefined));
		const prepared = await preparing;
		if (prepared === undefined) return;
		outcomes.set(
			itemIndex,
			'ok' in prepared
				? prepared
				: await runItem(session, prepared).catch((thrown: unknown) =>
						thrownOutcome(session, operation, thrown, itemIndex),
					),
		);
	};
	await runPool(outcomes.open, session.options.concurrency, work, isOver);
}

/** What to do with all items, and how. */
interface Plan {
	readonly operation: OfferedOperation;
	readonly options: SendingOptions;
}

/**
 * Reads the plan before anything is sent. If it cannot be read and the workflow continues on errors, every item gets an
 * error: n8n would otherwise pass the items on as if they had been sent.
 */
function readPlan(context: IExecuteFunctions): Plan | INodeExecutionData[] {
	try {
		const operation = chosenOperation(context);
		return { operation, options: readSendingOptions(context, operation) };
	} catch (thrown) {
		if (!context.continueOnFail()) throw asNodeError(context.getNode(), thrown, 0);
		return context
			.getInputData()
			.map((_item, index) => errorItem(asNodeError(context.getNode(), thrown, index), index));
	}
}

/**
 * Runs the chosen operation for all input items.
 * @returns the output items, in the order of the input items and paired with them
 * @throws NodeApiError or NodeOperationError, with SMTP2GO's own message first
 */
export async function runNode(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const plan = readPlan(context);
	if (Array.isArray(plan)) return plan;
	const { operation, options } = plan;
	const session = new Session(context, options);
	const outcomes = new ItemOutcomes(context, operation, context.getInputData().length);
	const { list, signal } = session;
	if (list && options.merge) await checkRows(session, list, options.merge, outcomes);
	if (isCompound(operation)) await runForAll(session, operation, outcomes);
	else if (options.together) await runTogether(session, operation, outcomes);
	else await runEach(session, operation, outcomes);
	session.showHints();
	// n8n shows no output of a node that was stopped.
	if (signal?.aborted && operation.effect === 'sends')
		context.logger.warn(`SMTP2GO: the workflow was stopped. ${outcomes.summary()}`);
	return outcomes.result();
}
