import { isRecord } from '../../../api';
import type { Runtime } from './types';

/** How long things take that go on by themselves, in milliseconds. */
export interface Times {
	/** From one look at the hook to the next, while all is well. */
	readonly check: number;
	/** Before a failed registration is tried again: doubled each time up to the last. */
	readonly firstRetry: number;
	readonly lastRetry: number;
	/** What a deleted account may take to remove its hook: well below Node-RED's limit for closing (15 s). */
	readonly removal: number;
	/** Before remembered events are written to the context store. */
	readonly write: number;
	/**
	 * What a value may take that a field is read from: a context store may be anybody's, and later messages wait behind
	 * it.
	 */
	readonly reading: number;
}

const usual: Times = {
	check: 60 * 60_000,
	firstRetry: 5_000,
	lastRetry: 10 * 60_000,
	removal: 8_000,
	write: 1_000,
	reading: 10_000,
};

/** The times of a Node-RED: its settings file may hold other ones under `smtp2goTimes`. */
export function timesOf(RED: Runtime): Times {
	const settings: object = RED.settings;
	const own: unknown = 'smtp2goTimes' in settings ? settings.smtp2goTimes : undefined;
	const numbers = Object.entries(isRecord(own) ? own : {}).filter(
		([, value]) => typeof value === 'number' && value > 0,
	);
	return { ...usual, ...Object.fromEntries(numbers) };
}

/** Milliseconds before the next try after so many failures in a row. */
export function retryDelay({ firstRetry, lastRetry }: Times, failures: number): number {
	return Math.min(lastRetry, firstRetry * 2 ** failures);
}

/** Milliseconds before the next look, a tenth more or less, so that many accounts do not look at once. */
export function checkDelay({ check }: Times): number {
	return check * (0.9 + 0.2 * Math.random());
}
