/** What must change at SMTP2GO so that exactly the wanted hook is there. Pure: reads two descriptions, gives a plan. */
import { isJsonObject, stringOrEmpty, type Json, type JsonObject } from '../core/json';
import type { EmailEvent, SmsEvent } from '../catalogue/reporting/events';

/** The hook that should be there. */
export interface WantedHook {
	readonly url: string;
	readonly events: readonly EmailEvent[];
	readonly smsEvents: readonly SmsEvent[];
	/** Headers of the email that each event repeats. */
	readonly headers: readonly string[];
	/** SMTP users and API keys whose email is meant; empty means all. */
	readonly usernames: readonly string[];
	readonly auth: WantedAuth;
	readonly subaccountId?: string | undefined;
	/**
	 * True where somebody asked for the hook just now: one that was disabled at SMTP2GO is to report again. A repair
	 * leaves it as its owner wants it.
	 */
	readonly wakes: boolean;
}

/** How SMTP2GO proves that a delivery is its own. */
export interface WantedAuth {
	readonly type: 'bearer' | 'basic';
	/** What SMTP2GO sends in the Authorization header: the secret, or user:password in Base64. */
	readonly value: string;
	/**
	 * True for another value that will do as well: for a host that keeps a digest of its secret, and so can tell it but
	 * not repeat it.
	 */
	readonly accepts?: (value: string) => boolean;
}

/** A hook as SMTP2GO lists it, read leniently: lists come as arrays or bare strings, the id as number or text. */
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
	/** The whole entry: an edit sends back what is none of ours, or SMTP2GO might reset it. */
	readonly raw: JsonObject;
}

/**
 * How to recognize a hook of ours: by its address, and by nothing else. Whatever a host remembers, such as a number, a
 * secret or the end of a path, is in each copy of the host too, and the copy would take the hook of the original.
 */
export interface Ownership {
	readonly url: string;
	/** Chooses among several hooks with our address. */
	readonly id?: number | undefined;
	/** Addresses at which this process itself has made a hook. */
	readonly earlier?: readonly string[] | undefined;
	/** How the path of the same trigger ends at any address: such a hook is reported but not changed. */
	readonly pathEnd?: string | undefined;
}

/** The hook to keep (and whether it must be edited), those of ours that are too many; nothing to keep means: add. */
export interface HookPlan {
	readonly keep: FoundHook | undefined;
	readonly edit: boolean;
	readonly remove: readonly FoundHook[];
	/**
	 * Hooks of the same trigger at other addresses: left behind there, or those of another host with the same flows.
	 */
	readonly alike: readonly FoundHook[];
}

function texts(value: Json | undefined): string[] {
	const list = Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : [];
	return list.filter((part) => typeof part === 'string');
}

/** Reads one entry of `webhook/view`; undefined for what is no hook. */
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

/** True for a path that ends in ours or goes on with a secret (basic mode): `/smtp2go/<account node id>/<secret>`. */
function hasPath(hook: FoundHook, pathEnd: string): boolean {
	return URL.canParse(hook.url) && `${new URL(hook.url).pathname}/`.includes(`${pathEnd}/`);
}

/** The last two parts of a URL's path, which stay when the public address of a host changes. */
export function endOfPath(url: string): string | undefined {
	return URL.canParse(url) ? new URL(url).pathname.split('/').slice(-2).join('/') : undefined;
}

/**
 * True for two spellings of one address: SMTP2GO may list another than it was given. User and password are no part of
 * it.
 */
function isSameAddress(one: string, other: string): boolean {
	if (!URL.canParse(one) || !URL.canParse(other)) return one === other;
	const [a, b] = [new URL(one), new URL(other)];
	return a.origin === b.origin && a.pathname === b.pathname && a.search === b.search;
}

/** True for a hook at the wanted address. */
export function isHere(hook: FoundHook, { url }: WantedHook): boolean {
	return isSameAddress(hook.url, url);
}

/** The hooks that are ours; every other is somebody else's and never touched. */
export function oursAmong(found: readonly FoundHook[], { url, earlier = [] }: Ownership): FoundHook[] {
	return found.filter((hook) => [url, ...earlier].some((address) => isSameAddress(hook.url, address)));
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	const all = new Set([...one, ...other]).size;
	return new Set(one).size === all && new Set(other).size === all;
}

/** True where two URLs are the same but for their spelling. */
function isSameUrl(one: string, other: string): boolean {
	return one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href);
}

/** The secret that a hook has and may keep; undefined where it needs the wanted one. */
export function secretOf(hook: FoundHook, { type, value, accepts }: WantedAuth): string | undefined {
	const { authType, authValue } = hook;
	return authType === type && (authValue === value || accepts?.(authValue) === true) ? authValue : undefined;
}

/** True where the hook at SMTP2GO is not what is wanted. A secret that the list does not show counts as different. */
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

/** Compares what is there with what should be. Of several hooks of ours the one with the right address stays. */
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
