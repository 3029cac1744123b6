/** Time that passes by itself while everything else waits, so that hours take a moment. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { FakeHost } from './fake-host';

/** Uses Jest's fake timers for the sleeps and clocks of a host. The clock starts at a moment. */
export function useVirtualTime(host: FakeHost, start: number): void {
	jest.useFakeTimers({ now: start });
	const begun = Date.now();
	host.now = () => host.wall - begun + Date.now();
	host.wall = begun;
	host.monotonic = () => Date.now() - begun;
	host.sleep = (milliseconds, signal?: AbortSignal) =>
		new Promise<void>((resolve) => {
			if (signal?.aborted) return resolve();
			host.waits.push(milliseconds);
			const timer = setTimeout(resolve, milliseconds);
			signal?.addEventListener('abort', () => {
				clearTimeout(timer);
				resolve();
			});
		});
}

/** Lets time pass until a promise settles. */
export async function passing<T>(work: Promise<T>): Promise<T> {
	let isDone = false;
	const done = work.finally(() => {
		isDone = true;
	});
	done.catch(() => undefined);
	while (!isDone) await jest.advanceTimersByTimeAsync(1_000);
	return done;
}
