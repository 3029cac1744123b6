/** How a node reaches SMTP2GO: at which address, with which key, and through which proxy. */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Node } from 'node-red';
import { baseUrlOf, keyNameOf, Smtp2goError, type Connection, type Result } from '../../../api';
import { findNode, type Runtime } from '../platform/runtime';
import { createHost } from './host';
import { proxyFor, type ProxyNode } from './proxy';

/** What the account's dialog says about calls, whether it is saved or still being typed. */
export interface ConnectionSettings {
	readonly apiKey: string;
	readonly region: string;
	readonly baseUrl: string;
	/** ID of an `http proxy` node. */
	readonly proxy?: string | undefined;
}

/**
 * Replaces each `${NAME}` in a text by the environment variable. Node-RED does so by itself only if the variable is the
 * whole text.
 * @param node whose flow and groups can define variables; undefined for those of the process
 */
export function resolveEnvVars(RED: Runtime, text: string, node: Node | undefined): string {
	return text.includes('${') ? String(RED.util.evaluateNodeProperty(text, 'env', node as Node, {}) ?? '') : text;
}

/**
 * Makes a connection from settings.
 * @param signal cancels calls and pauses
 * @param onWait called before each pause
 */
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
	const apiKey = settings.apiKey.trim();
	const host = createHost({
		apiKey,
		proxyFor: (target) => proxyFor(target, proxy, process.env),
	});
	const keyName = keyNameOf(apiKey);
	return { ok: true, value: { host, baseUrl: base.value, signal, keyName, ...(onWait ? { onWait } : {}) } };
}
