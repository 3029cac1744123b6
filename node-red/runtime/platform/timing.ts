/** How long things take that happen by themselves. */
import { isRecord } from '../../../api';
import type { Runtime } from './runtime';

/** Milliseconds that the editor waits for what it asked for. */
export const EDITOR_TIMEOUT = 20_000;

/** Durations in milliseconds. */
export interface Timing {
	/** From one check of the webhook to the next, while all is well. */
	readonly check: number;
	/** Before a failed registration is retried. The delay doubles each time, up to the last. */
	readonly firstRetry: number;
	readonly lastRetry: number;
	/**
	 * The longest time that a deleted account waits for its webhook's removal: well below Node-RED's own limit (15 s).
	 */
	readonly removal: number;
	/** Before new events are written to the context store. */
	readonly write: number;
	/** How long the webhook can take before an event of the activity log counts as missed. */
	readonly grace: number;
	/** How late an entry of the activity log can appear. An entry that appears even later is missed. */
	readonly settle: number;
	/** The longest time that a field's source can take. A context store can be anybody's, and later messages wait. */
	readonly reading: number;
}

const usual: Timing = {
	check: 60 * 60_000,
	firstRetry: 5_000,
	lastRetry: 10 * 60_000,
	removal: 8_000,
	write: 1_000,
	grace: 120_000,
	settle: 600_000,
	reading: 10_000,
};

/** The durations for a Node-RED: its settings file can change them under `smtp2goTimes`. */
export function timingOf(RED: Runtime): Timing {
	const settings: object = RED.settings;
	const own: unknown = 'smtp2goTimes' in settings ? settings.smtp2goTimes : undefined;
	const numbers = Object.entries(isRecord(own) ? own : {}).filter(
		([, value]) => typeof value === 'number' && value > 0,
	);
	return { ...usual, ...Object.fromEntries(numbers) };
}

/** Milliseconds before the next retry, after this many failures in a row. */
export function retryDelay({ firstRetry, lastRetry }: Timing, failures: number): number {
	return Math.min(lastRetry, firstRetry * 2 ** failures);
}

/** Milliseconds before the next check: up to a tenth more or less, so that many accounts do not check at once. */
export function checkDelay({ check }: Timing): number {
	return check * (0.9 + 0.2 * Math.random());
}
