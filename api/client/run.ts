/** Runs an operation, from its values to the result for the user. Both hosts use it. */
import { failure, success, type Result } from '../core/result';
import { wireEntries, type WireObject } from '../files/wire';
import { buildRequest, type BuiltRequest } from '../request/build';
import { withUnits } from '../request/sms';
import { isJsonObject, isRecord, type Json, type JsonObject } from '../core/json';
import type { Operation } from '../catalogue/types';
import { readSafely, type ApiResponse } from './response';
import { call, type Connection } from './call';
import { downloadFrom, type DownloadedFile } from './download';
import { emailOutcomes } from './email-outcomes';
import { readList } from './pages';
import { emailIn, sentEmail, sentOf, withEmail } from './sent';
import { valueAt, simplified, withoutSecrets } from './simplify';

/** The outcome of an operation. */
export interface Outcome {
	/** The result: the record, the list, `{ deleted: true }`, or the summary of an email (see sent.ts). */
	readonly result: Json;
	/** For a batch only: one entry per email, in order. */
	readonly emails?: readonly Result<JsonObject>[];
	/** A sentence, if SMTP2GO has more entries than it returns. */
	readonly hint?: string;
	/** The file that the response points to, if the request asks for it. */
	readonly file?: DownloadedFile;
	readonly response: ApiResponse;
}

/** How much of a list to return, and whether as raw data. */
export interface RunOptions {
	/** Maximum number of list entries; Infinity for all. */
	readonly limit?: number;
	/** Whether to return SMTP2GO's raw `data` instead of the record or list in it. */
	readonly raw?: boolean;
	/** Whether a list that may be incomplete is an error. */
	readonly whole?: boolean;
}

/**
 * Returns the record in `data`. Some endpoints wrap it in a list, some list other records too, and some return text or
 * nothing.
 */
function recordIn({ effect, result: { at: place, same } }: Operation, data: Json, body: WireObject): Json {
	const found = place && isJsonObject(data) && place in data ? (data[place] ?? {}) : data;
	const list = Array.isArray(found) ? found : [found];
	const record =
		list.find((entry) => same !== undefined && valueAt(entry, same.at) === body[same.field]) ??
		(list.length === 1 ? (list[0] ?? {}) : found);
	if (typeof record === 'string') return { message: record };
	return effect !== 'reads' && isJsonObject(record) && Object.keys(record).length === 0 ? { success: true } : record;
}

/** Returns `data` of the last page, with the entries of all pages as its list. */
function wholeList({ result: { at } }: Operation, data: Json, entries: readonly Json[]): Json {
	return at && isJsonObject(data) ? { ...data, [at]: [...entries] } : [...entries];
}

function resultOf(operation: Operation, data: Json, body: WireObject): Json {
	switch (operation.result.is) {
		case 'deleted':
			return { deleted: true };
		case 'record': {
			const record = recordIn(operation, data, body);
			return Array.isArray(record)
				? record.map((one) => simplified(one, operation.result))
				: simplified(record, operation.result);
		}
		default:
			return data;
	}
}

/** Returns the response without secrets that the request does not ask for. */
function withoutHidden(operation: Operation, response: ApiResponse, responseOptions: WireObject): ApiResponse {
	const raw = withoutSecrets(response.raw, operation, responseOptions);
	return { ...response, raw, data: raw['data'] ?? {} };
}

/** Returns the message for a response that lists the request but says that nothing was changed. */
function undone({ result: { done } }: Operation, entries: readonly Json[]): string | undefined {
	return done !== undefined && entries.length > 0 && entries.every((entry) => valueAt(entry, done.at) === false)
		? done.otherwise
		: undefined;
}

/** The requested part of a list. */
async function performList(
	connection: Connection,
	{ operation, fields, responseOptions }: BuiltRequest,
	options: RunOptions,
): Promise<Result<Outcome>> {
	const list = await readList(connection, operation, fields, options.limit ?? Infinity, options.whole);
	if (!list.ok) return list;
	const { entries } = list.value;
	const hint = list.value.hint ?? undone(operation, entries);
	const response = withoutHidden(operation, list.value.response, responseOptions);
	const seen = withoutSecrets({ entries: [...entries] }, operation, responseOptions)['entries'] as Json[];
	const result = options.raw
		? wholeList(operation, response.data, seen)
		: seen.map((entry) => simplified(entry, operation.result));
	return success({ result, ...(hint === undefined ? {} : { hint }), response });
}

/**
 * Makes the call that `buildRequest` built, and reads the response. The body is written just before the call leaves.
 * @param request is sent once; calling this again sends it again
 */
export async function perform(
	connection: Connection,
	request: BuiltRequest,
	options: RunOptions = {},
): Promise<Result<Outcome>> {
	const { operation, fields, responseOptions } = request;
	if (operation.result.is === 'list') return performList(connection, request, options);
	const body = await request.encode();
	if (!body.ok) return body;
	const called = await call(connection, operation, body.value);
	if (!called.ok) return called;
	const read = readSafely<Outcome>(operation, { httpStatus: 200 }, () => {
		const response = withoutHidden(operation, called.value, responseOptions);
		const { data } = response;
		const result = options.raw ? data : withUnits(request, resultOf(operation, data, fields));
		return success(
			operation.result.is === 'batch'
				? batchOutcome(request, result, response, options.raw === true)
				: { result, response },
		);
	});
	if (!read.ok) return read;
	if (operation.result.is === 'sent' && !options.raw) {
		const { response, result } = read.value;
		return success({ response, result: await sentOf(request, isJsonObject(result) ? result : {}) });
	}
	const file = await downloadFrom(connection, operation, responseOptions, read.value.response.data);
	return !file.ok ? file : success(file.value === undefined ? read.value : { ...read.value, file: file.value });
}

/** Returns the outcomes of the emails of a batch, by position. */
function batchOutcome(
	{ operation, fields }: BuiltRequest,
	result: Json,
	response: ApiResponse,
	isRaw: boolean,
): Outcome {
	const sent = wireEntries(fields['emails']).filter((email) => isRecord(email)) as WireObject[];
	const outcomes = emailOutcomes(operation, response.data, sent.length, response);
	const emails = outcomes.map((outcome, index): Result<JsonObject> => {
		const email = sent[index] ?? {};
		if (!outcome.ok) return failure(withEmail(outcome.error, email));
		return isRaw ? outcome : success(sentEmail(emailIn(email), outcome.value));
	});
	return { result: isRaw ? result : emails.flatMap((email) => (email.ok ? [email.value] : [])), emails, response };
}

/**
 * Builds, calls and reads one operation.
 * @param values by API field name, as `buildRequest` takes them
 */
export async function run(
	connection: Connection,
	operation: Operation,
	values: Readonly<Record<string, unknown>>,
	options: RunOptions = {},
): Promise<Result<Outcome>> {
	const request = buildRequest(operation, values, connection.host.now());
	return request.ok ? perform(connection, request.value, options) : request;
}
