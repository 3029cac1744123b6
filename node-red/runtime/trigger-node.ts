/** The node `smtp2go-trigger`: what happens when Node-RED starts and stops one. */
import type { Node } from 'node-red';
import { readFilter, type ReadDelivery } from '../../api';
import { isAccountNode, type Account } from './account/account';
import { topicsOf, type EventTaker } from './feed/event-log';
import type { LogState } from './feed/log';
import { translated } from './platform/api-texts';
import { toNodeError } from './platform/errors';
import { LastEvent } from './events/last-event';
import { migrate } from '../shared/migrate';
import { sourceOf, triggerSteps } from '../shared/saved-trigger';
import { outputFor, outputsOf } from '../shared/trigger-outputs';
import type { EventSource, HookState } from './events/subscriber';
import { findNode, type Runtime } from './platform/runtime';
import type { TriggerDef } from './platform/saved-nodes';
import { triggerStatus } from './trigger/status';

/** The source of a trigger whose events all come from it. Text messages are not in the activity log. */
function sourceFor(account: Account, { source, events = [] }: TriggerDef): EventSource {
	const chosen = sourceOf(source, account.hookSettings.callbackUrl !== undefined);
	return source === 'auto' && events.length === 0 ? 'webhook' : chosen;
}

/** Starts a trigger. */
export function start(RED: Runtime, node: Node, saved: TriggerDef): void {
	const def = migrate<TriggerDef>(saved, triggerSteps);
	const {
		account: accountId,
		events = [],
		smsEvents: chosenSms = [],
		outputMode,
		filters,
		skipRepeated = true,
	} = def;
	const outputs = outputsOf({ outputMode, events, smsEvents: chosenSms });
	const found = findNode(RED, accountId);
	if (!isAccountNode(found)) return node.status({ fill: 'red', shape: 'ring', text: 'status.noAccount' });
	const { registration, eventLog, triggers } = found.account;
	const source = sourceFor(found.account, def);
	const smsEvents = source === 'log' ? [] : chosenSms;
	if (smsEvents.length < chosenSms.length) node.warn(RED._('errors.smsNeedsWebhook'));
	if (events.length + smsEvents.length === 0)
		return node.status({ fill: 'grey', shape: 'ring', text: 'status.noEvents' });
	let hook: HookState = { is: 'registering' };
	let log: LogState = { is: 'reading' };
	const last = new LastEvent(() => draw());
	const draw = () => node.status(triggerStatus(RED, { source, hook, log, last: last.words }));
	const taker: EventTaker = {
		id: node.id,
		source,
		events,
		smsEvents,
		topics: topicsOf(events),
		filter: readFilter(filters ?? {}),
		skipRepeated,
		show: (state) => {
			hook = state;
			draw();
		},
		showLog: (state) => {
			log = state;
			draw();
		},
		fail: (error) =>
			node.error(toNodeError(error), { topic: 'webhook-failed', payload: translated(error.message) }),
		failLog: (error) => node.error(toNodeError(error), { topic: 'log-failed', payload: translated(error.message) }),
		deliver: ({ event, subscription }: ReadDelivery) => {
			const msg = { topic: event.kind, payload: event };
			const chosen = outputFor(outputs, event.channel, subscription);
			node.send(outputs.map((_, index) => (index === chosen ? msg : null)));
			last.note(event.sample ? RED._('status.sample', { kind: event.kind }) : event.kind);
		},
	};
	triggers.add({ node, taker });
	if (source !== 'log') registration.subscribe(taker);
	if (source !== 'webhook' && events.length > 0) eventLog.subscribe(taker);
	node.on('close', () => {
		triggers.remove(node.id);
		registration.unsubscribe(node.id);
		eventLog.unsubscribe(node.id);
		last.close();
		node.status({});
	});
}
