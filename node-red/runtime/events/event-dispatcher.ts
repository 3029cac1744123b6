/**
 * Hands events to triggers. One that only some of them could take is repeated by SMTP2GO: its repetition goes to the
 * others alone.
 */
import { fingerprintOf, type ReadDelivery } from '../../../api';
import type { Subscriber } from './subscriber';

/** Events that are remembered as taken by some. */
const MOST = 1_000;

export class HandedOut {
	/**
	 * Who has an event that another trigger could not take: node ids, since a deploy may replace the node, by the
	 * event's fingerprint.
	 */
	private readonly takenBy = new Map<string, Set<string>>();

	/**
	 * @param onError told of each trigger that could not take it
	 * @returns true where all of them have it
	 */
	to(takers: readonly Subscriber[], read: ReadDelivery, onError: (thrown: unknown) => void): boolean {
		const event = fingerprintOf(read.event);
		const have = this.takenBy.get(event) ?? new Set<string>();
		let failures = 0;
		for (const taker of takers.filter((one) => !have.has(one.id))) {
			try {
				// A copy for each but the first: they get the same event, and a flow may change its own.
				taker.deliver(have.size === 0 ? read : structuredClone(read));
				have.add(taker.id);
			} catch (thrown) {
				failures++;
				onError(thrown);
			}
		}
		this.takenBy.delete(event);
		if (failures > 0) this.remember(event, have);
		return failures === 0;
	}

	private remember(event: string, have: Set<string>): void {
		this.takenBy.set(event, have);
		const [oldest] = this.takenBy.keys();
		if (this.takenBy.size > MOST && oldest !== undefined) this.takenBy.delete(oldest);
	}
}
