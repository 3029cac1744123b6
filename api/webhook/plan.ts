/** Plans what must change at SMTP2GO so that exactly the wanted webhook exists. Pure: it compares two descriptions. */
import { isJsonObject, stringOrEmpty, type Json, type JsonObject } from '../core/json';
import type { EmailEvent, SmsEvent } from '../catalogue/reporting/events';

/** The webhook that should exist. */
export interface WantedHook {
	readonly url: string;
	readonly events: readonly EmailEvent[];
	readonly smsEvents: readonly SmsEvent[];
	/** Email headers that each event includes. */
	readonly headers: readonly string[];
	/** SMTP users and API keys whose emails are reported. Empty means all. */
	readonly usernames: readonly string[];
	readonly auth: WantedAuth;
	readonly subaccountId?: string | undefined;
	/**
	 * True if a user just asked for the webhook: it is enabled if it was disabled at SMTP2GO. A repair keeps that
	 * setting.
	 */
	readonly wakes: boolean;
}

/** How SMTP2GO authenticates a delivery. */
export interface WantedAuth {
	readonly type: 'bearer' | 'basic';
	/** What SMTP2GO sends in the Authorization header: the token, or user:password in Base64. */
	readonly value: string;
	/**
	 * True for another value that is valid, too: for a host that keeps a digest of its token and can check it but not
	 * repeat it.
	 */
	readonly accepts?: (value: string) => boolean;
}

/** A webhook as SMTP2GO lists it, read leniently: lists may be arrays or text, and the ID a number or text. */
export interface FoundHook {
	readonly id: number;
	readonly url: string;
	readonly events: readonly string[];
	readonly smsEvents: readonly string[];
	readonly headers: readonly string[];
	readonly usernames: readonly string[];
	readonly outputFormat: string;
	readonly authType: string;
	readonly authValue: string;
	readonly disabled: boolean;
	/** The whole entry. An edit sends back the settings that are not ours, or SMTP2GO might reset them. */
	readonly raw: JsonObject;
}

/**
 * How to recognize our webhook: by its address only. Anything else that a host remembers, such as an ID, a token, or
 * the end of a path, is also in each copy of the host, and the copy would take over the webhook of the original.
 */
export interface Ownership {
	readonly url: string;
	/** Selects one of several webhooks with our address. */
	readonly id?: number | undefined;
	/** Addresses at which this process has created a webhook. */
	readonly earlier?: readonly string[] | undefined;
	/** The end of the path that the same trigger has at any address. Such a webhook is reported but not changed. */
	readonly pathEnd?: string | undefined;
}

/**
 * The webhook to keep (and whether it must be edited), and our surplus ones. If there is none to keep, one is added.
 */
export interface HookPlan {
	readonly keep: FoundHook | undefined;
	readonly edit: boolean;
	readonly remove: readonly FoundHook[];
	/** Webhooks of the same trigger at other addresses: left behind, or of another host with the same flows. */
	readonly alike: readonly FoundHook[];
}

function texts(value: Json | undefined): string[] {
	const list = Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];
	return list.filter((part) => typeof part === 'string');
}

/** Reads one entry of `webhook/view`. Returns undefined for anything but a webhook. */
export function readHook(entry: Json): FoundHook | undefined {
	if (!isJsonObject(entry)) return undefined;
	const id = typeof entry['id'] === 'object' ? NaN : Number(entry['id']);
	if (!Number.isSafeInteger(id) || id < 1 || typeof entry['url'] !== 'string') return undefined;
	return {
		id,
		url: entry['url'],
		events: texts(entry['events']),
		smsEvents: texts(entry['sms_events']),
		headers: texts(entry['headers']),
		usernames: texts(entry['usernames']),
		outputFormat: stringOrEmpty(entry['output_format']),
		authType: stringOrEmpty(entry['auth_header_type']),
		authValue: stringOrEmpty(entry['auth_header_value']),
		disabled: entry['disabled'] === true,
		raw: entry,
	};
}

/** True for a path that ends in ours, or continues with a token (basic mode): `/smtp2go/<account node id>/<secret>`. */
function hasPath(hook: FoundHook, pathEnd: string): boolean {
	return URL.canParse(hook.url) && `${new URL(hook.url).pathname}/`.includes(`${pathEnd}/`);
}

/** Returns the last two parts of a URL's path, which stay the same if the public address of a host changes. */
export function endOfPath(url: string): string | undefined {
	return URL.canParse(url) ? new URL(url).pathname.split('/').slice(-2).join('/') : undefined;
}

/**
 * True for two spellings of one address, because SMTP2GO may list another than it got. User and password do not count.
 */
function isSameAddress(one: string, other: string): boolean {
	if (!URL.canParse(one) || !URL.canParse(other)) return one === other;
	const [a, b] = [new URL(one), new URL(other)];
	return a.origin === b.origin && a.pathname === b.pathname && a.search === b.search;
}

/** True for a webhook at the wanted address. */
export function isHere(hook: FoundHook, { url }: WantedHook): boolean {
	return isSameAddress(hook.url, url);
}

/** Returns our webhooks. All others are never changed. */
export function oursAmong(found: readonly FoundHook[], { url, earlier = [] }: Ownership): FoundHook[] {
	return found.filter((hook) => [url, ...earlier].some((address) => isSameAddress(hook.url, address)));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	const all = new Set([...one, ...other]).size;
	return new Set(one).size === all && new Set(other).size === all;
}

/** True if two URLs differ only in spelling. */
function isSameUrl(one: string, other: string): boolean {
	return one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href);
}

/** Returns the token of a webhook if it is valid, or undefined if it needs the wanted one. */
export function secretOf(hook: FoundHook, { type, value, accepts }: WantedAuth): string | undefined {
	const { authType, authValue } = hook;
	return authType === type && (authValue === value || accepts?.(authValue) === true) ? authValue : undefined;
}

/**
 * True if the webhook at SMTP2GO differs from the wanted one. A token that the list does not show counts as different.
 */
export function differs(hook: FoundHook, wanted: WantedHook): boolean {
	return (
		!isSameUrl(hook.url, wanted.url) ||
		!sameSet(hook.events, wanted.events) ||
		!sameSet(hook.smsEvents, wanted.smsEvents) ||
		!sameSet(hook.headers, wanted.headers) ||
		!sameSet(hook.usernames, wanted.usernames) ||
		hook.outputFormat !== 'json' ||
		secretOf(hook, wanted.auth) === undefined ||
		(hook.disabled && wanted.wakes)
	);
}

/** Compares the webhooks with the wanted one. Of several of ours, the one with the right address stays. */
export function planHook(wanted: WantedHook, found: readonly FoundHook[], ownership: Ownership): HookPlan {
	const { id: noted, pathEnd } = ownership;
	const ours = oursAmong(found, ownership);
	const here = ours.filter((hook) => isHere(hook, wanted));
	const keep = here.find(({ id }) => id === noted) ?? here[0] ?? ours[0];
	const alike = pathEnd === undefined ? [] : found.filter((hook) => !ours.includes(hook) && hasPath(hook, pathEnd));
	return {
		keep,
		edit: keep !== undefined && differs(keep, wanted),
		remove: ours.filter((hook) => hook !== keep),
		alike,
	};
}
