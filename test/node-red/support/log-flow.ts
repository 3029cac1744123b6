/** Triggers that read the activity log, and what came of it. */
import type { DeliveredEvent } from '../../../api';
import type { Simulator } from '../../../simulator';
import { triggerFlow } from './flows';
import { inbox } from './node-red';

export type Triggers = Parameters<typeof triggerFlow>[2];

/** All email events. */
export const ALL = ['bounce', 'click', 'delivered', 'open', 'processed', 'reject', 'spam', 'unsubscribe'] as const;

/** One trigger that reads all email events from the log. */
export const reader = (id = 't', more: object = {}) => ({ id, events: ALL, source: 'log', version: 2, ...more });

/** A flow whose account reads the log every second, with a Catch node and the statuses of the trigger `t`. */
export function logFlow(simulator: Simulator, triggers: Triggers = [reader()], more: object = {}) {
	return [
		...triggerFlow(simulator, '', triggers, { pollInterval: 1, ...more }),
		{ id: 'catcher', z: 'tab', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
		{ id: 'caught', z: 'tab', type: 'helper' },
		{ id: 'watcher', z: 'tab', type: 'status', scope: ['t'], wires: [['statuses']] },
		{ id: 'statuses', z: 'tab', type: 'helper' },
	];
}

/** The events that came to an inbox. */
export function eventsIn({ messages }: ReturnType<typeof inbox>): DeliveredEvent[] {
	return messages.map(({ payload }) => payload as DeliveredEvent);
}

/** How often the log was searched. */
export function searches({ state }: Simulator): number {
	return state.requests.filter(({ path }) => path === '/activity/search').length;
}

/** What an event is about, the same in the simulator and in the flow. */
export function nameOf({ emailId, recipient, kind }: Pick<DeliveredEvent, 'emailId' | 'recipient' | 'kind'>): string {
	return `${emailId} ${kind === 'processed' ? '' : recipient} ${kind}`;
}
