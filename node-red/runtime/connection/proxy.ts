/**
 * Which proxy a call goes through: the account's own `http proxy` node, or the variables that Node-RED's core nodes
 * read.
 */
import type { Node } from 'node-red';

/** Node-RED's core `http proxy` node (core/network/06-httpproxy.js). */
export interface ProxyNode extends Node<{ username?: string; password?: string }> {
	readonly url?: string;
	readonly noproxy?: readonly string[];
}

/** A proxy. */
export interface Proxy {
	readonly url: URL;
	/** Value of `Proxy-Authorization`, if the proxy asks for one. */
	readonly authorization?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable in either case; the lower one wins, as in core's lib/proxyHelper.js. */
function variable(env: Environment, name: string): string {
	return env[name.toLowerCase()] ?? env[name.toUpperCase()] ?? '';
}

function portOf(url: URL): string {
	return url.port || (url.protocol === 'https:' ? '443' : '80');
}

/**
 * True for a call that goes to its target without a proxy.
 * @param rules hostnames, `.suffix`, `*.suffix`, `host:port`, or `*` for all
 */
function isExempt(target: URL, rules: readonly string[]): boolean {
	const hostname = target.hostname.toLowerCase();
	return rules
		.map((rule) => rule.trim().toLowerCase())
		.some((rule) => {
			if (rule === '*') return true;
			const [, name = rule, port] = /^(.+):(\d+)$/.exec(rule) ?? [];
			if (rule === '' || (port !== undefined && port !== portOf(target))) return false;
			const suffix = name.replace(/^\*/, '');
			return /^[.*]/.test(name) ? hostname.endsWith(suffix) : hostname === name;
		});
}

/** @throws TypeError if the address is not a URL; the caller reports that as a call that was never sent */
function proxyFrom(address: string, target: URL, user: string | undefined, password: string | undefined): Proxy {
	const url = new URL(address.includes('://') ? address : `${target.protocol}//${address}`);
	const name = user || decodeURIComponent(url.username);
	const secret = password || decodeURIComponent(url.password);
	return { url, ...(name ? { authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` } : {}) };
}

/**
 * The proxy for a target, or undefined for none.
 * @param node the account's `http proxy` node; it replaces the variables
 * @param env `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy` and npm's own, in either case
 */
export function proxyFor(target: URL, node: ProxyNode | undefined, env: Environment): Proxy | undefined {
	if (node?.url) {
		return isExempt(target, node.noproxy ?? [])
			? undefined
			: proxyFrom(node.url, target, node.credentials?.username, node.credentials?.password);
	}
	const rules = variable(env, 'npm_config_no_proxy') || variable(env, 'no_proxy');
	if (isExempt(target, rules.split(/[,\s]+/))) return undefined;
	const scheme = target.protocol.replace(':', '');
	const address =
		variable(env, `npm_config_${scheme}_proxy`) ||
		variable(env, `${scheme}_proxy`) ||
		variable(env, 'npm_config_proxy') ||
		variable(env, 'all_proxy');
	return address === '' ? undefined : proxyFrom(address, target, undefined, undefined);
}
