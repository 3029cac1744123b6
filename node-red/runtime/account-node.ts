import { Account } from './account/account';
import { clearLeftovers, takeOver } from './process/leftover-hooks';
import { migrate, type Steps } from '../shared/migrate';
import { openRoute, receiveFor, stopReceiving } from './deliveries/route';
import type { AccountDef, AccountNode, Runtime } from './platform/types';

/** None yet: version 1 is the first. */
const steps: Steps<AccountDef> = {};

/**
 * The accounts that run, by Node-RED's event emitter: one listener serves them all, since an emitter warns of more than
 * ten.
 */
const watched = new WeakMap<object, Set<Account>>();

/**
 * Brings an account's hook in line after each deploy.
 * @returns ends that
 */
function afterDeploys(RED: Runtime, account: Account): () => void {
	const known = watched.get(RED.events);
	const accounts = known ?? new Set<Account>();
	if (known === undefined) {
		watched.set(RED.events, accounts);
		RED.events.on('flows:started', () => {
			for (const one of accounts) one.registration.reconcile();
		});
	}
	accounts.add(account);
	return () => {
		accounts.delete(account);
	};
}

/** Makes an account of a saved one. */
export function start(RED: Runtime, node: AccountNode, saved: AccountDef): void {
	openRoute(RED);
	clearLeftovers(RED);
	const account = new Account(RED, node, migrate(saved, steps));
	node.account = account;
	receiveFor(account);
	takeOver(account.id);
	const stop = afterDeploys(RED, account);
	node.on('close', (removed: boolean, done: () => void) => {
		stop();
		stopReceiving(account);
		account.queue.leave(account);
		Promise.all([account.registration.close(removed), account.repeats.close(removed)]).then(
			() => done(),
			() => done(),
		);
	});
}
