/** What must change at SMTP2GO so that exactly the wanted hook is there. Pure: reads two descriptions, gives a plan. */
import { isJsonObject, textOf } from '../request/values';
import type { Json } from '../catalogue/types';
import type { EmailEvent, SmsEvent } from './events';

/** The hook that should be there. */
export interface WantedHook {
	readonly url: string;
	readonly events: readonly EmailEvent[];
	readonly smsEvents: readonly SmsEvent[];
	/** Headers of the mail that each event repeats. */
	readonly headers: readonly string[];
	/** SMTP users and API keys whose mail is meant; empty means all. */
	readonly usernames: readonly string[];
	/** What SMTP2GO sends in the Authorization header: the secret, or user:password in Base64. */
	readonly auth: { readonly type: 'bearer' | 'basic'; readonly value: string };
	readonly subaccountId?: string | undefined;
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
}

/** How to recognise a hook of ours: its URL, the id we noted, or the end of its path. */
export interface Ownership {
	readonly url: string;
	/** Counts only where the path ends as ours does: in another account the same id is somebody else's. */
	readonly id?: number | undefined;
	/** URLs that ours had before. */
	readonly earlier?: readonly string[] | undefined;
	/** Node-RED: `/smtp2go/<account node id>`, which finds our hook again after the public address has changed; asked only where nothing else finds it. */
	readonly pathEnd?: string | undefined;
}

/** The hook to keep (and whether it must be edited), those of ours that are too many; nothing to keep means: add. */
export interface HookPlan {
	readonly keep: FoundHook | undefined;
	readonly edit: boolean;
	readonly remove: readonly FoundHook[];
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
		id, url: entry['url'],
		events: texts(entry['events']), smsEvents: texts(entry['sms_events']), headers: texts(entry['headers']), usernames: texts(entry['usernames']),
		outputFormat: textOf(entry['output_format']), authType: textOf(entry['auth_header_type']), authValue: textOf(entry['auth_header_value']),
		disabled: entry['disabled'] === true,
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
 * The hooks that are ours; every other is somebody else's and never touched. A path that fits may be that of another
 * host with the same flows: it counts only where it is the one that fits and no hook is surely ours.
 */
export function oursAmong(found: readonly FoundHook[], { url, id, earlier = [], pathEnd }: Ownership): FoundHook[] {
	const sure = found.filter((hook) => hook.url === url || (hook.id === id && endOfPath(hook.url) === endOfPath(url)) || earlier.includes(hook.url));
	if (sure.length > 0 || pathEnd === undefined) return sure;
	const likely = found.filter((hook) => hasPath(hook, pathEnd));
	return likely.length === 1 ? likely : [];
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
	const all = new Set([...one, ...other]).size;
	return new Set(one).size === all && new Set(other).size === all;
}

/** True where the hook at SMTP2GO is not what is wanted. A secret that the list does not show counts as different. */
export function differs(hook: FoundHook, wanted: WantedHook): boolean {
	return hook.url !== wanted.url
		|| !sameSet(hook.events, wanted.events)
		|| !sameSet(hook.smsEvents, wanted.smsEvents)
		|| !sameSet(hook.headers, wanted.headers)
		|| !sameSet(hook.usernames, wanted.usernames)
		|| hook.outputFormat !== 'json'
		|| hook.authType !== wanted.auth.type
		|| hook.authValue !== wanted.auth.value
		|| hook.disabled;
}

/** Compares what is there with what should be. Of several hooks of ours the one with the right URL stays. */
export function planHook(wanted: WantedHook, found: readonly FoundHook[], ownership: Ownership): HookPlan {
	const ours = oursAmong(found, ownership);
	const keep = ours.find(({ url, id }) => url === wanted.url && id === ownership.id) ?? ours.find(({ url }) => url === wanted.url) ?? ours[0];
	return { keep, edit: keep !== undefined && differs(keep, wanted), remove: ours.filter((hook) => hook !== keep) };
}
