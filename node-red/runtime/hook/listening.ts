/** Waits for Node-RED's HTTP server. */
import type { Runtime } from '../platform/runtime';

/**
 * Waits until Node-RED answers HTTP requests: when it starts, the flows run a moment earlier, and SMTP2GO probes a
 * webhook's URL when the webhook is registered. Returns at once without a server, and early when the signal aborts.
 */
export async function whenListening(RED: Runtime, signal: AbortSignal): Promise<void> {
	const server = RED.server as Runtime['server'] | undefined;
	if (server === undefined || server.listening || signal.aborted) return;
	await new Promise<void>((resolve) => {
		const end = () => {
			server.off('listening', end);
			signal.removeEventListener('abort', end);
			resolve();
		};
		server.once('listening', end);
		signal.addEventListener('abort', end, { once: true });
	});
}
