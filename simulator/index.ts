// The front door of the simulator: `startSimulator`.
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { AddressInfo } from 'node:net';
import {
	addKey,
	type IncomingSms,
	type KeyDetails,
	raiseEvent,
	type RaiseDetails,
	receiveSms,
	testDelivery,
} from './control/actions';
import { createApp } from './http/app';
import type { Fault } from './faults/faults';
import { type SimulatorOptions, settingsOf } from './options';
import { loadState, saveOnChange } from './state/file';
import type { State } from './state/state';
import type { Delivery, ReceivedSms, SimulatorEvent } from './types';
import { waitFor, type WaitOptions } from './control/wait';
import { createWorld } from './world';

export { DEMO_API_KEY } from './state/demo';
export type { Fault, FaultType } from './faults/faults';
export type { SimulatorOptions } from './options';
export type * from './types';

/** A running simulator. */
export interface Simulator {
	/** `http://127.0.0.1:PORT`: the page and the control API. */
	readonly url: string;
	/** `url` + `/v3`: the base URL of the API. */
	readonly apiUrl: string;
	readonly port: number;
	/** Everything it knows, live. */
	readonly state: State;
	/** Switches a fault on. */
	setFault(fault: Fault): void;
	clearFaults(): void;
	/** Raises an event: by default for every recipient of the newest email; `sms_…` events need no email. */
	raise(event: string, details?: RaiseDetails): SimulatorEvent[];
	/** "Test this webhook": made-up events with constant ids, sent once. */
	testHook(hookId: number, event?: string): Delivery[];
	/** Lets an SMS arrive at the account. */
	receiveSms(sms: IncomingSms): ReceivedSms;
	/** Adds a key and returns it. */
	addKey(details?: KeyDetails): string;
	/** Sends all scheduled email now; returns how many emails that were. */
	runScheduled(): number;
	/**
	 * Resolves with what `predicate` returns as soon as that is neither false, null nor undefined. Rejects after
	 * `timeoutMs` (5,000).
	 */
	waitFor<T>(predicate: (state: State) => T | false | null | undefined, options?: WaitOptions): Promise<T>;
	/** Forgets everything: emails, hooks, keys, faults. */
	reset(): void;
	/** Ends every connection, timer and delivery. */
	stop(): Promise<void>;
}

/** Starts SMTP2GO's API on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const settings = settingsOf(options);
	const world = createWorld(settings);
	const { state, timers, serverTimers, faults } = world;
	if (settings.file !== undefined) loadState(settings.file, state);
	const app = createApp(world);
	await app.listen({ host: '127.0.0.1', port: settings.port });
	const { port } = app.server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	world.apiUrl = `${url}/v3`;
	const endSaving = settings.file === undefined ? undefined : saveOnChange(settings.file, state, serverTimers);
	world.deliverer.resume();
	world.scheduler.resume();
	return {
		url,
		apiUrl: world.apiUrl,
		port,
		state,
		setFault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		raise: (event, details) => raiseEvent(world, event, details),
		testHook: (hookId, event) => testDelivery(world, hookId, event),
		receiveSms: (sms) => receiveSms(world, sms),
		addKey: (details) => addKey(world, details),
		runScheduled: () => world.scheduler.runNow(),
		waitFor: (predicate, waitOptions) => waitFor(state, predicate, waitOptions),
		reset: () => world.reset(),
		stop: async () => {
			timers.close();
			endSaving?.();
			serverTimers.close();
			world.outgoing.stop();
			await app.close();
		},
	};
}
