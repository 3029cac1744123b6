/** Finds out whether SMTP2GO replaces the links in emails that an API key sends, which can break a signed link. */
import { findKey, listedKeys } from '../account/keys';
import { operationOf } from '../catalogue';
import type { Connection } from '../client/call';
import { run } from '../client/run';

/**
 * Reads whether click tracking is on for a key.
 * @param apiKey its first 16 characters identify it in the response
 * @returns `unknown` also if the key has no permission for `/api_keys/view`
 */
export async function clickTracking(connection: Connection, apiKey: string): Promise<'on' | 'off' | 'unknown'> {
	const outcome = await run(connection, operationOf('apiKey', 'getAll'), {}, { raw: true });
	if (!outcome.ok) return 'unknown';
	const isTracked = findKey(listedKeys(outcome.value.result), apiKey)?.tracksClicks;
	return isTracked === undefined ? 'unknown' : isTracked ? 'on' : 'off';
}
