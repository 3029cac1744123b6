/** What a trigger remembers of its webhook between activation and delivery. */
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

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
}

/** The node's memory. n8n saves changes to it after a webhook method has run. */
export function hookMemory(context: IHookFunctions | IWebhookFunctions): HookMemory {
	return context.getWorkflowStaticData('node');
}

/** Forgets the webhook. */
export function clearMemory(memory: HookMemory): void {
	delete memory.url;
	delete memory.digest;
	delete memory.next;
	delete memory.hookId;
}
