/** A custom call: method and path come with the values, and the key must go nowhere but to SMTP2GO. */
import { invalid } from '../core/errors';
import { failure, success, type Result } from '../core/result';
import { resources } from '../catalogue';
import { custom } from '../catalogue/custom';
import type { Operation } from '../catalogue/types';
import type { WireObject } from '../files/wire';

const [call] = custom.operations;

/** Words of letters, digits, `_` and `-` between slashes: no host, no `..`, no query, nothing encoded. */
const PATH = /^\/?[\w-]+(?:\/[\w-]+)*\/?$/;

/** True for the one operation whose method and path are values. */
export function isCustomCall(operation: Operation): boolean {
	return operation.path === call.path;
}

/** An email is judged as an email also where its path was typed in. */
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

/** A custom call as an operation, and the body that it sends. */
export interface CustomCall {
	readonly operation: Operation;
	readonly body: WireObject;
}

/**
 * Makes an operation of the values of a custom call.
 * @param values as `buildRequest` read them: `path`, `method`, `body`
 * @returns an `invalid` error for a path that could lead the key elsewhere
 */
export function readCustomCall({ path, method, body }: WireObject): Result<CustomCall> {
	const typed = String(path).trim();
	if (!PATH.test(typed)) {
		return failure(
			invalid(
				'path',
				'Path must be the part after the base URL, such as /email/send. So that the key goes nowhere else, it can contain only letters, digits, "_", "-" and "/"',
			),
		);
	}
	const clean = `/${typed.replace(/^\/|\/$/g, '')}`;
	const verb = method === 'PATCH' ? 'PATCH' : 'POST';
	const sent = (body ?? {}) as WireObject;
	return success({ operation: known(verb, clean, sent) ?? { ...call, method: verb, path: clean }, body: sent });
}
