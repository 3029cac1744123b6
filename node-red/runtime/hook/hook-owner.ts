/** What a webhook needs of its account. */
import type { Node } from 'node-red';
import type { ConnectionSettings } from '../connection/connection';
import type { HookSettings } from './hook-settings';

/** The account that a webhook belongs to. */
export interface HookOwner {
	/** Its node, which carries the ID and writes to the log. */
	readonly node: Pick<Node, 'id' | 'log' | 'warn' | 'error'>;
	/** How it reaches SMTP2GO. */
	readonly settings: ConnectionSettings;
	/** What its dialog says about the webhook. */
	readonly hookSettings: HookSettings;
}
