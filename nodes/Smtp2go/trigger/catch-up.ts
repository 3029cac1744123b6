/** Reads the activity log over a time without a webhook, and starts the workflow for the events that did not come. */
import { sleep, type ITriggerFunctions } from 'n8n-workflow';
import {
	isWanted,
	logKinds,
	passes,
	readFeed,
	startCursor,
	type FeedOptions,
	type FeedRead,
	type ReadDelivery,
	type Result,
} from '../../../api';
import { errorInOneMessage } from '../connection/errors';
import { connect } from '../connection/host';
import { inform, warn } from '../connection/log';
import type { EventLedger } from '../state/event-ledger';
import type { OpenGap, Watch, WatchedEvents } from '../state/watch';
import { ledgerOf } from './gaps';
import { triggerKey } from './trigger-form';

/** The pause between two events, in milliseconds: each starts an execution, and n8n manages about ten per second. */
const PACE = 200;

/** The pause before the log is read again after a failure, in milliseconds. */
const RETRY = 300_000;

/** Errors that do not pass by themselves. */
const LASTING = ['invalid', 'auth', 'permission', 'refused'];

function feedOptions(wanted: WatchedEvents, settle: number): FeedOptions {
	const { headers, usernames, subaccountId } = wanted;
	return {
		kinds: logKinds(wanted.events) ?? [],
		usernames,
		...(subaccountId === undefined ? {} : { subaccounts: [subaccountId] }),
		customHeaders: headers,
		settleMs: settle,
		maxEvents: 2_000,
	};
}

function asks(asked: WatchedEvents, delivery: ReadDelivery): boolean {
	return isWanted(delivery, asked) && passes(delivery, asked.filter);
}

/** Events of a gap: those that the trigger asks for, and asked for at that time. */
function isMissed(delivery: ReadDelivery, gap: OpenGap, wanted: WatchedEvents, time: number): boolean {
	if (time >= gap.to || time < gap.from) return false;
	return asks(wanted, delivery) && (time >= gap.lostAt || gap.earlier === undefined || asks(gap.earlier, delivery));
}

/** Starts the workflow for one event. n8n starts none twice for the same key, over restarts and processes. */
function emit(context: ITriggerFunctions, { event }: ReadDelivery, count: number): void {
	const key = `smtp2go:${triggerKey(context)}:${event.eventKey}${count > 1 ? `#${count}` : ''}`;
	context.emit([[{ json: { ...event, caughtUp: true } }]], undefined, undefined, key);
}

/**
 * Passes on the events of one read.
 * @returns false if n8n ended the trigger on the way: then the same read is done again after the next activation
 */
async function passOn(
	context: ITriggerFunctions,
	ledger: EventLedger,
	wanted: WatchedEvents,
	gap: OpenGap,
	{ deliveries, cursor }: FeedRead,
	isEnded: () => boolean,
): Promise<boolean> {
	const counts = new Map(gap.counts);
	for (const delivery of deliveries) {
		const { eventKey, time } = delivery.event;
		const happened = Date.parse(time ?? '');
		if (!isMissed(delivery, gap, wanted, happened)) continue;
		const count = (counts.get(eventKey) ?? 0) + 1;
		counts.set(eventKey, count);
		if (isEnded()) return false;
		if (!ledger.catchUp(eventKey, count, Date.now(), happened)) continue;
		emit(context, delivery, count);
		gap.found++;
		await sleep(PACE);
	}
	gap.counts = counts;
	gap.cursor = cursor;
	return true;
}

/** Reads the log from where the last read ended. The credential may not be readable; then n8n throws. */
async function read(
	context: ITriggerFunctions,
	wanted: WatchedEvents,
	gap: OpenGap,
	settle: number,
): Promise<Result<FeedRead>> {
	const connection = await connect(context);
	if (!connection.ok) return connection;
	return readFeed(connection.value, gap.cursor ?? startCursor(gap.from), feedOptions(wanted, settle));
}

/** Gives up on the gaps: the log says so once, and the webhook goes on as before. */
function giveUp(context: ITriggerFunctions, watch: Watch, reason: string, why = reason): void {
	watch.gaps.length = 0;
	if (watch.cannotRead === reason) return;
	watch.cannotRead = reason;
	warn(
		context,
		`Events may be missing from the time without a webhook, because the activity log cannot be read. ${why}`,
	);
}

/**
 * Catches up on the oldest gap if its events are in the log by now.
 * @param running whether n8n still wants the trigger
 * @param settle how late an entry may appear in the log, in milliseconds
 */
export async function catchUp(
	context: ITriggerFunctions,
	watch: Watch,
	running: { readonly isClosed: boolean },
	settle: number,
): Promise<void> {
	const [gap] = watch.gaps;
	const { hook } = watch;
	const wanted = hook?.catchesUp;
	const now = Date.now();
	if (!gap || !wanted || now < Math.max(gap.endedAt + settle, gap.retryAt ?? 0)) return;
	const outcome = await read(context, wanted, gap, settle).catch((thrown: unknown) => String(thrown));
	const isEnded = () => running.isClosed || watch.hook?.catchesUp !== wanted;
	if (isEnded()) return;
	if (typeof outcome === 'string') return giveUp(context, watch, outcome);
	if (!outcome.ok) {
		const { type, message } = outcome.error;
		const why = errorInOneMessage(context.getNode(), outcome.error).message;
		if (LASTING.includes(type)) return giveUp(context, watch, message, why);
		gap.retryAt = now + RETRY;
		return;
	}
	watch.cannotRead = undefined;
	const isPassedOn = await passOn(context, ledgerOf(triggerKey(context), now), wanted, gap, outcome.value, isEnded);
	const { cursor, more } = outcome.value;
	if (!isPassedOn || (more && Date.parse(cursor.since) < gap.to)) return;
	watch.gaps.splice(watch.gaps.indexOf(gap), 1);
	const span = `${new Date(gap.from).toISOString()} to ${new Date(gap.to).toISOString()}`;
	if (gap.found > 0) inform(context, `Found ${gap.found} missed events in the activity log, from ${span}.`);
}
