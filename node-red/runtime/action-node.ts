/** The action nodes: one type per resource of the catalogue, all run by this. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { actionSteps } from '../shared/saved-action';
import { isAccountNode } from './account/account';
import { toNodeError } from './platform/errors';
import { migrate } from '../shared/migrate';
import { prepare } from './action/read/prepare';
import { Progress } from './action/result/progress';
import { Runner, type Ending } from './action/send/runner';
import { withSource } from './action/read/value-source';
import { findNode, type Runtime } from './platform/runtime';
import type { ActionDef } from './platform/saved-nodes';

/**
 * Milliseconds that a stopping node waits for what has left: less than Node-RED waits for the node (15 s,
 * nodeCloseTimeout).
 */
const PATIENCE = 10_000;

/** Makes a node of a saved one. */
export function start(RED: Runtime, resource: string, node: Node, saved: ActionDef): void {
	const def = migrate<ActionDef>(saved, actionSteps);
	const closed = new AbortController();
	const progress = new Progress(RED, node);
	const runner = new Runner(RED, node, def, progress, closed.signal);
	const account = findNode(RED, def.account);
	const unwatch = isAccountNode(account)
		? account.account.queue.watch((milliseconds) => progress.pauses(milliseconds, RED._('status.slowDown')))
		: () => {};
	const hasKey = isAccountNode(account) && account.account.apiKey !== '';
	if (!hasKey)
		node.status({ fill: 'red', shape: 'ring', text: isAccountNode(account) ? 'status.noKey' : 'status.noAccount' });
	let cancelled = 0;
	/** Settled when all messages that came before have been read: they start in the order in which they came. */
	let before: Promise<unknown> = Promise.resolve();

	node.on('input', (msg, send, done) => {
		const job = progress.begin();
		const ready = prepare(RED, node, resource, def, msg, closed.signal);
		const turn = before;
		before = Promise.allSettled([turn, ready]).then(() => undefined);
		const end = (ending: Ending) => {
			if (kindOf(ending.error) === 'cancelled') cancelled++;
			tell(RED, node, ending, closed.signal.aborted);
			progress.end(job, statusOf(ending, hasKey), ending.tally);
			done(ending.error);
		};
		turn.then(() => ready)
			.then((prepared) => runner.run(prepared, { msg, send, job }))
			.then(end, (thrown: unknown) => end({ error: toNodeError(withSource(RED, resource, def, msg, thrown)) }))
			.catch((thrown: unknown) => lastWords(node, thrown));
	});
	node.on('close', (_removed: boolean, done: () => void) => {
		closed.abort();
		unwatch();
		runner.close();
		const timer = setTimeout(() => {
			node.error(RED._('errors.stillOpen', { count: String(progress.running) }));
			done();
		}, PATIENCE);
		progress.close(() => {
			clearTimeout(timer);
			// Once for all: a Catch node may be gone too, and Node-RED does not say so.
			if (cancelled > 0) node.warn(RED._('errors.cancelledAll', { count: String(cancelled) }));
			done();
		});
	});
}

/**
 * For a message that Node-RED itself cannot pass on: without it, since to copy it is what failed, and whatever is
 * thrown here would end the process.
 */
function lastWords(node: Node, thrown: unknown): void {
	try {
		node.error(toNodeError(thrown).message);
	} catch {
		// The log is gone too: nobody is left to tell.
	}
}

/**
 * What goes to the log: a warning about an answer, and what came of a call while the flow was stopped, as the nodes
 * behind may be gone, a Catch node too.
 */
function tell(RED: Runtime, node: Node, { error, hint }: Ending, isClosed: boolean): void {
	if (hint !== undefined) node.warn(hint);
	if (!isClosed || kindOf(error) === 'cancelled') return;
	if (error) node.error(RED._('errors.lateFailure', { message: error.message }));
	else node.warn(RED._('errors.lateSuccess'));
}

function statusOf({ error, hint, isUndone, hasGaps, isDry }: Ending, hasKey: boolean): Parameters<Node['status']>[0] {
	if (error)
		return {
			fill: 'red',
			shape: 'ring',
			text: kindOf(error) === 'auth' && !hasKey ? 'status.noKey' : `status.${kindOf(error)}`,
		};
	if (isDry) return { fill: 'grey', shape: 'ring', text: 'status.notSent' };
	if (hasGaps) return { fill: 'yellow', shape: 'dot', text: 'status.variablesMissing' };
	if (hint !== undefined)
		return { fill: 'yellow', shape: 'dot', text: isUndone ? 'status.unchanged' : 'status.notAll' };
	return { fill: 'green', shape: 'dot', text: 'status.done' };
}

/** The word of a status text for an error. */
function kindOf(error: Error | undefined): string {
	const cause = error?.cause;
	return typeof cause === 'object' && cause !== null && 'kind' in cause ? String(cause.kind) : 'unexpected';
}
