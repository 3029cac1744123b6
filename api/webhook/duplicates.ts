/** Recognizes duplicate events: SMTP2GO retries a delivery for days until it gets a 200. */
import { createHash } from 'node:crypto';
import type { DeliveredEvent } from './delivery';

/**
 * The subject of the event from SMTP2GO's button "Test this webhook". Its IDs never change, so it must not count as a
 * duplicate (seen in deliveries).
 */
const TEST_SUBJECT = 'Mail test - please ignore';

/** True for an event from that button. */
export function isTestEvent({ subject }: DeliveredEvent): boolean {
	return subject === TEST_SUBJECT;
}

/**
 * The number of events that are remembered: about 450 kB of fingerprints, and more than a typical account has in an
 * hour.
 */
export const MAX_REMEMBERED = 10_000;

/**
 * Returns the fingerprint of an event: its ID and a hash of its kind and recipients. SMTP2GO does not promise that an
 * ID is unique, and a second bounce must not count as a duplicate of the first. It is stored, so it contains no
 * address.
 */
export function fingerprintOf({ eventId, kind, recipient, recipients }: DeliveredEvent): string {
	return `${eventId} ${createHash('sha256')
		.update(JSON.stringify([kind, recipient, ...recipients]))
		.digest('hex')
		.slice(0, 12)}`;
}

/** A bounded window of event fingerprints, oldest first. Its owner stores it. */
export class SeenEvents {
	private readonly ids: Set<string>;

	/** @param ids fingerprints of an earlier window, oldest first; anything but text is skipped */
	constructor(
		ids: readonly unknown[] = [],
		private readonly size = MAX_REMEMBERED,
	) {
		this.ids = new Set(ids.filter((id) => typeof id === 'string').slice(-size));
	}

	/** Records an event. Returns true if it was recorded before. A test event never counts as a duplicate. */
	isDuplicate(event: DeliveredEvent): boolean {
		if (isTestEvent(event)) return false;
		const fingerprint = fingerprintOf(event);
		if (this.ids.has(fingerprint)) return true;
		this.ids.add(fingerprint);
		const [oldest] = this.ids;
		if (this.ids.size > this.size && oldest !== undefined) this.ids.delete(oldest);
		return false;
	}

	/** Forgets an event that could not be passed on, so that its duplicate counts as the first. */
	forget(event: DeliveredEvent): void {
		this.ids.delete(fingerprintOf(event));
	}

	/** Returns the fingerprints to store, oldest first. */
	list(): string[] {
		return [...this.ids];
	}
}
