/** What a trigger remembers of its webhook between activation and delivery. */
import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Which events the trigger received last, for a process that did not see them. */
export interface SeenMemory {
	/** When it was written, in milliseconds since 1970. The webhook was in place then. */
	readonly at: number;
	/** Since when the keys are complete, in milliseconds since 1970. */
	readonly since: number;
	/** Keys of events, oldest first. */
	readonly keys: readonly string[];
}

/** A time without a webhook over which the log is still to be read, for other processes and for a restart. */
export interface GapMemory {
	/** Begin and end, in milliseconds since 1970. */
	readonly from: number;
	readonly to: number;
	/** Keys of the events from that time that were delivered after all. */
	readonly keys: readonly string[];
}

/**
 * Kept in the node's static data. A copy of n8n and an exported workflow have it too. So it holds nothing with which an
 * event could be forged, and it applies only at its URL.
 */
export interface HookMemory {
	/** The callback URL to which the rest belongs. */
	url?: string;
	/** Digest of the token that SMTP2GO sends with every event. */
	digest?: string;
	/** Digest of a new token while SMTP2GO is being told: until that has succeeded, both are accepted. */
	next?: string;
	/** SMTP2GO's ID of the webhook. */
	hookId?: number;
	seen?: SeenMemory;
	gap?: GapMemory;
}

/**
 * The node's memory. n8n saves changes to it after a webhook method or a delivery. A timer must not change it: with the
 * next event that it emits, n8n would save the data of the whole workflow as it was at activation.
 */
export function hookMemory(context: IHookFunctions | IWebhookFunctions | IExecuteFunctions): HookMemory {
	return context.getWorkflowStaticData('node');
}

/** Forgets the webhook. What events it received stays known, because n8n removes and adds the webhook for each edit. */
export function clearMemory(memory: HookMemory): void {
	delete memory.url;
	delete memory.digest;
	delete memory.next;
	delete memory.hookId;
}

/** Forgets the events too: they belong to another URL, and this one has never received any. */
export function clearEvents(memory: HookMemory): void {
	delete memory.seen;
	delete memory.gap;
}
