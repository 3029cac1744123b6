/** Finds the times in which events may have found no webhook, whenever n8n activates a trigger. */
import type { IHookFunctions } from 'n8n-workflow';
import { eventLedgers, watches } from '../state/process-state';
import { EventLedger } from '../state/event-ledger';
import type { Gap, OpenGap, Watch, WatchedEvents, WatchedHook } from '../state/watch';
import { hookMemory, type HookMemory } from './hook-memory';
import { triggerKey } from './trigger-form';

/**
 * How long before a gap the log is read, in milliseconds: a delivery may have been under way or have failed when the
 * webhook was removed.
 */
const LEAD = 120_000;

/** How long after it, in milliseconds: SMTP2GO may take a moment to use a new webhook, and clocks differ. */
const TAIL = 60_000;

/** The same if other processes receive the deliveries. They note only some hundred keys for this one. */
const SHARED_EDGE = 2_000;

/** SMTP2GO delivers a failed event again for two days at least. Its documentation says 48 hours, and four days. */
const REDELIVERED = 2 * 86_400_000;

/** The longest time that is caught up on: the history of a free account. */
const MAX_BACK = 5 * 86_400_000;

/** Times of the log have whole seconds. */
function wholeSecond(moment: number): number {
	return Math.floor(moment / 1_000) * 1_000;
}

/** The ledger of a trigger. */
export function ledgerOf(key: string, now: number): EventLedger {
	const known = eventLedgers.get(key);
	if (known) return known;
	const ledger = new EventLedger(now);
	eventLedgers.set(key, ledger);
	return ledger;
}

/**
 * Opens a gap, unless the trigger catches up on nothing.
 * @param from the last moment at which the webhook was in place, in milliseconds since 1970
 * @param to when it was in place again
 * @param earlier which events it asked for before the gap; undefined if the same
 */
export function openGap(watch: Watch, ledger: EventLedger, from: number, to: number, earlier?: WatchedEvents): void {
	const { isShared = false } = watch;
	const begin = isShared ? from - SHARED_EDGE : Math.max(from - LEAD, Math.min(from, ledger.completeSince));
	watch.gaps.push({
		from: wholeSecond(Math.max(begin, to - MAX_BACK)),
		to: to + (isShared ? SHARED_EDGE : TAIL),
		lostAt: wholeSecond(from),
		endedAt: to,
		earlier,
		counts: new Map(),
		found: 0,
	});
}

/** Takes over what an earlier process wrote down. */
function resume(watch: Watch, ledger: EventLedger, { seen, gap }: HookMemory, now: number): void {
	if (seen) {
		ledger.remember(seen.keys, seen.at);
		ledger.completeSince = Math.min(ledger.completeSince, seen.since);
	}
	if (gap === undefined || gap.to < now - MAX_BACK) return;
	ledger.remember(gap.keys, gap.from);
	const { from, to } = gap;
	watch.gaps.push({ from, to, lostAt: from, endedAt: to, earlier: undefined, counts: new Map(), found: 0 });
}

/** A webhook that is in place now. */
export interface InPlace {
	readonly hook: WatchedHook;
	/** True if it is disabled at SMTP2GO. */
	readonly isPaused: boolean;
	/** True if it had to be added or changed. */
	readonly wasMissing: boolean;
	/** True if SMTP2GO could not be asked. The next look finds out. */
	readonly isAssumed?: boolean;
}

/** The time without a webhook that ends now; undefined if there was none. */
function lostTime(
	context: IHookFunctions,
	watch: Watch,
	{ isPaused, wasMissing }: InPlace,
	known: { readonly seenAt: number | undefined; readonly isFresh: boolean; readonly lastAt: number },
	now: number,
): Gap | undefined {
	// Publishing is a new start: whoever unpublished the workflow wanted no events in between.
	if (context.getActivationMode() === 'activate') return undefined;
	const { seenAt, isFresh, lastAt } = known;
	const lastInPlace = watch.inPlaceAt === undefined ? seenAt : Math.max(watch.inPlaceAt, lastAt);
	if (wasMissing) {
		const from = watch.removedAt ?? lastInPlace;
		return from === undefined ? undefined : { from, to: now };
	}
	const isLongAgo = isFresh && !isPaused && seenAt !== undefined && seenAt < now - REDELIVERED;
	return isLongAgo ? { from: seenAt, to: now - REDELIVERED } : undefined;
}

/**
 * Notes that the webhook of a published trigger is in place, and opens a gap for the time in which it was not. It
 * is safe to write static data here, and only here, because n8n has just read it and saves it afterward.
 */
export function noteInPlace(context: IHookFunctions, inPlace: InPlace): void {
	if (context.getMode() === 'manual') return;
	const [key, now, memory] = [triggerKey(context), Date.now(), hookMemory(context)];
	const ledger = ledgerOf(key, now);
	const known = watches.get(key);
	const watch: Watch = known ?? { gaps: [] };
	watches.set(key, watch);
	if (!known) resume(watch, ledger, memory, now);
	const seenAt = memory.seen?.at;
	if (known?.inPlaceAt !== undefined && (seenAt ?? 0) > Math.max(ledger.lastAt, known.inPlaceAt) + 1_000)
		watch.isShared = true;
	const { catchesUp } = inPlace.hook;
	if (inPlace.isAssumed === true) {
		Object.assign(watch, { hook: inPlace.hook, inPlaceAt: watch.inPlaceAt ?? seenAt } satisfies Partial<Watch>);
		return;
	}
	const gap = lostTime(context, watch, inPlace, { seenAt, isFresh: !known, lastAt: ledger.lastAt }, now);
	if (catchesUp === undefined || context.getActivationMode() === 'activate') watch.gaps.length = 0;
	else if (gap) openGap(watch, ledger, gap.from, gap.to, watch.earlier);
	Object.assign(watch, {
		hook: inPlace.hook,
		inPlaceAt: now,
		removedAt: undefined,
		earlier: catchesUp,
		isPaused: inPlace.isPaused,
	} satisfies Partial<Watch>);
	rememberGap(memory, watch.gaps.at(-1));
	if (catchesUp === undefined) delete memory.seen;
	else memory.seen = { at: now, since: memory.seen?.since ?? now, keys: [...(memory.seen?.keys ?? [])] };
}

/** Writes a gap down, for other processes and for a restart. */
function rememberGap(memory: HookMemory, gap: OpenGap | undefined): void {
	if (gap === undefined) delete memory.gap;
	else if (memory.gap?.to !== gap.to) memory.gap = { from: gap.from, to: gap.to, keys: [] };
}

/** Stops looking after a webhook that is about to be removed, and waits until no look at it is under way. */
export async function stopWatching(context: IHookFunctions): Promise<void> {
	if (context.getMode() === 'manual') return;
	const watch = watches.get(triggerKey(context));
	if (!watch) return;
	if (watch.hook) watch.removedAt = Date.now();
	watch.hook = undefined;
	await watch.looking;
}
