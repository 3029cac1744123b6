/**
 * Whether Node-RED's flows run, and what happens when they start: one listener for all, however many accounts there
 * are.
 */
import type { Runtime } from '../platform/runtime';

type Listener = () => void;

/** True from the start of the flows until they stop. A deploy of any kind begins with a stop. */
let isRunning = false;

/** Called when the flows start, by Node-RED's event emitter. */
const listeners = new WeakMap<object, Set<Listener>>();

/** True while the flows run. */
export function areFlowsRunning(): boolean {
	return isRunning;
}

/**
 * Calls a listener each time that the flows have started, in the order in which listeners were added.
 * @returns ends that
 */
export function onFlowsStarted(RED: Runtime, listener: Listener): () => void {
	const known = listeners.get(RED.events);
	const all = known ?? new Set<Listener>();
	if (known === undefined) {
		listeners.set(RED.events, all);
		RED.events.on('flows:stopping', () => {
			isRunning = false;
		});
		RED.events.on('flows:started', () => {
			isRunning = true;
			for (const one of all) one();
		});
	}
	all.add(listener);
	return () => {
		all.delete(listener);
	};
}
