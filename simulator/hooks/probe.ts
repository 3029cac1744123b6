// Checks that a webhook's URL answers before the webhook is registered.
import { Refusal } from '../core/refusal';
import type { Outgoing } from '../core/outgoing';
import type { Settings } from '../options';

const PRIVATE =
	/^(localhost|.*\.localhost|0\.0\.0\.0|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[::1?\]|\[f[cd])/i;

/** Whether a hostname is loopback or private, which the live service cannot reach. */
export function isPrivateHost(hostname: string): boolean {
	return PRIVATE.test(hostname);
}

/**
 * Makes sure that somebody listens at a hook's URL. How the live service does it is unknown; its words for a refusal
 * are known.
 * @throws Refusal "The passed URL must point to a valid destination"
 */
export async function probe(url: string, settings: Settings, outgoing: Outgoing): Promise<void> {
	const refusal = new Refusal(400, 'The passed URL must point to a valid destination');
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw refusal;
	if (settings.refuseLoopback && isPrivateHost(new URL(url).hostname)) throw refusal;
	if (settings.probe === 'none') return;
	const method = ({ post: 'POST', get: 'GET', head: 'HEAD' } as const)[settings.probe];
	const headers: Record<string, string> = method === 'POST' ? { 'content-length': '0' } : {};
	const answer = await outgoing
		.send({ method, url, headers, timeoutMs: settings.deliveryTimeoutMs, maxBytes: 1_000 })
		.catch(() => undefined);
	if (!answer || answer.status >= 400) throw refusal;
}
