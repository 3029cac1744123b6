/** The node `smtp2go-account`: what happens when Node-RED starts and stops one. */
import { migrate, type Steps } from '../shared/migrate';
import { Account, type AccountNode } from './account/account';
import { openQuestionRoute } from './approval/route';
import { openDeliveryRoute } from './deliveries/route';
import { keepHookOf, removeLeftoverHooks } from './leftover-hooks';
import type { Runtime } from './platform/runtime';
import type { AccountDef } from './platform/saved-nodes';
import { areFlowsRunning, onFlowsStarted } from './state/flows';
import {
	addRunning,
	everyAccount,
	forgetAccount,
	isFirstTime,
	memoryOf,
	queueFor,
	removeRunning,
} from './state/process-state';

/** None yet: version 1 is the first. */
const steps: Steps<AccountDef> = {};

/** Starts an account. */
export function start(RED: Runtime, node: AccountNode, saved: AccountDef): void {
	openDeliveryRoute(RED);
	openQuestionRoute(RED);
	if (isFirstTime(RED.events)) removeLeftoverHooks(RED);
	const memory = memoryOf(node.id);
	const account = new Account(RED, node, migrate(saved, steps), { memory, queueFor, areFlowsRunning, everyAccount });
	account.start();
	node.account = account;
	addRunning(account);
	keepHookOf(account.id);
	const ignoreDeploys = onFlowsStarted(RED, () => account.reconcile());
	node.on('close', (removed: boolean, done: () => void) => {
		ignoreDeploys();
		removeRunning(account);
		void account.stop(removed).then(() => {
			if (removed && memory.locations.size === 0) forgetAccount(account.id);
			done();
		});
	});
}
