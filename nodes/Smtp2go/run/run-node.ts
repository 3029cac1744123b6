/** A run of the node: all its items, by as many calls as are wanted. */
import { NodeOperationError, sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { findOperation, lostAnswer, messageOf, runPool, type Operation } from '../../../api';
import { asNodeError, errorItem, toNodeError } from '../connection/errors';
import { prepareItem, runItem, type Prepared } from './single-item';
import { Outcomes, type ItemOutcome } from './item-outcomes';
import { Session } from './session';
import { readSettings, type Settings } from './sending-options';
import { runTogether } from './shared-calls';

/** The operation of the form: its two lists take no expression, so it is the same for all items. */
function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = String(context.getNodeParameter('resource', 0));
	const key = String(context.getNodeParameter('operation', 0));
	const operation = findOperation(resource, key);
	if (!operation) {
		throw new NodeOperationError(context.getNode(), `There is no operation "${key}" of "${resource}"`, {
			itemIndex: 0,
			description:
				'Choose resource and operation again. The workflow may have been made with a newer version of this node.',
		});
	}
	return operation;
}

/** True for an item of which something leaves. */
function isCall(prepared: Prepared | ItemOutcome): boolean {
	return !('ok' in prepared) && !prepared.dry;
}

/**
 * The outcome of an item where something threw after its call may have left: what is not a read is not to be run again.
 */
function lost({ node }: Session, operation: Operation, thrown: unknown, itemIndex: number): ItemOutcome {
	if (operation.effect === 'reads') return { ok: false, error: asNodeError(node, thrown, itemIndex), settled: false };
	return {
		ok: false,
		error: toNodeError(node, lostAnswer(operation, messageOf(thrown), {}), itemIndex),
		settled: true,
	};
}

/**
 * Every open item by its own call. They are read and checked one after the other, so that nothing behind a flawed one
 * is
 * started; their calls go side by side. Between two items the event loop turns: calls that were all prepared in one go
 * would leave and come back as one clump, and nothing would be done while all of them are under way.
 */
async function runEach(session: Session, operation: Operation, outcomes: Outcomes): Promise<void> {
	const isOver = () => session.signal?.aborted === true || outcomes.stops;
	let turn: Promise<unknown> = Promise.resolve();
	const work = async (itemIndex: number) => {
		const preparing = turn.then(async () => (isOver() ? undefined : prepareItem(session, operation, itemIndex)));
		turn = preparing.then((prepared) => (prepared && isCall(prepared) ? sleep(0) : undefined));
		const prepared = await preparing;
		if (prepared === undefined) return;
		outcomes.set(
			itemIndex,
			'ok' in prepared
				? prepared
				: await runItem(session, prepared).catch((thrown: unknown) =>
						lost(session, operation, thrown, itemIndex),
					),
		);
	};
	await runPool(outcomes.open, session.settings.inFlight, work, isOver);
}

/** What is to be done with all items, and how. */
interface Plan {
	readonly operation: Operation;
	readonly settings: Settings;
}

/**
 * Reads the plan, before anything is sent. Where it cannot be read and the workflow goes on at errors, every item's
 * error: n8n would pass the items on as if they had been sent.
 */
function planOf(context: IExecuteFunctions): Plan | INodeExecutionData[] {
	try {
		const operation = chosenOperation(context);
		return { operation, settings: readSettings(context, operation) };
	} catch (thrown) {
		if (!context.continueOnFail()) throw asNodeError(context.getNode(), thrown, 0);
		return context
			.getInputData()
			.map((_item, index) => errorItem(asNodeError(context.getNode(), thrown, index), index));
	}
}

/**
 * Runs the chosen operation for all input items.
 * @returns the items that came of it, in the order of the input items and paired with them
 * @throws NodeApiError or NodeOperationError, with SMTP2GO's own sentence as the message
 */
export async function runNode(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const plan = planOf(context);
	if (Array.isArray(plan)) return plan;
	const { operation, settings } = plan;
	const session = new Session(context, settings);
	const outcomes = new Outcomes(context, operation, context.getInputData().length);
	const { signal } = session;
	if (settings.together) await runTogether(session, operation, outcomes);
	else await runEach(session, operation, outcomes);
	session.showHints();
	// n8n shows nothing of a node that was stopped.
	if (signal?.aborted && operation.effect === 'sends')
		context.logger.warn(`SMTP2GO: the workflow was stopped. ${outcomes.summary()}`);
	return outcomes.result();
}
