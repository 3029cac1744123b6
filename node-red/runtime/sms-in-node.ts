/** The node `smtp2go-sms-in`: what happens when Node-RED starts and stops one. */
import type { Node } from 'node-red';
import { readTextFilter } from '../../api';
import { isAccountNode } from './account/account';
import { LastEvent } from './events/last-event';
import type { LogState } from './feed/log';
import { RECEIVED, type SmsTaker } from './feed/sms-log';
import { translated } from './platform/api-texts';
import { toNodeError } from './platform/errors';
import { findNode, type Runtime } from './platform/runtime';
import type { SmsInDef } from './platform/saved-nodes';
import { shortened } from './platform/short-status';
import { migrate, type Steps } from '../shared/migrate';
import { smsStatus } from './trigger/status';

/** None yet: version 1 is the first. */
const steps: Steps<SmsInDef> = {};

/** Starts a node. */
export function start(RED: Runtime, node: Node, saved: SmsInDef): void {
	const { account: accountId, filter: is, keywords, pattern, matchReplies = true } = migrate(saved, steps);
	const found = findNode(RED, accountId);
	if (!isAccountNode(found)) return node.status({ fill: 'red', shape: 'ring', text: 'status.noAccount' });
	const filter = readTextFilter({ is, keywords, pattern });
	if (!filter.ok) {
		const { message } = toNodeError(filter.error);
		node.status({ fill: 'red', shape: 'ring', text: shortened(message) });
		return node.error(message);
	}
	const { smsLog } = found.account;
	let log: LogState = { is: 'reading' };
	const last = new LastEvent(() => draw());
	const draw = () => node.status(smsStatus(RED, log, last.words));
	const taker: SmsTaker = {
		id: node.id,
		topics: [RECEIVED],
		filter: filter.value,
		matchReplies,
		showLog: (state) => {
			log = state;
			draw();
		},
		failLog: (error) => node.error(toNodeError(error), { topic: 'sms-failed', payload: translated(error.message) }),
		deliver: (message) => {
			node.send({ topic: 'sms-received', payload: message });
			last.note(message.from ?? RED._('status.unknownNumber'));
		},
	};
	smsLog.subscribe(taker);
	node.on('close', () => {
		smsLog.unsubscribe(node.id);
		last.close();
		node.status({});
	});
}
