import { Account } from './account';
import { clearLeftovers, takeOver } from './leftovers';
import { migrate, type Steps } from './migrate';
import { openRoute, receiveFor, stopReceiving } from './receiver';
import type { AccountDef, AccountNode, Runtime } from './types';

/** None yet: version 1 is the first. */
const steps: Steps<AccountDef> = {};

/** Makes an account of a saved one. */
export function start(RED: Runtime, node: AccountNode, saved: AccountDef): void {
	openRoute(RED);
	clearLeftovers(RED);
	const account = new Account(RED, node, migrate(saved, steps));
	node.account = account;
	receiveFor(account);
	takeOver(account.id);
	const reconcile = () => account.registration.reconcile();
	RED.events.on('flows:started', reconcile);
	node.on('close', (removed: boolean, done: () => void) => {
		RED.events.off('flows:started', reconcile);
		stopReceiving(account);
		account.queue.leave(account);
		Promise.all([account.registration.close(removed), account.repeats.close(removed)]).then(() => done(), () => done());
	});
}
