// The events of emails in the order of their times, so that a search for a period reads only that period.
import type { Email, SimulatorEvent } from '../types';

/** One entry of the activity log. */
export interface LogEntry {
	/** When it happened: milliseconds since 1970. */
	readonly at: number;
	/** Tells entries of the same moment apart; the later one has the greater number. */
	readonly order: number;
	readonly event: SimulatorEvent;
	/** Missing once the email was dropped to make room. */
	email: Email | undefined;
}

/** The order of the log: by time, then as they came. */
function byTime(a: LogEntry, b: LogEntry): number {
	return a.at - b.at || a.order - b.order;
}

/** The activity log: entries by time and by email. */
export class ActivityLog {
	private entries: LogEntry[] = [];
	private isSorted = true;
	private lastOrder = 0;
	/** When the last late entry shows up: milliseconds since 1970. */
	private lateUntil = 0;
	private hasForgotten = false;
	private readonly byEmail = new Map<string, LogEntry[]>();

	/** Adds an event of an email. */
	add(event: SimulatorEvent, email: Email): void {
		const entry: LogEntry = { at: Date.parse(event.time), order: ++this.lastOrder, event, email };
		this.lateUntil = Math.max(this.lateUntil, event.loggedAt ?? 0);
		const last = this.entries.at(-1);
		if (last !== undefined && last.at > entry.at) this.isSorted = false;
		this.entries.push(entry);
		const siblings = this.byEmail.get(email.emailId);
		if (siblings) siblings.push(entry);
		else this.byEmail.set(email.emailId, [entry]);
	}

	/** Takes events out. */
	remove(events: readonly SimulatorEvent[]): void {
		const gone = new Set(events);
		const stays = ({ event }: LogEntry): boolean => !gone.has(event);
		this.entries = this.entries.filter(stays);
		for (const id of new Set(events.map(({ emailId = '' }) => emailId))) {
			const left = this.byEmail.get(id)?.filter(stays) ?? [];
			if (left.length === 0) this.byEmail.delete(id);
			else this.byEmail.set(id, left);
		}
	}

	/** Lets go of an email: its entries are no longer found. */
	forgetEmail(emailId: string): void {
		this.hasForgotten = true;
		for (const entry of this.byEmail.get(emailId) ?? []) entry.email = undefined;
	}

	/** What happened to an email, in the order in which it was raised. */
	eventsOf(emailId: string): SimulatorEvent[] {
		return (this.byEmail.get(emailId) ?? []).map(({ event }) => event);
	}

	/**
	 * The entries of a period, oldest first.
	 * @param start milliseconds since 1970, inclusive
	 * @param end milliseconds since 1970, exclusive
	 */
	between(start: number, end: number): LogEntry[] {
		if (!this.isSorted) this.entries.sort(byTime);
		this.isSorted = true;
		return this.entries.slice(this.indexOf(start), this.indexOf(end));
	}

	/** Whether every entry has shown up and still has its email, so that none needs a look. */
	isWhole(now: number): boolean {
		return this.lateUntil <= now && !this.hasForgotten;
	}

	/** Notes that no entry is late any more. */
	showAll(): void {
		this.lateUntil = 0;
	}

	/** Back to an empty log. */
	clear(): void {
		this.entries = [];
		this.lateUntil = 0;
		this.hasForgotten = false;
		this.isSorted = true;
		this.byEmail.clear();
	}

	/** Where the first entry from a time on is. */
	private indexOf(at: number): number {
		let low = 0;
		let high = this.entries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.entries[middle]?.at ?? Infinity) < at) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
