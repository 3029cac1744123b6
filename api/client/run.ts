/** One operation from its values to what a user wants of the answer: the way both hosts go. */
import { Smtp2goError } from '../errors';
import { failure, success, type Result } from '../result';
import { buildRequest } from '../request/build';
import { isJsonObject } from '../request/values';
import type { Json, JsonObject, Operation } from '../catalogue/types';
import type { Answer } from './answer';
import { call, type Connection } from './call';
import { readList } from './pages';
import { at, useful, withoutSecrets } from './useful';

/** What came of an operation. */
export interface Outcome {
	/** The thing itself: the record, the list, `{ deleted: true }`, what became of a mail. */
	readonly result: Json;
	/** One entry per mail of a batch, in its order; only there. */
	readonly mails?: readonly Result<JsonObject>[];
	/** A sentence, where SMTP2GO holds more entries than it gives. */
	readonly hint?: string;
	readonly answer: Answer;
}

/** How much of a list is wanted, and in which form. */
export interface RunOptions {
	/** Greatest number of entries of a list; Infinity for all. */
	readonly limit?: number;
	/** SMTP2GO's `data` as it is, instead of the thing itself. */
	readonly raw?: boolean;
}

/** What became of each mail of a batch. An answer shorter than the batch leaves the missing ones unknown. */
function mailOutcomes(operation: Operation, data: Json, count: number, answer: Answer): Result<JsonObject>[] {
	const entries = Array.isArray(data) ? data : [];
	const requestId = answer.requestId === null ? {} : { requestId: answer.requestId };
	return Array.from({ length: count }, (_, index) => {
		const entry = entries[index];
		const details = { ...requestId, endpoint: operation.path, httpStatus: 200 };
		if (!isJsonObject(entry)) return failure(new Smtp2goError('outcomeUnknown', `Outcome unknown: SMTP2GO's answer says nothing about mail ${index + 1}`, { hint: 'Look it up in the activity before you send it again', ...details }));
		const failures = Array.isArray(entry['failures']) ? entry['failures'].map(String) : [];
		const error = typeof entry['error'] === 'string' ? entry['error'] : failures[0];
		return error === undefined ? success(entry) : failure(new Smtp2goError('rejected', error, { ...details, failures }));
	});
}

/** The one record in `data`: some endpoints wrap it in a list, some list more than it, some answer in words or not at all. */
function recordIn({ effect, result: { at: place, same } }: Operation, data: Json, body: JsonObject): Json {
	const found = place && isJsonObject(data) && place in data ? (data[place] ?? {}) : data;
	const list = Array.isArray(found) ? found : [found];
	const record = list.find((entry) => same !== undefined && at(entry, same.at) === body[same.field]) ?? (list.length === 1 ? list[0] ?? {} : found);
	if (typeof record === 'string') return { message: record };
	return effect !== 'reads' && isJsonObject(record) && Object.keys(record).length === 0 ? { success: true } : record;
}

/** `data` of the last page with the entries of all pages in the list's place. */
function wholeList({ result: { at } }: Operation, data: Json, entries: readonly Json[]): Json {
	return at && isJsonObject(data) ? { ...data, [at]: [...entries] } : [...entries];
}

function resultOf(operation: Operation, data: Json, body: JsonObject): Json {
	switch (operation.result.is) {
		case 'deleted':
			return { deleted: true };
		case 'record': {
			const record = recordIn(operation, data, body);
			return Array.isArray(record) ? record.map((one) => useful(one, operation.result)) : useful(record, operation.result);
		}
		default:
			return data;
	}
}

/** An answer as a user may see it: without secrets that nobody asked for. */
function shown(operation: Operation, answer: Answer, values: Readonly<Record<string, unknown>>): Answer {
	const raw = withoutSecrets(answer.raw, operation, values);
	return { ...answer, raw, data: raw['data'] ?? {} };
}

/**
 * Builds, calls and reads one operation.
 * @param values by API field name, as `buildRequest` takes them
 */
export async function run(connection: Connection, asked: Operation, values: Readonly<Record<string, unknown>>, options: RunOptions = {}): Promise<Result<Outcome>> {
	const request = buildRequest(asked, values, connection.host.now());
	if (!request.ok) return request;
	const { operation } = request.value;
	if (operation.result.is === 'list') {
		const list = await readList(connection, operation, request.value.body, options.limit ?? Infinity);
		if (!list.ok) return list;
		const { entries, hint } = list.value;
		const answer = shown(operation, list.value.answer, values);
		const seen = withoutSecrets({ entries: [...entries] }, operation, values)['entries'] as Json[];
		const result = options.raw ? wholeList(operation, answer.data, seen) : seen.map((entry) => useful(entry, operation.result));
		return success({ result, ...(hint === undefined ? {} : { hint }), answer });
	}
	const called = await call(connection, operation, request.value.body);
	if (!called.ok) return called;
	const answer = shown(operation, called.value, values);
	const { data } = answer;
	const body = JSON.parse(request.value.body) as JsonObject;
	const result = options.raw ? data : resultOf(operation, data, body);
	if (operation.result.is !== 'batch') return success({ result, answer });
	const count = (body as { emails: Json[] }).emails.length;
	return success({ result, mails: mailOutcomes(operation, data, count, answer), answer });
}
