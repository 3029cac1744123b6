/** Recognises deliveries that SMTP2GO repeats: it tries for days until it gets a 200. */
import { createHash } from 'node:crypto';
import type { DeliveredEvent } from './delivery';

/**
 * Subject of what SMTP2GO's button "Test this webhook" posts: its ids never change, so it must not count as a repeat
 * (seen in deliveries).
 */
const TEST_SUBJECT = 'Mail test - please ignore';

/** True for an event of that button. */
export function isTestEvent({ subject }: DeliveredEvent): boolean {
	return subject === TEST_SUBJECT;
}

/**
 * How many events are remembered: some 450 kB of fingerprints, and more than an account of usual size raises in an
 * hour.
 */
export const MAX_REMEMBERED = 10_000;

/**
 * How an event is known again: by its id, and by what it says about whom. SMTP2GO does not promise that an id is never
 * used for another event, and a second bounce must not pass for the first one's repetition. No address in clear: it is
 * kept.
 */
export function fingerprintOf({ eventId, kind, recipient, recipients }: DeliveredEvent): string {
	return `${eventId} ${createHash('sha256')
		.update(JSON.stringify([kind, recipient, ...recipients]))
		.digest('hex')
		.slice(0, 12)}`;
}

/** A bounded window of events by their fingerprints, oldest first. Pure: whoever owns it keeps it. */
export class SeenEvents {
	private readonly ids: Set<string>;

	/** @param ids fingerprints of an earlier window, oldest first; anything but texts is left out */
	constructor(
		ids: readonly unknown[] = [],
		private readonly size = MAX_REMEMBERED,
	) {
		this.ids = new Set(ids.filter((id) => typeof id === 'string').slice(-size));
	}

	/** Notes an event; true where it was noted before. A test event never was. */
	isDuplicate(event: DeliveredEvent): boolean {
		if (isTestEvent(event)) return false;
		const fingerprint = fingerprintOf(event);
		if (this.ids.has(fingerprint)) return true;
		this.ids.add(fingerprint);
		const [oldest] = this.ids;
		if (this.ids.size > this.size && oldest !== undefined) this.ids.delete(oldest);
		return false;
	}

	/** Forgets an event, so that its repetition counts as the first: for one that could not be handed on. */
	forget(event: DeliveredEvent): void {
		this.ids.delete(fingerprintOf(event));
	}

	/** The fingerprints, oldest first, to be kept. */
	list(): string[] {
		return [...this.ids];
	}
}
