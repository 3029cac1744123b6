/** Items that go together: emails by the batch, equal text messages by one call. */
import { asNodeError, isSettled, toNodeError } from '../connection/errors';
import {
	batchOf,
	buildMail,
	buildRequest,
	cutMails,
	failure,
	groupTexts,
	lostAnswer,
	mailIn,
	messageOf,
	preview,
	runPool,
	sendChecked,
	sendMails,
	sendTexts,
	sentMail,
	textCallOf,
	withMessageKey,
	type BuiltRequest,
	type Connection,
	type JsonObject,
	type Operation,
	type Result,
} from '../../../api';
import { previewItem, sentItem } from './output';
import { readValues } from '../values/read-values';
import { isSimple } from './single-item';
import type { Outcomes } from './item-outcomes';
import type { Session } from './session';
import { isDry, readGuards } from './sending-options';

/** An item that is ready to be sent. */
interface Ready {
	readonly itemIndex: number;
	readonly connection: Connection;
	readonly account: string;
	readonly request: BuiltRequest;
	/** Only shown, not sent. */
	readonly dry: boolean;
	readonly simplify: boolean;
}

/** What the two kinds of calls have of their own. */
interface Kind {
	build(operation: Operation, values: Readonly<Record<string, unknown>>, now: number): Result<BuiltRequest>;
	/** For each call the places of its items. */
	cut(requests: readonly BuiltRequest[], most: number): number[][];
	callOf(requests: readonly BuiltRequest[]): Result<BuiltRequest>;
	send(connection: Connection, requests: readonly BuiltRequest[]): Promise<Result<JsonObject>[]>;
	/** What an item gets of the answer. */
	shown(request: BuiltRequest, answer: JsonObject, simplify: boolean): JsonObject;
}

const kinds: Readonly<Record<NonNullable<Operation['together']>, Kind>> = {
	mails: {
		build: (_operation, values, now) => buildMail(values, now),
		cut: cutMails,
		callOf: batchOf,
		send: sendMails,
		shown: ({ fields }, answer, simplify) => (simplify ? sentMail(mailIn(fields), answer) : answer),
	},
	texts: {
		build: buildRequest,
		cut: groupTexts,
		callOf: textCallOf,
		send: sendTexts,
		shown: (_request, answer) => answer,
	},
};

/** Reads and checks one item; a flaw is its outcome. */
async function prepare(
	session: Session,
	operation: Operation,
	kind: Kind,
	itemIndex: number,
	outcomes: Outcomes,
): Promise<Ready | undefined> {
	const { context, node, settings, hint } = session;
	try {
		const dry = isDry(context, operation, itemIndex);
		const simplify = isSimple(context, operation, itemIndex);
		const guards = readGuards(context, operation, itemIndex);
		const { connection, account } = await session.connect(itemIndex);
		const built = kind.build(
			operation,
			await readValues(context, operation, itemIndex, hint),
			connection.host.now(),
		);
		const guarded = built.ok
			? await session.templates.guard(built.value, guards, connection, account, itemIndex)
			: built;
		const request =
			guarded.ok && settings.checkFirst && operation.together === 'mails'
				? withMessageKey(guarded.value)
				: guarded;
		if (request.ok) return { itemIndex, connection, account, request: request.value, dry, simplify };
		outcomes.set(itemIndex, { ok: false, error: toNodeError(node, request.error, itemIndex), settled: false });
	} catch (thrown) {
		outcomes.set(itemIndex, { ok: false, error: asNodeError(node, thrown, itemIndex), settled: false });
	}
	return undefined;
}

/** The calls: items of different keys never share one, nor do those that are sent with those that are only shown. */
function cut(ready: readonly Ready[], kind: Kind, most: number): Ready[][] {
	const groups = new Map<string, Ready[]>();
	for (const one of ready) {
		const group = `${one.account} ${one.dry}`;
		const others = groups.get(group);
		if (others) others.push(one);
		else groups.set(group, [one]);
	}
	return [...groups.values()].flatMap((items) =>
		kind
			.cut(
				items.map(({ request }) => request),
				most,
			)
			.map((places) => places.flatMap((place) => items[place] ?? [])),
	);
}

/** Shows a call instead of making it: one output item, paired with all that are in it. */
function show(session: Session, kind: Kind, items: readonly Ready[], outcomes: Outcomes): void {
	const [first] = items;
	const request = kind.callOf(items.map((item) => item.request));
	if (first === undefined) return;
	if (!request.ok)
		outcomes.set(first.itemIndex, {
			ok: false,
			error: toNodeError(session.node, request.error, first.itemIndex),
			settled: false,
		});
	else
		outcomes.set(first.itemIndex, {
			ok: true,
			items: [
				previewItem(
					preview(first.connection.baseUrl, request.value),
					items.map(({ itemIndex }) => itemIndex),
				),
			],
			settled: false,
		});
	for (const { itemIndex } of items.slice(1)) outcomes.set(itemIndex, { ok: true, items: [], settled: false });
}

/** Makes one call, and gives each item its own outcome. */
async function send(session: Session, kind: Kind, items: readonly Ready[], outcomes: Outcomes): Promise<void> {
	const [first] = items;
	if (first === undefined) return;
	const requests = items.map(({ request }) => request);
	const once = (some: readonly BuiltRequest[]) => kind.send(first.connection, some);
	const sent = await (
		session.settings.checkFirst ? sendChecked(first.connection, requests, once) : once(requests)
	).catch((thrown: unknown): Result<JsonObject>[] =>
		requests.map(({ operation }) => failure(lostAnswer(operation, messageOf(thrown), {}))),
	);
	for (const [place, { itemIndex, request, simplify }] of items.entries()) {
		const outcome = sent[place];
		if (outcome?.ok)
			outcomes.set(itemIndex, {
				ok: true,
				items: [sentItem(kind.shown(request, outcome.value, simplify), itemIndex)],
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
 * Sends all open items in few calls. Every item is read and checked before the first call: where the workflow is to
 * stop at errors, one flaw means that nothing is sent.
 */
export async function runTogether(session: Session, operation: Operation, outcomes: Outcomes): Promise<void> {
	const { settings, signal } = session;
	const kind = kinds[operation.together ?? 'mails'];
	const ready: Ready[] = [];
	for (const itemIndex of outcomes.open) {
		if (signal?.aborted) return;
		const item = await prepare(session, operation, kind, itemIndex, outcomes);
		if (item) ready.push(item);
		else if (outcomes.stops) return;
	}
	const work = async (items: Ready[]) =>
		items[0]?.dry ? show(session, kind, items, outcomes) : send(session, kind, items, outcomes);
	await runPool(
		cut(ready, kind, settings.batchSize),
		settings.inFlight,
		work,
		() => signal?.aborted === true || outcomes.stops,
	);
}
