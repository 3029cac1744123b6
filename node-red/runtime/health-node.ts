/** The node `smtp2go-health`: what happens when Node-RED starts and stops one. */
import type { Node } from 'node-red';
import { readHealthWatch } from '../../api';
import { isAccountNode } from './account/account';
import { HealthWatcher, type Finding } from './health/watcher';
import { translated } from './platform/api-texts';
import { toNodeError } from './platform/errors';
import { NodeContext } from './platform/node-context';
import { readCount } from './platform/read-count';
import { findNode, type Runtime } from './platform/runtime';
import type { HealthDef } from './platform/saved-nodes';
import { shortened } from './platform/short-status';
import { timeOfDay } from './platform/time-of-day';
import { timingOf } from './platform/timing';
import { onFlowsStarted } from './state/flows';
import { migrate, type Steps } from '../shared/migrate';

/** None yet: version 1 is the first. */
const steps: Steps<HealthDef> = {};

/** Minutes from one look to the next, and their maximum: a week. */
const MINUTES = 15;
const MAX_MINUTES = 10_080;

function statusOf(RED: Runtime, finding: Finding): Parameters<Node['status']>[0] {
	switch (finding.is) {
		case 'checking':
			return { fill: 'yellow', shape: 'ring', text: 'status.checking' };
		case 'failed':
			return { fill: 'red', shape: 'ring', text: shortened(toNodeError(finding.error).message) };
		case 'checked': {
			const { problems, unread } = finding;
			const words = { count: String(problems), unread: String(unread), time: timeOfDay() };
			if (problems > 0)
				return {
					fill: 'red',
					shape: 'dot',
					text: RED._(`status.${problems === 1 ? 'problem' : 'problems'}`, words),
				};
			return unread > 0
				? { fill: 'yellow', shape: 'dot', text: RED._('status.checksUnread', words) }
				: { fill: 'green', shape: 'dot', text: RED._('status.healthy', words) };
		}
	}
}

/** Starts a node. */
export function start(RED: Runtime, node: Node, saved: HealthDef): void {
	const { account: accountId, watch, interval } = migrate(saved, steps);
	const found = findNode(RED, accountId);
	if (!isAccountNode(found)) return node.status({ fill: 'red', shape: 'ring', text: 'status.noAccount' });
	const wanted = { ...readHealthWatch(watch ?? {}), reportRecovery: true };
	if (wanted.checks.length === 0) return node.status({ fill: 'grey', shape: 'ring', text: 'status.noChecks' });
	const { account } = found;
	const watcher = new HealthWatcher(node.id, account.id, new NodeContext(node), account.memory.health, {
		watch: wanted,
		interval: Math.min(MAX_MINUTES, readCount(interval) ?? MINUTES) * 60_000,
		timing: timingOf(RED),
		connect: (signal) => account.queued(signal),
		show: (finding) => node.status(statusOf(RED, finding)),
		report: (report) => {
			const { title, message, whatToDo } = report;
			const said = { title: translated(title), message: translated(message), whatToDo: translated(whatToDo) };
			const msg = { topic: report.check, payload: { ...report, ...said } };
			node.send(report.status === 'problem' ? [msg, null] : [null, msg]);
		},
		fail: (error) => node.error(toNodeError(error), { topic: 'health-failed', payload: translated(error.message) }),
		onThrow: (thrown) => node.error(toNodeError(thrown)),
	});
	// The nodes that come after this one must be there.
	const ignoreDeploys = onFlowsStarted(RED, () => {
		ignoreDeploys();
		watcher.start();
	});
	node.on('close', (removed: boolean, done: () => void) => {
		ignoreDeploys();
		node.status({});
		void watcher.close(removed).then(done);
	});
}
