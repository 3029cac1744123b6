/** Brings the wanted hook about at SMTP2GO, or takes ours away: the life cycle both hosts share. */
import { operationOf, type Choice, type Json } from '../catalogue';
import { Smtp2goError } from '../errors';
import { failure, success, type Result } from '../result';
import type { Connection } from '../client/call';
import { run } from '../client/run';
import type { InputOf } from '../input';
import { emailEvents, smsEvents } from './events';
import { withoutSecret } from './url';
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
	const outcome = await run(connection, list, subaccount, { whole: true });
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

/** Names of events for a sentence, short where it is all of them. */
function eventNames({ events, smsEvents: sms }: FoundHook): string {
	const isAll = (names: readonly string[], known: readonly Choice[]) => known.every(({ value }) => names.includes(value));
	const email = isAll(events, emailEvents) ? ['all email events'] : events;
	const texts = isAll(sms, smsEvents) ? ['all SMS events'] : sms.map((event) => `sms ${event}`);
	return [...email, ...texts].join(', ') || 'no events';
}

function isOnHostOf(hook: FoundHook, url: string): boolean {
	return URL.canParse(hook.url) && URL.canParse(url) && new URL(hook.url).host === new URL(url).host;
}

/** The address of a hook without user, query and secrets in its path; what is long in the path of another host may be one. */
function shownUrl(url: string, isHere: boolean): string {
	if (!URL.canParse(url)) return 'an unreadable URL';
	return isHere ? withoutSecret(url) : withoutSecret(url).replace(/\/[^/]{20,}(?=\/|$)/g, '/…');
}

/** A hook for a sentence: number, address, and what it reports. */
function describe(hook: FoundHook, url: string): string {
	const isHere = isOnHostOf(hook, url);
	return `no. ${hook.id} to ${shownUrl(hook.url, isHere)} (${isHere ? 'on this host; ' : ''}${eventNames(hook)})`;
}

/**
 * Explains a refused add where other hooks fill the account. What SMTP2GO says at the limit is not documented, so
 * every refusal that is not about the address itself names the hooks in the way: those that point to this host first.
 */
function explainRefusal(error: Smtp2goError, found: readonly FoundHook[], { url }: WantedHook, advise: Advise): Smtp2goError {
	if (error.kind !== 'refused' || found.length === 0 || /valid destination/i.test(error.message)) return error;
	const sorted = [...found].sort((one, other) => Number(isOnHostOf(other, url)) - Number(isOnHostOf(one, url)));
	const here = sorted.filter((hook) => isOnHostOf(hook, url)).length;
	const free = 'Remove one on SMTP2GO\'s page Settings > Webhooks, or with the operation "Delete webhook", and try again';
	const parts = [
		error.message, 'A free account has one webhook, a paid one ten',
		`In the way (${found.length}, ${here || 'none'} of them on this host): ${sorted.map((hook) => describe(hook, url)).join('; ')}`,
		advise(found) ?? free,
	];
	return new Smtp2goError('refused', `${parts.map((part) => part.replace(/\.$/, '')).join('. ')}.`, error.details);
}

/** A change whose outcome is not certain: it failed, or it was repeated after a 429 that may have come too late. */
async function change(connection: Connection, operation: typeof add | typeof edit, values: Readonly<Record<string, unknown>>): Promise<{ outcome: Result<number | undefined>; certain: boolean }> {
	let repeated = false;
	const watched: Connection = { ...connection, onWait: (pause, why) => { repeated = true; connection.onWait?.(pause, why); } };
	const outcome = await run(watched, operation, values);
	return { outcome: outcome.ok ? success(readHook(outcome.value.result)?.id) : outcome, certain: outcome.ok && !repeated };
}

/**
 * Looks up what became of a change: the list knows better than a lost answer, an error that came after the effect, or
 * a call that was repeated. Surplus hooks of ours go.
 */
async function settle(connection: Connection, wanted: WantedHook, ownership: Ownership, outcome: Result<number | undefined>): Promise<Result<number | undefined>> {
	if (!outcome.ok && outcome.error.kind === 'unreachable') return outcome;
	const subaccount = onBehalf(wanted.subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return outcome;
	const { keep, edit: differs, remove: surplus } = planHook(wanted, found.value, ownership);
	if (keep === undefined || differs) return outcome;
	const removed = await removeHooks(connection, surplus, subaccount);
	return removed.ok ? success(keep.id) : removed;
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

/** What a host adds to a refused add, given the hooks in the way; undefined: how to remove one. */
export type Advise = (found: readonly FoundHook[]) => string | undefined;

/**
 * Sees to it that SMTP2GO has exactly the wanted hook: keeps it, edits it in place, or adds it if the list was read
 * and it is not there. A list that cannot be read never leads to an add. Hooks of others are not touched.
 * @param ownership how to recognise ours; its `url` is the wanted one
 */
export async function ensureHook(connection: Connection, wanted: WantedHook, ownership: Ownership, advise: Advise = () => undefined): Promise<Result<EnsuredHook>> {
	const subaccount = onBehalf(wanted.subaccountId);
	const found = await readHooks(connection, subaccount);
	if (!found.ok) return found;
	const { keep, edit: differs, remove: surplus } = planHook(wanted, found.value, ownership);
	const removed = await removeHooks(connection, surplus, subaccount);
	if (!removed.ok) return removed;
	if (keep !== undefined && !differs) return success({ id: keep.id, done: 'kept', removed: removed.value });
	const wake = keep?.disabled ? { disabled: false } : {};
	const { outcome, certain } = keep === undefined
		? await change(connection, add, settings(wanted))
		: await change(connection, edit, { id: keep.id, ...settings(wanted), ...wake });
	const settled = certain ? outcome : await settle(connection, wanted, ownership, outcome);
	if (!settled.ok) return failure(keep === undefined ? explainRefusal(settled.error, found.value, wanted, advise) : settled.error);
	return success({ id: keep?.id ?? settled.value, done: keep === undefined ? 'added' : 'edited', removed: removed.value });
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
