/** The outputs of a trigger. */
import { emailEvents, smsEvents } from '../../api/catalogue/reporting/events';

/** One output for everything, or one for each chosen event. */
export type OutputMode = 'single' | 'event';

/**
 * What an output carries, as the key of its messages: `events.bounce`, `smsEvents.failed`, everything, or events
 * without a separate output.
 */
export type Output = `events.${string}` | `smsEvents.${string}` | 'all' | 'other';

/** The part of a saved trigger that decides its outputs. */
export interface Outputs {
	readonly outputMode?: string | undefined;
	/** A flow that was written by hand can lack one of them. */
	readonly events?: readonly string[] | undefined;
	readonly smsEvents?: readonly string[] | undefined;
}

/**
 * The outputs in order: email events as SMTP2GO lists them, then SMS events. If all events of a channel are chosen, one
 * more output takes the events that cannot be chosen: `resubscribe`, and names that SMTP2GO adds later.
 */
export function outputsOf({ outputMode, events = [], smsEvents: chosenSms = [] }: Outputs): readonly Output[] {
	const email = emailEvents
		.filter(({ value }) => events.includes(value))
		.map(({ value }): Output => `events.${value}`);
	const sms = smsEvents
		.filter(({ value }) => chosenSms.includes(value))
		.map(({ value }): Output => `smsEvents.${value}`);
	const chosen = [...email, ...sms];
	if (outputMode !== 'event' || chosen.length === 0) return ['all'];
	return email.length === emailEvents.length || sms.length === smsEvents.length ? [...chosen, 'other'] : chosen;
}

/** The index of the output for an event that the trigger asked for. */
export function outputFor(outputs: readonly Output[], channel: 'email' | 'sms', subscription: string): number {
	const own = outputs.indexOf(`${channel === 'sms' ? 'smsEvents' : 'events'}.${subscription}`);
	return own === -1 ? outputs.length - 1 : own;
}
