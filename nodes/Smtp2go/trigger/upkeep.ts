/** Looks after the trigger's webhook while n8n runs. Only the process that registers webhooks does this. */
import { sleep, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import { digestOf, isRecord, parseJson } from '../../../api';
import { monotonic } from '../connection/host';
import { watches } from '../state/process-state';
import { catchUp } from './catch-up';
import { look } from './look';
import { triggerKey } from './trigger-form';

/** How often it looks, in milliseconds. */
const INTERVAL = 3_600_000;

/** How late an entry may appear in the activity log, in milliseconds. */
const SETTLE = 600_000;

/** The pause before the first retry of a look that failed, in milliseconds. It doubles up to the interval. */
const RETRY = 60_000;

/** How often it checks what is due, in milliseconds: n8n's `sleep` cannot be cancelled. */
const STEP = 10_000;

/** How long things take, in milliseconds. */
export interface Times {
	readonly interval: number;
	readonly settle: number;
	readonly step: number;
}

/** Reads the times of the form, in seconds. The form does not show them; tests set them. */
export function readTimes(context: ITriggerFunctions): Times {
	const set = parseJson(String(context.getNodeParameter('upkeep', '')));
	const { interval, settle } = isRecord(set) ? set : {};
	const read = (value: unknown, initial: number) =>
		typeof value === 'number' && value > 0 ? value * 1_000 : initial;
	const times = { interval: read(interval, INTERVAL), settle: read(settle, SETTLE) };
	return { ...times, step: Math.min(STEP, times.interval / 4, times.settle / 2) };
}

/** A share from 0 to 1 that is fixed for each trigger, so that not all of them look at the same time. */
function shareOf(key: string): number {
	return Number.parseInt(digestOf(key).slice(0, 8), 16) / 2 ** 32;
}

/** Whether n8n still wants the trigger. */
export interface Running {
	isClosed: boolean;
}

async function run(context: ITriggerFunctions, times: Times, running: Running): Promise<void> {
	const key = triggerKey(context);
	const share = shareOf(key);
	let due = monotonic() + times.interval * (0.5 + share / 2);
	let failures = 0;
	while (!running.isClosed) {
		await sleep(times.step);
		const watch = watches.get(key);
		if (running.isClosed || watch?.hook === undefined) continue;
		if (monotonic() >= due) {
			const isWell = await look(context, watch, watch.hook);
			failures = isWell ? 0 : failures + 1;
			const pause = isWell ? times.interval : Math.min(RETRY * 2 ** (failures - 1), times.interval);
			due = monotonic() + pause * (0.9 + share / 5);
		}
		await catchUp(context, watch, running, times.settle);
	}
}

/** Begins to look after the webhook. n8n ends it when it deactivates the trigger, edits it, or stops. */
export function lookAfter(context: ITriggerFunctions): ITriggerResponse {
	if (context.getMode() === 'manual') return {};
	const running: Running = { isClosed: false };
	void run(context, readTimes(context), running);
	return {
		closeFunction: async () => {
			running.isClosed = true;
		},
	};
}
