/** An account: key, region, proxy, and what the hook of its triggers looks like. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { baseUrlOf, deriveToken, Smtp2goError, type Connection, type Region, type Result } from '../../../api';
import { commaList } from '../platform/comma-list';
import { createHost } from '../connection/host';
import { proxyFor } from '../connection/proxy';
import { IN_FLIGHT, Queue } from '../connection/call-queue';
import { Registration } from '../hook/registration';
import { Repeats } from '../events/seen-events';
import { timesOf } from '../platform/timing';
import {
	findNode,
	type AccountCredentials,
	type AccountDef,
	type AccountNode,
	type ProxyNode,
	type Runtime,
} from '../platform/types';

/** Where calls go and with which key; also for values that are still being typed. */
export interface ConnectionSettings {
	readonly apiKey: string;
	readonly region: string;
	readonly baseUrl: string;
	/** ID of an `http proxy` node. */
	readonly proxy?: string | undefined;
}

/** How a hook proves that a delivery is SMTP2GO's. */
export interface HookAuth {
	readonly type: 'bearer' | 'basic';
	/** What SMTP2GO sends in the Authorization header. */
	readonly value: string;
	/** The secret that a delivery must show: in the header (bearer) or at the end of the path (basic). */
	readonly secret: string;
}

/**
 * A whole number above 0; undefined for anything else, as in an account that was saved before the property was there.
 */
function count(value: number | string | undefined): number | undefined {
	const number = Number(value);
	return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** True for a node that is a running account. */
export function isAccountNode(node: Node | undefined): node is AccountNode {
	return node !== undefined && 'account' in node && node.account instanceof Account;
}

/** A text with its `${NAME}` replaced, which Node-RED does by itself only where it is the whole text. */
export function withVariables(RED: Runtime, text: string, node: Node | undefined): string {
	// Node-RED takes "no node" to mean the variables of the process.
	return text.includes('${') ? String(RED.util.evaluateNodeProperty(text, 'env', node as Node, {}) ?? '') : text;
}

/** Makes a connection for settings that need not belong to a running account. */
export function connect(
	RED: Runtime,
	settings: ConnectionSettings,
	signal?: AbortSignal,
	onWait?: Connection['onWait'],
): Result<Connection> {
	const base = baseUrlOf(settings.region, settings.baseUrl);
	if (!base.ok) return base;
	if (settings.apiKey.trim() === '') return { ok: false, error: new Smtp2goError('auth', RED._('errors.noKey')) };
	const proxy = findNode(RED, settings.proxy) as ProxyNode | undefined;
	const host = createHost({
		apiKey: settings.apiKey.trim(),
		proxyFor: (target) => proxyFor(target, proxy, process.env),
	});
	return { ok: true, value: { host, baseUrl: base.value, signal, ...(onWait ? { onWait } : {}) } };
}

/** What the node `smtp2go-account` keeps for the nodes that use it. */
export class Account {
	readonly id: string;
	readonly region: string;
	/** Headers of an email that each event repeats. */
	readonly headers: readonly string[];
	readonly users: readonly string[];
	readonly subaccount: string | undefined;
	/** The triggers' shared hook. */
	readonly registration: Registration;
	/** Where the calls of its action nodes wait for their turn. */
	readonly queue: Queue;
	/** Where calls go and with which key. */
	readonly settings: ConnectionSettings;
	/** The events that were handed out. */
	readonly repeats: Repeats;
	/** What a delivery must show; undefined without a key. */
	readonly hookAuth: HookAuth | undefined;
	private readonly credentials: AccountCredentials;

	constructor(
		private readonly RED: Runtime,
		readonly node: Node<AccountCredentials>,
		private readonly def: AccountDef,
	) {
		this.id = node.id;
		this.credentials = node.credentials ?? {};
		this.region = def.region ?? ('api' satisfies Region);
		this.headers = commaList(def.headers);
		this.users = commaList(def.usernames);
		this.subaccount = def.subaccount?.trim() || undefined;
		this.settings = {
			apiKey: (this.credentials.apiKey ?? '').trim(),
			region: this.region,
			baseUrl: this.resolve(def.baseUrl),
			proxy: def.proxy,
		};
		const base = baseUrlOf(this.region, this.settings.baseUrl);
		this.queue = Queue.of(this.apiKey, base.ok ? base.value : '');
		this.queue.join(this, {
			inFlight: count(def.inFlight) ?? IN_FLIGHT,
			callsPerMinute: count(def.callsPerMinute),
		});
		this.hookAuth = this.readHookAuth();
		this.registration = new Registration(RED, this);
		this.repeats = new Repeats(node, timesOf(RED).write);
	}

	private resolve(text: string | undefined): string {
		return withVariables(this.RED, text ?? '', this.node);
	}

	/**
	 * A way to call SMTP2GO.
	 * @param signal stops calls and pauses
	 * @param onWait told before each pause
	 */
	connect(signal?: AbortSignal, onWait?: Connection['onWait']): Result<Connection> {
		return connect(this.RED, this.settings, signal, onWait);
	}

	/** True where these are the saved settings: a saved key must not travel anywhere else. */
	isSavedTarget(region: string, baseUrl: string): boolean {
		return region !== 'custom' || (region === this.region && baseUrl === this.settings.baseUrl);
	}

	/** The saved key; empty when there is none. */
	get apiKey(): string {
		return this.settings.apiKey;
	}

	private readHookAuth(): HookAuth | undefined {
		if (this.apiKey === '') return undefined;
		const secret = deriveToken(this.apiKey, this.id);
		if (this.def.hookAuth !== 'basic') return { type: 'bearer', value: secret, secret };
		const { hookUser = '', hookPassword = '' } = this.credentials;
		return { type: 'basic', value: Buffer.from(`${hookUser}:${hookPassword}`).toString('base64'), secret };
	}

	/** The path of the hook below Node-RED's HTTP nodes; also how a hook of ours is recognised at SMTP2GO. */
	get hookPath(): string {
		return `/smtp2go/${this.id}`;
	}

	/** The public address that SMTP2GO reports to; undefined where no public address is set. */
	get callbackUrl(): string | undefined {
		const publicUrl = this.resolve(this.def.publicUrl).trim().replace(/\/+$/, '');
		if (publicUrl === '') return undefined;
		const root = String(this.RED.settings.httpNodeRoot ?? '/').replace(/\/+$/, '');
		const auth = this.hookAuth;
		return `${publicUrl}${root}${this.hookPath}${auth?.type === 'basic' ? `/${auth.secret}` : ''}`;
	}
}
