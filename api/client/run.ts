/** One operation from its values to what a user wants of the answer: the way both hosts go. */
import { Smtp2goError } from '../errors';
import { failure, success, type Result } from '../result';
import { buildRequest } from '../request/build';
import { isJsonObject } from '../request/values';
import type { Json, JsonObject, Operation } from '../catalogue/types';
import type { Answer } from './answer';
import { call, type Connection } from './call';
import { readList } from './pages';

/** What came of an operation. */
export interface Outcome {
	/** The thing itself: the record, the list, `{ deleted: true }`, what became of a mail. */
	readonly result: Json;
	/** One entry per mail of a batch, in its order; only there. */
	readonly mails?: readonly Result<JsonObject>[];
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

/** The one record in `data`: some endpoints wrap it in a list. */
function recordIn(data: Json): Json {
	return Array.isArray(data) && data.length === 1 ? (data[0] ?? {}) : data;
}

/** `data` of the last page with the entries of all pages in the list's place. */
function wholeList({ result: { at } }: Operation, data: Json, entries: readonly Json[]): Json {
	return at && isJsonObject(data) ? { ...data, [at]: [...entries] } : [...entries];
}

function resultOf(operation: Operation, data: Json): Json {
	switch (operation.result.is) {
		case 'deleted':
			return { deleted: true };
		case 'record':
			return recordIn(data);
		default:
			return data;
	}
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
		const { entries, answer } = list.value;
		return success({ result: options.raw ? wholeList(operation, answer.data, entries) : [...entries], answer });
	}
	const answer = await call(connection, operation, request.value.body);
	if (!answer.ok) return answer;
	const { data } = answer.value;
	const result = options.raw ? data : resultOf(operation, data);
	if (operation.result.is !== 'batch') return success({ result, answer: answer.value });
	const count = (JSON.parse(request.value.body) as { emails: unknown[] }).emails.length;
	return success({ result, mails: mailOutcomes(operation, data, count, answer.value), answer: answer.value });
}
