/** What became of each mail of a batch. */
import { Smtp2goError } from '../errors';
import { failure, success, type Result } from '../result';
import { isJsonObject } from '../request/values';
import type { Json, JsonObject, Operation } from '../catalogue/types';
import { failuresOf, lostAnswer, type Answer } from './answer';

/** True for a text with something in it: an ID. */
function isId(value: Json | undefined): boolean {
	return typeof value === 'string' && value !== '';
}

/**
 * One outcome for each mail, in their order: the entry with `email_id` or `schedule_id`, or the error. An answer that
 * is shorter than the batch, or says nothing of a mail, leaves that mail's outcome unknown.
 */
export function mailOutcomes(operation: Operation, data: Json, count: number, { requestId }: Pick<Answer, 'requestId'>): Result<JsonObject>[] {
	const entries = Array.isArray(data) ? data : [];
	const details = { ...(requestId === null ? {} : { requestId }), endpoint: operation.path, httpStatus: 200 };
	return Array.from({ length: count }, (_, index) => {
		const entry = entries[index];
		if (!isJsonObject(entry)) return failure(lostAnswer(operation, `SMTP2GO's answer says nothing about mail ${index + 1} of the call`, details));
		const failures = failuresOf(entry);
		const [first] = failures;
		if (first !== undefined) return failure(new Smtp2goError('rejected', first, { ...details, failures }));
		if (isId(entry['email_id']) || isId(entry['schedule_id']) || Number(entry['succeeded'] ?? 0) > 0) return success(entry);
		return failure(lostAnswer(operation, `SMTP2GO's answer does not say whether it took mail ${index + 1} of the call`, details));
	});
}
