// What a route is, and how to make one from data.
import type { Reader } from '../../schema/readers';
import type { Json, JsonObject } from '../../core/json';
import type { ApiKey } from '../../types';
import type { World } from '../../world';

/** One API call that has passed authentication. */
export interface Call {
	world: World;
	key: ApiKey;
	body: JsonObject;
	clientIp: string;
}

/** One operation of the API. */
export interface Route {
	method: 'POST' | 'PATCH';
	/** Without `/v3`. */
	path: string;
	/** Validates the body and does the work; undefined means an answer without `data`. */
	answer(call: Call): Promise<Json | undefined>;
}

/**
 * Makes a route out of data: where it is, what it takes, what it does.
 * @param request the request schema; the handler gets what it read
 */
export function route<T>(
	method: Route['method'],
	path: string,
	request: Reader<T>,
	handle: (input: T, call: Call) => Json | undefined | Promise<Json | undefined>,
): Route {
	return { method, path, answer: async (call) => handle(request(call.body, ''), call) };
}
