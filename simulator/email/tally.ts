// Counts emails and their events for the statistics.
import type { Email, SimulatorEvent } from '../types';
import { recipientsOf } from './postman';
import { sizeOf } from './source';

/** The events that a tally counts separately. */
export type Counted = 'hard' | 'soft' | 'reject' | 'spam' | 'unsubscribe' | 'open' | 'click';

/**
 * Counts emails and what became of them. An email is an email to one recipient, so that no percentage passes 100 (the
 * provider does not say).
 */
export class Tally {
	emails = 0;
	bytes = 0;
	private readonly times = new Map<string, number>();
	private readonly touched = new Map<string, Set<string>>();

	/** Counts an email with its events. */
	add(email: Email, events: readonly SimulatorEvent[]): void {
		const recipients = recipientsOf(email).length;
		this.emails += recipients;
		this.bytes += recipients * sizeOf(email);
		for (const { event, bounce, recipient = '' } of events) {
			const name = bounce ?? event;
			this.times.set(name, this.count(name) + 1);
			const touched = this.touched.get(name) ?? new Set<string>();
			this.touched.set(name, touched.add(`${email.emailId} ${recipient}`));
		}
	}

	/** How often it happened. */
	count(name: string): number {
		return this.times.get(name) ?? 0;
	}

	/** To how many emails of a hundred one of these happened, with two places. */
	percent(...names: Counted[]): number {
		const touched = new Set(names.flatMap((name) => [...(this.touched.get(name) ?? [])]));
		return this.emails === 0 ? 0 : Math.round((10_000 * touched.size) / this.emails) / 100;
	}
}

/** Tallies emails by what `groupOf` calls them. */
export function tallied(
	emails: readonly Email[],
	events: readonly SimulatorEvent[],
	groupOf: (email: Email) => string,
): Map<string, Tally> {
	const eventsOf = new Map<string, SimulatorEvent[]>(emails.map(({ emailId }) => [emailId, []]));
	for (const event of events) eventsOf.get(event.emailId ?? '')?.push(event);
	const groups = new Map<string, Tally>();
	for (const email of emails) {
		const group = groupOf(email);
		const tally = groups.get(group) ?? new Tally();
		groups.set(group, tally);
		tally.add(email, eventsOf.get(email.emailId) ?? []);
	}
	return groups;
}
