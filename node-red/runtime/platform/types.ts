/** What a flow saves for each node type, and the few parts of Node-RED's API that its published types leave out. */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { SavedAction, TypedValue } from '../../shared/saved-action';
import type { Account } from '../account/account';
import type { SavedFilters } from '../events/trigger-filter';

/** A saved action node. `fields` holds only what was set in the dialog, by API field name. */
export interface ActionDef extends NodeDef, SavedAction {
	readonly account?: string;
	/** An operation's key, or `msg.operation` to let each message choose. */
	readonly operation?: string;
	readonly fields?: Readonly<Record<string, TypedValue>>;
	/** What goes on as the result: see `outputs` in deliver.ts. */
	readonly output?: string;
}

/** A saved trigger: the events it asks for, by the names of the API. */
export interface TriggerDef extends NodeDef {
	readonly account?: string;
	readonly events?: readonly string[];
	readonly smsEvents?: readonly string[];
	/** `single`, or `event` for a separate output for each event. */
	readonly outputMode?: string;
	/** What an event must have beyond its name: plain values by the names of `filterFields`. */
	readonly filters?: SavedFilters;
	/** Whether an event that SMTP2GO reports again is left out; yes where a flow of an earlier version says nothing. */
	readonly skipRepeated?: boolean;
	readonly version?: number;
}

/** A saved account. Lists are texts separated by commas. */
export interface AccountDef extends NodeDef {
	readonly region?: string;
	readonly baseUrl?: string;
	readonly publicUrl?: string;
	/** `bearer`, or `basic` where Node-RED or a proxy in front of it asks for a user and password. */
	readonly hookAuth?: string;
	readonly usernames?: string;
	readonly headers?: string;
	readonly subaccount?: string;
	/** Maximum number of concurrent calls; a number, or its text. */
	readonly inFlight?: number | string;
	/** Maximum number of calls in any 60 seconds; empty for no limit. */
	readonly callsPerMinute?: number | string;
	/** ID of a core `http proxy` node. */
	readonly proxy?: string;
	readonly version?: number;
}

/** What Node-RED keeps encrypted for an account. */
export interface AccountCredentials {
	apiKey?: string;
	/** User and password that Node-RED or a proxy asks SMTP2GO for. */
	hookUser?: string;
	hookPassword?: string;
}

/** A running account. */
export interface AccountNode extends Node<AccountCredentials> {
	account: Account;
}

/** Node-RED's core `http proxy` node (core/network/06-httpproxy.js). */
export interface ProxyNode extends Node<{ username?: string; password?: string }> {
	readonly url?: string;
	readonly noproxy?: readonly string[];
}

/** Node-RED's runtime. */
export type Runtime = NodeAPI;

/** A node by its ID; Node-RED's own types hide that there may be none. */
export function findNode(RED: Runtime, id: string | undefined): Node | undefined {
	return id ? ((RED.nodes.getNode(id) as Node | null) ?? undefined) : undefined;
}
