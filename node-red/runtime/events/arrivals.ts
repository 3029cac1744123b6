/**
 * Which event came from the webhook and which from the activity log, so that triggers with both sources get each event
 * once, whichever of the two reports it first.
 */
import { isTestEvent, type DeliveredEvent } from '../../../api';

/** Maximum number of events that are remembered. */
const MAX_REMEMBERED = 50_000;

/** How often each source reported the same `eventKey`, and when it happened, in seconds since 1970. */
interface Arrival {
	hook: number;
	log: number;
	readonly second: number;
}

/** The number of an event among those with the same key: the log numbers them, as in `…#2`. */
function numberOf({ eventId }: DeliveredEvent): number {
	const [, number = '1'] = eventId.split('#');
	return Number(number) || 1;
}

function secondOf({ time }: DeliveredEvent): number {
	return Math.floor(Date.parse(time ?? '') / 1000) || 0;
}

export class Arrivals {
	private readonly known = new Map<string, Arrival>();

	/** @param stored entries of {@link list}; anything else is skipped */
	constructor(stored: readonly unknown[] = []) {
		for (const entry of stored) {
			const [key = '', hook, log, second] = String(entry).split(' ');
			const counts = [hook, log, second].map(Number) as [number, number, number];
			if (key !== '' && counts.every(Number.isSafeInteger))
				this.known.set(key, { hook: counts[0], log: counts[1], second: counts[2] });
		}
	}

	/** Notes a delivery of the webhook. Returns true unless the log has reported this event. */
	fromHook(event: DeliveredEvent): boolean {
		if (isTestEvent(event)) return true;
		const arrival = this.arrivalOf(event);
		arrival.hook++;
		return arrival.hook > arrival.log;
	}

	/** Forgets a delivery that could not be passed on: SMTP2GO delivers it again. */
	undoHook(event: DeliveredEvent): void {
		const arrival = this.known.get(event.eventKey);
		if (arrival !== undefined) arrival.hook = Math.max(0, arrival.hook - 1);
	}

	/** Notes an entry of the log. Returns true unless the webhook has delivered this event. */
	fromLog(event: DeliveredEvent): boolean {
		const arrival = this.arrivalOf(event);
		const number = numberOf(event);
		const isNews = number > Math.max(arrival.hook, arrival.log);
		arrival.log = Math.max(arrival.log, number);
		return isNews;
	}

	/**
	 * Forgets deliveries of the webhook that the log can no longer report. What only the log reported is kept: SMTP2GO
	 * delivers a failed event again for days.
	 * @param moment up to which the log was read, in milliseconds since 1970
	 */
	forgetBefore(moment: number): void {
		for (const [key, { hook, second }] of this.known)
			if (hook > 0 && second < Math.floor(moment / 1000)) this.known.delete(key);
	}

	/** The entries to store, oldest first. */
	list(): string[] {
		return [...this.known].map(([key, { hook, log, second }]) => `${key} ${hook} ${log} ${second}`);
	}

	private arrivalOf(event: DeliveredEvent): Arrival {
		const { eventKey } = event;
		const arrival = this.known.get(eventKey) ?? { hook: 0, log: 0, second: secondOf(event) };
		this.known.set(eventKey, arrival);
		const [oldest] = this.known.keys();
		if (this.known.size > MAX_REMEMBERED && oldest !== undefined) this.known.delete(oldest);
		return arrival;
	}
}
