/** The action nodes, one type per resource of the catalogue: what happens when Node-RED starts and stops one. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { actionSteps } from '../shared/saved-action';
import { isAccountNode } from './account/account';
import { translated } from './platform/api-texts';
import { toNodeError } from './platform/errors';
import { migrate } from '../shared/migrate';
import { prepare } from './action/read/prepare';
import { Progress } from './action/result/progress';
import { Runner, type Ending } from './action/send/runner';
import { withSource } from './action/read/value-source';
import { findNode, type Runtime } from './platform/runtime';
import type { ActionDef } from './platform/saved-nodes';

/**
 * Milliseconds that a stopping node waits for its calls: less than Node-RED waits for the node (15 s,
 * nodeCloseTimeout).
 */
const CLOSE_TIMEOUT = 10_000;

/** Starts a node. */
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
	/** Settled when all earlier messages have been read: messages start in the order in which they arrived. */
	let before: Promise<unknown> = Promise.resolve();

	node.on('input', (msg, send, done) => {
		const job = progress.begin();
		const ready = prepare(RED, node, resource, def, msg, closed.signal);
		const turn = before;
		before = Promise.allSettled([turn, ready]).then(() => undefined);
		const end = (ending: Ending) => {
			if (errorWord(ending.error) === 'cancelled') cancelled++;
			logOutcome(RED, node, ending, closed.signal.aborted);
			progress.end(job, statusOf(ending, hasKey), ending.tally);
			done(ending.error);
		};
		turn.then(() => ready)
			.then((prepared) => runner.run(prepared, { msg, send, job }))
			.then(end, (thrown: unknown) => end({ error: toNodeError(withSource(RED, resource, def, msg, thrown)) }))
			.catch((thrown: unknown) => logUndeliverable(node, thrown));
	});
	node.on('close', (_removed: boolean, done: () => void) => {
		closed.abort();
		unwatch();
		runner.close();
		const timer = setTimeout(() => {
			node.error(RED._('errors.stillOpen', { count: String(progress.running) }));
			done();
		}, CLOSE_TIMEOUT);
		progress.close(() => {
			clearTimeout(timer);
			// One warning for all: a Catch node can be gone too, and Node-RED does not say so.
			if (cancelled > 0) node.warn(RED._('errors.cancelledAll', { count: String(cancelled) }));
			done();
		});
	});
}

/**
 * Logs the error of a message that Node-RED cannot pass on, without the message, because copying it is what failed.
 * Never throws: that would end the process.
 */
function logUndeliverable(node: Node, thrown: unknown): void {
	try {
		node.error(toNodeError(thrown).message);
	} catch {
		// The log fails too: there is nowhere left to report it.
	}
}

/**
 * Logs a warning about a response, and the outcome of a call that ended while the flow was being stopped: by then, the
 * next nodes can be gone, and so can a Catch node.
 */
function logOutcome(RED: Runtime, node: Node, { error, hint }: Ending, isClosed: boolean): void {
	if (hint !== undefined) node.warn(translated(hint));
	if (!isClosed || errorWord(error) === 'cancelled') return;
	if (error) node.error(RED._('errors.lateFailure', { message: translated(error.message) }));
	else node.warn(RED._('errors.lateSuccess'));
}

function statusOf({ error, hint, isUndone, hasGaps, isDry }: Ending, hasKey: boolean): Parameters<Node['status']>[0] {
	if (error)
		return {
			fill: 'red',
			shape: 'ring',
			text: errorWord(error) === 'auth' && !hasKey ? 'status.noKey' : `status.${errorWord(error)}`,
		};
	if (isDry) return { fill: 'grey', shape: 'ring', text: 'status.notSent' };
	if (hasGaps) return { fill: 'yellow', shape: 'dot', text: 'status.variablesMissing' };
	if (hint !== undefined)
		return { fill: 'yellow', shape: 'dot', text: isUndone ? 'status.unchanged' : 'status.notAll' };
	return { fill: 'green', shape: 'dot', text: 'status.done' };
}

/** The word for an error in the key of a status. */
function errorWord(error: Error | undefined): string {
	const cause = error?.cause;
	return typeof cause === 'object' && cause !== null && 'type' in cause ? String(cause.type) : 'unexpected';
}
