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
	replyToSms,
	testDelivery,
} from './control/actions';
import {
	changeHook,
	changeKey,
	type KeyChanges,
	type PlanChanges,
	type RateChanges,
	removeHook,
	setPlan,
	setRates,
	setRecord,
} from './control/health';
import { generate, type Generated, type Generation, type LogChanges, setLog } from './control/log';
import { createApp } from './http/app';
import type { Fault } from './faults/faults';
import { type SimulatorOptions, settingsOf } from './options';
import { loadState, saveOnChange } from './state/file';
import type { State } from './state/state';
import type { Delivery, DnsRecord, Hook, ReceivedSms, SimulatorEvent } from './types';
import { waitFor, type WaitOptions } from './control/wait';
import { createWorld } from './world';

export { DEMO_API_KEY } from './core/ids';
export type { Fault, FaultType } from './faults/faults';
export type { Generated, Generation } from './control/log';
export type { SimulatorOptions } from './options';
export type * from './types';

/** A running simulator. */
export interface Simulator {
	/** `http://127.0.0.1:PORT`: the page and the control API, on this machine. */
	readonly url: string;
	/** The base URL of the API. */
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
	/** Lets the recipient of a sent SMS answer it. */
	replyToSms(messageId: string, content: string): ReceivedSms;
	/** Changes how late entries show up in the activity log, and how many days back it goes. */
	setLog(changes: LogChanges): void;
	/** Lets every late entry show up in the activity log now. */
	showLog(): void;
	/** Makes events of emails that were never sent, by the thousand; returns them, oldest first. */
	generate(wanted: Generation): Generated;
	/** Changes the plan: emails a month, how many of them are used, webhooks. */
	setPlan(changes: PlanChanges): void;
	/** Lets the statistics show these rates, in percent. null takes one back. */
	setRates(changes: RateChanges): void;
	/** Changes a key in place: takes permissions (`lost`), blocks its sending (`sendingStatus`). */
	changeKey(key: string, changes: KeyChanges): void;
	/** Lets a DNS record of a sender domain point elsewhere: '' (default) nowhere, null back where it must. */
	setRecord(domain: string, record: DnsRecord, found?: string | null): void;
	/** Removes a webhook, as somebody does on SMTP2GO's own page. */
	removeHook(hookId: number): void;
	/** Changes a webhook, as somebody does on SMTP2GO's own page: `{ disabled: true }`. */
	changeHook(hookId: number, changes: Partial<Omit<Hook, 'id'>>): void;
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

/** Starts SMTP2GO's API, on 127.0.0.1 unless the options say otherwise. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const settings = settingsOf(options);
	const world = createWorld(settings);
	const { state, timers, serverTimers, faults } = world;
	if (settings.file !== undefined) loadState(settings.file, state, settings.apiKey);
	const app = createApp(world);
	await app.listen({ host: settings.listen, port: settings.port });
	const { port } = app.server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	world.apiUrl = `${settings.url === undefined ? url : new URL(settings.url).origin}/v3`;
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
		replyToSms: (messageId, content) => replyToSms(world, messageId, content),
		setLog: (changes) => void setLog(world, changes),
		showLog: () => state.showLog(),
		generate: (wanted) => generate(world, wanted),
		setPlan: (changes) => setPlan(world, changes),
		setRates: (changes) => void setRates(world, changes),
		changeKey: (key, changes) => void changeKey(world, key, changes),
		setRecord: (domain, record, found) => void setRecord(world, domain, record, found),
		removeHook: (hookId) => removeHook(world, hookId),
		changeHook: (hookId, changes) => void changeHook(world, hookId, changes),
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
