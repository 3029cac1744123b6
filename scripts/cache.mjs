// Where big things that are fetched once live: outside the checkout, so a fresh clone finds them again.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Absolute path of the cache folder; SMTP2GO_NODES_CACHE moves it. */
export function cacheFolder() {
	return process.env.SMTP2GO_NODES_CACHE ?? join(homedir(), '.cache', 'smtp2go-nodes');
}

/** What follows the name of a folder that is being filled; then comes the ID of the process. */
const PART = '.part-';

/** False if the process with this ID has ended. */
function isRunning(id) {
	try {
		process.kill(id, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function remove(folder) {
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Makes an empty folder beside a folder of the cache, for this process to fill. An installation that was interrupted
 * leaves such a folder behind, and never half of the real one. Those of processes that have ended are removed.
 * @param {string} folder absolute path
 * @returns {string} absolute path, for `publish`
 */
export function startPart(folder) {
	const prefix = basename(folder) + PART;
	mkdirSync(dirname(folder), { recursive: true });
	for (const name of readdirSync(dirname(folder)).filter((one) => one.startsWith(prefix))) {
		const id = Number(name.slice(prefix.length));
		if (id === process.pid || !isRunning(id)) remove(join(dirname(folder), name));
	}
	const part = `${folder}${PART}${process.pid}`;
	mkdirSync(part);
	return part;
}

/**
 * Moves a filled folder to its place. If another process was faster, its folder stays, because it can be in use.
 * @param {string} part what `startPart` returned
 * @param {string} folder absolute path
 * @param {string} proof path in the folder that exists once it is complete
 */
export function publish(part, folder, proof) {
	try {
		renameSync(part, folder);
	} catch (error) {
		if (existsSync(join(folder, proof))) return remove(part);
		if (!existsSync(folder)) throw error;
		remove(folder);
		renameSync(part, folder);
	}
}
