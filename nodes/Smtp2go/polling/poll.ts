/** One poll: reads what is new, hands it out, and keeps how far it came. */
import { NodeOperationError, type IDataObject, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { failure, invalid, messageOf, type Result } from '../../../api';
import { toNodeError } from '../connection/errors';
import { connect, monotonic } from '../connection/host';
import { pollers, type Poller } from '../state/process-state';
import { accountHealth } from './account-health';
import { emailEvents } from './email-events';
import { clearFaults, handleFault, logNotes } from './faults';
import { readWatched, type Watched } from './form';
import type { Found, Poll, Watcher } from './found';
import { incomingSms } from './incoming-sms';
import { keepMemory, readMemory } from './memory';

const watchers: Readonly<Record<Watched, Watcher>> = { events: emailEvents, incomingSms, accountHealth };

/** The time of a poll in milliseconds where n8n does not say: as n8n 2.41 has it. */
const BUDGET = 300_000;

const UNKNOWN_WATCH = invalid('watch', 'Watch must be Email Events, Incoming SMS or Account Health');

/** The moment after which a poll begins no further call. Older versions of n8n do not tell their budget. */
function deadlineOf(context: { getPollBudgetMs?: () => number }, now: number): number {
	return now + (context.getPollBudgetMs?.() ?? BUDGET);
}

function pollerOf(context: IPollFunctions): Poller {
	const key = `${context.getWorkflow().id}:${context.getNode().id}`;
	const known = pollers.get(key);
	if (known) return known;
	const poller: Poller = { isRunning: false };
	pollers.set(key, poller);
	return poller;
}

function toItems(list: readonly Readonly<Record<string, unknown>>[]): INodeExecutionData[] {
	return list.map((json) => ({ json: json as IDataObject }));
}

/**
 * Hands out what a poll found. n8n saves the state with the last execution that starts. So if n8n ends before that, the
 * events come again. Of several executions, n8n must not get the last one back: if the workflow was edited during the
 * poll, n8n would drop it without saving the state, and the others would come again (poll-trigger-executor.js of
 * 2.41.1).
 */
function handOut(
	context: IPollFunctions,
	watched: Watched,
	{ items, state, perExecution }: Found,
): INodeExecutionData[][] | null {
	const all = toItems(items);
	const last = perExecution === 'one' ? all.pop() : undefined;
	if (last === undefined) {
		keepMemory(context, watched, state);
		return all.length === 0 ? null : [all];
	}
	for (const item of all) context.__emit([[item]]);
	keepMemory(context, watched, state);
	context.__emit([[last]]);
	return null;
}

/**
 * Reads what is new. Whatever n8n throws, such as for a credential that is missing or an expression that fails, is an
 * error like any other: thrown, it would fail an execution with every poll.
 */
async function read(
	context: IPollFunctions,
	watched: Watched | undefined,
	stored: Poll['stored'],
): Promise<Result<Found>> {
	if (watched === undefined) return failure(UNKNOWN_WATCH);
	try {
		const connected = await connect(context);
		if (!connected.ok) return connected;
		const connection = connected.value;
		const deadline = deadlineOf(context, connection.host.now());
		return await watchers[watched].poll({ context, connection, stored, deadline });
	} catch (thrown) {
		return failure(invalid('form', messageOf(thrown)));
	}
}

async function pollOnce(context: IPollFunctions, poller: Poller): Promise<INodeExecutionData[][] | null> {
	const watched = readWatched(context);
	const isPublished = poller.context?.deref() !== context;
	poller.context = new WeakRef(context);
	const stored = watched && readMemory(context, watched);
	const found = await read(context, watched, stored);
	if (poller.context.deref() !== context) return null;
	const now = monotonic();
	if (!found.ok || watched === undefined)
		return handleFault(context, poller, found.ok ? UNKNOWN_WATCH : found.error, {
			hasPolled: stored !== undefined,
			isPublished,
			now,
		});
	clearFaults(context, poller);
	logNotes(context, poller, found.value.notes, now);
	return handOut(context, watched, found.value);
}

/** Returns what "Fetch Test Event" shows. It touches no state. */
async function sample(context: IPollFunctions): Promise<INodeExecutionData[][]> {
	const node = context.getNode();
	const watched = readWatched(context);
	if (watched === undefined) throw toNodeError(node, UNKNOWN_WATCH);
	const connected = await connect(context);
	if (!connected.ok) throw toNodeError(node, connected.error);
	const connection = connected.value;
	const shown = await watchers[watched].sample({
		context,
		connection,
		stored: undefined,
		deadline: deadlineOf(context, connection.host.now()),
	});
	if (!shown.ok) throw toNodeError(node, shown.error);
	if (shown.value.length === 0)
		throw new NodeOperationError(node, 'There is nothing to show yet', {
			description: watchers[watched].howToGetOne,
		});
	return [toItems(shown.value)];
}

/**
 * Runs one poll. While one is running, the next does nothing: n8n starts them by the clock.
 * @returns the items of one execution, or null if there is nothing new
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return sample(context);
	const poller = pollerOf(context);
	if (poller.isRunning) {
		// If the workflow was published again, this ends the poll under way: the next one reads the same with the new
		// form.
		if (poller.context?.deref() !== context) poller.context = undefined;
		context.logger.debug('The last poll of SMTP2GO is still running, so this one is skipped');
		return null;
	}
	poller.isRunning = true;
	try {
		return await pollOnce(context, poller);
	} finally {
		poller.isRunning = false;
	}
}
