// Puts the parts of one simulator together.
import { Deliverer } from './hooks/deliverer';
import { probe } from './hooks/probe';
import { Faults } from './faults/faults';
import { Outgoing } from './core/outgoing';
import { Generator } from './email/generator';
import { Postman } from './email/postman';
import { Scheduler } from './email/scheduler';
import type { Settings } from './options';
import { SmsExchange } from './sms/exchange';
import { State } from './state/state';
import { Timers } from './core/timers';

/** The parts of one running simulator. */
export interface World {
	settings: Settings;
	/** Base URL of the API; known once the server listens. */
	apiUrl: string;
	state: State;
	/** What is going to happen: events, repeats, scheduled email. A reset calls it off. */
	timers: Timers;
	/** What the server itself waits for; only stopping ends it. */
	serverTimers: Timers;
	outgoing: Outgoing;
	faults: Faults;
	deliverer: Deliverer;
	postman: Postman;
	scheduler: Scheduler;
	exchange: SmsExchange;
	generator: Generator;
	/** Whether attachments given by URL are fetched. */
	fetchUrls: boolean;
	/** @throws Refusal if the URL does not respond */
	probe(url: string): Promise<void>;
	/** Back to the first day. */
	reset(): void;
}

/** Puts the parts together. */
export function createWorld(settings: Settings): World {
	const state = new State(settings);
	const timers = new Timers();
	const outgoing = new Outgoing();
	const deliverer = new Deliverer(state, settings, timers, outgoing);
	const postman = new Postman(state, settings, timers, deliverer);
	const faults = new Faults();
	return {
		settings,
		apiUrl: '',
		state,
		timers,
		serverTimers: new Timers(),
		outgoing,
		faults,
		deliverer,
		postman,
		scheduler: new Scheduler(state, timers, postman),
		exchange: new SmsExchange(state, settings, timers, deliverer),
		generator: new Generator(state, timers, deliverer),
		fetchUrls: settings.fetchUrls,
		probe: (url) => probe(url, settings, outgoing),
		reset: () => {
			timers.cancelAll();
			faults.clear();
			state.reset();
		},
	};
}
