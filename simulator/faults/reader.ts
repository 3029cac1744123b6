// Reads a fault from the control API.
import { anyObject, choice, listOf, object, optional, type Reader, text, wholeNumber } from '../schema/readers';
import type { Fault } from './faults';

const shape = object({
	path: text({ min: 1 }),
	fault: choice(
		'rate-limit',
		'server-error',
		'timeout',
		'reset',
		'slow',
		'failures',
		'error',
		'not-json',
		'truncated',
		'token-repeats',
		'rows-missing',
	),
	when: optional(choice('before', 'during', 'after')),
	times: optional(wholeNumber()),
	perMinute: optional(wholeNumber({ max: 10_000 })),
	status: optional(wholeNumber({ min: 500, max: 599 })),
	retryAfter: optional((value, field) =>
		typeof value === 'number' ? wholeNumber()(value, field) : text()(value, field),
	),
	headers: optional(anyObject),
	ms: optional(wholeNumber({ max: 600_000 })),
	failures: optional(listOf(text())),
	message: optional(text()),
});

/** Reads a fault as it comes over the control API. */
export const faultReader: Reader<Fault> = (value, field) => {
	const { path, fault, headers, ...rest } = shape(value, field);
	const given = Object.fromEntries(Object.entries(rest).filter(([, entry]) => entry !== undefined));
	const texts = Object.entries(headers ?? {}).map(([name, entry]): [string, string] => [name, String(entry)]);
	return { path, fault, ...given, ...(headers === undefined ? {} : { headers: Object.fromEntries(texts) }) };
};
