/** Creates, repairs, and removes our webhook at SMTP2GO: the life cycle that both hosts share. */
import { operationOf } from '../catalogue';
import type { Json } from '../core/json';
import { failure, success, type Result } from '../core/result';
import type { Connection } from '../client/call';
import { perform, run } from '../client/run';
import { buildRequest, toRequest } from '../request/build';
import type { InputOf } from '../catalogue/input';
import { explainRefusal, type Advise } from './explain';
import {
	isHere,
	oursAmong,
	planHook,
	readHook,
	secretOf,
	type FoundHook,
	type Ownership,
	type WantedHook,
} from './plan';

const list = operationOf('webhook', 'getAll');
const add = operationOf('webhook', 'create');
const edit = operationOf('webhook', 'update');
const remove = operationOf('webhook', 'delete');

/** What was done, and the ID of the webhook. */
export interface EnsuredHook {
	readonly id: number | undefined;
	/** `moved` means edited from an earlier address of this process. */
	readonly done: 'kept' | 'edited' | 'moved' | 'added';
	/** The number of our surplus webhooks that were removed. */
	readonly removed: number;
	/** What SMTP2GO sends in the Authorization header: the wanted value, or an existing one that is valid. */
	readonly secret: string;
	/** True if it is disabled at SMTP2GO and was not enabled. */
	readonly isPaused: boolean;
	/** Webhooks of the same trigger at other addresses, which were not changed. */
	readonly alike: readonly FoundHook[];
}

type Subaccount = { readonly subaccount_id?: string | undefined };

function onBehalf(subaccountId: string | undefined): Subaccount {
	return subaccountId ? { subaccount_id: subaccountId } : {};
}

async function readHooks(connection: Connection, subaccount: Subaccount): Promise<Result<FoundHook[]>> {
	const outcome = await run(connection, list, subaccount, { whole: true });
	if (!outcome.ok) return outcome;
	return success((outcome.value.result as Json[]).map(readHook).filter((hook) => hook !== undefined));
}

/**
 * Returns the settings of a webhook for `webhook/add` and `webhook/edit`. Always all of them, because an edit may reset
 * the others.
 */
function settings(wanted: WantedHook): InputOf<typeof add> {
	return {
		url: wanted.url,
		events: wanted.events,
		sms_events: wanted.smsEvents,
		headers: wanted.headers,
		usernames: wanted.usernames,
		output_format: 'json',
		auth_header_type: wanted.auth.type,
		auth_header_value: wanted.auth.value,
		...onBehalf(wanted.subaccountId),
	};
}

/** Properties that an edit sets, or that only identify the webhook. */
const managed: ReadonlySet<string> = new Set(
	edit.fields.map(({ name }) => name).filter((name) => name !== 'custom_headers' && name !== 'disabled'),
);

/**
 * Returns what an edit sends back unchanged: the user's settings and those that SMTP2GO may add later. An edit may
 * reset what it does not contain.
 */
function others({ raw }: FoundHook, wakes: boolean): Record<string, Json> {
	const kept = Object.entries(raw).filter(([name, value]) => !managed.has(name) && value !== null && value !== '');
	return { ...Object.fromEntries(kept), ...(wakes && 'disabled' in raw ? { disabled: false } : {}) };
}

/** The result of a change: the ID of the webhook and its token. */
interface Changed {
	readonly id: number | undefined;
	readonly secret: string;
}

/** Adds the webhook, or edits the one to keep. */
async function write(
	connection: Connection,
	wanted: WantedHook,
	keep: FoundHook | undefined,
): Promise<Result<Changed>> {
	const secret = (keep && secretOf(keep, wanted.auth)) ?? wanted.auth.value;
	const values = { ...settings(wanted), auth_header_value: secret };
	const now = connection.host.now();
	const built =
		keep === undefined ? buildRequest(add, values, now) : buildRequest(edit, { id: keep.id, ...values }, now);
	const request =
		built.ok && keep !== undefined
			? toRequest(built.value.operation, { ...others(keep, wanted.wakes), ...built.value.fields })
			: built;
	const outcome = request.ok ? await perform(connection, request.value) : request;
	return outcome.ok ? success({ id: keep?.id ?? readHook(outcome.value.result)?.id, secret }) : outcome;
}

/**
 * A change, and whether its outcome is certain. It is not if the change failed, or was retried after a 429 that may
 * have come too late.
 */
