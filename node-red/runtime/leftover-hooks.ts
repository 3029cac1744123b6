/**
 * Removes the webhooks of accounts that no longer run: disabled, on a disabled tab, or deleted while SMTP2GO was
 * unreachable.
 */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { enqueue } from './hook/hook-memory';
import { removeEverywhere } from './hook/location';
import { toNodeError } from './platform/errors';
import type { Runtime } from './platform/runtime';
import { retryDelay, timingOf } from './platform/timing';
import { onFlowsStarted } from './state/flows';
import { forgetAccount, memoryOf, rememberedAccounts, runningAccount } from './state/process-state';

/** Leaves an account's webhook alone, because the account runs again. */
export function keepHookOf(id: string): void {
	memoryOf(id).removal?.abort();
}

/** Looks for such accounts after each deploy, and again after a failure. */
export function removeLeftoverHooks(RED: Runtime): void {
	const timing = timingOf(RED);
	let timer: NodeJS.Timeout | undefined;
	let failures = 0;
	const log = (thrown: unknown) => RED.log.error(`[smtp2go-account] ${toNodeError(thrown).message}`);

	async function remove(id: string): Promise<void> {
		if (runningAccount(id)) return;
		const memory = memoryOf(id);
		const stop = new AbortController();
		memory.removal = stop;
		const outcome = await removeEverywhere(RED, memory.locations, stop.signal);
		// It runs again.
		if (stop.signal.aborted) return;
		if (outcome.ok) {
			failures = 0;
			return forgetAccount(id);
		}
		if (failures === 0) log(outcome.error);
		clearTimeout(timer);
		timer = setTimeout(look, retryDelay(timing, failures++));
		timer.unref();
	}

	function look(): void {
		for (const id of rememberedAccounts()) {
			const memory = memoryOf(id);
			if (!runningAccount(id) && memory.locations.size > 0) enqueue(memory, () => remove(id), log);
		}
	}
	onFlowsStarted(RED, look);
}
