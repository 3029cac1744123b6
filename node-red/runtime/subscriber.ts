import type { ReadDelivery, Smtp2goError } from '../../api';

/** What a trigger is told about the hook. */
export type HookState =
	| { readonly is: 'registering' | 'listening' }
	| { readonly is: 'byHand' | 'failed'; readonly error: Smtp2goError };

/** A trigger, as its account sees it. */
export interface Subscriber {
	readonly events: readonly string[];
	readonly smsEvents: readonly string[];
	show(state: HookState): void;
	deliver(read: ReadDelivery): void;
}