async function change(
	connection: Connection,
	wanted: WantedHook,
	keep: FoundHook | undefined,
): Promise<{ outcome: Result<Changed>; certain: boolean }> {
	let repeated = false;
	const watched: Connection = {
		...connection,
		onWait: (pause, why) => {
			repeated = true;
			connection.onWait?.(pause, why);
		},
	};
	const outcome = await write(watched, wanted, keep);
	return { outcome, certain: outcome.ok && !repeated };
}

/**
 * Looks up the outcome of a change. The list is more reliable than a lost response, a late error, or a retried call.
 * Removes our surplus webhooks.
 */
async function settle(
	connection: Connection,
	wanted: WantedHook,
	ownership: Ownership,
	outcome: Result<Changed>,
): Promise<Result<Changed>> {
	if (!outcome.ok && outcome.error.type === 'unreachable') return outcome;
	const subaccount = onBehalf(wanted.subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return outcome;
	const { keep, edit: isOther, remove: surplus } = planHook(wanted, found.value, ownership);
	if (keep === undefined || isOther) return outcome;
	const removed = await removeHooks(connection, surplus, subaccount);
	return removed.ok ? success({ id: keep.id, secret: secretOf(keep, wanted.auth) ?? wanted.auth.value }) : removed;
}

/** Removes webhooks one by one. A webhook that no longer exists is not an error. */
async function removeHooks(
	connection: Connection,
	hooks: readonly FoundHook[],
	subaccount: Subaccount,
): Promise<Result<number>> {
	for (const { id } of hooks) {
		const outcome = await run(connection, remove, { id, ...subaccount });
		if (outcome.ok) continue;
		const left = await readHooks(connection, subaccount);
		if (!left.ok || left.value.some((hook) => hook.id === id)) return outcome;
	}
	return success(hooks.length);
}

/**
 * Makes sure that SMTP2GO has exactly the wanted webhook: keeps it, edits it in place, or adds it if the list was read
 * and does not contain it. A list that cannot be read never leads to an add. Other webhooks are not touched.
 * @param ownership how to recognize ours; its `url` is the wanted one
 */
export async function ensureHook(
	connection: Connection,
	wanted: WantedHook,
	ownership: Ownership,
	advise: Advise = () => undefined,
): Promise<Result<EnsuredHook>> {
	const subaccount = onBehalf(wanted.subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return found;
	const { keep, edit: isOther, remove: surplus, alike } = planHook(wanted, found.value, ownership);
	const removed = await removeHooks(connection, surplus, subaccount);
	if (!removed.ok) return removed;
	const same = { removed: removed.value, isPaused: keep?.disabled === true && !wanted.wakes, alike };
	const secret = keep && secretOf(keep, wanted.auth);
	if (keep !== undefined && !isOther && secret !== undefined)
		return success({ ...same, id: keep.id, done: 'kept', secret });
	const { outcome, certain } = await change(connection, wanted, keep);
	const settled = certain ? outcome : await settle(connection, wanted, ownership, outcome);
	if (!settled.ok)
		return failure(
			keep === undefined ? explainRefusal(settled.error, found.value, alike, wanted, advise) : settled.error,
		);
	const done = keep === undefined ? 'added' : isHere(keep, wanted) ? 'edited' : 'moved';
	return success({ ...same, ...settled.value, done });
}

/** The state of the webhook. */
export interface SeenHook {
	/** True if it is as wanted, and there is no surplus one of ours. */
	readonly isInPlace: boolean;
	/** True if it is disabled at SMTP2GO. */
	readonly isPaused: boolean;
}

/** Checks the wanted webhook with one read and without a change. */
export async function lookAtHook(
	connection: Connection,
	wanted: WantedHook,
	ownership: Ownership,
): Promise<Result<SeenHook>> {
	const found = await readHooks(connection, onBehalf(wanted.subaccountId));
	if (!found.ok) return found;
	const { keep, edit: isOther, remove: surplus } = planHook(wanted, found.value, ownership);
	return success({
		isInPlace: keep !== undefined && !isOther && surplus.length === 0,
		isPaused: keep?.disabled === true,
	});
}

/**
 * Removes all our webhooks. It is fine if there is none. Any other failure is an error, so that a host can report it.
 * @param keepId the webhook to keep
 */
export async function removeOurHooks(
	connection: Connection,
	ownership: Ownership,
	subaccountId?: string,
	keepId?: number,
): Promise<Result<number>> {
	const subaccount = onBehalf(subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return found;
	return removeHooks(
		connection,
		oursAmong(found.value, ownership).filter(({ id }) => id !== keepId),
		subaccount,
	);
}
