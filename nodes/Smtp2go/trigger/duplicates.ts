/**
 * Recognizes events that SMTP2GO delivers again, within this process: n8n gives a webhook no store that is safe across
 * processes (docs/trigger-behavior.md).
 */
import { fingerprintOf, isTestEvent, SeenEvents, type DeliveredEvent } from '../../../api';
import { receivedEvents, type DeliveryResponse, type ReceivedEvents } from '../state/process-state';

/** What a delivery is: new, one that n8n has already accepted, or one whose first delivery is still open. */
export type DeliveryStatus = 'new' | 'duplicate' | 'inProgress';

/** With more open responses than this, those that have ended are removed. */
const MAX_OPEN = 1_000;

/** The events that a trigger received. */
export function receivedBy(triggerKey: string): ReceivedEvents {
	const known = receivedEvents.get(triggerKey);
	if (known) return known;
	const received: ReceivedEvents = { seen: new SeenEvents(), open: new Map() };
	receivedEvents.set(triggerKey, received);
	return received;
}

/**
 * Removes an event whose response has ended. Only a 200 says that n8n accepted it. If the caller hung up, the response
 * stays open until n8n ends it.
 */
function settle({ open, seen }: ReceivedEvents, fingerprint: string): void {
	const received = open.get(fingerprint);
	if (!received?.response.writableEnded) return;
	open.delete(fingerprint);
	if (received.response.statusCode !== 200) seen.forget(received.event);
}

/** Notes a delivery with the response that n8n is going to send. */
export function receive(received: ReceivedEvents, event: DeliveredEvent, response: DeliveryResponse): DeliveryStatus {
	if (isTestEvent(event)) return 'new';
	const { open, seen } = received;
	const fingerprint = fingerprintOf(event);
	if (open.size > MAX_OPEN) for (const one of open.keys()) settle(received, one);
	settle(received, fingerprint);
	if (open.has(fingerprint)) return 'inProgress';
	if (seen.isDuplicate(event)) return 'duplicate';
	open.set(fingerprint, { event, response });
	response.once('close', () => settle(received, fingerprint));
	return 'new';
}
