// The plan's month, and how much of it is used.
import type { State } from '../state/state';
import type { Email } from '../types';
import { recipientsOf } from './postman';

/** A month of the plan: here, the calendar month in UTC. */
export interface Cycle {
	first: Date;
	/** The last day, not the end of it. */
	last: Date;
}

/** The month that a moment is in. */
export function cycleAt(now: Date): Cycle {
	const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
	return { first: new Date(Date.UTC(year, month, 1)), last: new Date(Date.UTC(year, month + 1, 0)) };
}

/** How many emails were sent since a cycle began: an email to three recipients counts three times. */
export function sentIn({ first }: Cycle, emails: readonly Email[]): number {
	return emails
		.filter(({ receivedAt }) => Date.parse(receivedAt) >= first.getTime())
		.reduce((sum, email) => sum + recipientsOf(email).length, 0);
}

/** How many emails of its plan the master account has used: what was sent, corrected by what was set. */
export function usedByAccount(state: State): number {
	return Math.max(0, sentIn(cycleAt(new Date()), state.emails) + state.usedCorrection);
}

/** Sets how many are used by now; what is sent later comes on top. */
export function setUsed(state: State, used: number): void {
	state.usedCorrection = used - sentIn(cycleAt(new Date()), state.emails);
}
