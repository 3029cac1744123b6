/** Items that share calls: emails in batches, identical text messages in one call. */
import {
	batchRequest,
	buildEmail,
	buildRequest,
	cutEmails,
	failure,
	groupSms,
	lostResponse,
	emailIn,
	messageOf,
	preview,
	runPool,
	sendChecked,
	sendEmails,
	sendSms,
	sentEmail,
	smsRequest,
	withMessageKey,
	type BuiltRequest,
	type Connection,
	type JsonObject,
	type Operation,
	type ReadOptions,
	type Result,
} from '../../../api';
import { isSettled, toNodeError } from '../connection/errors';
import { asNodeError } from './error-items';
import type { ItemOutcomes } from './item-outcomes';
import { previewItem, sentItem } from './output';
import { isDryRun, readSafeguards } from './sending-options';
import type { Session } from './session';
import { readSimplify } from './single-item';
import { withinRun } from './unit-limit';

/** An item that is ready to be sent. */
interface ReadyItem {
	readonly itemIndex: number;
	readonly connection: Connection;
	readonly account: string;
	readonly request: BuiltRequest;
	/** Only shown, not sent. */
	readonly dry: boolean;
	readonly simplify: boolean;
}

/** How emails, or text messages, share calls. */
interface Channel {
	build(
		operation: Operation,
		values: Readonly<Record<string, unknown>>,
		now: number,
		reading: ReadOptions,
	): Result<BuiltRequest>;
	/** The requests of each call, by their index. */
	split(requests: readonly BuiltRequest[], maxPerCall: number): number[][];
	combine(requests: readonly BuiltRequest[]): Result<BuiltRequest>;
	send(connection: Connection, requests: readonly BuiltRequest[]): Promise<Result<JsonObject>[]>;
	/** What an item shows of the response. */
	output(request: BuiltRequest, response: JsonObject, simplify: boolean): JsonObject;
}

const channels: Readonly<Record<NonNullable<Operation['together']>, Channel>> = {
	emails: {
		build: (_operation, values, now) => buildEmail(values, now),
		split: cutEmails,
		combine: batchRequest,
		send: sendEmails,
		output: ({ fields }, response, simplify) => (simplify ? sentEmail(emailIn(fields), response) : response),
	},
	sms: {
		build: buildRequest,
		split: groupSms,
		combine: smsRequest,
		send: sendSms,
		output: (_request, response) => response,
	},
};

/** Reads and checks one item. An invalid value is its outcome. */
async function prepare(
	session: Session,
	operation: Operation,
	channel: Channel,
	itemIndex: number,
	outcomes: ItemOutcomes,
): Promise<ReadyItem | undefined> {
	const { context, node, options } = session;
	try {
		const dry = isDryRun(context, operation, itemIndex);
		const simplify = readSimplify(context, operation, itemIndex);
		const safeguards = readSafeguards(context, operation, itemIndex);
		const { connection, account } = await session.connect(itemIndex);
		const built = channel.build(
			operation,
			await session.readValues(operation, itemIndex),
			connection.host.now(),
			safeguards.reading,
		);
		const checked = built.ok
			? await session.templates.check(built.value, safeguards, connection, account, itemIndex)
			: built;
		const request =
			checked.ok && options.checkFirst && operation.together === 'emails'
				? withMessageKey(checked.value)
				: checked;
		if (request.ok) return { itemIndex, connection, account, request: request.value, dry, simplify };
		outcomes.set(itemIndex, { ok: false, error: toNodeError(node, request.error, itemIndex), settled: false });
	} catch (thrown) {
		outcomes.set(itemIndex, { ok: false, error: asNodeError(node, thrown, itemIndex), settled: false });
	}
	return undefined;
}

/**
 * The items of each call. Items of different accounts share no call, nor do sent items and those that are only shown.
 */
function groupByCall(ready: readonly ReadyItem[], channel: Channel, maxPerCall: number): ReadyItem[][] {
	const groups = new Map<string, ReadyItem[]>();
	for (const one of ready) {
		const group = `${one.account} ${one.dry}`;
		const others = groups.get(group);
		if (others) others.push(one);
		else groups.set(group, [one]);
	}
	return [...groups.values()].flatMap((items) =>
		channel
			.split(
				items.map(({ request }) => request),
				maxPerCall,
			)
			.map((indexes) => indexes.flatMap((index) => items[index] ?? [])),
	);
}

/** Shows a call instead of making it: one output item, paired with all items of the call. */
async function show(
	session: Session,
	channel: Channel,
	items: readonly ReadyItem[],
	outcomes: ItemOutcomes,
): Promise<void> {
	const [first] = items;
	const request = channel.combine(items.map((item) => item.request));
	if (first === undefined) return;
	if (!request.ok)
		outcomes.set(first.itemIndex, {
			ok: false,
			error: toNodeError(session.node, request.error, first.itemIndex),
			settled: false,
		});
	else {
		const shown = await session.templates.show(request.value, first.connection, first.account);
		const item = previewItem(
			{ ...preview(first.connection.baseUrl, request.value), ...shown },
			items.map(({ itemIndex }) => itemIndex),
		);
		outcomes.set(first.itemIndex, { ok: true, items: [item], settled: false });
	}
	for (const { itemIndex } of items.slice(1)) outcomes.set(itemIndex, { ok: true, items: [], settled: false });
}

/** Makes one call and gives each item its own outcome. */
async function send(
	session: Session,
	channel: Channel,
	items: readonly ReadyItem[],
	outcomes: ItemOutcomes,
): Promise<void> {
	const [first] = items;
	if (first === undefined) return;
	const requests = items.map(({ request }) => request);
	const once = (some: readonly BuiltRequest[]) => channel.send(first.connection, some);
	const sent = await (
		session.options.checkFirst ? sendChecked(first.connection, requests, once) : once(requests)
	).catch((thrown: unknown): Result<JsonObject>[] =>
		requests.map(({ operation }) => failure(lostResponse(operation, messageOf(thrown), {}))),
	);
	for (const [index, { itemIndex, request, simplify }] of items.entries()) {
		const outcome = sent[index];
		if (outcome?.ok)
			outcomes.set(itemIndex, {
				ok: true,
				items: [sentItem(channel.output(request, outcome.value, simplify), itemIndex)],
				settled: true,
			});
		else if (outcome)
			outcomes.set(itemIndex, {
				ok: false,
				error: toNodeError(session.node, outcome.error, itemIndex),
				settled: isSettled(outcome.error),
			});
	}
}

/**
 * Sends all open items in few calls. Every item is read and checked before the first call: if the workflow stops on
 * errors, one invalid item means that nothing is sent.
 */
export async function runTogether(session: Session, operation: Operation, outcomes: ItemOutcomes): Promise<void> {
	const { options, signal } = session;
	const channel = channels[operation.together ?? 'emails'];
	const ready: ReadyItem[] = [];
	for (const itemIndex of outcomes.open) {
		if (signal?.aborted) return;
		const item = await prepare(session, operation, channel, itemIndex, outcomes);
		if (item) ready.push(item);
		else if (outcomes.stops) return;
	}
	const allowed = await withinRun(session, operation, outcomes, ready);
	if (outcomes.stops) return;
	const work = async (items: ReadyItem[]) =>
		items[0]?.dry ? show(session, channel, items, outcomes) : send(session, channel, items, outcomes);
	await runPool(
		groupByCall(allowed, channel, options.batchSize),
		options.concurrency,
		work,
		() => signal?.aborted === true || outcomes.stops,
	);
}
