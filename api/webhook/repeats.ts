/** Recognises deliveries that SMTP2GO repeats: it tries for days until it gets a 200. */
import type { DeliveredEvent } from './delivery';

/** Subject of what SMTP2GO's button "Test this webhook" posts: its ids never change, so it must not count as a repeat (seen in deliveries). */
const TEST_SUBJECT = 'Mail test - please ignore';

/** True for an event of that button. */
export function isTestEvent({ subject }: DeliveredEvent): boolean {
	return subject === TEST_SUBJECT;
}

/** How many events are remembered: some 300 kB of ids, and more than an account of usual size raises in an hour. */
export const REMEMBERED = 10_000;

/** A bounded window of event ids, oldest first. Pure: whoever owns it keeps it. */
export class SeenEvents {
	private readonly ids: Set<string>;

	/** @param ids of an earlier window, oldest first; anything but texts is left out */
	constructor(ids: readonly unknown[] = [], private readonly size = REMEMBERED) {
		this.ids = new Set(ids.filter((id) => typeof id === 'string').slice(-size));
	}

	/** Notes an event; true where it was noted before. A test event never was. */
	isRepeat(event: DeliveredEvent): boolean {
		const { eventId } = event;
		if (isTestEvent(event)) return false;
		if (this.ids.has(eventId)) return true;
		this.ids.add(eventId);
		const [oldest] = this.ids;
		if (this.ids.size > this.size && oldest !== undefined) this.ids.delete(oldest);
		return false;
	}

	/** Forgets an event, so that its repetition counts as the first: for one that could not be handed on. */
	forget({ eventId }: Pick<DeliveredEvent, 'eventId'>): void {
		this.ids.delete(eventId);
	}

	/** The ids, oldest first, to be kept. */
	list(): string[] {
		return [...this.ids];
	}
}
