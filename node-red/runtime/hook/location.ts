/** Where a webhook of ours can be at SMTP2GO. The location changes with an account's key, region, and subaccount. */
import {
	removeOurHooks,
	success,
	type EnsuredHook,
	type Ownership,
	type Result,
	type Smtp2goError,
} from '../../../api';
import { connect, type ConnectionSettings } from '../connection/connection';
import type { Runtime } from '../platform/runtime';

/** One location. */
export interface HookLocation {
	readonly settings: ConnectionSettings;
	readonly subaccount: string | undefined;
	/**
	 * The callback URLs of our webhooks here, or of those that can be here because a response was lost. True: this
	 * process created the webhook.
	 */
	urls: Map<string, boolean>;
	/** The webhook's ID, if known. */
	hookId: number | undefined;
}

type Locations = Map<string, HookLocation>;

/** The key of a location. It contains the API key, so it must not be shown. */
function keyOf({ apiKey, region, baseUrl }: ConnectionSettings, subaccount: string | undefined): string {
	return JSON.stringify([apiKey, region, baseUrl, subaccount ?? '']);
}

/** The location of these settings, added to the others if it is new. */
export function locationFor(
	locations: Locations,
	settings: ConnectionSettings,
	subaccount: string | undefined,
): HookLocation {
	const key = keyOf(settings, subaccount);
	const location = locations.get(key) ?? {
		settings,
		subaccount,
		urls: new Map<string, boolean>(),
		hookId: undefined,
	};
	locations.set(key, location);
	return location;
}

/**
 * How a webhook of ours is recognized at a location: by the account's URL, and by the URLs at which this process
 * created one, perhaps with another key of the same SMTP2GO account.
 */
export function ownershipAt(locations: Locations, { hookId }: HookLocation, url: string, pathEnd: string): Ownership {
	const created = [...locations.values()].flatMap(({ urls }) =>
		[...urls].filter(([, isCreated]) => isCreated).map(([one]) => one),
	);
	return { url, id: hookId, earlier: created.filter((one) => one !== url), pathEnd };
}

/**
 * Forgets webhooks that this process only found, at a URL that is no longer the account's. They can belong to another
 * Node-RED, of which this one is a copy.
 * @param url the account's URL now
 * @returns the URLs at locations other than `here`, which are no longer checked
 */
export function forgetFound(locations: Locations, here: HookLocation | undefined, url: string | undefined): string[] {
	return [...locations.values()].flatMap((location) => {
		const found = [...location.urls].filter(([one, isCreated]) => !isCreated && one !== url).map(([one]) => one);
		for (const one of found) location.urls.delete(one);
		return location === here ? [] : found;
	});
}

/** Removes what is ours at a location. Succeeds if nothing is there. */
async function removeAt(
	RED: Runtime,
	{ settings, subaccount, urls }: HookLocation,
	signal: AbortSignal,
	keepId?: number,
): Promise<Result<number>> {
	const [url, ...earlier] = urls.keys();
	if (url === undefined) return success(0);
	const connection = connect(RED, settings, signal);
	return connection.ok ? removeOurHooks(connection.value, { url, earlier }, subaccount, keepId) : connection;
}

/**
 * Removes our webhooks at every location, and forgets the locations where that succeeded.
 * @returns how many were removed, or the first failure
 */
export async function removeEverywhere(
	RED: Runtime,
	locations: Locations,
	signal: AbortSignal,
): Promise<Result<number>> {
	let [removed, failed]: [number, Result<number> | undefined] = [0, undefined];
	for (const [key, location] of [...locations]) {
		const outcome = await removeAt(RED, location, signal);
		if (outcome.ok) {
			locations.delete(key);
			removed += outcome.value;
		} else {
			failed ??= outcome;
		}
	}
	return failed ?? success(removed);
}

/**
 * Removes what is left at the other locations, after the webhook was ensured at this one.
 * @param hook what was done here. If it was already there, with the ID of another location's webhook, both locations
 * are the same SMTP2GO account with another key
 * @returns the failures, at most one for each location
 */
export async function removeElsewhere(
	RED: Runtime,
	locations: Locations,
	here: HookLocation,
	hook: EnsuredHook,
	signal: AbortSignal,
): Promise<Smtp2goError[]> {
	const failures: Smtp2goError[] = [];
	// Without its ID, the new webhook could not be told from an old one.
	if (hook.id === undefined) return failures;
	for (const [key, location] of [...locations]) {
		if (location === here) continue;
		const isSame = hook.done !== 'added' && hook.id === location.hookId;
		if (isSame && [...location.urls.values()].includes(true))
			for (const url of here.urls.keys()) here.urls.set(url, true);
		// An added webhook has an ID that nothing had before. If the earlier one has the same ID, it is in another
		// SMTP2GO account.
		const keepId = hook.id === location.hookId ? undefined : hook.id;
		const outcome = isSame ? success(0) : await removeAt(RED, location, signal, keepId);
		if (!outcome.ok) failures.push(outcome.error);
		// A key that was deleted or lacks the permission will not work later either.
		if (outcome.ok || outcome.error.type === 'auth' || outcome.error.type === 'permission') locations.delete(key);
	}
	return failures;
}
