/**
 * Passes events to triggers. If only some of them could take one, SMTP2GO delivers it again, and only the others get it
 * then.
 */
import { fingerprintOf, type ReadDelivery } from '../../../api';
import type { Subscriber } from './subscriber';

/** Maximum number of events that are remembered as taken by some triggers only. */
const MAX_REMEMBERED = 1_000;

export class EventDispatcher {
	/**
	 * The IDs of the triggers that took an event which another could not take, by the event's fingerprint. A deploy can
	 * replace the node but keeps its ID.
	 */
	private readonly takenBy = new Map<string, Set<string>>();

	/**
	 * @param onError called for each trigger that could not take the event
	 * @param chance `again` if the event comes again for those triggers, as a delivery does
	 * @returns true if all of them have it
	 */
	dispatch(
		takers: readonly Subscriber[],
		read: ReadDelivery,
		onError: (thrown: unknown) => void,
		chance: 'again' | 'once' = 'again',
	): boolean {
		const event = fingerprintOf(read.event);
		const have = this.takenBy.get(event) ?? new Set<string>();
		let failures = 0;
		for (const taker of takers.filter((one) => !have.has(one.id))) {
			try {
				// Each but the first gets a copy, because a flow can change its own.
				taker.deliver(have.size === 0 ? read : structuredClone(read));
				have.add(taker.id);
			} catch (thrown) {
				failures++;
				onError(thrown);
			}
		}
		this.takenBy.delete(event);
		if (failures > 0 && chance === 'again') this.remember(event, have);
		return failures === 0;
	}

	private remember(event: string, have: Set<string>): void {
		this.takenBy.set(event, have);
		const [oldest] = this.takenBy.keys();
		if (this.takenBy.size > MAX_REMEMBERED && oldest !== undefined) this.takenBy.delete(oldest);
	}
}
