/** The places where a hook of ours may stand: an account at SMTP2GO, which changes with key, region and subaccount. */
import {
	removeOurHooks,
	success,
	type EnsuredHook,
	type Ownership,
	type Result,
	type Smtp2goError,
} from '../../../api';
import { connect, type ConnectionSettings } from '../account/account';
import type { Runtime } from '../platform/types';

/** One place. */
export interface Place {
	readonly settings: ConnectionSettings;
	readonly subaccount: string | undefined;
	/**
	 * The addresses where a hook of ours stands, or may: an answer that gets lost may have left one. True: this process
	 * made it there.
	 */
	urls: Map<string, boolean>;
	/** Its number, if known. */
	hookId: number | undefined;
}

/** The name of a place. It holds the key, so it must not be shown. */
function nameOf({ apiKey, region, baseUrl }: ConnectionSettings, subaccount: string | undefined): string {
	return JSON.stringify([apiKey, region, baseUrl, subaccount ?? '']);
}

/** The place of these settings, noted among the others where it is new. */
export function placeFor(
	places: Map<string, Place>,
	settings: ConnectionSettings,
	subaccount: string | undefined,
): Place {
	const name = nameOf(settings, subaccount);
	const place = places.get(name) ?? { settings, subaccount, urls: new Map<string, boolean>(), hookId: undefined };
	places.set(name, place);
	return place;
}

/**
 * How a place's hook is recognized: by the account's address, and by those where this process made one, perhaps with
 * another key of the same account.
 */
export function ownershipAt(places: Map<string, Place>, { hookId }: Place, url: string, pathEnd: string): Ownership {
	const made = [...places.values()].flatMap(({ urls }) =>
		[...urls].filter(([, isMade]) => isMade).map(([one]) => one),
	);
	return { url, id: hookId, earlier: made.filter((one) => one !== url), pathEnd };
}

/**
 * Lets go of the hooks that were only found, at an address that is the account's no more: they may be those of another
 * Node-RED, of which this one is a copy.
 * @param url the account's address
 * @returns the addresses at other places than `here`, which nothing will look at any more
 */
export function letGo(places: Map<string, Place>, here: Place | undefined, url: string | undefined): string[] {
	return [...places.values()].flatMap((place) => {
		const found = [...place.urls].filter(([one, isMade]) => !isMade && one !== url).map(([one]) => one);
		for (const one of found) place.urls.delete(one);
		return place === here ? [] : found;
	});
}

/** Removes what is ours at a place; nothing there is fine. */
async function clear(
	RED: Runtime,
	{ settings, subaccount, urls }: Place,
	signal: AbortSignal,
	keepId?: number,
): Promise<Result<number>> {
	const [url, ...earlier] = urls.keys();
	if (url === undefined) return success(0);
	const connection = connect(RED, settings, signal);
	return connection.ok ? removeOurHooks(connection.value, { url, earlier }, subaccount, keepId) : connection;
}

/** Removes our hooks at every place, and forgets the places that are cleared. Returns the first failure. */
export async function clearAll(RED: Runtime, places: Map<string, Place>, signal: AbortSignal): Promise<Result<number>> {
	let [removed, failed]: [number, Result<number> | undefined] = [0, undefined];
	for (const [name, place] of [...places]) {
		const gone = await clear(RED, place, signal);
		if (gone.ok) {
			places.delete(name);
			removed += gone.value;
		} else {
			failed ??= gone;
		}
	}
	return failed ?? success(removed);
}

/**
 * Removes what was left at the other places after a hook was brought about at this one.
 * @param hook what was done at this place: a hook that was there before, under the number of an earlier place, shows
 * that it is the same account with another key
 * @returns what went wrong, one for each place
 */
export async function clearOthers(
	RED: Runtime,
	places: Map<string, Place>,
	here: Place,
	hook: EnsuredHook,
	signal: AbortSignal,
): Promise<Smtp2goError[]> {
	const failures: Smtp2goError[] = [];
	// Without its number the new hook could not be told from an old one.
	if (hook.id === undefined) return failures;
	for (const [name, place] of [...places]) {
		if (place === here) continue;
		const isSame = hook.done !== 'added' && hook.id === place.hookId;
		if (isSame && [...place.urls.values()].includes(true))
			for (const url of here.urls.keys()) here.urls.set(url, true);
		// A hook that was added has a number that nothing had before: under the same number the earlier one is another
		// account's.
		const keepId = hook.id === place.hookId ? undefined : hook.id;
		const gone = isSame ? success(0) : await clear(RED, place, signal, keepId);
		if (!gone.ok) failures.push(gone.error);
		// A key that is gone, or may not look, will not get better.
		if (gone.ok || gone.error.kind === 'auth' || gone.error.kind === 'permission') places.delete(name);
	}
	return failures;
}
