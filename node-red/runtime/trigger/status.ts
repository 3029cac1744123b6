/** The status of a trigger: its webhook, its log, and its last event. */
import type { Node } from 'node-red';
import type { EventSource, HookState } from '../events/subscriber';
import type { LogState } from '../feed/log';
import { toNodeError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import { shortened } from '../platform/short-status';
import { timeOfDay } from '../platform/time-of-day';

type Status = Parameters<Node['status']>[0];

/** What a status shows. */
export interface Shown {
	readonly source: EventSource;
	readonly hook: HookState;
	readonly log: LogState;
	/** The last event. */
	readonly last: { readonly kind: string; readonly time: string } | undefined;
}

function hookStatus(state: HookState): Status {
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
			return { fill: 'red', shape: 'ring', text: shortened(toNodeError(state.error).message) };
	}
}

/** The moment in the place of a backlog, in the time zone of this machine, as in `2026-11-27 09:05`. */
function momentIn(iso: string): string {
	const date = new Date(iso);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
	return `${day.join('-')} ${timeOfDay(date)}`;
}

/** The status of a reader, for any node that reads a log. */
export function logStatus(RED: Runtime, state: LogState): Status {
	switch (state.is) {
		case 'reading':
			return { fill: 'green', shape: 'ring', text: 'status.readingLog' };
		case 'read':
			return {
				fill: 'green',
				shape: 'dot',
				text: RED._('status.logRead', { time: timeOfDay(new Date(state.time)) }),
			};
		case 'behind':
			return { fill: 'blue', shape: 'dot', text: RED._('status.behind', { moment: momentIn(state.since) }) };
		case 'failed':
			return { fill: 'red', shape: 'ring', text: shortened(toNodeError(state.error).message) };
	}
}

/** The status of a node for received text messages. */
export function smsStatus(RED: Runtime, state: LogState, last: Shown['last']): Status {
	if (state.is === 'reading') return { fill: 'green', shape: 'ring', text: 'status.readingSms' };
	if (state.is !== 'read') return logStatus(RED, state);
	const text = last
		? RED._('status.lastEvent', last)
		: RED._('status.smsRead', { time: timeOfDay(new Date(state.time)) });
	return { fill: 'green', shape: 'dot', text };
}

/** The status of a trigger. What is wrong goes first, then a backlog, then the last event. */
export function triggerStatus(RED: Runtime, { source, hook, log, last }: Shown): Status {
	const usesHook = source !== 'log';
	const usesLog = source !== 'webhook';
	if (usesHook && hook.is !== 'listening') return hookStatus(hook);
	if (usesLog && (log.is === 'failed' || log.is === 'behind')) return logStatus(RED, log);
	if (last) return { fill: 'green', shape: 'dot', text: RED._('status.lastEvent', last) };
	return usesHook ? hookStatus(hook) : logStatus(RED, log);
}
