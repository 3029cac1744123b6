import type { Runtime } from '../platform/types';

/**
 * Waits until Node-RED answers requests. At its start the flows run a moment earlier, and SMTP2GO looks at a hook's
 * address when it is registered. Returns at once where there is no server to ask, and early when the signal aborts.
 */
export async function whenListening(RED: Runtime, signal: AbortSignal): Promise<void> {
	const server = RED.server as Runtime['server'] | undefined;
	if (server === undefined || server.listening || signal.aborted) return;
	await new Promise<void>((resolve) => {
		const go = () => {
			server.off('listening', go);
			signal.removeEventListener('abort', go);
			resolve();
		};
		server.once('listening', go);
		signal.addEventListener('abort', go, { once: true });
	});
}
