/** What the running Node-RED tells the side bar. */

/** A running account. */
export interface AccountView {
	readonly id: string;
	/** Its ID in the editor: in a subflow, that of its template. */
	readonly editorId: string;
	readonly name: string;
}

/** The queue of the account's API key. */
export interface QueueView {
	readonly running: number;
	readonly waiting: number;
	/** Maximum number of concurrent calls. */
	readonly concurrency: number;
	/** Why the next call waits: see `NextWait` of api/client/gate.ts. */
	readonly next?: {
		readonly path: string;
		readonly milliseconds: number;
		readonly reason: 'busy' | 'slowDown' | 'limit';
		readonly why?: string;
	};
}

/** The webhook that the account's nodes share. */
export interface WebhookView {
	readonly is: 'unused' | 'registering' | 'listening' | 'paused' | 'manual' | 'failed';
	/** What is wrong, and what to do. */
	readonly problem?: string;
	/** Where SMTP2GO delivers events, without a secret. */
	readonly url?: string;
	/** The last event that arrived since Node-RED was started; `at` in milliseconds since 1970. */
	readonly lastEvent?: { readonly kind: string; readonly at: number };
	/** True if a trigger reads the activity log. */
	readonly readsLog: boolean;
}

/** A running trigger. */
export interface TriggerView {
	readonly id: string;
	readonly editorId: string;
	readonly name: string;
	/** The kinds of samples that it can get, such as `events.bounce.hard`. */
	readonly kinds: readonly string[];
}

/** The response of the route `side-bar`. */
export interface Overview {
	readonly accounts: readonly AccountView[];
	/** Undefined if no account runs. */
	readonly shown?: {
		readonly id: string;
		readonly queue: QueueView;
		readonly webhook: WebhookView;
		readonly triggers: readonly TriggerView[];
	};
}

/** One line of the last emails: an email to one recipient. */
export interface EmailView {
	readonly recipient: string | null;
	readonly subject: string | null;
	/** The last event, such as `delivered`. */
	readonly kind: string;
	/** ISO 8601 in UTC. */
	readonly time: string | null;
	readonly reason: string | null;
}

/** The quota of the billing period, in emails. */
export interface QuotaView {
	readonly used: number;
	/** 0 if the account has no limit. */
	readonly max: number;
	/** When the period ends, as ISO 8601 in UTC. */
	readonly end: string | null;
}

/** The response to a sample that was sent. */
export interface SampleSent {
	/** Such as `hard-bounced`. */
	readonly kind: string;
	/** False if a real event like it would be stopped by the trigger's filters. */
	readonly passes: boolean;
}
