/** The node `smtp2go-trigger`: what happens when Node-RED starts and stops one. */
import type { Node } from 'node-red';
import { readFilter } from '../../api';
import { isAccountNode } from './account/account';
import { toNodeError } from './platform/errors';
import { LastEvent } from './events/last-event';
import { migrate, type Steps } from '../shared/migrate';
import { outputFor, outputsOf } from '../shared/trigger-outputs';
import type { HookState } from './events/subscriber';
import { findNode, type Runtime } from './platform/runtime';
import type { TriggerDef } from './platform/saved-nodes';
import { shortened } from './platform/short-status';

/** None yet: version 1 is the first. */
const steps: Steps<TriggerDef> = {};

function statusOf(state: HookState): Parameters<Node['status']>[0] {
	switch (state.is) {
		case 'registering':
			return { fill: 'yellow', shape: 'ring', text: 'status.registering' };
		case 'listening':
			return { fill: 'green', shape: 'dot', text: 'status.listening' };
		case 'paused':
			return { fill: 'yellow', shape: 'ring', text: 'status.paused' };
		case 'manual':
			return { fill: 'yellow', shape: 'ring', text: 'status.manual' };
		case 'failed':
			return { fill: 'red', shape: 'ring', text: shortened(state.error.message) };
	}
}

/** Starts a trigger. */
export function start(RED: Runtime, node: Node, saved: TriggerDef): void {
	const {
		account: accountId,
		events = [],
		smsEvents = [],
		outputMode,
		filters,
		skipRepeated = true,
	} = migrate(saved, steps);
	const outputs = outputsOf({ outputMode, events, smsEvents });
	const found = findNode(RED, accountId);
	if (!isAccountNode(found)) return node.status({ fill: 'red', shape: 'ring', text: 'status.noAccount' });
	const { registration } = found.account;
	if (events.length + smsEvents.length === 0)
		return node.status({ fill: 'grey', shape: 'ring', text: 'status.noEvents' });
	let state: HookState = { is: 'registering' };
	const last = new LastEvent(() => draw());
	const draw = () =>
		node.status(
			state.is === 'listening' && last.words
				? { fill: 'green', shape: 'dot', text: RED._('status.lastEvent', last.words) }
				: statusOf(state),
		);
	registration.subscribe({
		id: node.id,
		events,
		smsEvents,
		filter: readFilter(filters ?? {}),
		skipRepeated,
		show: (now) => {
			state = now;
			draw();
		},
		fail: (error) => node.error(toNodeError(error), { topic: 'webhook-failed', payload: error.message }),
		deliver: ({ event, subscription }) => {
			const msg = { topic: event.kind, payload: event };
			const chosen = outputFor(outputs, event.channel, subscription);
			node.send(outputs.map((_, index) => (index === chosen ? msg : null)));
			last.note(event.kind);
		},
	});
	node.on('close', () => {
		registration.unsubscribe(node.id);
		last.close();
		node.status({});
	});
}
