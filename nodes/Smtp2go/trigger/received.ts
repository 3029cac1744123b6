/** Notes what a trigger received, so that catching up on a gap brings only what did not come. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { digestOf, isBearerOf, isTestEvent, type DeliveredEvent } from '../../../api';
import type { EventLedger } from '../state/event-ledger';
import { watches } from '../state/process-state';
import { ledgerOf } from './gaps';
import { hookMemory, type GapMemory, type HookMemory } from './hook-memory';
import { triggerKey } from './trigger-form';

/** How often the received keys are saved at most, in milliseconds: n8n then writes the workflow's static data. */
const SAVE_INTERVAL = 60_000;

/** How many keys are saved: of the last events, and of the events around a gap. */
const MAX_SAVED = 200;
const MAX_GAP_KEYS = 500;

/** How long a gap is remembered, in milliseconds. The log was read long before. */
const GAP_KEPT = 3_600_000;

/**
 * The digest of the token that this process knows to be at SMTP2GO. It is not saved if n8n could not save it, or if the
 * webhook got a new token while n8n runs: a timer cannot save anything.
 */
function knownDigest(context: IWebhookFunctions): string | undefined {
	const wanted = watches.get(triggerKey(context))?.hook?.wanted;
	const isHere = wanted !== undefined && wanted.url === context.getNodeWebhookUrl('default');
	return isHere ? digestOf(wanted.auth.value) : undefined;
}

/** The digests of the tokens that a delivery can carry. */
export function acceptedDigests(context: IWebhookFunctions): string[] {
	const { digest, next } = hookMemory(context);
	return [digest, next, knownDigest(context)].filter((one) => one !== undefined);
}

/** Saves the token of a delivery that was accepted, for other processes and for a restart. */
export function saveDigest(context: IWebhookFunctions, authorization: string | undefined): void {
	const memory = hookMemory(context);
	const known = knownDigest(context);
	if (known === undefined || known === memory.digest || !isBearerOf(authorization, [known])) return;
	memory.digest = known;
	memory.url = context.getNodeWebhookUrl('default') ?? '';
}

/** Saves the newest keys of this process beside those that other processes have saved. */
function saveSeen(memory: HookMemory, ledger: EventLedger, now: number): void {
	if (now - ledger.savedAt < SAVE_INTERVAL) return;
	ledger.savedAt = now;
	const mine = ledger.newest(MAX_SAVED);
	const keys = [...(memory.seen?.keys ?? []).filter((key) => !mine.includes(key)), ...mine];
	const kept = keys.slice(-MAX_SAVED);
	const since = memory.seen?.since ?? ledger.completeSince;
	memory.seen = { at: now, since: kept.length < keys.length ? ledger.firstAt(kept) : since, keys: kept };
}

/** Adds the keys of this process to those of a gap, or forgets the gap once it was read. */
function saveGap(memory: HookMemory, gap: GapMemory, ledger: EventLedger, isDone: boolean, now: number): void {
	if (isDone || now > gap.to + GAP_KEPT) {
		delete memory.gap;
		return;
	}
	const more = ledger.between(gap.from, gap.to).filter((key) => !gap.keys.includes(key));
	if (more.length > 0 && gap.keys.length < MAX_GAP_KEYS)
		memory.gap = { from: gap.from, to: gap.to, keys: [...gap.keys, ...more].slice(0, MAX_GAP_KEYS) };
}

/**
 * Notes an event. If n8n does not accept it, it is forgotten, because SMTP2GO delivers it again.
 * @returns false if the activity log has already brought it
 */
export function isFirst(context: IWebhookFunctions, event: DeliveredEvent, catchesUp: boolean): boolean {
	if (isTestEvent(event)) return true;
	const [key, now, memory] = [triggerKey(context), Date.now(), hookMemory(context)];
	const ledger = ledgerOf(key, now);
	const isNew = ledger.deliver(event.eventKey, now, event.time === null ? undefined : Date.parse(event.time));
	const response = context.getResponseObject();
	if (isNew)
		response.once('close', () => {
			if (response.writableEnded && response.statusCode !== 200) ledger.withdraw(event.eventKey);
		});
	if (!catchesUp) return isNew;
	saveSeen(memory, ledger, now);
	const { gap } = memory;
	const watch = watches.get(key);
	const isDone = watch?.hook !== undefined && !watch.gaps.some(({ to }) => to === gap?.to);
	if (gap) saveGap(memory, gap, ledger, isDone, now);
	return isNew;
}
