/** Finds out whether SMTP2GO replaces the links in emails that an API key sends, which can break a signed link. */
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { run } from '../client/run';
import { isJsonObject, stringOrEmpty } from '../core/json';

/** The length of the name of an API key, which is its beginning. SMTP2GO masks the rest. */
const NAME_LENGTH = 16;

/**
 * Reads whether click tracking is on for a key.
 * @param apiKey its first 16 characters identify it in the response
 * @returns `unknown` also if the key has no permission for `/api_keys/view`
 */
export async function clickTracking(connection: Connection, apiKey: string): Promise<'on' | 'off' | 'unknown'> {
	const outcome = await run(connection, operationOf('apiKey', 'getAll'), {}, { raw: true });
	if (!outcome.ok) return 'unknown';
	const { result } = outcome.value;
	const own = (Array.isArray(result) ? result : []).find(
		(key) =>
			isJsonObject(key) &&
			(stringOrEmpty(key['api_key']) || stringOrEmpty(key['username'])).slice(0, NAME_LENGTH) ===
				apiKey.slice(0, NAME_LENGTH),
	);
	const tracked = isJsonObject(own) ? own['click_tracking_enabled'] : undefined;
	return typeof tracked === 'boolean' ? (tracked ? 'on' : 'off') : 'unknown';
}
