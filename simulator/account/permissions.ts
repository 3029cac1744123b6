/** What an API key can call. */
import { matches } from '../core/path-pattern';
import type { ApiKey } from '../types';

/** The endpoint that every key can call. */
const ALWAYS_ALLOWED = '/api_keys/permissions';

/** Returns whether a key can call an endpoint. */
export function mayCall(key: ApiKey, path: string): boolean {
	const has = (patterns: readonly string[] = []): boolean => patterns.some((pattern) => matches(pattern, path));
	return path === ALWAYS_ALLOWED || (has(key.permissions) && !has(key.lost));
}
