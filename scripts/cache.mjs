// Where big things that are fetched once live: outside the checkout, so a fresh clone finds them again.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Absolute path of the cache folder; SMTP2GO_NODES_CACHE moves it. */
export function cacheFolder() {
	return process.env.SMTP2GO_NODES_CACHE ?? join(homedir(), '.cache', 'smtp2go-nodes');
}
