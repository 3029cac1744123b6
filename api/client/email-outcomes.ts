/** Reads the outcome of each email of a batch. */
import { failure, success, type Result } from '../core/result';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import type { Operation } from '../catalogue/types';
import { lostResponse, rejectionOf, type ApiResponse } from './response';

/**
 * Returns one outcome per email, in order: the entry with `email_id` or `schedule_id`, or the error. If the response is
 * too short or does not mention an email, the outcome of that email is unknown.
 */
export function emailOutcomes(
	operation: Operation,
	data: Json,
	count: number,
	{ requestId }: Pick<ApiResponse, 'requestId'>,
): Result<JsonObject>[] {
	const entries = Array.isArray(data) ? data : [];
	const details = { ...(requestId === null ? {} : { requestId }), endpoint: operation.path, httpStatus: 200 };
	return Array.from({ length: count }, (_, index) => {
		const entry = entries[index];
		if (!isJsonObject(entry))
			return failure(
				lostResponse(operation, `SMTP2GO's response does not mention email ${index + 1} of the call`, details),
			);
		const refused = rejectionOf(operation, entry, details);
		return refused ? failure(refused) : success(entry);
	});
}
