import type { NodeInitializer } from 'node-red';
import { Account } from './account';
import { openAdminRoutes } from './admin';
import { clearLeftovers, takeOver } from './leftovers';
import { migrate, type Steps } from './migrate';
import { openRoute, receiveFor, stopReceiving } from './receiver';
import type { AccountCredentials, AccountDef, AccountNode, Runtime } from './types';

/** None yet: version 1 is the first. */
const steps: Steps<AccountDef> = {};

function start(RED: Runtime, node: AccountNode, saved: AccountDef): void {
	const account = new Account(RED, node, migrate(saved, steps));
	node.account = account;
	receiveFor(account);
	takeOver(account.id);
	const reconcile = () => account.registration.reconcile();
	RED.events.on('flows:started', reconcile);
	node.on('close', (removed: boolean, done: () => void) => {
		RED.events.off('flows:started', reconcile);
		stopReceiving(account);
		Promise.all([account.registration.close(removed), account.repeats.close(removed)]).then(() => done(), () => done());
	});
}

/** The node type that holds an account: its key, its region and the hook of its triggers. */
export function accountNode(type: string): NodeInitializer {
	return (RED) => {
		openRoute(RED);
		clearLeftovers(RED);
		openAdminRoutes(RED);
		RED.nodes.registerType<AccountNode, AccountDef, object, AccountCredentials>(type, function account(this: AccountNode, def: AccountDef) {
			RED.nodes.createNode(this, def);
			start(RED, this, def);
		}, { credentials: { apiKey: { type: 'password' }, hookUser: { type: 'text' }, hookPassword: { type: 'password' } } });
	};
}
