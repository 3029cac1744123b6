/**
 * Takes away the hooks of accounts that run no more: disabled, on a disabled tab, or deleted while SMTP2GO could not be
 * reached.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { toNodeError } from '../platform/errors';
import { enqueue, forget, memoryOf, remembered } from './state';
import { clearAll } from '../hook/location';
import { isReceiving } from '../deliveries/route';
import { retryDelay, timesOf } from '../platform/timing';
import type { Runtime } from '../platform/types';

/** Node-RED's event emitters that are listened to: one for the whole process. */
const watched = new WeakSet<object>();

/** An account runs again: its hook is its own business now. */
export function takeOver(id: string): void {
	memoryOf(id).leftover?.abort();
}

/** Looks for such accounts after each deploy, and again after a failure. */
export function clearLeftovers(RED: Runtime): void {
	if (watched.has(RED.events)) return;
	watched.add(RED.events);
	const times = timesOf(RED);
	let timer: NodeJS.Timeout | undefined;
	let failures = 0;
	const log = (thrown: unknown) => RED.log.error(`[smtp2go-account] ${toNodeError(thrown).message}`);

	async function clear(id: string): Promise<void> {
		if (isReceiving(id)) return;
		const memory = memoryOf(id);
		const stop = new AbortController();
		memory.leftover = stop;
		const gone = await clearAll(RED, memory.places, stop.signal);
		// It runs again.
		if (stop.signal.aborted) return;
		if (gone.ok) {
			failures = 0;
			return forget(id);
		}
		if (failures === 0) log(gone.error);
		clearTimeout(timer);
		timer = setTimeout(look, retryDelay(times, failures++));
		timer.unref();
	}

	function look(): void {
		for (const id of remembered()) {
			if (!isReceiving(id) && memoryOf(id).places.size > 0) enqueue(id, () => clear(id), log);
		}
	}
	RED.events.on('flows:started', look);
}
