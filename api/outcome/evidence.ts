/** What events prove about a recipient, whatever the order in which they come and however often. */
import { bareAddress } from '../formats/mailbox';
import type { DeliveredEvent } from '../webhook/delivery';
import type { EventKind } from '../webhook/event-names';
import type { OutcomeName } from './types';

/** An outcome that an event proves. */
export interface Evidence {
	readonly outcome: ProvenOutcome;
	readonly reason: string | null;
	/** ISO 8601 in UTC. */
	readonly at: string | null;
}

/**
 * The outcomes that an event can prove, the strongest first. A server that accepted an email can still bounce it later,
 * and only an email that arrived can be reported as spam. A soft bounce ends with a delivery or a hard bounce.
 */
export const proofs = [
	'spam',
	'hard-bounced',
	'rejected',
	'delivered',
	'soft-bounced',
] as const satisfies readonly (EventKind & OutcomeName)[];

/** An outcome that an event can prove. */
export type ProvenOutcome = (typeof proofs)[number];

/** The outcomes from the worst to the best. The worst recipient decides the outcome of an email. */
export const worstFirst: readonly OutcomeName[] = [
	'spam',
	'hard-bounced',
	'rejected',
	'soft-bounced',
	'pending',
	'delivered',
];

/** The maximum length of a reason in characters, so that a watch stays small. */
const MAX_REASON = 1_000;

/** True for a kind of event that proves an outcome. */
export function isProof(kind: unknown): kind is ProvenOutcome {
	return (proofs as readonly unknown[]).includes(kind);
}

/** Returns what an event proves. Undefined for opens, clicks, and whatever else proves no outcome. */
export function evidenceOf({ kind, reason, time }: DeliveredEvent): Evidence | undefined {
	if (!isProof(kind)) return undefined;
	return { outcome: kind, reason: reason === null ? null : reason.slice(0, MAX_REASON), at: time };
}

/** The place of evidence among others of the same outcome: the newest counts, with a reason rather than without. */
function rankOf({ at, reason }: Evidence): string {
	return `${at ?? ''}\n${reason ?? ''}`;
}

/** Returns the stronger of two. It is the same in whatever order they come. */
export function stronger(one: Evidence | undefined, other: Evidence | undefined): Evidence | undefined {
	if (one === undefined || other === undefined) return one ?? other;
	const difference = proofs.indexOf(one.outcome) - proofs.indexOf(other.outcome);
	if (difference !== 0) return difference < 0 ? one : other;
	return rankOf(one) >= rankOf(other) ? one : other;
}

/** Returns the bare address in a text; the text itself if it contains none. */
export function addressIn(text: string): string {
	return bareAddress(text) ?? text.trim();
}
