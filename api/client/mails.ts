/** What became of each email of a batch. */
import { failure, success, type Result } from '../core/result';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import type { Operation } from '../catalogue/types';
import { lostAnswer, refusalOf, type Answer } from './answer';

/**
 * One outcome for each email, in their order: the entry with `email_id` or `schedule_id`, or the error. An answer that
 * is shorter than the batch, or says nothing of an email, leaves that mail's outcome unknown.
 */
export function mailOutcomes(
	operation: Operation,
	data: Json,
	count: number,
	{ requestId }: Pick<Answer, 'requestId'>,
): Result<JsonObject>[] {
	const entries = Array.isArray(data) ? data : [];
	const details = { ...(requestId === null ? {} : { requestId }), endpoint: operation.path, httpStatus: 200 };
	return Array.from({ length: count }, (_, index) => {
		const entry = entries[index];
		if (!isJsonObject(entry))
			return failure(
				lostAnswer(operation, `SMTP2GO's response does not mention email ${index + 1} of the call`, details),
			);
		const refused = refusalOf(operation, entry, details);
		return refused ? failure(refused) : success(entry);
	});
}
