/** A run of the node: all its items, by as many calls as are wanted. */
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { findOperation, runPool, type Operation } from '../../../api';
import { prepareItem, runItem, type Prepared } from './item';
import { Outcomes, type ItemOutcome } from './outcomes';
import { Session } from './session';
import { readSettings } from './settings';
import { runTogether } from './together';

/** The operation of the form: its two lists take no expression, so it is the same for all items. */
function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = String(context.getNodeParameter('resource', 0));
	const key = String(context.getNodeParameter('operation', 0));
	const operation = findOperation(resource, key);
	if (!operation) {
		throw new NodeOperationError(context.getNode(), `There is no operation "${key}" of "${resource}"`, {
			itemIndex: 0, description: 'Choose resource and operation again. The workflow may have been made with a newer version of this node.',
		});
	}
	return operation;
}

/** Every open item by its own call. They are read and checked one after the other, so that nothing behind a flawed one is started; their calls go side by side. */
async function runEach(session: Session, operation: Operation, outcomes: Outcomes): Promise<void> {
	const isOver = () => session.signal?.aborted === true || outcomes.stops;
	let turn: Promise<Prepared | ItemOutcome | undefined> = Promise.resolve(undefined);
	const work = async (itemIndex: number) => {
		turn = turn.then(async () => (isOver() ? undefined : prepareItem(session, operation, itemIndex)));
		const prepared = await turn;
		if (prepared === undefined) return;
		outcomes.set(itemIndex, 'ok' in prepared ? prepared : await runItem(session, prepared));
	};
	await runPool(outcomes.open, session.settings.inFlight, work, isOver);
}

/**
 * Runs the chosen operation for all input items.
 * @returns the items that came of it, in the order of the input items and paired with them
 * @throws NodeApiError or NodeOperationError, with SMTP2GO's own sentence as the message
 */
export async function runNode(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const operation = chosenOperation(context);
	const session = new Session(context, readSettings(context, operation));
	const outcomes = new Outcomes(context, operation, context.getInputData().length);
	const { settings, signal } = session;
	if (settings.together) await runTogether(session, operation, outcomes);
	else await runEach(session, operation, outcomes);
	session.showHints();
	// n8n shows nothing of a node that was stopped.
	if (signal?.aborted && operation.effect === 'sends') context.logger.warn(`SMTP2GO: the workflow was stopped. ${outcomes.summary()}`);
	return outcomes.result();
}
