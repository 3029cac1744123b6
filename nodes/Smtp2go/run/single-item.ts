/** One item by its own call. */
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import {
	buildRequest,
	perform,
	preview,
	readBoolean,
	sendChecked,
	sendMail,
	sentOf,
	Smtp2goError,
	withMessageKey,
	type BuiltRequest,
	type Connection,
	type DownloadedFile,
	type Operation,
	type Outcome,
	type Result,
} from '../../../api';
import { asNodeError, isSettled, toNodeError } from '../connection/errors';
import { canSimplify, hasLimit, OPTIONS } from '../parameters/names';
import { itemsOf, previewItem } from './output';
import { binaryField } from '../parameters/own-options';
import { readValues } from '../values/read-values';
import { parameter } from '../parameters/read';
import type { ItemOutcome } from './item-outcomes';
import type { Session } from './session';
import { isDry, readGuards } from './sending-options';

/** A switch of the form; an expression or an AI agent may give it as text. */
function isOn(context: IExecuteFunctions, itemIndex: number, name: string, label: string, initial: boolean): boolean {
	const read = readBoolean(parameter(context, name, itemIndex, initial), { name, label });
	if (!read.ok) throw toNodeError(context.getNode(), read.error, itemIndex);
	return read.value === undefined ? initial : read.value === true;
}

/** How many entries of a list are wanted: a whole number from 1, or all. */
function limitOf(context: IExecuteFunctions, operation: Operation, itemIndex: number): number {
	if (!hasLimit(operation) || isOn(context, itemIndex, 'returnAll', 'Return All', false)) return Infinity;
	const limit = Number(parameter(context, 'limit', itemIndex, 50));
	if (!Number.isSafeInteger(limit) || limit < 1)
		throw new NodeOperationError(context.getNode(), 'Limit must be a whole number from 1', { itemIndex });
	return limit;
}

/** An email whose answer may get lost, looked up before it is sent again. */
async function performChecked(
	connection: Connection,
	request: BuiltRequest,
	simplify: boolean,
): Promise<Result<Outcome>> {
	const mail = withMessageKey(request);
	if (!mail.ok) return mail;
	const [sent] = await sendChecked(connection, [mail.value], ([one = mail.value]) =>
		sendMail(connection, one).then((outcome) => [outcome]),
	);
	if (sent === undefined || !sent.ok)
		return sent ?? { ok: false, error: new Smtp2goError('cancelled', 'Canceled before the call was made') };
	const result = simplify ? await sentOf(mail.value, sent.value) : sent.value;
	return { ok: true, value: { result, answer: { data: sent.value, requestId: null, raw: {} } } };
}

/** An item that is ready for its call. */
export interface Prepared {
	readonly itemIndex: number;
	readonly connection: Connection;
	readonly request: BuiltRequest;
	readonly simplify: boolean;
	readonly limit: number;
	/** Only shown, not called. */
	readonly dry: boolean;
}

/** Whether an item's answer is made simple. */
export function isSimple(context: IExecuteFunctions, operation: Operation, itemIndex: number): boolean {
	return !canSimplify(operation) || isOn(context, itemIndex, 'simplify', 'Simplify', true);
}

async function prepare(
	{ context, node, connect, hint, templates }: Session,
	operation: Operation,
	itemIndex: number,
): Promise<Prepared> {
	const simplify = isSimple(context, operation, itemIndex);
	const dry = isDry(context, operation, itemIndex);
	const guards = readGuards(context, operation, itemIndex);
	const { connection, account } = await connect(itemIndex);
	const built = buildRequest(operation, await readValues(context, operation, itemIndex, hint), connection.host.now());
	const request = built.ok ? await templates.guard(built.value, guards, connection, account, itemIndex) : built;
	if (!request.ok) throw toNodeError(node, request.error, itemIndex);
	return {
		itemIndex,
		connection,
		request: request.value,
		simplify,
		limit: limitOf(context, operation, itemIndex),
		dry,
	};
}

/** Reads and checks one item. Never rejects: a flaw is the item's outcome. */
export async function prepareItem(
	session: Session,
	operation: Operation,
	itemIndex: number,
): Promise<Prepared | ItemOutcome> {
	return prepare(session, operation, itemIndex).catch(
		(thrown: unknown): ItemOutcome => ({
			ok: false,
			error: asNodeError(session.node, thrown, itemIndex),
			settled: false,
		}),
	);
}

/** The items with a file that was fetched, as n8n keeps files. */
async function withFile(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	{ filename, mimetype, content }: DownloadedFile,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const field = parameter(context, `${OPTIONS}.${binaryField.name}`, itemIndex, binaryField.default);
	const name = typeof field === 'string' && field.trim() !== '' ? field.trim() : binaryField.default;
	const binary = await context.helpers.prepareBinaryData(
		Buffer.from(content.buffer, content.byteOffset, content.byteLength),
		filename,
		mimetype,
	);
	return items.map((item) => ({ ...item, binary: { [name]: binary } }));
}

/** Makes the call of one item. */
export async function runItem(
	session: Session,
	{ itemIndex, connection, request, simplify, limit, dry }: Prepared,
): Promise<ItemOutcome> {
	const { context, settings, node } = session;
	const { operation } = request;
	if (dry)
		return { ok: true, items: [previewItem(preview(connection.baseUrl, request), [itemIndex])], settled: false };
	const outcome =
		settings.checkFirst && operation.together === 'mails'
			? await performChecked(connection, request, simplify)
			: await perform(connection, request, { limit, raw: !simplify });
	if (!outcome.ok)
		return { ok: false, error: toNodeError(node, outcome.error, itemIndex), settled: isSettled(outcome.error) };
	if (outcome.value.hint) session.hint(outcome.value.hint);
	const made = itemsOf(operation, outcome.value, {
		node,
		itemIndex,
		simplify,
		continueOnFail: context.continueOnFail(),
	});
	const { file } = outcome.value;
	return made.ok && file ? { ...made, items: await withFile(context, made.items, file, itemIndex) } : made;
}
