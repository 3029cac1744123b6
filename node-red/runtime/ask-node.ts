/** The node `smtp2go-ask`: what happens when Node-RED starts and stops one. */
import type { Node } from 'node-red';
import { answerText } from '../../api';
import { isAccountNode } from './account/account';
import { Asking, linkProblem } from './approval/asking';
import { isAnswer, messageOf, type Asker } from './approval/open-question';
import type { LogState } from './feed/log';
import { keepsRestarts } from './platform/context-store';
import { translated } from './platform/api-texts';
import { toNodeError } from './platform/errors';
import { findNode, type Runtime } from './platform/runtime';
import type { AskDef } from './platform/saved-nodes';
import { shortened } from './platform/short-status';
import { timeOfDay } from './platform/time-of-day';
import { NodeMessages, refuseMessages } from './waiting/node-messages';
import { migrate, type Steps } from '../shared/migrate';
import { outputOf, outputsOf, wayOf } from '../shared/saved-ask';

/** None yet: version 1 is the first. */
const steps: Steps<AskDef> = {};

type Status = Parameters<Node['status']>[0];

/** What a status shows. */
interface Shown {
	waiting: number;
	/** SMS units of the last question. */
	units: number;
	log: LogState;
	/** What happened last, while nothing waits. */
	last: Status;
}

function statusOf(RED: Runtime, { waiting, units, log, last }: Shown, isKept: boolean): Status {
	if (log.is === 'failed' && waiting > 0)
		return { fill: 'red', shape: 'ring', text: shortened(toNodeError(log.error).message) };
	if (waiting === 0) return last;
	const key = units > 0 ? 'questionsBySms' : 'questions';
	return {
		fill: isKept ? 'blue' : 'yellow',
		shape: 'dot',
		text: RED._(`status.${key}${isKept ? '' : 'Volatile'}`, { count: String(waiting), units: String(units) }),
	};
}

/** Passes on the message of a question that ended. */
function deliver(RED: Runtime, node: Node, def: AskDef): Asker['deliver'] {
	return (ended, outcome) => {
		const msg = Object.assign(messageOf(ended), { answer: outcome });
		const outputs = outputsOf(def);
		const labels = ended.question.answers.map(({ label }) => label);
		const index = isAnswer(outcome) ? outputOf(outcome, outputs, labels) : outputs.indexOf('timedOut');
		const answer = isAnswer(outcome) ? answerText(ended.question, outcome) : '';
		// The node was changed while the question waited.
		if (index === undefined) return node.error(RED._('errors.noOutput', { answer }), msg);
		node.send(outputs.map((_, at) => (at === index ? msg : null)));
	};
}

/** Starts a node. */
export function start(RED: Runtime, node: Node, saved: AskDef): void {
	const def = migrate<AskDef>(saved, steps);
	const found = findNode(RED, def.account);
	if (!isAccountNode(found)) return refuseMessages(RED, node);
	const { account } = found;
	const { questions } = account.approvals;
	const isKept = keepsRestarts(RED);
	const readsReplies = wayOf(def) === 'smsReply';
	const closed = new AbortController();
	const problem = readsReplies ? undefined : linkProblem(RED, account);
	const shown: Shown = {
		waiting: 0,
		units: 0,
		log: { is: 'reading' },
		last: problem ? { fill: 'red', shape: 'ring', text: shortened(translated(problem.message)) } : {},
	};
	const draw = () => node.status(statusOf(RED, shown, isKept));
	const show = (last: Status) => {
		shown.last = last;
		draw();
	};
	if (RED.settings.httpNodeAuth && !readsReplies) node.warn(RED._('errors.pagesNeedPassword'));
	const pass = deliver(RED, node, def);
	const asker: Asker = {
		id: node.id,
		readsReplies,
		deliver: (ended, outcome) => {
			const text = RED._(`status.${isAnswer(outcome) ? 'answered' : 'timedOut'}`, { time: timeOfDay() });
			show({ fill: isAnswer(outcome) ? 'green' : 'grey', shape: 'dot', text });
			pass(ended, outcome);
		},
		show: (waiting) => {
			shown.waiting = waiting;
			draw();
		},
		showLog: (state) => {
			shown.log = state;
			draw();
		},
		failLog: (error) => node.error(toNodeError(error), { topic: 'sms-failed', payload: translated(error.message) }),
	};
	questions.subscribe(asker);
	const asking = new Asking({ RED, node, signal: closed.signal }, def, account, isKept);
	const messages = new NodeMessages(node);

	node.on('input', (msg, _send, done) => {
		messages.follow(
			asking.ask(RED.util.cloneMessage(msg)).then(
				(units) => {
					shown.units = units;
					draw();
					done();
				},
				(thrown: unknown) => {
					const error = toNodeError(thrown);
					show({ fill: 'red', shape: 'ring', text: shortened(error.message) });
					done(error);
				},
			),
		);
	});
	node.on('close', (removed: boolean, done: () => void) => {
		closed.abort();
		messages.close(() => questions.unsubscribe(asker, removed), done);
	});
}
