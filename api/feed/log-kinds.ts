/** From the events that a trigger asks for to the kinds that the activity log searches for. */
import { emailEvents } from '../catalogue/reporting/events';
import type { EventKind } from '../webhook/event-names';

/** The kinds of each event (contract, `event_types`). */
const kindsOf: Readonly<Record<(typeof emailEvents)[number]['value'], readonly EventKind[]>> = {
	bounce: ['hard-bounced', 'soft-bounced'],
	click: ['clicked'],
	delivered: ['delivered'],
	open: ['opened'],
	processed: ['processed'],
	reject: ['rejected'],
	spam: ['spam'],
	unsubscribe: ['unsubscribed'],
};

/**
 * Returns the kinds to search for.
 * @param events names of `emailEvents`; others are skipped
 * @param bounceType the only bounces that count; both types if undefined
 * @returns undefined for all events, so that those come too that SMTP2GO may add later; an empty list for none
 */
export function logKinds(events: readonly string[], bounceType?: 'hard' | 'soft'): readonly EventKind[] | undefined {
	const asked = emailEvents.filter(({ value }) => events.includes(value));
	if (asked.length === emailEvents.length && bounceType === undefined) return undefined;
	return asked
		.flatMap(({ value }) => kindsOf[value])
		.filter((kind) => bounceType === undefined || !kind.endsWith('-bounced') || kind === `${bounceType}-bounced`);
}
