/** What an account does for the nodes that ask: it keeps their questions, and reads text messages that answer them. */
import type { Node } from 'node-red';
import {
	cancelScheduled,
	sendReplySms,
	type Connection,
	type QuestionSms,
	type Recipient,
	type Result,
} from '../../../api';
import { toNodeError } from '../platform/errors';
import type { NodeContext } from '../platform/node-context';
import type { Runtime } from '../platform/runtime';
import type { Timing } from '../platform/timing';
import type { OpenQuestion, QuestionMemory } from './open-question';
import { Questions } from './questions';
import { Replies, type ReplyOptions } from './replies';

/** What it needs from the account. */
export interface ApprovalOptions {
	readonly context: NodeContext;
	readonly memory: QuestionMemory;
	readonly timing: Timing;
	areFlowsRunning(): boolean;
	/** The reader of received text messages. */
	readonly smsLog: ReplyOptions['reader'];
	/** The questions of all running accounts. */
	everywhere(): readonly Questions[];
	/** A connection whose calls wait for their turn. */
	queued(signal?: AbortSignal): Result<Connection>;
}

/** The questions of an account. */
export interface Approvals {
	readonly questions: Questions;
	readonly memory: QuestionMemory;
	/** Reads the stored questions of all accounts. Never rejects. */
	loadAll(): Promise<unknown>;
	/** The questions of all accounts, as far as they are known. */
	everyQuestion(): readonly OpenQuestion[];
	/** Follows a deploy: called each time that the flows have started, before received messages are read. */
	reconcile(): void;
	/** Stops. Resolves when everything is stored. */
	close(): Promise<void>;
}

/**
 * Opens the questions of an account.
 * @param node the account's node, which writes to the log
 */
export function openApprovals(RED: Runtime, node: Pick<Node, 'warn' | 'error'>, options: ApprovalOptions): Approvals {
	const { context, memory, timing, areFlowsRunning, smsLog, queued, everywhere } = options;
	const report = (thrown: unknown) => node.error(toNodeError(thrown).message);
	const now = () => Date.now();

	async function cancel(scheduled: readonly string[]): Promise<void> {
		const connection = queued();
		const outcome = connection.ok ? await cancelScheduled(connection.value, scheduled) : connection;
		if (!outcome.ok) node.warn(RED._('errors.notCanceled', { message: toNodeError(outcome.error).message }));
	}

	async function send({ replies }: OpenQuestion, { address }: Recipient, sms: QuestionSms): Promise<void> {
		const connection = queued();
		const sender = replies?.sender || undefined;
		const outcome = connection.ok ? await sendReplySms(connection.value, address, sms, sender) : connection;
		if (!outcome.ok) node.warn(RED._('errors.notTold', { address, message: toNodeError(outcome.error).message }));
	}

	const questions: Questions = new Questions({
		context,
		memory,
		timing,
		areFlowsRunning,
		cancel,
		onChange: () => replies.refresh(true),
		warn: (key, count) => node.warn(RED._(`errors.${key}`, { count: String(count) })),
		report,
		now,
	});
	const every = () => [...new Set([questions, ...everywhere()])];
	const loadAll = () => Promise.all(every().map((one) => one.load()));
	const everyQuestion = () => every().flatMap(({ all }) => all);
	const replies = new Replies({ questions, loadAll, everyQuestion, reader: smsLog, send, report, now });
	return {
		questions,
		memory,
		loadAll,
		everyQuestion,
		reconcile: () => {
			replies.refresh(memory.entries !== undefined);
			questions.reconcile();
		},
		close: () => {
			replies.close();
			return questions.close();
		},
	};
}
