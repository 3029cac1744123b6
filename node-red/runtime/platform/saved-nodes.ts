/** What a flow saves for each node type. */
import type { NodeDef } from 'node-red';
import type { SavedAction, TypedValue } from '../../shared/saved-action';
import type { SavedAsk } from '../../shared/saved-ask';
import type { SavedOutcome } from '../../shared/saved-outcome';

/** A saved action node. `fields` holds only what was set in the dialog, by API field name. */
export interface ActionDef extends NodeDef, SavedAction {
	readonly account?: string;
	/** An operation's key, or `msg.operation` to let each message choose. */
	readonly operation?: string;
	readonly fields?: Readonly<Record<string, TypedValue>>;
	/** Which part of the response goes on: see `outputs` in shared/action-outputs.ts. */
	readonly output?: string;
}

/** The filter of a saved trigger, by the names of `filterFields`. A field that is not there filters nothing. */
export type SavedFilters = Readonly<Record<string, unknown>>;

/** A saved trigger: the events that it asks for, by the names of the API. */
export interface TriggerDef extends NodeDef {
	readonly account?: string;
	readonly events?: readonly string[];
	readonly smsEvents?: readonly string[];
	/** `single`, or `event` for a separate output for each event. */
	readonly outputMode?: string;
	readonly filters?: SavedFilters;
	/**
	 * `webhook`, `log` (the activity log), `both`, or `auto`: the webhook if the account has a Public URL, or the log.
	 */
	readonly source?: string;
	/** Whether duplicate events are skipped. Yes if a flow of an earlier version does not say. */
	readonly skipRepeated?: boolean;
	readonly version?: number;
}

/** A saved node for received text messages. */
export interface SmsInDef extends NodeDef {
	readonly account?: string;
	/** `any`, `keywords`, or `pattern`. */
	readonly filter?: string;
	/** Words separated by commas. */
	readonly keywords?: string;
	readonly pattern?: string;
	/** Whether the message is looked up that each one replies to. Yes if a flow does not say. */
	readonly matchReplies?: boolean;
	readonly version?: number;
}

/** A saved ask node. */
export interface AskDef extends NodeDef, SavedAsk {
	readonly account?: string;
}

/** A saved outcome node. */
export interface OutcomeDef extends NodeDef, SavedOutcome {
	readonly account?: string;
}

/** A saved health node. */
export interface HealthDef extends NodeDef {
	readonly account?: string;
	/** What to watch, by the names of `healthFields`. A field that is not there has its default. */
	readonly watch?: Readonly<Record<string, unknown>>;
	/** Minutes from one look to the next; a number, or its text. */
	readonly interval?: number | string;
	readonly version?: number;
}

/** A saved account. Lists are strings separated by commas. */
export interface AccountDef extends NodeDef {
	readonly region?: string;
	readonly baseUrl?: string;
	readonly publicUrl?: string;
	/** `bearer`, or `basic` if Node-RED or a proxy in front of it asks for a user and password. */
	readonly hookAuth?: string;
	readonly usernames?: string;
	readonly headers?: string;
	readonly subaccount?: string;
	/** Maximum number of concurrent calls; a number, or its text. */
	readonly inFlight?: number | string;
	/** Maximum number of calls in any 60 seconds; empty for no limit. */
	readonly callsPerMinute?: number | string;
	/** Seconds from one read of a log to the next; a number, or its text. */
	readonly pollInterval?: number | string;
	/** ID of a core `http proxy` node. */
	readonly proxy?: string;
	readonly version?: number;
}

/** What Node-RED keeps encrypted for an account. */
export interface AccountCredentials {
	apiKey?: string;
	/** The user and password that Node-RED, or a proxy in front of it, asks SMTP2GO for. */
	hookUser?: string;
	hookPassword?: string;
}
