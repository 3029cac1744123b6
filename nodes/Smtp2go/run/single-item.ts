/** One item with a separate call. */
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import {
	buildRequest,
	perform,
	preview,
	readBoolean,
	sendChecked,
	sendEmail,
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
import { isSettled, toNodeError } from '../connection/errors';
import { canSimplify, hasLimit, OPTIONS } from '../parameters/names';
import { binaryField } from '../parameters/own-options';
import { readParameter } from '../parameters/read';
import type { ItemOutcome } from '../state/item-outcome';
import { asNodeError } from './error-items';
import { previewItem, toItems } from './output';
import { isDryRun, readSafeguards } from './sending-options';
import type { Session } from './session';

/** A switch of the form. An expression or an AI agent can give it as text. */
function readSwitch(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
	initial: boolean,
): boolean {
	const read = readBoolean(readParameter(context, name, itemIndex, initial), { name, label });
	if (!read.ok) throw toNodeError(context.getNode(), read.error, itemIndex);
	return read.value === undefined ? initial : read.value === true;
}

/** How many entries of a list to read: a whole number of at least 1, or all. */
function readLimit(context: IExecuteFunctions, operation: Operation, itemIndex: number): number {
	if (!hasLimit(operation) || readSwitch(context, itemIndex, 'returnAll', 'Return All', false)) return Infinity;
	const limit = Number(readParameter(context, 'limit', itemIndex, 50));
	if (!Number.isSafeInteger(limit) || limit < 1)
		throw new NodeOperationError(context.getNode(), 'Limit must be a whole number of at least 1', { itemIndex });
	return limit;
}

/** Whether the output of an item is simplified. */
export function readSimplify(context: IExecuteFunctions, operation: Operation, itemIndex: number): boolean {
	return !canSimplify(operation) || readSwitch(context, itemIndex, 'simplify', 'Simplify', true);
}

/** Sends an email. If the response is lost, the email is looked up before it is sent again. */
async function performChecked(
	connection: Connection,
	request: BuiltRequest,
	simplify: boolean,
): Promise<Result<Outcome>> {
	const email = withMessageKey(request);
	if (!email.ok) return email;
	const [sent] = await sendChecked(connection, [email.value], ([one = email.value]) =>
		sendEmail(connection, one).then((outcome) => [outcome]),
	);
	if (sent === undefined || !sent.ok)
		return sent ?? { ok: false, error: new Smtp2goError('cancelled', 'Canceled before anything was sent') };
	const result = simplify ? await sentOf(email.value, sent.value) : sent.value;
	return { ok: true, value: { result, response: { data: sent.value, requestId: null, raw: {} } } };
}

/** An item that is ready for its call. */
export interface PreparedItem {
	readonly itemIndex: number;
	readonly connection: Connection;
	/** Digest of the connection's key and region. */
	readonly account: string;
	readonly request: BuiltRequest;
	readonly simplify: boolean;
	readonly limit: number;
	/** Only shown, not sent. */
	readonly dry: boolean;
}

async function prepare(session: Session, operation: Operation, itemIndex: number): Promise<PreparedItem> {
	const { context, node, connect, templates } = session;
	const simplify = readSimplify(context, operation, itemIndex);
	const dry = isDryRun(context, operation, itemIndex);
	const safeguards = readSafeguards(context, operation, itemIndex);
	const { connection, account } = await connect(itemIndex);
	const values = await session.readValues(operation, itemIndex);
	const built = buildRequest(operation, values, connection.host.now(), safeguards.reading);
	const request = built.ok ? await templates.check(built.value, safeguards, connection, account, itemIndex) : built;
	if (!request.ok) throw toNodeError(node, request.error, itemIndex);
	return {
		itemIndex,
		connection,
		account,
		request: request.value,
		simplify,
		limit: readLimit(context, operation, itemIndex),
		dry,
	};
}

/** Reads and checks one item. It never rejects: an invalid value is the item's outcome. */
export async function prepareItem(
	session: Session,
	operation: Operation,
	itemIndex: number,
): Promise<PreparedItem | ItemOutcome> {
	return prepare(session, operation, itemIndex).catch(
		(thrown: unknown): ItemOutcome => ({
			ok: false,
			error: asNodeError(session.node, thrown, itemIndex),
			settled: false,
		}),
	);
}

/** The items with a downloaded file as binary data. */
async function withFile(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	{ filename, mimetype, content }: DownloadedFile,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const field = readParameter(context, `${OPTIONS}.${binaryField.name}`, itemIndex, binaryField.default);
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
	{ itemIndex, connection, account, request, simplify, limit, dry }: PreparedItem,
): Promise<ItemOutcome> {
	const { context, options, node } = session;
	const { operation } = request;
	if (dry) {
		const shown = await session.templates.show(request, connection, account);
		const item = previewItem({ ...preview(connection.baseUrl, request), ...shown }, [itemIndex]);
		return { ok: true, items: [item], settled: false };
	}
	const outcome =
		options.checkFirst && operation.together === 'emails'
			? await performChecked(connection, request, simplify)
			: await perform(connection, request, { limit, raw: !simplify });
	if (!outcome.ok)
		return { ok: false, error: toNodeError(node, outcome.error, itemIndex), settled: isSettled(outcome.error) };
	if (outcome.value.hint) session.hint(outcome.value.hint);
	const output = toItems(operation, outcome.value, {
		node,
		itemIndex,
		simplify,
		continueOnFail: context.continueOnFail(),
	});
	const { file } = outcome.value;
	return output.ok && file ? { ...output, items: await withFile(context, output.items, file, itemIndex) } : output;
}
