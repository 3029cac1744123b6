/** A trigger, as its account sees it. */
import {
	isWanted,
	passes,
	type EventFilter,
	type ReadDelivery,
	type Smtp2goError,
	type Subscription,
} from '../../../api';

/** The state of the account's webhook, as a trigger shows it. */
export type HookState =
	| { readonly is: 'registering' | 'listening' | 'paused' }
	| { readonly is: 'manual' | 'failed'; readonly error: Smtp2goError };

/** Where a trigger gets its events from. */
export type EventSource = 'webhook' | 'log' | 'both';

/** A running trigger. */
export interface Subscriber extends Subscription {
	/** Its node's ID, which a deploy does not change. */
	readonly id: string;
	readonly source: EventSource;
	readonly filter: EventFilter;
	/** True if duplicate events are skipped. */
	readonly skipRepeated: boolean;
	show(state: HookState): void;
	/** Reports an error to its flow, where a Catch node can take it, or to the log. */
	fail(error: Smtp2goError): void;
	deliver(read: ReadDelivery): void;
}

/** True for an event that a trigger asked for and that passes its filter. */
export function accepts(subscriber: Subscriber, read: ReadDelivery): boolean {
	return isWanted(read, subscriber) && passes(read, subscriber.filter);
}
