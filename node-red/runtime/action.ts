/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/** The action nodes: one type per resource of the catalogue, all run by this. */
import type { Node, NodeMessage, NodeMessageInFlow } from 'node-red';
import { findOperation, Smtp2goError, run, type Json, type Operation, type Outcome } from '../../api';
import { isAccountNode } from './account';
import { BatchError, toNodeError } from './errors';
import { migrate, type Steps } from './migrate';
import { findNode, type ActionDef, type Runtime } from './types';
import { readLimit, readValues, type Source } from './values';

/** The value of `operation` that lets each message choose, in `msg.operation`. */
export const FROM_MESSAGE = 'msg.operation';

/** What goes to `msg.payload`: the thing itself, SMTP2GO's `data` as it is, or one message for each entry of a list. */
export const outputs = ['result', 'raw', 'each'] as const;

/** Milliseconds that a stopping node waits for what has left: less than Node-RED waits for the node (15 s, nodeCloseTimeout). */
const PATIENCE = 10_000;

/** None yet: version 1 is the first. */
const steps: Steps<ActionDef> = {};

type Send = (msg: NodeMessage | (NodeMessage | NodeMessage[] | null)[]) => void;

/** A mistake in the flow itself, told before anything is sent. */
function flaw(RED: Runtime, key: string, words: Record<string, string> = {}): Smtp2goError {
	return new Smtp2goError('invalid', RED._(`errors.${key}`, words));
}

/** The operation that the dialog or the message names. */
function chooseOperation(RED: Runtime, resource: string, def: ActionDef, msg: NodeMessage): Operation {
	const named = def.operation === FROM_MESSAGE ? msg['operation'] : def.operation;
	const operation = typeof named === 'string' ? findOperation(resource, named) : undefined;
	if (operation === undefined) throw flaw(RED, 'operation', { operation: String(named ?? '') });
	return operation;
}

/** What became of a batch, as plain objects in its order; an error when a mail was not accepted. */
function refusedBatch(RED: Runtime, { mails = [] }: Outcome): BatchError | undefined {
	const first = mails.find((mail) => !mail.ok);
	if (first === undefined || first.ok) return undefined;
	const refused = mails.filter((mail) => !mail.ok).length;
	const words = { refused: String(refused), count: String(mails.length), reason: first.error.message };
	return new BatchError(first.error, RED._('errors.batch', words), mails.map((mail) => (mail.ok ? { ok: true, mail: mail.value } : { ok: false, kind: mail.error.kind, message: mail.error.message })));
}

/** One message for each entry, with `parts` so that a Join node can put them together again; those of an outer sequence stand inside them, as Node-RED's Split does it. */
function split(RED: Runtime, msg: NodeMessageInFlow, entries: readonly Json[], extra: object): NodeMessage[] {
	const outer = msg['parts'] === undefined ? {} : { parts: msg['parts'] };
	const id = RED.util.generateId();
	return entries.map((payload, index) => ({ ...msg, ...extra, payload, parts: { id, type: 'array', index, count: entries.length, len: 1, ...outer } }));
}

/** Puts the answer into the message and sends it on. */
function deliver(RED: Runtime, def: ActionDef, operation: Operation, outcome: Outcome, msg: NodeMessageInFlow, send: Send): void {
	const { data, requestId } = outcome.answer;
	const { hint } = outcome;
	const smtp2go = { operation: operation.key, requestId, data, ...(hint === undefined ? {} : { hint }) };
	if (def.output === 'each' && Array.isArray(outcome.result)) return send([split(RED, msg, outcome.result, { smtp2go })]);
	send(Object.assign(msg, { payload: outcome.result, smtp2go }));
}

/**
 * Runs one message from its values to what is sent on; rejects with the reason when it fails, and leaves the message as it is.
 * @returns what a person should know of an answer that is not whole
 */
async function handle(RED: Runtime, node: Node, resource: string, def: ActionDef, msg: NodeMessageInFlow, send: Send, signal: AbortSignal): Promise<string | undefined> {
	const account = findNode(RED, def.account);
	if (!isAccountNode(account)) throw flaw(RED, 'account');
	const operation = chooseOperation(RED, resource, def, msg);
	const fields = def.operation === FROM_MESSAGE ? {} : def.fields ?? {};
	const source: Source = { RED, node, resource, operation, fields };
	const connection = account.account.connect(signal, () => node.status({ fill: 'yellow', shape: 'ring', text: 'status.waiting' }));
	if (!connection.ok) throw connection.error;
	const values = await readValues(source, msg);
	const limit = operation.result.is === 'list' ? await readLimit(source, msg) : Infinity;
	const outcome = await run(connection.value, operation, values, { limit, raw: def.output === 'raw' });
	if (!outcome.ok) throw outcome.error;
	const refused = refusedBatch(RED, outcome.value);
	if (refused) throw refused;
	deliver(RED, def, operation, outcome.value, msg, send);
	return outcome.value.hint;
}

/** Makes a node of a saved one. */
export function start(RED: Runtime, resource: string, node: Node, saved: ActionDef): void {
	const def = migrate(saved, steps);
	const closed = new AbortController();
	let running = 0;
	let drained = () => {};
	const show = (status: Parameters<Node['status']>[0]) => { if (!closed.signal.aborted) node.status(status); };
	const busy = () => show({ fill: 'blue', shape: 'dot', text: 'status.busy' });

	node.on('input', (msg, send, done) => {
		running++;
		busy();
		const finish = (error?: Error, hint?: string) => {
			if (closed.signal.aborted) logLate(RED, node, error);
			if (hint !== undefined) node.warn(hint);
			running--;
			if (running === 0) drained();
			if (error) show({ fill: 'red', shape: 'ring', text: `status.${kindOf(error)}` });
			else if (running > 0) busy();
			else if (hint !== undefined) show({ fill: 'yellow', shape: 'dot', text: 'status.notAll' });
			else show({ fill: 'green', shape: 'dot', text: 'status.done' });
			done(error);
		};
		handle(RED, node, resource, def, msg, send, closed.signal)
			.then((hint) => finish(undefined, hint), (thrown: unknown) => finish(toNodeError(thrown)))
			.catch((thrown: unknown) => node.error(toNodeError(thrown), msg));
	});
	node.on('close', (_removed: boolean, done: () => void) => {
		closed.abort();
		node.status({});
		if (running === 0) return done();
		const timer = setTimeout(() => {
			node.error(RED._('errors.stillOpen', { count: String(running) }));
			done();
		}, PATIENCE);
		drained = () => { clearTimeout(timer); done(); };
	});
}

/** What came of a call while the flow was stopped goes to the log: the nodes behind may be gone, a Catch node too. */
function logLate(RED: Runtime, node: Node, error?: Error): void {
	if (error) node.error(RED._('errors.lateFailure', { message: error.message }));
	else node.warn(RED._('errors.lateSuccess'));
}

/** The word of a status text for an error. */
function kindOf({ cause }: Error): string {
	return typeof cause === 'object' && cause !== null && 'kind' in cause ? String(cause.kind) : 'unexpected';
}
