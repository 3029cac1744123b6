/**
 * Recognises events that SMTP2GO delivers again, within this process: n8n gives a webhook no store that is safe at once
 * and for all (see docs/trigger.md).
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { fingerprintOf, isTestEvent, SeenEvents, type DeliveredEvent } from '../../../api';

/** n8n's answer to a delivery: it tells whether n8n has the event. */
export type Answer = Pick<ReturnType<IWebhookFunctions['getResponseObject']>, 'once' | 'statusCode' | 'writableEnded'>;

/** A delivery beside those before it: new, known and taken, or still being taken. */
export type Standing = 'first' | 'repeat' | 'inProgress';

/** Answers that may stay open before the ended ones among them are looked for. */
const MOST_OPEN = 1_000;
/** Triggers of which events are remembered; the one that was silent for longest goes first. */
const MOST_TRIGGERS = 100;

/** What one trigger was given: events that n8n has, and those whose answer is still open. */
export class Deliveries {
	private readonly seen = new SeenEvents();

	private readonly open = new Map<string, { readonly event: DeliveredEvent; readonly answer: Answer }>();

	/** Notes a delivery with the answer that n8n is going to give. */
	take(event: DeliveredEvent, answer: Answer): Standing {
		if (isTestEvent(event)) return 'first';
		const fingerprint = fingerprintOf(event);
		if (this.open.size > MOST_OPEN) for (const one of this.open.keys()) this.settle(one);
		this.settle(fingerprint);
		if (this.open.has(fingerprint)) return 'inProgress';
		if (this.seen.isRepeat(event)) return 'repeat';
		this.open.set(fingerprint, { event, answer });
		answer.once('close', () => this.settle(fingerprint));
		return 'first';
	}

	/**
	 * Only a 200 says that n8n has the event. Where the caller hung up, the answer stays open until n8n gives it all
	 * the same.
	 */
	private settle(fingerprint: string): void {
		const taken = this.open.get(fingerprint);
		if (!taken?.answer.writableEnded) return;
		this.open.delete(fingerprint);
		if (taken.answer.statusCode !== 200) this.seen.forget(taken.event);
	}
}

const triggers = new Map<string, Deliveries>();

/** The deliveries of a trigger, by the trigger's key. */
export function deliveriesOf(key: string): Deliveries {
	const deliveries = triggers.get(key) ?? new Deliveries();
	triggers.delete(key);
	triggers.set(key, deliveries);
	const [silent] = triggers.keys();
	if (triggers.size > MOST_TRIGGERS && silent !== undefined) triggers.delete(silent);
	return deliveries;
}
