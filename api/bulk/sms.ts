/** Many text messages in few calls: equal messages from equal senders go together, up to 100 numbers a call. */
import { Smtp2goError } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { operationOf } from '../catalogue';
import { isJsonObject, type Json, type JsonObject } from '../core/json';
import { readSafely, rejectedSms } from '../client/response';
import type { Connection } from '../client/call';
import { perform } from '../client/run';
import { wireEntries } from '../files/wire';
import { toRequest, type BuiltRequest } from '../request/build';
import { withUnits } from '../request/sms';

const send = operationOf('sms', 'send');
/** The same operation, whose response is judged here, number by number. */
const sendUnjudged = { ...send, result: { is: 'done' } } as const;
const MAX_NUMBERS = 100;

/** Returns the numbers of a text message. */
function numbersOf({ fields }: BuiltRequest): string[] {
	return wireEntries(fields['destination']).flatMap((number) => (typeof number === 'string' ? [number] : []));
}

/** Returns a number without the characters that only one side writes. */
function digits(number: unknown): string {
	return String(number).replace(/\D/g, '');
}

/**
 * Groups text messages with the same content and sender into calls of at most 100 numbers, in the order of the first of
 * each group. A number that occurs twice gets two calls, so that it gets both messages.
 * @param messages requests of `sms.send`
 * @returns for each call the positions of its messages in the list
 */
export function groupSms(messages: readonly BuiltRequest[]): number[][] {
	const calls: number[][] = [];
	const open = new Map<string, { places: number[]; numbers: Set<string> }>();
	for (const [index, message] of messages.entries()) {
		const alike = JSON.stringify([message.fields['content'], message.fields['sender']]);
		const numbers = numbersOf(message).map(digits);
		const call = open.get(alike);
		if (
			call !== undefined &&
			call.numbers.size + numbers.length <= MAX_NUMBERS &&
			!numbers.some((number) => call.numbers.has(number))
		) {
			call.places.push(index);
			for (const number of numbers) call.numbers.add(number);
		} else {
			const places = [index];
			calls.push(places);
			open.set(alike, { places, numbers: new Set(numbers) });
		}
	}
	return calls;
}

/** Builds the call that sends a group of messages. */
export function smsRequest(messages: readonly BuiltRequest[]): Result<BuiltRequest> {
	return toRequest(sendUnjudged, { ...messages[0]?.fields, destination: messages.flatMap(numbersOf) });
}

/** Counts each status. */
function counted(states: readonly string[]): Record<string, number> {
	return states.reduce<Record<string, number>>((sum, state) => ({ ...sum, [state]: (sum[state] ?? 0) + 1 }), {});
}

/** The part of the response about one item's numbers, shaped like a full response; undefined if it cannot be told. */
function shareOf(data: JsonObject, numbers: readonly string[], all: number): JsonObject | undefined {
	const { messages, statuses, total_sent: sent } = data;
	if (Array.isArray(messages) && messages.length > 0) {
		const own = messages
			.filter(isJsonObject)
			.filter(({ destination }) => numbers.some((number) => digits(number) === digits(destination)));
		// A number that the response does not name may or may not have got the message.
		return own.length < numbers.length
			? undefined
			: { total_sent: own.length, statuses: counted(own.map(({ status }) => String(status))), messages: own };
	}
	const states = Object.entries(isJsonObject(statuses) ? statuses : {}).filter(([, count]) => Number(count) > 0);
	const [only] = states;
	// A single status applies to every number. With several, there is no way to tell which number has which.
	return only !== undefined && states.length === 1 && Number(sent) === all
		? { total_sent: numbers.length, statuses: { [only[0]]: numbers.length } }
		: undefined;
}

/** Returns the outcome of each message from the response to all. */
function outcomesOf(messages: readonly BuiltRequest[], data: Json, requestId: string | null): Result<JsonObject>[] {
	const all = messages.flatMap(numbersOf).length;
	const details = { ...(requestId === null ? {} : { requestId }), endpoint: send.path, httpStatus: 200 };
	return messages.map((message) =>
		readSafely(send, details, () => {
			const share =
				messages.length === 1 ? data : shareOf(isJsonObject(data) ? data : {}, numbersOf(message), all);
			const refused = rejectedSms(send, share ?? {}, details);
			if (refused) return failure(refused);
			const result = share === undefined ? undefined : withUnits(message, share);
			return isJsonObject(result)
				? success(result)
				: failure(
						new Smtp2goError(
							'outcomeUnknown',
							"Outcome unknown: SMTP2GO's response does not report the status of this message",
							details,
						),
					);
		}),
	);
}

/**
 * Sends text messages with the same content and sender in one call.
 * @returns an outcome for each, in order, with the numbers of that message only
 */
export async function sendSms(
	connection: Connection,
	messages: readonly BuiltRequest[],
): Promise<Result<JsonObject>[]> {
	const request = smsRequest(messages);
	const outcome = request.ok ? await perform(connection, request.value) : request;
	return outcome.ok
		? outcomesOf(messages, outcome.value.response.data, outcome.value.response.requestId)
		: messages.map(() => failure(outcome.error));
}
