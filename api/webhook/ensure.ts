/** Brings the wanted hook about at SMTP2GO, or takes ours away: the life cycle both hosts share. */
import { operationOf, type Json } from '../catalogue';
import { Smtp2goError } from '../errors';
import { failure, success, type Result } from '../result';
import type { Connection } from '../client/call';
import { run } from '../client/run';
import type { InputOf } from '../input';
import { oursAmong, planHook, readHook, type FoundHook, type Ownership, type WantedHook } from './plan';

const list = operationOf('webhook', 'getAll');
const add = operationOf('webhook', 'create');
const edit = operationOf('webhook', 'update');
const remove = operationOf('webhook', 'delete');

/** What was done, and the hook's id. */
export interface EnsuredHook {
	readonly id: number | undefined;
	readonly done: 'kept' | 'edited' | 'added';
	/** How many surplus hooks of ours were removed. */
	readonly removed: number;
}

type Subaccount = { readonly subaccount_id?: string | undefined };

function onBehalf(subaccountId: string | undefined): Subaccount {
	return subaccountId ? { subaccount_id: subaccountId } : {};
}

async function readHooks(connection: Connection, subaccount: Subaccount): Promise<Result<FoundHook[]>> {
	const outcome = await run(connection, list, subaccount);
	if (!outcome.ok) return outcome;
	return success((outcome.value.result as Json[]).map(readHook).filter((hook) => hook !== undefined));
}

/** The settings of a hook as `webhook/add` and `webhook/edit` take them: always all of them, since an edit may reset what it is not told. */
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

/** A hook for a sentence: number, address without user, query and secret path, and what it reports. */
function describe(hook: FoundHook, url: string): string {
	const parsed = URL.canParse(hook.url) ? new URL(hook.url) : undefined;
	const here = parsed && URL.canParse(url) && parsed.host === new URL(url).host ? ', on this host' : '';
	const events = [...hook.events, ...hook.smsEvents.map((event) => `sms ${event}`)].join(', ') || 'no events';
	return `no. ${hook.id} to ${parsed ? `${parsed.origin}${parsed.pathname}` : 'an unreadable URL'} (${events}${here})`;
}

/**
 * Explains a refused add where other hooks fill the account. What SMTP2GO says at the limit is not documented, so
 * every refusal that is not about the address itself names the hooks in the way.
 */
function explainRefusal(error: Smtp2goError, found: readonly FoundHook[], wanted: WantedHook): Smtp2goError {
	if (error.kind !== 'refused' || found.length === 0 || /valid destination/i.test(error.message)) return error;
	const hooks = found.map((hook) => describe(hook, wanted.url)).join('; ');
	return new Smtp2goError('refused', `${error.message.replace(/\.?$/, '.')} A free account has one webhook, a paid one ten. In the way: ${hooks}. Remove one on SMTP2GO's page Settings > Webhooks, or with the operation "Delete webhook", and try again.`, error.details);
}

/** Adds the hook. After a lost answer the list tells whether it is there; it is never added twice. */
async function addHook(connection: Connection, wanted: WantedHook, ownership: Ownership, found: readonly FoundHook[]): Promise<Result<number | undefined>> {
	const outcome = await run(connection, add, settings(wanted));
	if (outcome.ok) return success(readHook(outcome.value.result)?.id);
	if (outcome.error.kind !== 'outcomeUnknown') return failure(explainRefusal(outcome.error, found, wanted));
	const again = await readHooks(connection, onBehalf(wanted.subaccountId));
	const [added] = again.ok ? oursAmong(again.value, ownership) : [];
	return added ? success(added.id) : outcome;
}

/** Removes hooks one after the other; one that is gone already is fine. */
async function removeHooks(connection: Connection, hooks: readonly FoundHook[], subaccount: Subaccount): Promise<Result<number>> {
	for (const { id } of hooks) {
		const outcome = await run(connection, remove, { id, ...subaccount });
		if (outcome.ok) continue;
		const left = await readHooks(connection, subaccount);
		if (!left.ok || left.value.some((hook) => hook.id === id)) return outcome;
	}
	return success(hooks.length);
}

/**
 * Sees to it that SMTP2GO has exactly the wanted hook: keeps it, edits it in place, or adds it if the list was read
 * and it is not there. A list that cannot be read never leads to an add. Hooks of others are not touched.
 * @param ownership how to recognise ours; its `url` is the wanted one
 */
export async function ensureHook(connection: Connection, wanted: WantedHook, ownership: Ownership): Promise<Result<EnsuredHook>> {
	const subaccount = onBehalf(wanted.subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return found;
	const plan = planHook(wanted, found.value, ownership);
	const removed = await removeHooks(connection, plan.remove, subaccount);
	if (!removed.ok) return removed;
	if (plan.keep === undefined) {
		const added = await addHook(connection, wanted, ownership, found.value);
		return added.ok ? success({ id: added.value, done: 'added', removed: removed.value }) : added;
	}
	if (plan.edit) {
		const wake = plan.keep.disabled ? { disabled: false } : {};
		const edited = await run(connection, edit, { id: plan.keep.id, ...settings(wanted), ...wake });
		if (!edited.ok) return edited;
	}
	return success({ id: plan.keep.id, done: plan.edit ? 'edited' : 'kept', removed: removed.value });
}

/**
 * Tells whether the wanted hook is there as it should be, by one read and without a change.
 * @returns false also where surplus hooks of ours are there
 */
export async function isHookInPlace(connection: Connection, wanted: WantedHook, ownership: Ownership): Promise<Result<boolean>> {
	const found = await readHooks(connection, onBehalf(wanted.subaccountId));
	if (!found.ok) return found;
	const plan = planHook(wanted, found.value, ownership);
	return success(plan.keep !== undefined && !plan.edit && plan.remove.length === 0);
}

/**
 * Removes every hook of ours; none there is fine. Any other failure is an error, so that a host can be loud about it.
 * @param keepId the one that stays
 */
export async function removeOurHooks(connection: Connection, ownership: Ownership, subaccountId?: string, keepId?: number): Promise<Result<number>> {
	const subaccount = onBehalf(subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return found;
	return removeHooks(connection, oursAmong(found.value, ownership).filter(({ id }) => id !== keepId), subaccount);
}
