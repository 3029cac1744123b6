/** The node `smtp2go-outcome`: what happens when Node-RED starts and stops one. */
import type { Node } from 'node-red';
import type { EmailOutcome } from '../../api';
import { isAccountNode } from './account/account';
import { LastEvent } from './events/last-event';
import { messageFor } from './outcome/content';
import { WaitStarter } from './outcome/start-wait';
import { isHookLive, type Shown, type Wait, type Waiter, type WaitingEmail } from './outcome/wait';
import { keepsRestarts } from './platform/context-store';
import { toNodeError } from './platform/errors';
import { findNode, type Runtime } from './platform/runtime';
import type { OutcomeDef } from './platform/saved-nodes';
import { shortened } from './platform/short-status';
import { NodeMessages, refuseMessages } from './waiting/node-messages';
import { migrate, type Steps } from '../shared/migrate';
import { outcomeOutputs, outcomeSourceOf, type OutcomeSource } from '../shared/saved-outcome';

/** None yet: version 1 is the first. */
const steps: Steps<OutcomeDef> = {};

type Status = Parameters<Node['status']>[0];

/** What a status shows beside the state of the account. */
interface Own {
	readonly source: OutcomeSource;
	readonly isKept: boolean;
	/** The last outcome, as in `{ kind: 'delivered', time: '09:05' }`. */
	readonly last: { readonly kind: string; readonly time: string } | undefined;
	/** The last message that could not be taken. */
	readonly error: string | undefined;
}

/** What keeps outcomes from arriving; undefined if nothing does. */
function obstacle({ waiting, hook, log, readsLog }: Shown, source: OutcomeSource): Status | undefined {
	const hookError = hook.is === 'failed' || hook.is === 'manual' ? hook.error : undefined;
	if (source === 'webhook' && hookError)
		return { fill: 'red', shape: 'ring', text: shortened(toNodeError(hookError).message) };
	if (source === 'webhook' && hook.is === 'paused') return { fill: 'yellow', shape: 'ring', text: 'status.paused' };
	if (source !== 'webhook' && readsLog && waiting > 0 && log.is === 'failed')
		return { fill: 'red', shape: 'ring', text: shortened(toNodeError(log.error).message) };
	return undefined;
}

function statusOf(RED: Runtime, shown: Shown, { source, isKept, last, error }: Own): Status {
	const blocked = obstacle(shown, source);
	if (blocked) return blocked;
	if (error !== undefined) return { fill: 'red', shape: 'ring', text: error };
	const { waiting, hook } = shown;
	// The log takes the place of the webhook: later, but nothing is lost.
	const isLate = source === 'auto' && !isHookLive(hook);
	if (waiting === 0) {
		const text = last === undefined ? undefined : RED._('status.lastEvent', last);
		if (isLate) return { fill: 'yellow', shape: 'ring', text: text ?? 'outcome.status.noWebhook' };
		return text === undefined ? {} : { fill: 'green', shape: 'dot', text };
	}
	const key = `outcome.status.waiting${last === undefined ? '' : 'Last'}${isKept ? '' : 'Volatile'}`;
	const text = RED._(key, { count: String(waiting), ...last });
	return { fill: isLate || !isKept ? 'yellow' : 'blue', shape: isLate ? 'ring' : 'dot', text };
}

/** The output of an outcome. */
function outputOf({ outcome }: EmailOutcome): (typeof outcomeOutputs)[number] {
	if (outcome === 'delivered') return 'delivered';
	return outcome === 'pending' ? 'timedOut' : 'failed';
}

/** Starts a node. */
export function start(RED: Runtime, node: Node, saved: OutcomeDef): void {
	const def = migrate<OutcomeDef>(saved, steps);
	const found = findNode(RED, def.account);
	if (!isAccountNode(found)) return refuseMessages(RED, node);
	const { outcomes, hookSettings, memory } = found.account;
	const source = outcomeSourceOf(def.source, hookSettings.callbackUrl !== undefined);
	const isKept = keepsRestarts(RED);
	const closed = new AbortController();
	let error: string | undefined;
	let shown: Shown = { waiting: 0, hook: { is: 'registering' }, log: { is: 'reading' }, readsLog: false };
	let drawn = '';
	const last = new LastEvent(() => draw());
	const draw = () => {
		const status = statusOf(RED, shown, { source, isKept, last: last.words, error });
		const text = JSON.stringify(status);
		if (text !== drawn) node.status(status);
		drawn = text;
	};
	const deliver = (wait: Wait, email: WaitingEmail, outcome: EmailOutcome) => {
		error = undefined;
		last.note(outcome.outcome);
		const msg = messageFor({ RED }, wait, email, outcome);
		const output = outputOf(outcome);
		node.send(outcomeOutputs.map((one) => (one === output ? msg : null)));
	};
	const waiter: Waiter = {
		id: node.id,
		source,
		deliver,
		show: (state) => {
			shown = state;
			draw();
		},
		failHook: (failure) => {
			const { message } = toNodeError(failure);
			if (source === 'webhook') node.error(toNodeError(failure), { topic: 'webhook-failed', payload: message });
			else node.warn(RED._('outcome.errors.logInstead', { message }));
		},
		failLog: (failure) => {
			const { message } = toNodeError(failure);
			if (source === 'auto' && isHookLive(shown.hook)) node.warn(RED._('outcome.errors.noLog', { message }));
			else node.error(toNodeError(failure), { topic: 'log-failed', payload: message });
		},
	};
	const starter = new WaitStarter(
		{ RED, node, signal: closed.signal },
		def,
		{ waits: outcomes.waits, memory: memory.outcome },
		isKept,
	);
	const messages = new NodeMessages(node);
	outcomes.subscribe(waiter);

	node.on('input', (msg, _send, done) => {
		messages.follow(
			starter.start(RED.util.cloneMessage(msg), deliver).then(
				() => done(),
				(thrown: unknown) => {
					const failure = toNodeError(thrown);
					error = shortened(failure.message);
					draw();
					done(failure);
				},
			),
		);
	});
	node.on('close', (removed: boolean, done: () => void) => {
		closed.abort();
		last.close();
		messages.close(() => outcomes.unsubscribe(waiter, removed), done);
	});
}
