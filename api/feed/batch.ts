/** What one read of the activity log hands out: events in order, each once, and the cursor after them. */
import type { JsonObject } from '../core/json';
import type { ReadDelivery } from '../webhook/delivery';
import { cursorAt, seenIn, wholeSecond, type FeedCursor, type Seen } from './cursor';
import { readLogEntry } from './log-entry';
import type { Window } from './log-reader';

/** An event and when it happened, in milliseconds since 1970. */
export interface Happened {
	readonly delivery: ReadDelivery;
	readonly moment: number;
}

/**
 * Returns the entries of a window that say something as events, oldest first. One without a time counts as the newest
 * of its window.
 * @param entries newest first
 */
export function eventsIn(
	{ from, to }: Window,
	entries: readonly JsonObject[],
	headerNames: readonly string[],
): Happened[] {
	const withContent = entries.filter((entry) => Object.keys(entry).length > 0);
	const all = withContent.map((entry) => {
		const { delivery, moment = to - 1 } = readLogEntry(entry, headerNames);
		return { delivery, moment };
	});
	return all
		.filter(({ moment }) => moment >= from && moment < to)
		.reverse()
		.sort((one, other) => one.moment - other.moment);
}

/** Numbers events with the same key: two opens in one second are two events. */
function numbered(events: readonly Happened[]): Happened[] {
	const counts = new Map<string, number>();
	return events.map(({ delivery, moment }) => {
		const { event, subscription } = delivery;
		const count = (counts.get(event.eventKey) ?? 0) + 1;
		counts.set(event.eventKey, count);
		const eventId = count === 1 ? event.eventKey : `${event.eventKey}#${count}`;
		return { moment, delivery: { subscription, event: { ...event, eventId } } };
	});
}

/** The events of one read. It keeps only what was not handed out before. */
export class Batch {
	private readonly fresh: Happened[] = [];
	private readonly known: Seen[];
	private readonly ids: ReadonlySet<string>;

	constructor(cursor: FeedCursor) {
		this.known = seenIn(cursor);
		this.ids = new Set(this.known.map(({ id }) => id));
	}

	/** The number of events. */
	get size(): number {
		return this.fresh.length;
	}

	/** Adds a part of the log that was read whole, later than the parts before it. */
	add(events: readonly Happened[]): void {
		for (const event of numbered(events)) {
			const { eventId: id } = event.delivery.event;
			// One without a time is new now again.
			if (this.ids.has(id)) this.known.push({ id, moment: event.moment });
			else this.fresh.push(event);
		}
	}

	/**
	 * Returns the oldest events, and the cursor after them.
	 * @param since the moment up to which the log was read whole and has settled
	 * @param most the maximum number of events
	 */
	handOut(
		since: number,
		most: number,
	): { readonly deliveries: ReadDelivery[]; readonly cursor: FeedCursor; readonly isCut: boolean } {
		const handed = this.fresh.slice(0, most);
		const next = this.fresh[most];
		const start = next === undefined ? since : Math.min(since, wholeSecond(next.moment));
		return {
			deliveries: handed.map(({ delivery }) => delivery),
			cursor: cursorAt(start, [
				...this.known,
				...handed.map(({ delivery, moment }) => ({ id: delivery.event.eventId, moment })),
			]),
			isCut: next !== undefined,
		};
	}
}
