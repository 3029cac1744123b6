import {
	isWanted,
	passes,
	type EventFilter,
	type ReadDelivery,
	type Smtp2goError,
	type Subscription,
} from '../../../api';

/** What a trigger is told about the hook. */
export type HookState =
	| { readonly is: 'registering' | 'listening' | 'paused' }
	| { readonly is: 'byHand' | 'failed'; readonly error: Smtp2goError };

/** A trigger, as its account sees it. */
export interface Subscriber extends Subscription {
	/** Its node's id, which a deploy does not change. */
	readonly id: string;
	readonly filter: EventFilter;
	/** True where a repetition of an event must not start the flow again. */
	readonly skipRepeated: boolean;
	show(state: HookState): void;
	/** Tells its flow, where a Catch node may be waiting, and otherwise the log. */
	fail(error: Smtp2goError): void;
	deliver(read: ReadDelivery): void;
}

/** True for an event that a trigger asked for and that its filter lets through. */
export function takes(subscriber: Subscriber, read: ReadDelivery): boolean {
	return isWanted(read, subscriber) && passes(read, subscriber.filter);
}
