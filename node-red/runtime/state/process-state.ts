/**
 * Everything that lives as long as Node-RED's process. A deploy stops nodes and starts new ones with the same IDs, so
 * whatever must outlive a deploy is here, and nowhere else:
 *
 * - the memory of each account: where its webhook is, the work on it, the events that its triggers have, the place
 *   in the activity log, the questions that wait for an answer, the emails whose outcome is awaited, and the problems
 *   that were reported. Without it, a deploy would leave webhooks behind, and pass things on twice.
 * - the queue of each API key: SMTP2GO limits calls by key, and calls that still finish after a deploy count.
 * - the running accounts: deliveries and dialogs name an account by ID.
 * - what was set up once: HTTP routes cannot be removed, and event emitters warn of more than ten listeners.
 *
 * More things live as long, each in its file: whether the flows run (flows.ts), clicks in dialogs that sent a test
 * (test-clicks.ts), open connections to SMTP2GO (connection/http.ts), the texts of each language
 * (platform/api-texts.ts), and what the side bar has read in the last seconds (sidebar/reads.ts).
 */

import { createHash } from 'node:crypto';
import { baseUrlOf } from '../../../api';
import type { Account } from '../account/account';
import type { AccountMemory } from '../account/account-memory';
import { CallQueue } from '../connection/call-queue';
import type { ConnectionSettings } from '../connection/connection';
import { EventDispatcher } from '../events/event-dispatcher';
import { newOutcomeMemory } from '../outcome/wait';

const memories = new Map<string, AccountMemory>();
const queues = new Map<string, CallQueue>();
const running = new Map<string, Account>();
const setUp = new WeakMap<object, Set<string>>();

/** The memory of an account, running or not; a new one if there is none. */
export function memoryOf(id: string): AccountMemory {
	const memory = memories.get(id) ?? {
		work: Promise.resolve(),
		locations: new Map(),
		checkedForStrays: false,
		removal: undefined,
		seen: undefined,
		arrivals: undefined,
		places: new Map(),
		dispatcher: new EventDispatcher(),
		health: { states: new Map() },
		approval: {
			entries: undefined,
			askers: new Map(),
			written: Promise.resolve(),
			checkedTracking: false,
		},
		outcome: newOutcomeMemory(),
	};
	memories.set(id, memory);
	return memory;
}

/** IDs of the accounts that are remembered, running or not. */
export function rememberedAccounts(): string[] {
	return [...memories.keys()];
}

/** Forgets an account that was deleted. */
export function forgetAccount(id: string): void {
	memories.delete(id);
}

/** The queue of an API key at an address. The key is kept only as its digest. */
export function queueFor({ apiKey, region, baseUrl }: ConnectionSettings): CallQueue {
	const base = baseUrlOf(region, baseUrl);
	const name = createHash('sha256')
		.update(`${base.ok ? base.value : ''} ${apiKey}`)
		.digest('hex');
	const queue = queues.get(name) ?? new CallQueue();
	queues.set(name, queue);
	return queue;
}

/** Adds an account that runs now. */
export function addRunning(account: Account): void {
	running.set(account.id, account);
}

/** Removes an account that has stopped, unless another node has taken its place. */
export function removeRunning(account: Account): void {
	if (running.get(account.id) === account) running.delete(account.id);
}

/** The running account with this ID. */
export function runningAccount(id: string): Account | undefined {
	return running.get(id);
}

/** All running accounts. */
export function everyAccount(): readonly Account[] {
	return [...running.values()];
}

/** The running accounts that the editor knows by this ID: the account, or its copy in each instance of its subflow. */
export function runningAccounts(id: string): readonly Account[] {
	const own = running.get(id);
	return own ? [own] : [...running.values()].filter(({ node }) => '_alias' in node && node._alias === id);
}

/**
 * True the first time that it is asked about a part of Node-RED, such as its event emitter: then set something up.
 * @param what is set up, if it is not the only thing
 */
export function isFirstTime(part: object, what = ''): boolean {
	const done = setUp.get(part) ?? new Set<string>();
	setUp.set(part, done);
	if (done.has(what)) return false;
	done.add(what);
	return true;
}
