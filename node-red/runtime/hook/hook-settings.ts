/** What the account's dialog says about the webhook of its triggers. */

import type { Node } from 'node-red';
import { deriveToken } from '../../../api';
import { resolveEnvVars } from '../connection/connection';
import { commaList } from '../platform/comma-list';
import type { Runtime } from '../platform/runtime';
import type { AccountCredentials, AccountDef } from '../platform/saved-nodes';

/** How a delivery proves that it comes from SMTP2GO. */
export interface HookAuth {
	readonly type: 'bearer' | 'basic';
	/** What SMTP2GO sends in the Authorization header. */
	readonly value: string;
	/** The token that a delivery must carry: in the header (bearer) or at the end of the path (basic). */
	readonly secret: string;
}

/** The settings of a webhook. */
export interface HookSettings {
	/** Its path below Node-RED's HTTP nodes. At SMTP2GO, the path also identifies a webhook of ours. */
	readonly path: string;
	/** The public URL of the account's routes; undefined if no public address is set. */
	readonly address: string | undefined;
	/** The public URL that SMTP2GO posts events to; undefined if no public address is set. */
	readonly callbackUrl: string | undefined;
	/** What a delivery must carry; undefined without an API key. */
	readonly auth: HookAuth | undefined;
	/** Headers of an email that each event repeats. */
	readonly headers: readonly string[];
	readonly users: readonly string[];
	readonly subaccount: string | undefined;
}

function readAuth(node: Node<AccountCredentials>, { hookAuth }: AccountDef, apiKey: string): HookAuth | undefined {
	if (apiKey === '') return undefined;
	const secret = deriveToken(apiKey, node.id);
	if (hookAuth !== 'basic') return { type: 'bearer', value: secret, secret };
	const { hookUser = '', hookPassword = '' } = node.credentials ?? {};
	return { type: 'basic', value: Buffer.from(`${hookUser}:${hookPassword}`).toString('base64'), secret };
}

/** Reads what a saved account says about its webhook. */
export function readHookSettings(
	RED: Runtime,
	node: Node<AccountCredentials>,
	def: AccountDef,
	apiKey: string,
): HookSettings {
	const path = `/smtp2go/${node.id}`;
	const auth = readAuth(node, def, apiKey);
	const address = () => {
		const publicUrl = resolveEnvVars(RED, def.publicUrl ?? '', node)
			.trim()
			.replace(/\/+$/, '');
		const root = String(RED.settings.httpNodeRoot ?? '/').replace(/\/+$/, '');
		return publicUrl === '' ? undefined : `${publicUrl}${root}${path}`;
	};
	return {
		path,
		auth,
		headers: commaList(def.headers),
		users: commaList(def.usernames),
		subaccount: def.subaccount?.trim() || undefined,
		get address() {
			return address();
		},
		get callbackUrl() {
			const base = address();
			return base === undefined ? undefined : `${base}${auth?.type === 'basic' ? `/${auth.secret}` : ''}`;
		},
	};
}
