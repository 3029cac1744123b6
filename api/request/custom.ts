/** Reads a custom call. Its method and path come with the values, and the key must go only to SMTP2GO. */
import { invalid } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { resources } from '../catalogue';
import { custom } from '../catalogue/custom';
import type { Operation } from '../catalogue/types';
import type { WireObject } from '../files/wire';

const [call] = custom.operations;

/** Words of letters, digits, `_`, and `-` between slashes: no hostname, no `..`, no query, nothing encoded. */
const PATH = /^\/?[\w-]+(?:\/[\w-]+)*\/?$/;

/** True for the one operation whose method and path are values. */
export function isCustomCall(operation: Operation): boolean {
	return operation.path === call.path;
}

/** Returns the known operation at a path. The response to an email is judged as such even if its path was typed. */
function known(method: string, path: string, body: WireObject): Operation | undefined {
	const operation = resources
		.flatMap(({ operations }) => operations)
		.find((one) => one.path === path && one.method === method);
	if (operation === undefined) return undefined;
	const isJudged =
		operation.result.is === 'sent' || (operation.result.is === 'batch' && Array.isArray(body['emails']));
	const { secret } = operation.result;
	return isJudged ? operation : { ...operation, result: { ...call.result, ...(secret ? { secret } : {}) } };
}

/** A custom call: its operation and its body. */
export interface CustomCall {
	readonly operation: Operation;
	readonly body: WireObject;
}

/**
 * Builds an operation from the values of a custom call.
 * @param values as `buildRequest` read them: `path`, `method`, `body`
 * @returns an `invalid` error for a path that could send the key elsewhere
 */
export function readCustomCall({ path, method, body }: WireObject): Result<CustomCall> {
	const typed = String(path).trim();
	if (!PATH.test(typed)) {
		return failure(
			invalid(
				'path',
				'Path must be the part after the base URL, such as /email/send. ' +
					'So that the key goes nowhere else, it can contain only letters, digits, "_", "-" and "/"',
			),
		);
	}
	const clean = `/${typed.replace(/^\/|\/$/g, '')}`;
	const verb = method === 'PATCH' ? 'PATCH' : 'POST';
	const sent = (body ?? {}) as WireObject;
	return success({ operation: known(verb, clean, sent) ?? { ...call, method: verb, path: clean }, body: sent });
}
