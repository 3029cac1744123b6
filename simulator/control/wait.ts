// Waits until something happens in the simulator, for tests.
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { State } from '../state/state';

/** How long to wait. */
export interface WaitOptions {
	/** Milliseconds; default 5,000. */
	timeoutMs?: number;
}

/** Resolves as soon as `predicate` finds something; it is asked now and after every change. */
export function waitFor<T>(
	state: State,
	predicate: (state: State) => T | false | null | undefined,
	{ timeoutMs = 5_000 }: WaitOptions = {},
): Promise<T> {
	return new Promise((resolve, reject) => {
		const end = (): void => {
			clearTimeout(timer);
			clearInterval(ticks);
			stopListening();
		};
		const ask = (): void => {
			try {
				const found = predicate(state);
				if (found === false || found === null || found === undefined) return;
				end();
				resolve(found);
			} catch (error) {
				end();
				reject(error instanceof Error ? error : new Error(String(error)));
			}
		};
		const timer = setTimeout(() => {
			end();
			reject(new Error(`Nothing of the kind happened in the simulator within ${timeoutMs} ms`));
		}, timeoutMs);
		// What a predicate looks at may lie outside the simulator.
		const ticks = setInterval(ask, 25);
		const stopListening = state.onChange(ask);
		ask();
	});
}
